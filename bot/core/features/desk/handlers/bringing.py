"""Bringing in people from a file, some at a time, so that others need not wait for all of them."""

from dataclasses import dataclass, replace

from bot.core.boundary.ids import PersonId, PersonRef, Ref
from bot.core.boundary.views import Picked
from bot.core.features.desk.merging import SENSITIVE, mark, may_answer, merged
from bot.core.features.desk.people_file import Coming, Read
from bot.core.programme.members.model import Purpose, Standing
from bot.core.programme.unit import Unit

SLICE = 40
"""People in one transaction: some 100 ms."""

CONSENT_TEXT = "import-1"
"""The version of the words by which a moderator says that consent was obtained."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Part of a file to be brought in: its first ``many`` people. ``consented``: the moderator says
    so of its sensitive answers."""

    found: Read
    many: int
    platform: str
    consented: bool


def bring_in(brought: Brought, unit: Unit) -> None:
    """Bring in the first ``many``; those behind are named by them and only made known.

    Doing it again changes nothing.
    """
    now = brought.found.coming[: brought.many]
    named = {who for one in now for who in _named(one)}
    by_key = {one.key: one for one in brought.found.coming}
    keys = [*(one.key for one in now), *(key for key in by_key if key in named)]
    people = _people(dict.fromkeys(keys), by_key, brought.platform, unit)
    season = unit.seasons.current() or unit.seasons.latest()
    number = season.number if season else 1
    for one in now:
        if one.key not in people:
            continue
        _keep(one, people, brought.consented, unit)
        for others, when in ((one.met_recently, number - 1), (one.met_before, number - 2)):
            for other in others:
                if other in people:
                    unit.circles.note_met((people[one.key], people[other]), when)


def _people(
    keys: dict[str, None], by_key: dict[str, Coming], platform: str, unit: Unit
) -> dict[str, PersonId]:
    """These people by key, made known if need be; without those who left."""
    refs = {key: PersonRef(Ref(platform, key)) for key in keys}
    known = unit.people.find_many(list(refs.values()))
    members = unit.members.many(tuple(person.id for person in known.values()))
    people = {}
    for key, ref in refs.items():
        member = members.get(known[ref].id) if ref in known else None
        if member is None or member.standing is not Standing.LEFT:
            people[key] = unit.people.ensure(Picked(ref, by_key[key].name)).id
    return people


def _keep(one: Coming, people: dict[str, PersonId], consented: bool, unit: Unit) -> None:
    person = people[one.key]
    earlier, told = unit.members.get(person), unit.members.profile(person)
    result = merged(earlier, told, one, people)
    member, profile = replace(result.member, person=person), result.profile
    unit.members.save(replace(member, joined_at=member.joined_at or unit.at))
    if consented and one.sensitive:
        answers = {answer.key: answer.values for answer in unit.members.sensitive(person)}
        for key, values in one.sensitive.items():
            if may_answer(key, answers.get(key, ()), earlier, told):
                purposes = frozenset({Purpose.MATCHING})
                unit.members.answer_sensitive(person, key, values, purposes, CONSENT_TEXT)
                marks = {**profile.from_file, SENSITIVE + key: mark(values)}
                profile = replace(profile, from_file=marks)
    unit.members.save_profile(person, profile)
    known = unit.people.get(person)
    if known and known.zone is None:
        unit.people.set_clock(person, one.zone)
    if known and known.language is None:
        unit.people.set_language(person, one.profile.preferred_language)


def _named(one: Coming) -> tuple[str, ...]:
    return (*one.wishes, *one.avoid, *one.met_recently, *one.met_before)
