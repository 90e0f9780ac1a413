"""People in from a file, and out into one. Nothing is changed before a moderator has said yes."""

from bot.core.actions.desk import DropImport, ImportFurther, ImportPeople
from bot.core.boundary.events import ActionTaken, CommandUsed, FileSent
from bot.core.boundary.ids import PersonRef, Ref
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.boundary.views import Message
from bot.core.features.desk import file_views
from bot.core.features.desk.handlers.bringing import SLICE, Brought, bring_in
from bot.core.features.desk.handlers.ground import actor, said
from bot.core.features.desk.merging import merged
from bot.core.features.desk.people_file import Read, as_row, read, strangers
from bot.core.matching.files.packing import pack, unpack
from bot.core.matching.files.people_csv import People, format_people
from bot.core.matching.files.problems import BadFile
from bot.core.matching.files.sent import MAX_FILE, parsed
from bot.core.programme.circles.labels import theme_name
from bot.core.programme.members.model import Member, Profile, Standing
from bot.core.programme.unit import Unit


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
    people = parsed(event.content) if event.read is None else unpack(event.read)
    found = _understood(people, unit)
    if isinstance(people, People) and event.ids:
        wrong = strangers(people, event.ids, event.example)
        if wrong:
            others = found.problems if isinstance(found, BadFile) else ()
            found = BadFile([*wrong, *others])
    if isinstance(found, BadFile):
        return Outcome(Say(file_views.problems(event.name, found.problems, unit.words)))
    unit.desk.keep_import(moderator, pack(people))
    return Outcome(Say(_preview(found, unit)))


def import_people(action: ImportPeople, event: ActionTaken, unit: Unit) -> Outcome:
    """Yes: bring them in. Whoever left or asked to be forgotten is not brought back."""
    return _import(action.sensitive, 0, event, unit)


def import_further(action: ImportFurther, event: ActionTaken, unit: Unit) -> Outcome:
    """The next people of the file."""
    return _import(action.sensitive, action.start, event, unit)


def _import(sensitive: str, start: int, event: ActionTaken, unit: Unit) -> Outcome:
    moderator = actor(unit)
    content = unit.desk.kept_import(moderator) if moderator else None
    people = _unpacked(content) if content is not None else None
    if moderator is None or people is None:
        return said(unit, "import.gone", how=Replace)
    start = max(0, start)
    found = _understood(_part(people, start), unit, checked=True)
    if isinstance(found, BadFile):  # the community's themes or stages changed meanwhile
        return Outcome(Replace(file_views.problems("people.csv", found.problems, unit.words)))
    consented = sensitive == "yes" and unit.community.carries_sensitive
    many = min(SLICE, len(people.rows) - start)
    bring_in(Brought(found, max(0, many), event.community.platform, consented), unit)
    if start + SLICE < len(people.rows):
        return Outcome(then=ImportFurther(sensitive, start + SLICE))
    unit.desk.drop_import(moderator)
    keys = tuple(row.id for row in people.rows)
    n = sum(1 for member in _here(keys, unit).values() if member.standing is not Standing.LEFT)
    unit.programme.audit(moderator, "people.imported", str(n))
    return Outcome(Replace(file_views.imported(n, unit.words)))


def _part(people: People, start: int) -> People:
    """The people from ``start`` on that are brought in at a time, and then those they name."""
    now = people.rows[start : start + SLICE]
    ids = {row.id for row in now}
    named = {
        who for row in now for who in (*row.wishes, *row.avoid, *row.met_recently, *row.met_before)
    }
    return People((*now, *(row for row in people.rows if row.id in named - ids)))


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
            unit.community.settings,
        )
        for member in members
        if member.person in known
    ]
    if not rows:
        return said(unit, "export.nobody")
    unit.programme.audit(actor(unit), "people.exported", str(len(rows)))
    content = format_people(sorted(rows, key=lambda row: row.id)).encode()
    return Outcome(Say(file_views.exported(len(rows), content, unit.words)))


def _unpacked(content: bytes) -> People | None:
    try:
        found = unpack(content)
    except ValueError:  # kept by an older release
        return None
    return found if isinstance(found, People) else None


def _understood(people: People | BadFile, unit: Unit, *, checked: bool = False) -> Read | BadFile:
    """The people as this community understands them, or what is wrong with that.

    Once ``checked``, it is not asked again whether those who are new say what is needed.
    """
    if isinstance(people, BadFile):
        return people
    settings, words = unit.community.settings, unit.words_in(unit.community.settings.zone)
    labels = {theme.key: theme_name(settings, words, theme.key) for theme in settings.themes}
    keys = tuple(row.id for row in people.rows)
    here = keys if checked else _here(keys, unit)
    found = read(people, settings, labels, here)
    return BadFile(list(found.problems)) if found.problems else found


def _here(keys: tuple[str, ...], unit: Unit) -> dict[str, Member]:
    """Who of these is or was a member, by id in the file."""
    refs = [PersonRef(Ref(unit.community.ref.platform, key)) for key in keys]
    known = unit.people.find_many(refs)
    members = unit.members.many(tuple(person.id for person in known.values()))
    return {ref.key: members[one.id] for ref, one in known.items() if one.id in members}


def _preview(found: Read, unit: Unit) -> Message:
    here = _here(found.keys, unit)
    left = sum(1 for member in here.values() if member.standing is Standing.LEFT)
    profiles = unit.members.profiles(tuple(member.person for member in here.values()))
    people = {key: member.person for key, member in here.items()}
    kept = sum(
        1
        for one in found.coming
        if one.key in here and here[one.key].standing is not Standing.LEFT
        if merged(here[one.key], profiles.get(here[one.key].person, Profile()), one, people).kept
    )
    new = len(found.coming) - len(here)
    counts = file_views.Counts(new, len(here) - left, left, kept)
    return file_views.preview(
        found, counts, unit.words, carries_sensitive=unit.community.carries_sensitive
    )
