"""Reports, and the moderators they reach."""
