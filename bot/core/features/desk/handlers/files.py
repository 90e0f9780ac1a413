"""People in from a file, and out into one. Nothing is changed before a moderator has said yes."""

from dataclasses import replace

from bot.core.actions.desk import DropImport, ImportPeople
from bot.core.boundary.events import ActionTaken, CommandUsed, FileSent
from bot.core.boundary.ids import PersonId, PersonRef, Ref
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.boundary.views import Message, Picked
from bot.core.features.desk import file_views
from bot.core.features.desk.handlers.ground import actor, said
from bot.core.features.desk.people_file import MAX_FILE, Coming, Read, as_row, read, updated
from bot.core.matching.files.people_csv import format_people, parse_people
from bot.core.matching.files.problems import BadFile
from bot.core.programme.circles.labels import theme_name
from bot.core.programme.members.model import Profile, Purpose, Standing
from bot.core.programme.unit import Unit

CONSENT_TEXT = "import-1"
"""The version of the words by which a moderator says that consent was obtained."""


def import_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin import`` without a file: how it is done."""
    return said(unit, "import.how")


def file_sent(event: FileSent, unit: Unit) -> Outcome:
    """A file came: say everything that is wrong with it, or what it would change."""
    moderator = actor(unit)
    if moderator is None:
        moderator = unit.people.ensure(event.actor).id
    if len(event.content) > MAX_FILE:
        return said(unit, "import.too_big")
    found = _read(event.content, unit)
    if isinstance(found, BadFile):
        return Outcome(Say(file_views.problems(event.name, found.problems, unit.words)))
    unit.desk.keep_import(moderator, event.content)
    return Outcome(Say(_preview(found, unit)))


def import_people(action: ImportPeople, event: ActionTaken, unit: Unit) -> Outcome:
    """Yes: bring them in. Whoever left or asked to be forgotten is not brought back."""
    moderator = actor(unit)
    content = unit.desk.kept_import(moderator) if moderator else None
    if moderator is None or content is None:
        return said(unit, "import.gone", how=Replace)
    found = _read(content, unit)
    if isinstance(found, BadFile):  # the community's themes or stages changed meanwhile
        return Outcome(Replace(file_views.problems("people.csv", found.problems, unit.words)))
    unit.desk.drop_import(moderator)
    consented = action.sensitive == "yes" and unit.community.carries_sensitive
    brought = _bring_in(found, consented, event.community.platform, unit)
    unit.programme.audit(moderator, "people.imported", str(len(brought)))
    return Outcome(Replace(file_views.imported(len(brought), unit.words)))


def drop_import(_action: DropImport, _event: ActionTaken, unit: Unit) -> Outcome:
    """No: forget the file."""
    moderator = actor(unit)
    if moderator:
        unit.desk.drop_import(moderator)
    return said(unit, "import.dropped", how=Replace)


def export_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin export``: the members as a file, without anything confidential."""
    members = unit.members.all(Standing.ACTIVE, Standing.PAUSED, Standing.WAITING)
    ids = [member.person for member in members]
    known, profiles = unit.people.many(ids), unit.members.profiles(tuple(ids))
    rows = [
        as_row(
            known[member.person].ref.key,
            known[member.person].name,
            member,
            profiles.get(member.person, Profile()),
        )
        for member in members
        if member.person in known
    ]
    if not rows:
        return said(unit, "export.nobody")
    unit.programme.audit(actor(unit), "people.exported", str(len(rows)))
    content = format_people(sorted(rows, key=lambda row: row.id)).encode()
    return Outcome(Say(file_views.exported(len(rows), content, unit.words)))


def _read(content: bytes, unit: Unit) -> Read | BadFile:
    settings, words = unit.community.settings, unit.words_in(unit.community.settings.zone)
    labels = {theme.key: theme_name(settings, words, theme.key) for theme in settings.themes}
    try:
        found = read(parse_people(content, settings.stages), settings, labels)
    except BadFile as bad:
        return bad
    return BadFile(list(found.problems)) if found.problems else found


def _preview(found: Read, unit: Unit) -> Message:
    standing = {one.key: _standing(one, unit.community.ref.platform, unit) for one in found.coming}
    new = sum(1 for one in standing.values() if one is None)
    left = sum(1 for one in standing.values() if one is Standing.LEFT)
    return file_views.preview(
        found,
        new,
        len(standing) - new - left,
        left,
        words=unit.words,
        carries_sensitive=unit.community.carries_sensitive,
    )


def _standing(one: Coming, platform: str, unit: Unit) -> Standing | None:
    person = unit.people.find(_ref(platform, one.key))
    member = unit.members.get(person.id) if person else None
    return member.standing if member else None


def _bring_in(found: Read, consented: bool, platform: str, unit: Unit) -> dict[str, PersonId]:
    people: dict[str, PersonId] = {}
    for one in found.coming:
        if _standing(one, platform, unit) is not Standing.LEFT:
            person = unit.people.ensure(Picked(_ref(platform, one.key), one.name))
            people[one.key] = person.id
            if person.zone is None:
                unit.people.set_clock(person.id, one.zone)
            if person.language is None:
                unit.people.set_language(person.id, one.profile.preferred_language)
    season = unit.seasons.current() or unit.seasons.latest()
    number = season.number if season else 1
    for one in found.coming:
        if one.key in people:
            _keep(one, people, consented, unit)
            for others, when in ((one.met_recently, number - 1), (one.met_before, number - 2)):
                for other in others:
                    if other in people:
                        unit.circles.note_met((people[one.key], people[other]), when)
    return people


def _keep(one: Coming, people: dict[str, PersonId], consented: bool, unit: Unit) -> None:
    person = people[one.key]
    member, profile = updated(unit.members.get(person), unit.members.profile(person), one)
    member = replace(member, person=person, joined_at=member.joined_at or unit.at)
    unit.members.save(member)
    wishes = tuple(people[who] for who in one.wishes if who in people)
    avoid = tuple(people[who] for who in one.avoid if who in people)
    whole = replace(
        profile,
        wishes=wishes or profile.wishes,
        avoid=tuple(dict.fromkeys((*profile.avoid, *avoid))),
    )
    unit.members.save_profile(person, whole)
    if consented:
        purposes = frozenset({Purpose.MATCHING})
        for key, values in one.sensitive.items():
            unit.members.answer_sensitive(person, key, values, purposes, CONSENT_TEXT)


def _ref(platform: str, key: str) -> PersonRef:
    return PersonRef(Ref(platform, key))
