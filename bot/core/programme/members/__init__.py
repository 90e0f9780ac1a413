"""Members: what they told, and how they stand."""
