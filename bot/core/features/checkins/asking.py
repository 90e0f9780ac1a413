"""Whether something planned is still worth saying: asked when it comes due, and when it is sent."""

from bot.core.boundary.ids import PersonId
from bot.core.features.checkins.rules import asks_less, rests_this_week
from bot.core.programme.checkins.model import Question
from bot.core.programme.checkins.plan import asks_privately
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.members.model import Member, Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit


def goes_on(circle: Circle, season: Season) -> bool:
    """Whether the circle still has weeks to come."""
    return circle.state is not CircleState.ENDED and season.stage is not Stage.ENDED


def circles_in(season: Season, person: PersonId, unit: Unit) -> tuple[Circle, ...]:
    """The person's circles in a season that still have weeks to come."""
    circles = unit.circles.of_person(person)
    return tuple(one for one in circles if one.season == season.id and goes_on(one, season))


def still_wanted(question: Question, member: Member, unit: Unit) -> bool:
    """Whether to ask: not when it is unwelcome, answered already, or asked in vain too often."""
    if not asks_privately(member) or member.nudges_stopped or member.standing is Standing.PAUSED:
        return False
    season = unit.seasons.get(question.season)
    if season is None or not circles_in(season, member.person, unit):
        return False
    asked, answered = _so_far(question, unit)
    return question.week not in answered and not rests_this_week(question.week, asked, answered)


def is_asked_less(question: Question, unit: Unit) -> bool:
    """Whether the question comes every other week only, as its reader should know."""
    return asks_less(question.week, *_so_far(question, unit))


def _so_far(question: Question, unit: Unit) -> tuple[tuple[Question, ...], frozenset[int]]:
    """The season's questions to this person, and the weeks they answered."""
    season, person = question.season, question.person
    asked = tuple(q for q in unit.checkins.questions_of(person) if q.season == season)
    return asked, frozenset(one.week for one in unit.checkins.responses(season, person))
