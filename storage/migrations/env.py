"""How Alembic runs our steps: on the connection, and in the transaction, that it is given."""

from alembic import context

from storage.migrations.render import render
from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
