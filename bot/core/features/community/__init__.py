"""A community's programme: its settings, its questions, its themes, and help."""
