"""Seasons: enrolment, a start, a length in weeks, an ending."""
