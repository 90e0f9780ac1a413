"""How check-ins look: the weekly message, the private question, the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.actions.checkins import AnswerWeek, OpenCheckIn, StopAsking, WriteLine
from bot.core.boundary.ids import SeasonId
from bot.core.boundary.text import Mention, Style
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Quote,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.features.checkins.agenda import Step
from bot.core.programme.checkins.model import Met, Response
from bot.core.programme.circles.model import Circle
from bot.core.programme.seasons.model import Season

_PARTS = ("opening", "try", "talk", "step")
"""What a step of the agenda may be made of, in the order it is read; each has what it needs."""


def weekly(words: Words, season: Season, week: int, step: Step, host: Mention | None) -> Message:
    """The weekly message in a circle's room."""
    blocks: list[Block] = []
    if step.again:
        blocks.append(Paragraph(words.text("checkins.week.again")))
    for part in _PARTS:
        if words.has(f"{step.key}.{part}"):
            text = words.text(f"{step.key}.{part}")
            labelled = words.text(f"checkins.week.{part}", text=text)
            blocks.append(Paragraph(labelled))
    if host:
        blocks.append(Paragraph(words.text("checkins.week.host", host=host)))
    if step.announces_end and step.key != "frame.ending":
        blocks.append(Paragraph(words.text("checkins.week.ends")))
    ask = "checkins.week.ask.between" if step.without_session else "checkins.week.ask"
    blocks.append(Small(words.text(ask)))
    blocks.append(_answers(words, season.id, week, _line_button(words, season.id, week)))
    about = words.line(f"{step.key}.title")
    title = words.line("checkins.week.title", week=week, weeks=season.weeks, title=about)
    return Message(title, tuple(blocks))


def private_question(
    words: Words, season: Season, week: int, circles: Sequence[Circle], *, less: bool
) -> Message:
    """The private one-tap question, one for all of a member's circles."""
    stop = Button(words.line("checkins.stop"), StopAsking())
    small = "checkins.question.less" if less else "checkins.question.private"
    return Message(
        words.line("checkins.question.title", week=week, weeks=season.weeks),
        (
            Paragraph(words.text("checkins.question.ask", circles=_names(words, circles))),
            _answers(words, season.id, week, stop),
            Small(words.text(small)),
        ),
    )


def this_week(
    words: Words,
    season: Season,
    week: int,
    circles: Sequence[Circle],
    response: Response | None,
) -> Message:
    """What ``/circle checkin`` shows: the question, and what was answered so far."""
    blocks: list[Block] = [
        Paragraph(words.text("checkins.question.ask", circles=_names(words, circles)))
    ]
    if response:
        label = words.line(f"checkins.met.{response.answer.value}")
        blocks.append(Paragraph(words.text("checkins.answered", answer=label)))
        if response.line:
            blocks.append(Quote((response.line,)))
    blocks.append(_answers(words, season.id, week, _line_button(words, season.id, week)))
    blocks.append(_who_reads(words, response, circles))
    return Message(
        words.line("checkins.question.title", week=week, weeks=season.weeks), tuple(blocks)
    )


def thanks(words: Words, response: Response) -> Message:
    """After a tap: thanks, and the offer of a line."""
    return Message(
        "",
        (
            Paragraph(words.text(f"checkins.thanks.{response.answer.value}")),
            Buttons((_line_button(words, response.season, response.week),)),
            Small(words.text("checkins.thanks.next")),
        ),
    )


def saved(words: Words, response: Response, circles: Sequence[Circle]) -> Message:
    """After the form: thanks, and who can read what was written."""
    return Message(
        "",
        (
            Paragraph(words.text("checkins.saved")),
            _who_reads(words, response, circles),
        ),
    )


def shared_line(words: Words, author: Mention, week: int, response: Response) -> Message:
    """A line its author chose to share with the circle."""
    heading = words.text("checkins.shared", author=author, week=week)
    return Message("", (Paragraph(heading), Quote((response.line,))))


def told(words: Words, key: str, at: datetime | None = None) -> Message:
    """A short answer and what to do next: the sentences under ``checkins.<key>``; ``at`` a day."""
    values = {} if at is None else {"at": words.moment(at, Style.DATE)}
    return Message(
        "",
        (
            Paragraph(words.text(f"checkins.{key}", **values)),
            Small(words.text(f"checkins.{key}.next")),
        ),
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next for a member: in a circle's room (by its name), or privately."""

    at: datetime
    circle: str = ""


def coming(
    words: Words, items: Sequence[Coming], *, closed: bool, begun: bool
) -> tuple[Block, ...]:
    """What ``/circle status`` says: when the next check-ins come, and a button for this week's."""
    if not items:
        return ()
    facts = tuple(
        Fact(
            words.line("checkins.status.room", circle=one.circle)
            if one.circle
            else words.line("checkins.status.private"),
            (words.moment(one.at),),
        )
        for one in items
    )
    blocks: tuple[Block, ...] = (Facts(facts),)
    if closed:
        blocks += (Small(words.text("checkins.status.closed")),)
    if begun:
        blocks += (Buttons((Button(words.line("checkins.status.answer"), OpenCheckIn()),)),)
    return blocks


def _answers(words: Words, season: SeasonId, week: int, last: Button) -> Buttons:
    return Buttons(
        (
            *(
                Button(
                    words.line(f"checkins.met.{met.value}"),
                    AnswerWeek(season, week, met.value),
                    Tone.PRIMARY if met is Met.YES else Tone.PLAIN,
                )
                for met in Met
            ),
            last,
        )
    )


def _line_button(words: Words, season: SeasonId, week: int) -> Button:
    return Button(words.line("checkins.line"), WriteLine(season, week))


def _who_reads(words: Words, response: Response | None, circles: Sequence[Circle]) -> Small:
    shared = response.shared_with if response else None
    name = next((one.name for one in circles if one.id == shared), None)
    if name is None:
        return Small(words.text("checkins.private"))
    return Small(words.text("checkins.private.line", circle=name))


def _names(words: Words, circles: Sequence[Circle]) -> str:
    return words.list(circle.name for circle in circles)
