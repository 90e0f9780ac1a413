"""What looks over all features at once: help, and how things stand for one person."""
