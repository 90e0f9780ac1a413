"""Check-ins: when they are due, and what came of them."""
