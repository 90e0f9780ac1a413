"""A circle may have another room than its first; what nobody may have read is found by its reader.

Circles of before have their first room.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Go forward. There is no way back but a backup."""
    # The default stays: without it SQLite could only make the table anew, and seats refer to it.
    number = sa.Column("room_number", sa.Integer(), nullable=False, server_default="1")
    op.add_column("circles", number)
    op.create_index(
        "ix_outbox_unread",
        "outbox",
        ["community_id", "person"],
        unique=False,
        sqlite_where=sa.text("state IN ('failed', 'uncertain')"),
        postgresql_where=sa.text("state IN ('failed', 'uncertain')"),
    )
