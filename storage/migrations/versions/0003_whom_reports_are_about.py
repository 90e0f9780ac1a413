"""Whom reports are about."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Go forward. There is no way back but a backup."""
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_hash", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("about_name", sa.LargeBinary(), nullable=True))
    op.execute(
        "UPDATE reports SET about_hash = (SELECT ref_hash FROM people"
        " WHERE people.community_id = reports.community_id AND people.id = reports.about)"
        " WHERE about IS NOT NULL"
    )
