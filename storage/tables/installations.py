"""What adapters keep about where they are installed."""

import sqlalchemy as sa

from storage.catalogue import Privacy, column, table

INSTALLATIONS = table(
    "installations",
    column("name_hash", sa.LargeBinary, privacy=Privacy.SECRET, primary_key=True),
    column("group_hash", sa.LargeBinary, privacy=Privacy.SECRET, index=True),
    # Tokens: sealed under a key of its own, which is wrapped by the master key.
    column("key", sa.LargeBinary, privacy=Privacy.SECRET),
    column("note", sa.LargeBinary, privacy=Privacy.SECRET),
)
