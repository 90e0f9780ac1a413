"""Taking back what was sensitive from where a platform's rules do not allow it."""
