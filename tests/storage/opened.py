"""Databases opened for a test, and the few people and deliveries that tests of storage need."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

from bot.core.boundary.events import Actor, Right
from bot.core.boundary.ids import CommunityRef, Key, PersonId, PersonRef, Ref
from bot.core.boundary.outcome import Delivery, Notice, ToPerson
from bot.core.boundary.wording import Wording, load
from storage.engine import Database
from storage.keyfile import KeySource
from storage.unit import SqlUnit

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = CommunityRef(Ref("paper", "here"))
ELSEWHERE = CommunityRef(Ref("paper", "elsewhere"))
PAPER = ("paper",)


@dataclass(frozen=True, slots=True)
class Hello(Notice):
    """Something to say."""

    name: ClassVar[str] = "test.hello"
    number: int = 0


@cache
def wording() -> Wording:
    """English."""
    return load()


@contextmanager
def opened(url: str, home: Path) -> Iterator[Database]:
    """The database at ``url``, with its key and its ledger in ``home``."""
    database = Database.open(
        url,
        keys=KeySource(home / "key"),
        ledger=home / "erased",
        wording=wording(),
        kinds=[Hello],
    )
    try:
        yield database
    finally:
        database.close()


def actor(name: str, *, moderator: bool = False, zone: str | None = None) -> Actor:
    """Somebody of the paper platform."""
    ref = PersonRef(Ref("paper", f"ref-of-{name.lower().replace(' ', '-')}"))
    return Actor(ref, name, None, zone, frozenset({Right.MODERATOR} if moderator else ()))


def known(unit: SqlUnit, name: str) -> PersonId:
    """The id of somebody made known."""
    return unit.people.ensure(actor(name)).id


def hello(person: PersonId, number: int, *, about: tuple[PersonId, ...] = ()) -> Delivery:
    """A private message, by its number."""
    return Delivery(Key(f"hello:{number}"), ToPerson(person), Hello(number), about)
