"""A community: its settings, themes and questions."""
