"""What moderators see at the desk: the draft in short, circle by circle, and what a change did."""

from collections.abc import Iterable, Sequence

from bot.core.circles.labels import naming, stretch_label
from bot.core.circles.model import Circle
from bot.core.desk.actions import (
    AskToPublish,
    CancelRun,
    LockCircle,
    LockPeople,
    MovePerson,
    PickCircle,
    Publish,
    RunMatch,
    SeatLate,
    ShowCircle,
    ShowDraft,
    ShowRun,
    ShowUnplaced,
    SwapPeople,
    Undo,
)
from bot.core.desk.bench import Bench
from bot.core.desk.changes import Breaks, Change, Done, Locked, NothingToDo
from bot.core.desk.model import Run
from bot.core.desk.problem import LeftOut, Pool
from bot.core.ids import PersonId
from bot.core.limits import CHOICES
from bot.core.matching.desk import Changed, Option, Rearranged
from bot.core.matching.facts import Blocked, Broken
from bot.core.matching.model import MemberScore, Seat, Unplaced
from bot.core.matching.words import (
    Naming,
    blocked_words,
    bound_words,
    broken_words,
    fact_words,
    help_words,
    stretches,
)
from bot.core.people import Person
from bot.core.seasons.model import Season
from bot.core.text import Text, joined, plain
from bot.core.unit import Unit
from bot.core.views import (
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
from bot.core.wording import Words

WORST_SHOWN = 5
UNPLACED_SHOWN = 5
UNPLACED_PAGE = 8
CHANGES_SHOWN = 4
LEFT_OUT_SHOWN = 6
ROOMY = 2600
"""Characters of reasons that leave room for everything else in a message."""


# ---- The search ----


def searching(run: Run, unit: Unit) -> Message:
    """The search is under way."""
    words = unit.words
    said = words.text("desk.search.working") if run.share <= 0 else progress(run, words)
    return Message(
        "",
        (
            Paragraph(said),
            Small(words.text("desk.search.working.small")),
            Buttons(
                (
                    Button(words.line("desk.button.how_far"), ShowRun()),
                    Button(words.line("desk.button.cancel"), CancelRun(run.seed)),
                )
            ),
        ),
    )


def search_goes_on(run: Run, words: Words) -> Message:
    """A long search, told and then told anew."""
    cancel = Button(words.line("desk.button.cancel"), CancelRun(run.seed))
    return Message("", (Paragraph(progress(run, words)), Buttons((cancel,))))


def progress(run: Run, words: Words) -> Text:
    """How far a search is."""
    percent, best = round(run.share * 100), round(run.best)
    return words.text("desk.search.progress", percent=percent, best=best)


def too_few(pool: Pool, unit: Unit) -> Message:
    """There are not the people for even one circle."""
    words, sizes = unit.words, unit.community.settings.sizes
    kind = "nobody" if not pool.problem.people else "few"
    said = words.text(
        f"desk.too_few.{kind}",
        mentors=words.line("desk.mentors", n=pool.mentors),
        mentees=words.line("desk.mentees", n=pool.mentees),
        need_mentors=words.line("desk.mentors", n=sizes.mentors[0]),
        need_mentees=words.line("desk.mentees", n=sizes.mentees[0]),
    )
    blocks: list[Block] = [Paragraph(said), *left_out(pool.left_out, unit, words)]
    blocks.append(Small(words.text("desk.too_few.next")))
    return Message("", tuple(blocks))


# ---- The draft ----


def named_in_summary(bench: Bench) -> tuple[PersonId, ...]:
    """Everybody whose name the summary may hold."""
    worst = [member.id for _, member in bench.worst[:WORST_SHOWN]]
    without = [one.id for one in bench.unplaced[:UNPLACED_SHOWN]]
    out = [person for person, _ in bench.left_out[: LEFT_OUT_SHOWN * len(LeftOut)]]
    return tuple(dict.fromkeys(map(PersonId, [*worst, *without, *out])))


def summary(bench: Bench, unit: Unit, words: Words, *, lead: Text = ()) -> Message:
    """The draft in short, worst-off people first; ``lead`` is said before it."""
    names = _naming(bench, named_in_summary(bench), unit, words)
    blocks: list[Block] = [Paragraph(lead)] if lead else []
    blocks.append(Paragraph(_in_short(bench, words)))
    if bench.worst:
        lines = [_seat_line(bench, index, m, words, names) for index, m in bench.worst]
        heading = words.text("desk.worst")
        blocks.append(Paragraph(joined([heading, *lines[:WORST_SHOWN]], "\n• ")))
    if bench.unplaced:
        shown = [_unplaced_line(one, words, names) for one in bench.unplaced[:UNPLACED_SHOWN]]
        heading = words.text("desk.unplaced", n=len(bench.unplaced))
        blocks.append(Paragraph(joined([heading, *shown], "\n• ")))
    blocks += left_out(bench.left_out, unit, words)
    if bench.draft.circles:
        blocks.append(_picker(bench, words))
    title = words.line("desk.title", version=bench.draft.version, season=bench.season.number)
    return Message(title, (*blocks, *_summary_buttons(bench, words)))


def circle_page(bench: Bench, index: int, unit: Unit, words: Words) -> Message:
    """One circle with its people and what speaks for each seat, worst-off first."""
    drafted, scored = bench.draft.circles[index], bench.scored[index]
    names = _naming(bench, drafted.people, unit, words)
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
        blocks.append(Paragraph(_broken(bench.broken[index], words, names)))
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
    names = _naming(bench, [one.id for one in shown], unit, words)
    lines = [_unplaced_line(one, words, names) for one in shown]
    said = joined([("• ", *line) for line in lines], "\n") or words.text("desk.unplaced.none")
    buttons = []
    if page:
        buttons.append(Button(words.line("desk.button.back"), ShowUnplaced(page - 1)))
    if page + 1 < pages:
        buttons.append(Button(words.line("desk.button.on"), ShowUnplaced(page + 1)))
    buttons.append(Button(words.line("desk.button.summary"), ShowDraft()))
    title = words.line("desk.unplaced.title", n=page + 1, all=pages)
    return Message(title, (Paragraph(said), Buttons(tuple(buttons))))


def asked_to_publish(bench: Bench, unit: Unit, words: Words) -> Message:
    """What publishing would do; or what stands against it."""
    draft = bench.draft
    names = _naming(bench, bench.seated, unit, words)
    title = words.line("desk.publish.title", version=draft.version)
    back = Button(words.line("desk.button.summary"), ShowDraft())
    if bench.broken:
        faults = [
            (draft.circles[index].name, ": ", *_broken(broken, words, names))
            for index, broken in list(bench.broken.items())[:5]
        ]
        said = joined([words.text("desk.publish.broken"), *faults], "\n• ")
        return Message(title, (Paragraph(said), Buttons((back,))))
    yes = Button(words.line("desk.button.publish.yes"), Publish(draft.version), Tone.PRIMARY)
    said = words.text("desk.publish.ask", n=len(draft.circles), people=len(bench.seated))
    blocks: list[Block] = [Paragraph(said)]
    if bench.unplaced:
        blocks.append(Paragraph(words.text("desk.publish.unplaced", n=len(bench.unplaced))))
    blocks.append(Buttons((yes, back)))
    return Message(title, tuple(blocks))


def published(n: int, words: Words) -> Message:
    """It is done."""
    return Message(
        words.line("desk.published.title"),
        (
            Paragraph(words.text("desk.published", n=n)),
            Small(words.text("desk.published.next")),
        ),
    )


def change_lead(bench: Bench, change: Change, unit: Unit, words: Words) -> Text:
    """What a change did, or why it was not made."""
    match change:
        case Done(effect=effect):
            return _effect(bench, effect, unit, words) if effect else words.text("desk.done")
        case Breaks(broken):
            names = _naming(bench, [person.id for person in bench.problem.people], unit, words)
            return _broken(broken, words, names)
        case Locked(what, is_circle):
            if is_circle:
                return words.text("desk.locked.circle", circle=what)
            names = _naming(bench, [what], unit, words)
            return words.text("desk.locked.person", person=names.person(what))
        case NothingToDo(kind):
            return words.text(f"desk.nothing.{kind}")


def left_out(people: Sequence[tuple[PersonId, LeftOut]], unit: Unit, words: Words) -> list[Block]:
    """Who takes no part in matching, by reason."""
    lines: list[Text] = []
    for reason in LeftOut:
        some = [person for person, why in people if why is reason]
        if some:
            known = unit.people.many(some[:LEFT_OUT_SHOWN])
            named: list[Text] = [(person.mention(),) for person in known.values()]
            if len(some) > len(named):
                named.append(words.text("desk.more", n=len(some) - len(named)))
            listed = words.people(named)
            lines.append(words.text(f"desk.left_out.{reason.value}", n=len(some), people=listed))
    return [Paragraph(joined(lines, "\n"))] if lines else []


def fit(score: float, words: Words) -> str:
    """A score from 0 to 100 in words, with the number."""
    grades = ((75, "very_good"), (60, "good"), (45, "fair"), (0, "loose"))
    grade = next(name for least, name in grades if score >= least)
    return words.line(f"desk.fit.{grade}", score=round(score))


def offers(
    person: Person,
    options: Sequence[tuple[Circle, Option]],
    blocked: Blocked | None,
    season: Season,
    *,
    unit: Unit,
) -> Message:
    """Circles that would suit a late joiner, best first; or why there is none."""
    words = unit.words
    title = words.line("desk.place.title")
    if blocked is not None or not options:
        why = blocked_words(words, blocked) if blocked else words.text("desk.place.gone")
        said = joined([words.text("desk.place.none", person=person.mention()), why], " ")
        return Message(title, (Paragraph(said),))
    lines = [
        words.text(
            "desk.place.line",
            circle=circle.name,
            fit=fit(option.after.member(person.id).score, words),
            n=round(abs(option.gain)),
            change=words.line("desk.place.up" if option.gain >= 0 else "desk.place.down"),
        )
        for circle, option in options
    ]
    lead = words.text("desk.place.lead", person=person.mention(), season=season.number)
    buttons = tuple(
        Button(
            words.line("desk.place.button", circle=circle.name),
            SeatLate(circle.id, person.id, option.seat.value),
        )
        for circle, option in options
    )
    return Message(title, (Paragraph(joined([lead, *lines], "\n• ")), Buttons(buttons)))


def seated_late(person: Person, circle: str, words: Words) -> Message:
    """The late joiner has a seat."""
    said = words.text("desk.place.done", person=person.mention(), circle=circle)
    return Message("", (Paragraph(said),))


# ---- Parts ----


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
        fact_words(words, term.fact, names, minutes)
        for term in member.terms
        if term.name in {"goals", "stage"} or (term.name == "language" and term.f < 1)
    ]
    if member.repeats:
        facts.append(words.text("desk.repeats", n=member.repeats))
    return joined([_bare_line(member, words, names), *facts], " ")


