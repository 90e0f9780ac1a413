"""What is decided about check-ins: who hosts, when to ask less, how an answer may be changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.core.boundary.forms import Filled, Problem, Problems, too_long
from bot.core.boundary.ids import Key, PersonId
from bot.core.programme.checkins.model import Fate, Met, Question, Response
from bot.core.programme.circles.model import Circle
from bot.core.programme.seasons.model import Season, Stage

LINE = 500
"""Characters: it is a line, not a letter."""
PATIENCE = 3
"""Questions in a row left unanswered, after which only every other week is asked about."""
PRIVATE = "private"


def next_host(
    people: Sequence[PersonId], host: PersonId | None, away: Collection[PersonId]
) -> PersonId | None:
    """Who hosts after ``host``, in the order of seats; whoever is away is passed over."""
    start = people.index(host) + 1 if host in people else 0
    turn = (*people[start:], *people[:start])
    return next((one for one in turn if one not in away), host)


def asks_less(week: int, questions: Sequence[Question], answered: Collection[int]) -> bool:
    """Whether a member let so many questions before this week pass that they are asked less.

    Any answer, to whichever week, starts the weekly question again.
    """
    return len(_let_pass(week, questions, answered)) >= PATIENCE


def rests_this_week(week: int, questions: Sequence[Question], answered: Collection[int]) -> bool:
    """Whether to leave a member alone this week: every other one, for whoever is asked less."""
    let_pass = _let_pass(week, questions, answered)
    return len(let_pass) >= PATIENCE and let_pass[-1] == week - 1


def _let_pass(
    week: int, questions: Sequence[Question], answered: Collection[int]
) -> tuple[int, ...]:
    """The weeks asked about since the last answer, in their order."""
    asked = (q.week for q in questions if q.fate is Fate.SENT and q.week < week)
    return tuple(sorted(one for one in asked if one > max(answered, default=0)))


class When(Enum):
    """Why a week cannot be answered about; the values are the catalogue's."""

    NOT_YET = "not_yet"
    OVER = "over"


def week_to_answer(season: Season, today: int, asked: int) -> int | When:
    """The week an answer is for, ``asked`` being the week of the button (0: the week it is).

    Earlier weeks can be answered until the season is closed.
    """
    if season.stage is Stage.ENDED:
        return When.OVER
    week = asked or min(today, season.weeks)
    return week if 1 <= week <= min(today, season.weeks) else When.NOT_YET


def read_met(value: str) -> Met | None:
    """The answer behind a button's or a form's value."""
    return Met(value) if value in {one.value for one in Met} else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A week somebody may answer about, what they answered so far, and whom they may share with."""

    season: Season
    person: PersonId
    week: int
    circles: tuple[Circle, ...]
    earlier: Response | None


def answered(asked: Asked, met: Met, at: datetime) -> Response:
    """A one-tap answer; a line already written, and its sharing, stay with it."""
    if asked.earlier is None:
        return Response(asked.season.id, asked.person, asked.week, met, "", at)
    return replace(asked.earlier, answer=met, at=at)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer as it is now, and what its sharing needs.

    ``take_back`` is the key of an earlier post that is no longer what its author wants said.
    """

    response: Response
    post: bool
    take_back: Key | None


@dataclass(frozen=True, slots=True)
class ToMend:
    """What to mend, by field."""

    problems: Problems


def as_filled(earlier: Response | None) -> Filled:
    """The form's fields as the earlier answer left them."""
    if earlier is None:
        return Filled(choices={"share": (PRIVATE,)})
    share = earlier.shared_with or PRIVATE
    return Filled({"line": earlier.line}, {"met": (earlier.answer.value,), "share": (share,)})


def write(asked: Asked, filled: Filled, at: datetime) -> Kept | ToMend:
    """Keep what a form says, or say what to mend. ``share`` is ``private`` or a circle's id."""
    met, line, share = read_met(filled.one("met")), filled.text("line"), filled.one("share")
    shared = next((one.id for one in asked.circles if one.id == share), None)
    problems: dict[str, Problem] = {}
    if met is None:
        problems["met"] = Problem("checkins.form.met.missing")
    if long := too_long(line, LINE):
        problems["line"] = long
    elif shared and not line:
        problems["line"] = Problem("checkins.form.line.empty")
    if shared is None and share not in ("", PRIVATE):
        problems["share"] = Problem("checkins.form.share.unknown")
    if met is None or problems:
        return ToMend(problems)
    before = answered(asked, met, at)
    stands = before.shared_with == shared and (shared is None or before.line == line)
    post = shared is not None and not stands
    after = replace(before, line=line, shared_with=shared, posts=before.posts + (1 if post else 0))
    gone = before.shared_with is not None and not stands
    return Kept(after, post, before.post_key if gone else None)
