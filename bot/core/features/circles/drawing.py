"""Puts the circles' notices into words, at the moment each is sent."""

from datetime import timedelta

from bot.core.boundary.ids import CircleId, PersonId, SeasonId
from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    Hold,
    To,
    ToPerson,
)
from bot.core.boundary.wording import Words
from bot.core.features.circles import views
from bot.core.features.circles.losing import without_room
from bot.core.features.circles.why import starts_of
from bot.core.programme.checkins.catch_up import HoldUntil, Rhythm, catch_up
from bot.core.programme.checkins.nudges import rhythm
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.circles.notices import (
    Charter,
    FirstHost,
    Introduction,
    InviteRefused,
    Moved,
    NotPlaced,
    Placed,
    RoomAnew,
    RoomRefused,
    RoomsGone,
    SeasonOver,
    SeatsEmpty,
    SomeoneLeft,
    Welcome,
)
from bot.core.programme.circles.rules import first_sessions, strictest
from bot.core.programme.members.model import Purpose, Standing
from bot.core.programme.members.secrets import usable
from bot.core.programme.unit import Unit

COMFORT = "comfort:"
"""What the key of a wish about a topic begins with."""

GONE = Drop("the circle or the person is gone")


def welcome(notice: Welcome, _to: To, unit: Unit) -> Drawn:
    """The room's first message, with hours that are still to come."""
    circle = _meeting(notice.circle, unit)
    season = unit.seasons.get(circle.season) if circle else None
    if circle is None or season is None:
        return GONE
    starts = starts_of(circle, season, unit)
    sessions = first_sessions(starts, season.first_monday, unit.at, circle.zone)
    return views.welcome(circle, season.weeks, sessions, unit, _room_words(circle, unit))


def introduction(notice: Introduction, _to: To, unit: Unit) -> Drawn:
    """One member, as they now wish to be shown."""
    circle, who = _meeting(notice.circle, unit), PersonId(notice.person)
    person = unit.people.get(who)
    seat = _seat(circle, who)
    if circle is None or person is None or seat is None:
        return GONE
    shown = usable((who,), Purpose.MY_CIRCLE, unit).get(who, ())
    heritage = next((answer.values for answer in shown if answer.key == "heritage"), ())
    profile = unit.members.profile(who)
    settings, words = unit.community.settings, _room_words(circle, unit)
    return views.introduction(person, seat, profile, heritage, settings, words=words)


def first_host(notice: FirstHost, _to: To, unit: Unit) -> Drawn:
    """Who hosts first."""
    circle = _meeting(notice.circle, unit)
    person = unit.people.get(PersonId(notice.person))
    if circle is None or person is None or circle.host != person.id:
        return GONE
    return views.first_host(person, _room_words(circle, unit))


def charter(notice: Charter, _to: To, unit: Unit) -> Drawn:
    """The ground rules, as the members' wishes and signatures now are."""
    circle = _meeting(notice.circle, unit)
    if circle is None:
        return GONE
    answers = usable(circle.people, Purpose.CHARTER, unit)
    wishes = [
        {
            answer.key.removeprefix(COMFORT): answer.values[0]
            for answer in answers.get(person, ())
            if answer.key.startswith(COMFORT) and answer.values
        }
        for person in circle.people
    ]
    return views.charter(circle, strictest(wishes), _room_words(circle, unit))


def placed(notice: Placed, to: To, unit: Unit) -> Drawn:
    """You have a circle: not in the reader's quiet hours."""
    circle, who = _meeting(notice.circle, unit), PersonId(notice.person)
    seat = _seat(circle, who)
    if circle is None or seat is None:
        return GONE
    return _held(to, unit) or views.placed(circle, seat, unit, unit.words_for(who))


def moved(notice: Moved, to: To, unit: Unit) -> Drawn:
    """Your circle has a new room: not in the reader's quiet hours."""
    circle, who = _meeting(notice.circle, unit), PersonId(notice.person)
    if circle is None or _seat(circle, who) is None:
        return GONE
    return _held(to, unit) or views.moved(circle, unit, unit.words_for(who))


