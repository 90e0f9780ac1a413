"""What joining, the profile, pausing and leaving do."""
