"""Seasons: when they enrol, run and end."""
