"""A draft to look through: in short, circle by circle, and who is not placed."""

from bot.core.actions.desk import (
    AskToPublish,
    LockCircle,
    LockPeople,
    MovePerson,
    PickCircle,
    RunMatch,
    ShowCircle,
    ShowDraft,
    ShowUnplaced,
    SwapPeople,
    Undo,
)
from bot.core.boundary.ids import PersonId
from bot.core.boundary.languages import language_name
from bot.core.boundary.limits import CHOICES
from bot.core.boundary.text import Text, joined, plain
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Message,
    Paragraph,
    Select,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.features.desk.bench import Bench
from bot.core.features.desk.phrases import (
    LEFT_OUT_SHOWN,
    broken_text,
    fit,
    left_out,
    names_for,
    unplaced_line,
)
from bot.core.matching.definition.facts import LanguageShared
from bot.core.matching.definition.model import MemberScore, Seat
from bot.core.matching.telling.words import (
    Naming,
    bound_words,
    fact_words,
    spans,
)
from bot.core.programme.circles.labels import stretch_label
from bot.core.programme.drafts.problem import LeftOut
from bot.core.programme.unit import Unit

WORST_SHOWN = 5
UNPLACED_SHOWN = 5
UNPLACED_PAGE = 8
HELD_SHOWN = 8
STAGE_WORTH_TELLING = 0.5
"""The share of the stage term from which on it speaks for a seat."""
ROOMY = 2600
"""Characters of reasons that leave room for everything else in a message."""


def named_in_summary(bench: Bench) -> tuple[PersonId, ...]:
    """Everybody whose name the summary may hold."""
    worst = [member.id for _, member in bench.worst[:WORST_SHOWN]]
    without = [one.id for one in bench.unplaced[:UNPLACED_SHOWN]]
    out = [person for person, _ in bench.left_out[: LEFT_OUT_SHOWN * len(LeftOut)]]
    held = bench.draft.locked_people[:HELD_SHOWN]
    return tuple(dict.fromkeys(map(PersonId, [*worst, *without, *out, *held])))


def summary(bench: Bench, unit: Unit, words: Words, *, lead: Text = ()) -> Message:
    """The draft in short, worst-off people first; ``lead`` is said before it."""
    names = names_for(bench, named_in_summary(bench), unit, words)
    blocks: list[Block] = [Paragraph(lead)] if lead else []
    blocks.append(Paragraph(_in_short(bench, words)))
    if bench.worst:
        lines = [_seat_line(bench, index, m, words, names) for index, m in bench.worst]
        heading = words.text("desk.worst")
        blocks.append(Paragraph(joined([heading, *lines[:WORST_SHOWN]], "\n• ")))
    if bench.unplaced:
        shown = [unplaced_line(one, words, names) for one in bench.unplaced[:UNPLACED_SHOWN]]
        heading = words.text("desk.unplaced", n=len(bench.unplaced))
        blocks.append(Paragraph(joined([heading, *shown], "\n• ")))
    blocks += left_out(bench.left_out, unit, words)
    if locked := _locked(bench, words, names):
        blocks.append(Small(locked))
    if bench.draft.circles:
        blocks.append(_picker(bench, words))
    title = words.line("desk.title", version=bench.draft.version, season=bench.season.number)
    return Message(title, (*blocks, *_summary_buttons(bench, words)))


