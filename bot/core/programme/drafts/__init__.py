"""Drafts of circles, and the matching problem as it stands in a community."""
