"""What is matched, what is allowed, and what it is worth: written to be read, and always right."""