def circle_page(bench: Bench, index: int, unit: Unit, words: Words) -> Message:
    """One circle with its people and what speaks for each seat, worst-off first."""
    drafted, scored = bench.draft.circles[index], bench.scored[index]
    names = names_for(bench, drafted.people, unit, words)
    members = sorted(scored.members, key=lambda member: (member.score, member.id))
    mean = sum(member.score for member in members) / len(members)
    times = _times(bench, index, words)
    blocks: list[Block] = [
        Paragraph(
            words.text(
                "desk.circle",
                mentors=words.line("desk.mentors", n=len(drafted.mentors)),
                mentees=words.line("desk.mentees", n=len(drafted.mentees)),
                fit=fit(mean, words),
                times=times,
            )
        )
    ]
    if index in bench.broken:
        blocks.append(Paragraph(broken_text(bench.broken[index], words, names)))
    full = [_member_line(bench, member, words, names) for member in members]
    if sum(len(plain(line)) for line in full) > ROOMY:
        full = [_bare_line(member, words, names) for member in members]
    blocks.append(Paragraph(joined(full, "\n")))
    if drafted.locked:
        blocks.append(Small(words.text("desk.circle.locked")))
    held = [who for who in drafted.people if who in bench.draft.locked_people]
    if held:
        people = words.people([(names.person(who),) for who in held])
        blocks.append(Small(words.text("desk.circle.held", people=people)))
    title = words.line(
        "desk.circle.title", circle=drafted.name, n=index + 1, all=len(bench.draft.circles)
    )
    return Message(title, (*blocks, *_circle_buttons(bench, index, words)))


