"""What moderators see around a draft: the search, what a change did, publishing, late joiners."""

from collections.abc import Sequence

from bot.core.actions.desk import CancelRun, Publish, SeatLate, ShowDraft, ShowRun
from bot.core.boundary.ids import PersonId
from bot.core.boundary.limits import BUTTON_LABEL
from bot.core.boundary.text import Text, joined
from bot.core.boundary.views import Block, Button, Buttons, Message, Paragraph, Small, Tone
from bot.core.boundary.wording import Words
from bot.core.features.desk.bench import Bench
from bot.core.features.desk.changes import Breaks, Change, Done, Locked, NothingToDo
from bot.core.features.desk.phrases import (
    LEFT_OUT_SHOWN,
    broken_text,
    change,
    fit,
    grade,
    left_out,
    names_for,
)
from bot.core.matching.definition.model import MemberScore
from bot.core.matching.definition.seatless import Blocked
from bot.core.matching.desk import Changed, Option, Rearranged
from bot.core.matching.telling.words import (
    Naming,
    blocked_words,
)
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.drafts.model import Run
from bot.core.programme.drafts.problem import Pool
from bot.core.programme.people import Person
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit

CHANGES_SHOWN = 4


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
    key = "desk.search.progress" if run.best > 0 else "desk.search.progress.none"
    return words.text(key, percent=round(run.share * 100))


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


def already_published(without: Sequence[PersonId], unit: Unit) -> Message:
    """Circles are meeting; whoever has none can still be given a seat."""
    words = unit.words
    blocks: list[Block] = [Paragraph(words.text("desk.already_published"))]
    if without:
        known = unit.people.many(list(without[: LEFT_OUT_SHOWN * 2]))
        named: list[Text] = [(person.mention(),) for person in known.values()]
        if len(without) > len(named):
            named.append(words.text("desk.more", n=len(without) - len(named)))
        people = words.people(named)
        blocks.append(Paragraph(words.text("desk.without_circle", n=len(without), people=people)))
    return Message("", tuple(blocks))


def asked_to_publish(bench: Bench, unit: Unit, words: Words) -> Message:
    """What publishing would do; or what stands against it."""
    draft = bench.draft
    names = names_for(bench, bench.seated, unit, words)
    title = words.line("desk.publish.title", version=draft.version)
    back = Button(words.line("desk.button.summary"), ShowDraft())
    if bench.broken:
        faults = [
            (draft.circles[index].name, ": ", *broken_text(broken, words, names))
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


def change_lead(bench: Bench, made: Change, unit: Unit, words: Words) -> Text:
    """What a change did, or why it was not made."""
    match made:
        case Done(effect=effect):
            return _effect(bench, effect, unit, words) if effect else words.text("desk.done")
        case Breaks(broken):
            names = names_for(bench, [person.id for person in bench.problem.people], unit, words)
            return broken_text(broken, words, names)
        case Locked(what, is_circle):
            if is_circle:
                return words.text("desk.locked.circle", circle=what)
            names = names_for(bench, [what], unit, words)
            return words.text("desk.locked.person", person=names.person(what))
        case NothingToDo(kind):
            return words.text(f"desk.nothing.{kind}")


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
            change=words.line(f"desk.place.change.{_for_the_others(option)}"),
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


def _for_the_others(option: Option) -> str:
    """What a seat means to those who are in the circle already."""
    gains = [one.gain for one in option.changed if one.before and one.after]
    word = change(gains)
    return "better" if word == "much_better" else word


def spare_people(circle: Circle, seat: Seat, options: Sequence[Option], unit: Unit) -> Message:
    """Who could take a seat that came free in a circle, best first."""
    words, key = unit.words, f"desk.spare.{seat.value}"
    title = words.line(f"{key}.title", circle=circle.name)
    known = unit.people.many([PersonId(one.who) for one in options])
    able = [(known[PersonId(one.who)], one) for one in options if PersonId(one.who) in known]
    if not able:
        return Message(title, (Paragraph(words.text(f"{key}.none")),))
    lines = [
        words.text(
            "desk.spare.line",
            person=person.mention(),
            fit=fit(option.after.member(person.id).score, words),
        )
        for person, option in able
    ]
    buttons = tuple(
        Button(
            _label(words.line(f"{key}.button", person=person.name)),
            SeatLate(circle.id, person.id, option.seat.value),
        )
        for person, option in able
    )
    lead = words.text(f"{key}.lead")
    return Message(title, (Paragraph(joined([lead, *lines], "\n• ")), Buttons(buttons)))


def seated_late(person: Person, circle: Circle, words: Words) -> Message:
    """The late joiner has a seat; introductions wait for a room that is not open."""
    at_once = circle.state is CircleState.MEETING
    key = "desk.place.done" if at_once else "desk.place.done.no_room"
    said = words.text(key, person=person.mention(), circle=circle.name)
    return Message("", (Paragraph(said),))


def _effect(bench: Bench, effect: Rearranged, unit: Unit, words: Words) -> Text:
    """Who is better and worse off."""
    people = [one.id for one in (*effect.better, *effect.worse)]
    names = names_for(bench, people, unit, words)
    touched = max(len(effect.better) + len(effect.worse), 1)
    parts = [words.text(f"desk.done.all.{change([effect.gain / touched])}")]
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
    if one.before and one.after and grade(one.before.score) == grade(one.after.score):
        return words.text("desk.done.still", person=person, fit=_graded(one.after, words))
    before, after = _graded(one.before, words), _graded(one.after, words)
    return words.text("desk.done.person", person=person, before=before, after=after)


def _graded(seat: MemberScore | None, words: Words) -> str:
    return words.line(f"desk.grade.{grade(seat.score)}" if seat else "desk.no_seat")


def _label(label: str) -> str:
    """A button's label; a very long name is shortened where everybody sees that it is."""
    return label if len(label) <= BUTTON_LABEL else label[: BUTTON_LABEL - 1] + "…"
