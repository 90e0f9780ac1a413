"""How good any arrangement could possibly be."""
