"""Circles once published: rooms, people, introductions, the charter."""
