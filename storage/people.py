"""People: the one table that knows refs and names, sealed, found by a keyed hash."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.events import Actor
from bot.core.boundary.ids import PersonId, PersonRef, Ref
from bot.core.boundary.views import Picked
from bot.core.programme.people import Person
from storage.catalogue import ID
from storage.ground import Ground
from storage.own import prepare
from storage.tables.people import PEOPLE

# Asked in every unit, so built once.
_PEOPLE = prepare(PEOPLE.c.id, PEOPLE.c.identity, PEOPLE.c.key)
_BY_REF = _PEOPLE.where(PEOPLE.c.ref_hash == sa.bindparam("ref_hash"))
_BY_REFS = _PEOPLE.where(PEOPLE.c.ref_hash.in_(sa.bindparam("hashes", expanding=True)))
_BY_IDS = _PEOPLE.where(PEOPLE.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Identity:
    """What is sealed in a person's row."""

    platform: str
    key: str
    name: str
    language: str | None = None
    zone: str | None = None


class SqlPeople:
    """The people of one community. Whoever was looked up once is kept for the unit."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._known: dict[PersonId, Person] = {}
        self._by_ref: dict[Ref, PersonId] = {}
        self._unknown: set[Ref] = set()

    def find(self, ref: PersonRef) -> Person | None:
        """The person with this ref, if Banyan knows them."""
        if ref in self._by_ref:
            return self._known[self._by_ref[ref]]
        if ref in self._unknown:
            return None
        found = self._select(_BY_REF, ref_hash=self.hash(ref))
        if not found:
            self._unknown.add(ref)
        return found[0] if found else None

    def find_many(self, refs: list[PersonRef]) -> dict[PersonRef, Person]:
        """Those of these refs that Banyan knows."""
        missing = [self.hash(ref) for ref in set(refs) if ref not in self._by_ref]
        for start in range(0, len(missing), 500):
            self._select(_BY_REFS, hashes=missing[start : start + 500])
        return {ref: self._known[self._by_ref[ref]] for ref in refs if ref in self._by_ref}

    def get(self, person: PersonId) -> Person | None:
        """The person with this id; ``None`` once forgotten."""
        return self.many([person]).get(person)

    def many(self, people: list[PersonId]) -> dict[PersonId, Person]:
        """Those of these people who are still known."""
        missing = [one for one in set(people) if one not in self._known and _is_id(one)]
        for start in range(0, len(missing), 500):
            self._select(_BY_IDS, ids=missing[start : start + 500])
        return {one: self._known[one] for one in people if one in self._known}

    def ensure(self, who: Actor | Picked) -> Person:
        """The person, made known (or their name brought up to date) if need be.

        A language and a clock that the person chose are not overruled by the platform's.
        """
        language = who.language if isinstance(who, Actor) else None
        zone = who.zone if isinstance(who, Actor) else None
        person = self.find(who.person)
        if person is None:
            return self._add(Person(PersonId(""), who.person, who.name, language, zone))
        current = replace(
            person,
            name=who.name or person.name,
            language=person.language or language,
            zone=person.zone or zone,
        )
        return self._save(current) if current != person else person

    def set_clock(self, person: PersonId, zone: str) -> None:
        """Keep the zone (IANA) this person reads times in."""
        if found := self.get(person):
            self._save(replace(found, zone=zone))

    def set_language(self, person: PersonId, language: str) -> None:
        """Keep the language (BCP 47) this person reads in."""
        if found := self.get(person):
            self._save(replace(found, language=language))

    def drop(self, person: PersonId) -> None:
        """Nobody knows this person any more."""
        if known := self._known.pop(person, None):
            del self._by_ref[known.ref]
        self._ground.seals.drop(person)

    def _select(self, statement: sa.Select[Any], **values: object) -> list[Person]:
        found: list[Person] = []
        for row in self._ground.run(statement, **values):
            seals = self._ground.seals
            seals.know(row.id, row.key)
            one = seals.open(PEOPLE.c.identity, row.identity, Identity, row.id)
            ref = PersonRef(Ref(one.platform, one.key))
            found.append(self._keep(Person(row.id, ref, one.name, one.language, one.zone)))
        return found

    def _keep(self, person: Person) -> Person:
        self._known[person.id] = person
        self._by_ref[person.ref] = person.id
        self._unknown.discard(person.ref)
        return person

    def _add(self, new: Person) -> Person:
        ground = self._ground
        person = replace(new, id=PersonId(ground.chance.new_id()))
        key = ground.seals.new_key(person.id)
        ground.add_once(
            PEOPLE,
            id=person.id,
            ref_hash=self.hash(person.ref),
            identity=self._sealed(person),
            key=key,
            known_at=ground.at,
        )
        return self._keep(person)

    def _save(self, person: Person) -> Person:
        self._ground.update(PEOPLE, PEOPLE.c.id == person.id, identity=self._sealed(person))
        return self._keep(person)

    def _sealed(self, person: Person) -> bytes:
        identity = Identity(
            person.ref.platform, person.ref.key, person.name, person.language, person.zone
        )
        return self._ground.seals.seal(PEOPLE.c.identity, identity, person.id)

    def hash(self, ref: PersonRef) -> bytes:
        """What the person with this ref is found by."""
        return self._ground.seals.hash("person", ref.platform, ref.key)


def _is_id(word: str) -> bool:
    """Whether the word could be an id of ours: PostgreSQL takes no NUL, even to find nothing."""
    return len(word) == ID and word.isalnum()
