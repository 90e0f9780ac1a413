"""From the desk to the circles: publishing once, and seats for late joiners."""

import re

from bot.core.circles.forming import publish as form_circles
from bot.core.circles.forming import seat_late, tell_not_placed
from bot.core.circles.model import CircleState
from bot.core.circles.model import Seat as CircleSeat
from bot.core.desk import views
from bot.core.desk.actions import AskToPublish, Publish, SeatLate
from bot.core.desk.bench import Bench
from bot.core.desk.handlers.ground import Answers, actor, on_draft, said, summary
from bot.core.desk.problem import LeftOut, pool
from bot.core.events import ActionTaken, CommandUsed
from bot.core.ids import CircleId, PersonId
from bot.core.matching.desk import Option, place
from bot.core.matching.facts import RestsThisSeason
from bot.core.matching.model import Circle
from bot.core.outcome import Outcome, Replace, Say
from bot.core.seasons.model import Season, Stage
from bot.core.unit import Unit
from bot.core.views import Picked

MOST_OFFERED = 4
"""How many circles are offered to a late joiner."""


def publish_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin publish``: asks first."""
    return on_draft(unit, lambda shown: _ask(shown, unit, Say))


def ask_to_publish(action: AskToPublish, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: really?"""
    return on_draft(
        unit, lambda shown: _ask(shown, unit, Replace), version=action.version, how=Replace
    )


def publish(action: Publish, _event: ActionTaken, unit: Unit) -> Outcome:
    """Yes: once, and only what was shown."""
    return on_draft(unit, lambda shown: _publish(shown, unit), version=action.version, how=Replace)


def place_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin place``: which running circles would suit a late joiner."""
    season, picked = unit.seasons.current(), event.options.get("person")
    person = unit.people.find(picked.person) if isinstance(picked, Picked) else None
    if season is None or season.stage is not Stage.RUNNING:
        return said(unit, "place.not_running")
    people = pool(season, unit)
    if person is None or not people.problem.knows(person.id):
        return said(unit, "nothing.not_taking_part")
    seats = people.problem.person(person.id)
    if len(unit.circles.of_person(person.id)) >= seats.mentor_seats + seats.mentee_seats:
        return said(unit, "place.seated", person=person.mention())
    circles = [c for c in unit.circles.of_season(season.id) if c.state is not CircleState.ENDED]
    asked = place(people.problem, [Circle(c.mentors, c.mentees) for c in circles], person.id)
    offers = [(circles[one.index], one) for one in asked.options[:MOST_OFFERED]]
    return Outcome(Say(views.offers(person, offers, asked.blocked, season, unit=unit)))


def seat(action: SeatLate, _event: ActionTaken, unit: Unit) -> Outcome:
    """Give the late joiner that seat, if it is still possible."""
    season, circle = unit.seasons.current(), unit.circles.get(CircleId(action.circle))
    person = unit.people.get(PersonId(action.person))
    if season is None or circle is None or person is None or circle.state is CircleState.ENDED:
        return said(unit, "place.gone", how=Replace)
    if circle.has(person.id):
        return said(unit, "nothing.there_already", how=Replace)
    if not _still_possible(season, action, unit):
        return said(unit, "place.gone", how=Replace)
    seated = seat_late(circle, person.id, CircleSeat(action.seat), unit)
    unit.programme.audit(actor(unit), "circle.joined", circle.id)
    answer = Replace(views.seated_late(person, circle.name, unit.words))
    return Outcome(answer, seated.deliveries, seated.cancelled)


def _ask(shown: Bench, unit: Unit, how: Answers) -> Outcome:
    if not shown.draft.circles:
        return summary(shown, unit, how=how)
    return Outcome(how(views.asked_to_publish(shown, unit, unit.words)))


def _publish(shown: Bench, unit: Unit) -> Outcome:
    if shown.broken or not shown.draft.circles:
        return _ask(shown, unit, Replace)
    season = shown.season.running(unit.at)
    unit.seasons.save(season)
    unit.desk.end_run(season.id)
    formed = form_circles(season, shown.draft.circles, unit)
    told = tell_not_placed(season, _reasons(shown))
    subject = f"{season.id}:{shown.draft.version}"
    unit.programme.audit(actor(unit), "draft.published", subject)
    answer = Replace(views.published(len(shown.draft.circles), unit.words))
    return Outcome(answer, (*formed.deliveries, *told), formed.cancelled)


def _reasons(shown: Bench) -> list[tuple[PersonId, str, str]]:
    """Who is to hear that they have no circle, with the last words of the keys of why and help.

    Whoever rests or is away knows it.
    """
    found = [
        (PersonId(one.id), _word(one.why), one.help.value)
        for one in shown.unplaced
        if not isinstance(one.why, RestsThisSeason)
    ]
    helps = {LeftOut.WAITING: "a_yes", LeftOut.NO_HOURS: "more_hours"}
    found += [(person, why.value, helps[why]) for person, why in shown.left_out if why in helps]
    return found


def _word(why: object) -> str:
    """``NoSharedHours`` as ``no_shared_hours``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(why).__name__).lower()


def _still_possible(season: Season, action: SeatLate, unit: Unit) -> bool:
    people = pool(season, unit)
    if not people.problem.knows(action.person):
        return False
    circles = [c for c in unit.circles.of_season(season.id) if c.state is not CircleState.ENDED]
    now = place(people.problem, [Circle(c.mentors, c.mentees) for c in circles], action.person)

    def same(one: Option) -> bool:
        return circles[one.index].id == action.circle and one.seat.value == action.seat

    return any(same(one) for one in now.options)
