"""A canary in every column of every table, for as many people as wanted."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import PersonId
from storage.catalogue import METADATA, Moment, Sealed, entry, is_person
from storage.ground import Ground
from storage.tables.mail import INBOX
from storage.tables.people import PEOPLE
from tests.storage.opened import AT

_FILLED = {INBOX, PEOPLE, *(t for t in METADATA.sorted_tables if "community_id" not in t.c)}
"""Filled by what every test does anyway, or nobody's."""


@dataclass
class Canaries:
    """Rows for one person (``who`` has three letters), and what was put into them."""

    ground: Ground
    who: str
    person: PersonId
    rows: dict[sa.Table, dict[str, Any]] = field(default_factory=dict)
    plain: dict[str, Any] = field(default_factory=dict)
    """What can be read in the row, by column, before it is sealed."""

    def fill(self, *, others: PersonId | None = None) -> None:
        """A row in every table. ``others`` takes the places that are cleared, where the row itself
        is somebody's."""
        for table in METADATA.sorted_tables:
            if table not in _FILLED:
                self._fill(table, others)

    def _fill(self, table: sa.Table, others: PersonId | None) -> None:
        values: dict[str, Any] = {}
        for number, column in enumerate(table.columns):
            place = f"{table.name}.{column.name}"
            value = self._value(column, f"{self.who}{_number(table, number)}")
            if is_person(column):
                owned = any(is_person(c) and not c.nullable for c in table.c)
                value = others if others and owned and column.nullable else self.person
            values[column.name] = self.plain[place] = value
        for key in table.foreign_key_constraints:
            referred = key.referred_table
            if referred not in _FILLED:
                for mine, theirs in zip(key.column_keys, key.elements, strict=True):
                    values[mine] = self.rows[referred][theirs.column.name]
        values["community_id"] = self.ground.community
        for column in table.columns:
            if isinstance(column.type, Sealed):
                owner = entry(column).sealed_for
                person = values[owner] if owner else None
                values[column.name] = self.ground.seals.seal(column, values[column.name], person)
        self.rows[table] = values
        self.ground.connection.execute(table.insert().values(values))

    def _value(self, column: sa.Column[Any], canary: str) -> Any:
        kind = column.type
        if isinstance(kind, Sealed):
            return f"sealed-{canary}"
        if isinstance(kind, Moment):
            return AT
        if isinstance(kind, sa.Boolean):
            return True
        if isinstance(kind, sa.Integer):
            return int.from_bytes(canary.encode()[:2], "big") * 10_000 + int(canary[3:])
        if isinstance(kind, sa.Float):
            return 0.5
        if isinstance(kind, sa.Date):
            return date(2026, 3, 2)
        if isinstance(kind, sa.LargeBinary):
            return canary.encode()
        assert isinstance(kind, sa.String), f"no canary for {column}"
        return canary

    @property
    def sealed(self) -> list[str]:
        """Every canary that must never lie anywhere in plain bytes."""
        return [v for v in self.plain.values() if isinstance(v, str) and v.startswith("sealed-")]

    @property
    def readable(self) -> list[str]:
        """Every canary in a row that goes with its person."""
        return [
            value
            for place, value in self.plain.items()
            if isinstance(value, str) and value.startswith(self.who)
            if _goes(METADATA.tables[place.partition(".")[0]])
        ]


def _goes(table: sa.Table) -> bool:
    return any(is_person(column) and not column.nullable for column in table.columns)


def _number(table: sa.Table, column: int) -> str:
    return f"{sorted(METADATA.tables).index(table.name):02}{column:02}"
