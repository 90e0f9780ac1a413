"""How the circles of a season are doing: for moderators, and never from anybody's own answer."""
