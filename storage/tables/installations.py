"""Facts about this installation, and what adapters keep about where they are installed."""

import sqlalchemy as sa

from storage.catalogue import Privacy, column, table

INSTALLATION = table(
    "installation",
    column("name", sa.String(40), privacy=Privacy.INTERNAL, primary_key=True),
    column("value", sa.String(200), privacy=Privacy.INTERNAL),
)

INSTALLATIONS = table(
    "installations",
    column("name_hash", sa.LargeBinary, privacy=Privacy.SECRET, primary_key=True),
    column("group_hash", sa.LargeBinary, privacy=Privacy.SECRET, index=True),
    # Tokens: sealed under a key of its own, which is wrapped by the master key.
    column("key", sa.LargeBinary, privacy=Privacy.SECRET),
    column("note", sa.LargeBinary, privacy=Privacy.SECRET),
)
