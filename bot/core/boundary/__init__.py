"""The values that cross between the core and what is around it, and the rules of their making."""
