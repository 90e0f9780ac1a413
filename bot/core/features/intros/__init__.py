"""Joining and belonging: the intro flow, the profile, pausing, quiet hours and leaving."""
