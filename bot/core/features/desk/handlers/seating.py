"""Seats in circles that meet already: for whoever comes late, and for seats that came free."""

from dataclasses import replace

from bot.core.actions.desk import FindPeople, SeatLate
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.ids import CircleId, PersonId
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.boundary.views import Picked
from bot.core.features.desk import views
from bot.core.features.desk.handlers.ground import actor, said
from bot.core.matching.definition.model import Circle as Company
from bot.core.matching.desk import place, rearranged, repair
from bot.core.programme.circles.forming import seat_late
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.drafts.problem import pool
from bot.core.programme.members.model import Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit

MOST_OFFERED = 4
"""How many seats are offered at once."""

_MISSING = "-"
"""Stands for whoever a circle lacks; nobody's id."""


def place_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin place``: which running circles would suit a late joiner."""
    season, picked = unit.seasons.current(), event.options.get("person")
    person = unit.people.find(picked.person) if isinstance(picked, Picked) else None
    if season is None or season.stage is not Stage.RUNNING:
        return said(unit, "place.not_running")
    problem = pool(season, unit).problem
    if person is None or not problem.knows(person.id) or not _active(person.id, unit):
        return said(unit, "nothing.not_taking_part")
    seats = problem.person(person.id)
    if len(unit.circles.of_person(person.id)) >= seats.mentor_seats + seats.mentee_seats:
        return said(unit, "place.seated", person=person.mention())
    circles = _meeting(season, unit)
    asked = place(problem, [_company(one) for one in circles], person.id)
    offers = [(circles[one.index], one) for one in asked.options[:MOST_OFFERED]]
    return Outcome(Say(views.offers(person, offers, asked.blocked, season, unit=unit)))


def find_people(action: FindPeople, _event: ActionTaken, unit: Unit) -> Outcome:
    """Who could take a seat of this kind in a circle that people have left."""
    season, circles = unit.seasons.current(), list[Circle]()
    if season is not None and season.stage is Stage.RUNNING:
        circles = _meeting(season, unit)
    index = next((i for i, one in enumerate(circles) if one.id == action.circle), None)
    if season is None or index is None:
        return said(unit, "place.gone")
    problem = pool(season, unit).problem
    companies = [_company(one) for one in circles]
    company = companies[index]
    kind = _seat(action.seat)
    if kind is Seat.MENTOR:
        companies[index] = replace(company, mentors=(*company.mentors, _MISSING))
    else:
        companies[index] = replace(company, mentees=(*company.mentees, _MISSING))
    (mended,) = repair(problem, companies, _MISSING)
    options = [one for one in mended.options if _active(PersonId(one.who), unit)]
    return Outcome(Say(views.spare_people(circles[index], kind, options[:MOST_OFFERED], unit)))


def seat(action: SeatLate, _event: ActionTaken, unit: Unit) -> Outcome:
    """Give somebody that seat, if it is still possible."""
    season, circle = unit.seasons.current(), unit.circles.get(CircleId(action.circle))
    person = unit.people.get(PersonId(action.person))
    if season is None or circle is None or person is None or circle.season != season.id:
        return said(unit, "place.gone", how=Replace)
    if circle.has(person.id):
        return said(unit, "nothing.there_already", how=Replace)
    kind = _seat(action.seat)
    if not _active(person.id, unit) or not _possible(season, circle, person.id, kind, unit=unit):
        return said(unit, "place.gone", how=Replace)
    seated = seat_late(circle, person.id, kind, unit)
    unit.programme.audit(actor(unit), "circle.joined", circle.id)
    answer = Replace(views.seated_late(person, circle, unit.words))
    return Outcome(answer, seated.deliveries, seated.cancelled)


def _seat(value: str) -> Seat:
    return Seat.MENTOR if value == Seat.MENTOR.value else Seat.MENTEE


def _possible(season: Season, circle: Circle, who: PersonId, kind: Seat, *, unit: Unit) -> bool:
    """Whether every rule allows this seat now."""
    problem, circles = pool(season, unit).problem, _meeting(season, unit)
    if circle not in circles or not problem.knows(who):
        return False
    before = [_company(one) for one in circles]
    after = [_company(one.joined_by(who, kind, "") if one == circle else one) for one in circles]
    return not rearranged(problem, before, after).broken


def _meeting(season: Season, unit: Unit) -> list[Circle]:
    circles = unit.circles.of_season(season.id)
    return [one for one in circles if one.state is not CircleState.ENDED]


def _company(circle: Circle) -> Company:
    return Company(circle.mentors, circle.mentees)


def _active(person: PersonId, unit: Unit) -> bool:
    member = unit.members.get(person)
    return member is not None and member.standing is Standing.ACTIVE
