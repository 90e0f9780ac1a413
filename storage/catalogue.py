"""The catalogue: every column says what it holds, who gets it, and when it goes.

Export, erasure, retention and the search for due work are generated from what is said here, so a
column that says nothing is a fault (:func:`faults`, checked by the tests).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

ID = 12
"""How many characters a random id has."""

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Privacy(Enum):
    """How much harm a column's values could do in the wrong hands."""

    PUBLIC = "public"
    """What everyone in the community may see."""
    INTERNAL = "internal"
    """Our own book-keeping: random ids, states, moments. Leads to nobody by itself."""
    PERSONAL = "personal"
    """About one person."""
    SENSITIVE = "sensitive"
    """Free text, and what people are hurt for. Always sealed."""
    SECRET = "secret"  # noqa: S105 - a class of data, not a password
    """Keys, keyed hashes and what else must never leave the database."""


class Erase(Enum):
    """What becomes of a row when the person in this column is forgotten."""

    ROW = "row"
    """The row goes: it is theirs."""
    CLEAR = "clear"
    """The row stays without them."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long after this column's moment a row is kept.

    A number of days, or the community's own setting by name. With ``forgets`` the row's person is
    forgotten altogether, not only the row.
    """

    days: int = 0
    setting: str = ""
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue knows about one column."""

    privacy: Privacy
    export: bool
    erase: Erase | None
    retention: Retention | None
    due: bool
    sealed_for: str | None


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time: UTC in the database, aware in Python."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Raises ``ValueError`` for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moved = value.astimezone(UTC)
        return moved.replace(tzinfo=None) if dialect.name == "sqlite" else moved

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """What SQLite returns without a zone was written in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(sa.types.TypeDecorator[bytes]):
    """Bytes sealed by :class:`storage.seals.Seals`, under a person's key or the community's."""

    impl = sa.LargeBinary
    cache_ok = True


def column(
    name: str,
    kind: Any,
    *args: Any,
    privacy: Privacy,
    export: bool | None = None,
    erase: Erase | None = None,
    retention: Retention | None = None,
    due: bool = False,
    sealed_for: str | None = None,
    **options: Any,
) -> sa.Column[Any]:
    """A column with its entry in the catalogue.

    ``erase`` marks a column that holds a person's id; ``export`` there means that rows found by it
    are given to that person, and elsewhere that the value is part of what is given. It is on
    unless the column is internal or secret, or erasing only clears it. ``sealed_for`` names the
    column with the person under whose key a sealed value lies (none: the community's key). ``due``
    marks a moment at which ``Tick`` must come; it is empty while nothing is due.
    """
    if export is None:
        export = privacy not in {Privacy.INTERNAL, Privacy.SECRET} and erase is not Erase.CLEAR
    entry = Entry(privacy, export, erase, retention, due, sealed_for)
    if due or retention:
        options.setdefault("index", True)
    options.setdefault("nullable", False)
    return sa.Column(name, kind, *args, info={"catalogue": entry}, **options)


def community_id(*, primary_key: bool = True) -> sa.Column[Any]:
    """The community that a row belongs to: the first part of a table's primary key."""
    return column(
        "community_id",
        sa.String(ID),
        sa.ForeignKey("communities.id"),
        privacy=Privacy.INTERNAL,
        primary_key=primary_key,
    )


def person_id(name: str = "person", *, erase: Erase, **options: Any) -> sa.Column[Any]:
    """A column that holds a person's id."""
    options.setdefault("nullable", erase is Erase.CLEAR)
    return column(name, sa.String(ID), privacy=Privacy.PERSONAL, erase=erase, **options)


def table(name: str, *parts: Any) -> sa.Table:
    """A table of ours. Columns that hold a person refer to the people of the same community."""
    made = sa.Table(name, METADATA, *parts)
    for one in list(made.columns):
        if is_person(one) and name != "people":
            made.append_constraint(
                sa.ForeignKeyConstraint(
                    ["community_id", one.name], ["people.community_id", "people.id"]
                )
            )
            if not one.primary_key:
                sa.Index(None, made.c.community_id, one)
    return made


def entry(of: sa.Column[Any]) -> Entry:
    """The column's entry. Raises ``KeyError`` if it has none."""
    found: Entry = of.info["catalogue"]
    return found


def is_person(of: sa.Column[Any]) -> bool:
    """Whether the column holds a person's id."""
    return "catalogue" in of.info and entry(of).erase is not None


def place(of: sa.Column[Any]) -> str:
    """The column's name within the database, as sealed values are bound to it."""
    return f"{of.table.name}.{of.name}"


def columns(metadata: sa.MetaData) -> Iterator[sa.Column[Any]]:
    """Every column, table by table, those referred to first."""
    for one in metadata.sorted_tables:
        yield from one.columns


def faults(metadata: sa.MetaData) -> list[str]:
    """Every column whose entry is missing or does not fit what it holds."""
    found: list[str] = []
    for one in columns(metadata):
        if "catalogue" not in one.info:
            found.append(f"{place(one)} has no entry in the catalogue")
            continue
        found.extend(f"{place(one)} {fault}" for fault in _column_faults(one))
    return found


def _column_faults(one: sa.Column[Any]) -> Iterator[str]:
    said = entry(one)
    is_sealed = isinstance(one.type, Sealed)
    refers = {key.column.table.name for key in one.foreign_keys}
    if said.privacy is Privacy.SENSITIVE and not is_sealed:
        yield "is sensitive and not sealed"
    if said.privacy is Privacy.SECRET and not isinstance(one.type, sa.LargeBinary):
        yield "is secret and not bytes"
    if isinstance(one.type, sa.Text) and said.privacy is not Privacy.INTERNAL:
        yield "is free text and not sealed"
    if said.sealed_for and (not is_sealed or said.sealed_for not in one.table.c):
        yield f"cannot be sealed for {said.sealed_for}"
    if (said.due or said.retention) and not isinstance(one.type, Moment):
        yield "has a date of its own and is no moment"
    if said.due and not one.nullable:
        yield "can never be not due"
    if said.erase is Erase.CLEAR and not one.nullable:
        yield "cannot be cleared"
    if "people" in refers and said.erase is None and one.name != "community_id":
        yield "holds a person and does not say what forgetting them does"
    if said.retention and said.retention.forgets and not any(map(is_person, one.table.c)):
        yield "forgets nobody"
