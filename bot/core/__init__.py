"""The deep core: every decision Banyan makes, and nothing else.

Knows no platform, no database, no event loop, no clock and no randomness of its own. Time, new ids
and seeds are handed in by the shell, with the event or the unit of work.
"""
