"""Circles: who sits where, how they are formed, filled and ended."""
