"""The search for the best circles."""
