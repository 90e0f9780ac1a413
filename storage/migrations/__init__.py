"""Every schema a release ever had, as steps forward from nothing."""

HEAD = "0004"
"""The newest step. Kept here as well, so that a start with nothing to do loads no Alembic."""
