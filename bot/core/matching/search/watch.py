"""Who is told how far a search has come."""

from collections.abc import Callable

Watch = Callable[[float, float], None]
"""Told the share done (0–1) and the best value so far. What it raises ends the search."""
