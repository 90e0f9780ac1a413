"""Everybody's rights over their own data: to have it all, and to have it gone."""
