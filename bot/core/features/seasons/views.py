"""What moderators and members see of a season."""

from datetime import date

from bot.core.actions.desk import RunMatch
from bot.core.actions.seasons import AskToClose, CloseSeason, ExtendSeason, OpenSeason, ShowSeason
from bot.core.boundary.views import (
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Small,
    Tone,
)
from bot.core.features.seasons.rules import LEAST_WEEKS, MOST_WEEKS
from bot.core.programme.members.model import Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit


def none_open(unit: Unit, last: Season | None) -> Message:
    """There is no season now."""
    words = unit.words
    first = words.text("seasons.none" if last is None else "seasons.none.after", n=_number(last))
    opening = Button(words.line("seasons.button.open"), OpenSeason(), Tone.PRIMARY)
    return Message("", (Paragraph(first), Buttons((opening,))))


def standing(unit: Unit, season: Season, today: date, *, lead: str = "") -> Message:
    """How the season stands, with what can be done about it. ``lead`` is a key said first."""
    words = unit.words
    facts = [
        Fact(words.line("seasons.fact.starts"), (words.date(season.starts_on),)),
        Fact(words.line("seasons.fact.weeks"), words.text("seasons.weeks", n=season.weeks)),
        Fact(words.line("seasons.fact.ends"), (words.date(season.last_day),)),
    ]
    if season.stage is Stage.OPEN:
        facts.append(_joined(unit))
        next_step = "seasons.next.open"
        buttons = [Button(words.line("seasons.button.match"), RunMatch("normal"), Tone.PRIMARY)]
    else:
        circles = len(unit.circles.of_season(season.id))
        facts.append(Fact(words.line("seasons.fact.circles"), (str(circles),)))
        facts.append(Fact(words.line("seasons.fact.week"), _week(unit, season, today)))
        next_step, buttons = "seasons.next.running", []
    buttons += [
        Button(words.line("seasons.button.extend"), ExtendSeason(season.id)),
        Button(words.line("seasons.button.close"), AskToClose(season.id)),
    ]
    title = words.line("seasons.title", number=season.number)
    blocks = (Facts(tuple(facts)), Small(words.text(next_step)), Buttons(tuple(buttons)))
    return Message(title, (Paragraph(words.text(lead)), *blocks) if lead else blocks)


def problem(unit: Unit, key: str, typed: str) -> str:
    """One problem in words."""
    return unit.words.line(
        f"seasons.problem.{key}", least=LEAST_WEEKS, most=MOST_WEEKS, typed=typed[:40]
    )


def asked_to_close(unit: Unit, season: Season) -> Message:
    """Whether the season is really to be closed, and what that would do."""
    words = unit.words
    circles = len(unit.circles.of_season(season.id))
    key = "seasons.close.ask" if circles else "seasons.close.ask.empty"
    return Message(
        words.line("seasons.close.title", number=season.number),
        (
            Paragraph(words.text(key, n=circles)),
            Buttons(
                (
                    Button(
                        words.line("seasons.button.close.yes"), CloseSeason(season.id), Tone.DANGER
                    ),
                    Button(words.line("seasons.button.close.no"), ShowSeason()),
                )
            ),
        ),
    )


def closed(unit: Unit, season: Season) -> Message:
    """The season is over."""
    words = unit.words
    return Message(
        "",
        (
            Paragraph(words.text("seasons.closed", number=season.number)),
            Small(words.text("seasons.closed.next")),
            Buttons((Button(words.line("seasons.button.open"), OpenSeason()),)),
        ),
    )


def line(unit: Unit, season: Season, today: date) -> Paragraph:
    """The season in one sentence, for a member."""
    words = unit.words
    if season.stage is Stage.OPEN or season.week_on(today) < 1:
        return Paragraph(
            words.text(
                "seasons.status.before",
                number=season.number,
                day=words.date(season.starts_on),
                n=season.weeks,
            )
        )
    return Paragraph(
        words.text(
            "seasons.status.running",
            number=season.number,
            week=min(season.week_on(today), season.weeks),
            n=season.weeks,
        )
    )


def _week(unit: Unit, season: Season, today: date) -> tuple[str]:
    week = season.week_on(today)
    if week < 1:
        return (unit.words.line("seasons.week.before"),)
    return (unit.words.line("seasons.week", week=min(week, season.weeks), n=season.weeks),)


def _joined(unit: Unit) -> Fact:
    members = unit.members.all()
    mentors = sum(1 for m in members if m.role.mentors and m.standing is Standing.ACTIVE)
    value = unit.words.text("seasons.joined", n=len(members), mentors=mentors)
    return Fact(unit.words.line("seasons.fact.joined"), value)


def _number(season: Season | None) -> int:
    return season.number if season else 0
