"""Messages of which nobody knows that they were read."""
