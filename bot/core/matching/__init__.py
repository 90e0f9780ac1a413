"""Forming circles: the hard rules, the score, the search for the best circles, and the files."""
