"""Each time somebody is seated is a membership of its own.

Seats of before keep the keys under which everything about them is owed or was sent: they have no
id. Whoever was let out of a circle and has a seat there again was never told, introduced or let in
under those keys; they begin a membership now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go forward. There is no way back but a backup."""
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("membership", sa.String(length=12), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("outside", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    seats, circles, outbox = (
        sa.table(
            "seats", *map(sa.column, ("community_id", "circle", "person", "membership", "outside"))
        ),
        sa.table("circles", *map(sa.column, ("community_id", "id", "room"))),
        sa.table("outbox", *map(sa.column, ("community_id", "kind", "room", "person"))),
    )
    let_out = sa.exists().where(
        circles.c.community_id == seats.c.community_id,
        circles.c.id == seats.c.circle,
        outbox.c.community_id == seats.c.community_id,
        outbox.c.kind == "remove",
        outbox.c.room == circles.c.room,
        outbox.c.person == seats.c.person,
    )
    op.execute(sa.update(seats).where(let_out).values(membership="again", outside=sa.true()))
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.alter_column("membership", server_default=None)
        batch_op.alter_column("outside", server_default=None)