def _bare_line(member: MemberScore, words: Words, names: Naming) -> Text:
    role = words.line(f"desk.seat.{Seat(member.seat).value}")
    person = names.person(member.id)
    return words.text("desk.member", person=person, role=role, fit=fit(member.score, words))


def _unplaced_line(one: Unplaced, words: Words, names: Naming) -> Text:
    person = (names.person(one.id), ": ")
    return joined([(*person, *blocked_words(words, one.why)), help_words(words, one.help)], " ")


def _broken(broken: Iterable[Broken], words: Words, names: Naming) -> Text:
    """The rules, each once; confidential wishes only as what they are."""
    told = dict.fromkeys(broken_words(words, one, names) for one in broken)
    return joined(told, " ")


def _times(bench: Bench, index: int, words: Words) -> str:
    minutes = bench.problem.settings.session_minutes
    found = stretches(bench.scored[index].common_starts, minutes)[:2]
    label = stretch_label(words, bench.season.first_monday)
    return words.list([label(*one) for one in found]) or words.line("desk.no_time")


def _effect(bench: Bench, effect: Rearranged, unit: Unit, words: Words) -> Text:
    """Who is better and worse off."""
    people = [one.id for one in (*effect.better, *effect.worse)]
    names = _naming(bench, people, unit, words)
    parts = [words.text("desk.done.gain", n=round(abs(effect.gain)))]
    if round(effect.gain) < 0:
        parts = [words.text("desk.done.loss", n=round(abs(effect.gain)))]
    elif round(effect.gain) == 0:
        parts = [words.text("desk.done.even")]
    for kind, changed in (("better", effect.better), ("worse", effect.worse)):
        told = [one for one in changed if round(one.gain) or not (one.before and one.after)]
        if told:
            lines = [_changed(one, words, names) for one in told[:CHANGES_SHOWN]]
            if len(told) > CHANGES_SHOWN:
                lines.append(words.text("desk.more", n=len(told) - CHANGES_SHOWN))
            parts.append(words.text(f"desk.done.{kind}", people=joined(lines, ", ")))
    return joined(parts, " ")


def _changed(one: Changed, words: Words, names: Naming) -> Text:
    person = names.person(one.id)
    before = words.line("desk.no_seat") if one.before is None else str(round(one.before.score))
    after = words.line("desk.no_seat") if one.after is None else str(round(one.after.score))
    return words.text("desk.done.person", person=person, before=before, after=after)


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


def _naming(bench: Bench, people: Iterable[str], unit: Unit, words: Words) -> Naming:
    return naming(people, bench.season.first_monday, unit, words)