def room_anew(notice: RoomAnew, _to: To, unit: Unit) -> Drawn:
    """The first words in a room that comes after a lost one."""
    circle = _meeting(notice.circle, unit)
    return views.room_anew(circle, _room_words(circle, unit)) if circle else GONE


def not_placed(notice: NotPlaced, to: To, unit: Unit) -> Drawn:
    """You have no circle this time: not in the reader's quiet hours, not once it is untrue."""
    if not isinstance(to, ToPerson) or unit.seasons.current() is None:
        return GONE
    member = unit.members.get(to.person)
    seated = any(c.season == SeasonId(notice.season) for c in unit.circles.of_person(to.person))
    if member is None or member.standing is Standing.LEFT or seated:
        return GONE
    return _held(to, unit) or views.not_placed(notice.why, notice.help, unit.words_for(to.person))


def someone_left(notice: SomeoneLeft, _to: To, unit: Unit) -> Drawn:
    """One neutral line."""
    circle = _meeting(notice.circle, unit)
    if circle is None:
        return GONE
    return views.one_line("circles.someone_left", _room_words(circle, unit), circle)


def season_over(notice: SeasonOver, _to: To, unit: Unit) -> Drawn:
    """The goodbye."""
    circle = unit.circles.get(CircleId(notice.circle))
    return views.season_over(circle, _room_words(circle, unit)) if circle else GONE


def seats_empty(notice: SeatsEmpty, to: To, unit: Unit) -> Drawn:
    """To a moderator, as long as it is so."""
    circle = _meeting(notice.circle, unit)
    missing = circle.short_of(unit.community.settings.sizes) if circle else ()
    seat = next((seat for seat in missing if seat.value == notice.seat), None)
    if circle is None or seat is None:
        return GONE
    return views.seats_empty(circle, seat, _private_words(to, unit))


def room_refused(notice: RoomRefused, to: To, unit: Unit) -> Drawn:
    """To a moderator, as long as there is no room."""
    circle = unit.circles.get(CircleId(notice.circle))
    if circle is None or circle.state is not CircleState.OPENING:
        return GONE
    return views.room_refused(circle, notice.why, notice.attempt, _private_words(to, unit))


def invite_refused(notice: InviteRefused, to: To, unit: Unit) -> Drawn:
    """To a moderator: who could not be let in."""
    circle = _meeting(notice.circle, unit)
    person = unit.people.get(PersonId(notice.person))
    if circle is None or person is None or not circle.has(person.id):
        return GONE
    return views.invite_refused(circle, person, _private_words(to, unit))


def _meeting(circle: str, unit: Unit) -> Circle | None:
    found = unit.circles.get(CircleId(circle))
    return found if found and found.state is not CircleState.ENDED else None


def _seat(circle: Circle | None, person: PersonId) -> Seat | None:
    seats = circle.seats if circle else ()
    return next((seated.seat for seated in seats if seated.person == person), None)


def _room_words(circle: Circle, unit: Unit) -> Words:
    return unit.words_in(circle.zone)


def _private_words(to: To, unit: Unit) -> Words:
    return unit.words_for(to.person) if isinstance(to, ToPerson) else unit.words


def _held(to: To, unit: Unit) -> Hold | None:
    """Quiet hours hold these words back; the budget does not: everybody hears about their seat."""
    member = unit.members.get(to.person) if isinstance(to, ToPerson) else None
    if member is None:
        return None
    own = rhythm(member)
    quiet = Rhythm(own.zone, own.quiet_from, own.quiet_until, most_a_week=7)
    match catch_up((unit.at - timedelta(seconds=1),), (), unit.at, quiet)[0]:
        case HoldUntil(until):
            return Hold(until)
        case _:
            return None


def rooms_gone(_notice: RoomsGone, to: To, unit: Unit) -> Drawn:
    """To a moderator: which circles have no room now, and the way on."""
    lost = without_room(unit)
    if not lost or not isinstance(to, ToPerson):
        return Drop("every circle has a room")
    return views.rooms_gone(lost, unit.words_for(to.person))
