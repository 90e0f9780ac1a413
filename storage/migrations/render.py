"""How a drafted step names our types: by what the database keeps, so that it stays true."""

from typing import Literal

from alembic.autogenerate.api import AutogenContext

from storage.catalogue import Moment, Sealed


def render(kind: str, item: object, context: AutogenContext) -> str | Literal[False]:
    """The words for one of our own types; ``False`` leaves everything else to Alembic."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    return False