def unplaced_page(bench: Bench, page: int, unit: Unit, words: Words) -> Message:
    """Who is not placed, why, and what would help."""
    pages = max(1, -(-len(bench.unplaced) // UNPLACED_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = bench.unplaced[page * UNPLACED_PAGE :][:UNPLACED_PAGE]
    names = names_for(bench, [one.id for one in shown], unit, words)
    lines = [unplaced_line(one, words, names) for one in shown]
    said = joined([("• ", *line) for line in lines], "\n") or words.text("desk.unplaced.none")
    buttons = []
    if page:
        buttons.append(Button(words.line("desk.button.back"), ShowUnplaced(page - 1)))
    if page + 1 < pages:
        buttons.append(Button(words.line("desk.button.on"), ShowUnplaced(page + 1)))
    buttons.append(Button(words.line("desk.button.summary"), ShowDraft()))
    title = words.line("desk.unplaced.title", n=page + 1, all=pages)
    return Message(title, (Paragraph(said), Buttons(tuple(buttons))))


def _in_short(bench: Bench, words: Words) -> Text:
    if not bench.draft.circles:
        return words.text("desk.no_circles")
    scores = [member.score for scored in bench.scored for member in scored.members]
    parts = [
        words.text("desk.circles", n=len(bench.draft.circles), people=len(bench.seated)),
        words.text("desk.average", fit=fit(sum(scores) / len(scores), words)),
    ]
    if bench.gap is not None:
        parts.append((bound_words(words, bench.gap),))
    crowded = sum(1 for one in bench.draft.circles if len(one.mentees) > 4 * len(one.mentors))
    if crowded:
        parts.append(words.text("desk.crowded", n=crowded))
    if bench.broken:
        broken = [bench.draft.circles[index].name for index in bench.broken]
        parts.append(words.text("desk.broken", circles=words.list(broken)))
    return joined(parts, " ")


def _locked(bench: Bench, words: Words, names: Naming) -> Text:
    """What stays where it is when the circles are matched again."""
    parts: list[Text] = []
    if whole := [circle.name for circle in bench.draft.circles if circle.locked]:
        parts.append(words.text("desk.locked.circles", circles=words.list(whole)))
    held = bench.draft.locked_people
    if len(held) > HELD_SHOWN:
        parts.append(words.text("desk.locked.many", n=len(held)))
    elif held:
        people = words.people([(names.person(who),) for who in held])
        parts.append(words.text("desk.locked.people", people=people))
    return joined(parts, " ")


def _seat_line(bench: Bench, index: int, member: MemberScore, words: Words, names: Naming) -> Text:
    return words.text(
        "desk.worst.line",
        person=names.person(member.id),
        circle=bench.draft.circles[index].name,
        fit=fit(member.score, words),
    )


def _member_line(bench: Bench, member: MemberScore, words: Words, names: Naming) -> Text:
    """A seat with the facts a moderator may see: nothing sensitive, and nobody's wishes."""
    minutes = bench.problem.settings.session_minutes
    facts = [
        _preference(term.fact, words)
        if isinstance(term.fact, LanguageShared)
        else fact_words(words, term.fact, names, minutes)
        for term in member.terms
        if term.name == "goals"
        or (term.name == "stage" and term.f >= STAGE_WORTH_TELLING)
        or (term.name == "language" and term.f < 1)
    ]
    if member.repeats:
        facts.append(words.text("desk.repeats", n=member.repeats))
    return joined([_bare_line(member, words, names), *facts], " ")


def _preference(fact: LanguageShared, words: Words) -> Text:
    """Somebody would rather talk in another language than the circle's."""
    preferred = language_name(fact.preferred, words.language)
    common = words.list([language_name(one, words.language) for one in fact.common])
    return words.text("desk.language", preferred=preferred, common=common)


def _bare_line(member: MemberScore, words: Words, names: Naming) -> Text:
    role = words.line(f"desk.seat.{Seat(member.seat).value}")
    person = names.person(member.id)
    return words.text("desk.member", person=person, role=role, fit=fit(member.score, words))


def _times(bench: Bench, index: int, words: Words) -> str:
    minutes = bench.problem.settings.session_minutes
    naming = Naming(stretch=stretch_label(words, bench.season.first_monday))
    told = spans(words, bench.scored[index].common_starts, naming, minutes)
    return (told[0][1] if told else "") or words.line("desk.no_time")


def _picker(bench: Bench, words: Words) -> Select:
    """Circles to look at; when they are too many for a list, those with the worst-off people."""
    order = dict.fromkeys(index for index, _ in bench.worst)
    choices = tuple(
        Choice(
            str(index),
            bench.draft.circles[index].name,
            words.line("desk.pick.hint", n=len(bench.draft.circles[index].people)),
        )
        for index in list(order)[:CHOICES]
    )
    return Select(words.line("desk.pick"), choices, PickCircle())


def _summary_buttons(bench: Bench, words: Words) -> list[Block]:
    version = bench.draft.version
    again = Button(words.line("desk.button.again"), RunMatch(bench.draft.effort))
    if not bench.draft.circles:
        return [Buttons((again,))]
    changes = [
        Button(words.line("desk.button.swap"), SwapPeople(version)),
        Button(words.line("desk.button.move"), MovePerson(version)),
        Button(words.line("desk.button.lock_people"), LockPeople(version)),
    ]
    if bench.draft.back:
        changes.append(Button(words.line("desk.button.undo"), Undo(version)))
    rest = [Button(words.line("desk.button.publish"), AskToPublish(version), Tone.PRIMARY)]
    if bench.unplaced:
        rest.append(Button(words.line("desk.button.unplaced"), ShowUnplaced(0)))
    rest.append(again)
    if bench.draft.effort != "thorough":
        rest.append(Button(words.line("desk.button.thorough"), RunMatch("thorough")))
    return [Buttons(tuple(changes)), Buttons(tuple(rest))]


def _circle_buttons(bench: Bench, index: int, words: Words) -> list[Block]:
    draft, last = bench.draft, len(bench.draft.circles) - 1
    buttons = []
    if index:
        buttons.append(Button(words.line("desk.button.back"), ShowCircle(index - 1)))
    if index < last:
        buttons.append(Button(words.line("desk.button.on"), ShowCircle(index + 1)))
    lock = "unlock" if draft.circles[index].locked else "lock"
    buttons.append(Button(words.line(f"desk.button.{lock}"), LockCircle(draft.version, index)))
    buttons.append(Button(words.line("desk.button.summary"), ShowDraft()))
    changes = (
        Button(words.line("desk.button.swap"), SwapPeople(draft.version)),
        Button(words.line("desk.button.move"), MovePerson(draft.version)),
    )
    return [Buttons(tuple(buttons)), Buttons(changes)]
