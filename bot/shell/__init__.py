"""The imperative shell: carries events to the core and deliveries to the platforms.

Knows ports, not platforms and not databases.
"""
