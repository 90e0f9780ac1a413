"""How a circle is doing follows from what is not private about it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.boundary.ids import CircleId, PersonId, RoomId, SeasonId
from bot.core.features.health.rules import Concern, Condition, Health, answered, health
from bot.core.programme.checkins.model import Met, Response
from bot.core.programme.circles.model import Circle, CircleState, Seat, Seated
from bot.core.programme.community.model import Sizes

SEASON = SeasonId("season1")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def circle(name: str = "Rowan", mentors: int = 2, mentees: int = 4) -> Circle:
    seats = [Seated(PersonId(f"{name} mentor{n}"), Seat.MENTOR) for n in range(mentors)]
    seats += [Seated(PersonId(f"{name} mentee{n}"), Seat.MENTEE) for n in range(mentees)]
    return Circle(
        CircleId(name),
        SEASON,
        name,
        "career",
        "UTC",
        0,
        18 * 60,
        RoomId(f"room of {name}"),
        CircleState.MEETING,
        tuple(seats),
    )


def says(who: str, week: int, answer: Met) -> Response:
    return Response(SEASON, PersonId(who), week, answer, "a line", AT)


def one(found: Circle, *said: Response, week: int = 5) -> Health:
    (only,) = health([found], said, week, Sizes())
    return only


def test_a_circle_is_on_track_as_soon_as_anybody_said_that_it_met() -> None:
    found = one(circle(), says("Rowan mentee1", 4, Met.YES), says("Rowan mentor0", 5, Met.PLANNED))
    assert (found.condition, found.heard, found.concerns) == (Condition.ON_TRACK, Met.YES, ())


@pytest.mark.parametrize("week", [1, 2, 3])
def test_a_circle_of_which_nothing_was_heard_is_not_worried_about_in_its_first_weeks(
    week: int,
) -> None:
    assert one(circle(), week=week).condition is Condition.TOO_EARLY


def test_a_circle_of_which_nothing_was_heard_for_three_weeks_needs_a_hand() -> None:
    found = one(circle(), says("Rowan mentee1", 1, Met.YES), week=4)
    assert found.concerns == (Concern.QUIET,)
    found = one(circle(), says("Rowan mentee1", 2, Met.YES), week=4)
    assert found.condition is Condition.ON_TRACK


def test_what_a_circle_lacks_is_said_whatever_was_heard_from_it() -> None:
    met = says("Rowan mentee1", 5, Met.YES)
    assert one(circle(mentors=0), met).concerns == (Concern.NO_MENTOR,)
    assert one(circle(mentees=2), met).concerns == (Concern.FEW_MENTEES,)
    opening = replace(circle(), state=CircleState.OPENING)
    assert one(opening, met).concerns == (Concern.NO_ROOM,)


def test_a_circle_with_more_than_four_mentees_a_mentor_is_large() -> None:
    assert one(circle(mentors=1, mentees=5)).large
    assert not one(circle(mentors=1, mentees=4)).large
    assert not one(circle(mentors=0, mentees=5)).large


def test_an_answer_of_somebody_in_two_circles_says_nothing_of_either() -> None:
    both = Seated(PersonId("Priya"), Seat.MENTOR)
    circles = [replace(one, seats=(*one.seats, both)) for one in (circle("Alder"), circle())]
    found = health(circles, [says("Priya", 5, Met.YES)], 5, Sizes())
    assert [one.heard for one in found] == [None, None]


def test_the_most_urgent_circles_come_first() -> None:
    circles = [circle("Alder"), circle("Birch"), circle("Cedar", mentors=0)]
    found = health(circles, [says("Alder mentee0", 2, Met.YES)], 2, Sizes())
    assert [one.circle.name for one in found] == ["Cedar", "Alder", "Birch"]


_ANSWERS = st.lists(
    st.tuples(
        st.sampled_from([one.person for one in circle().seats]),
        st.integers(1, 6),
        st.sampled_from(Met),
    )
)


@given(_ANSWERS, st.integers(1, 6))
def test_not_having_met_and_not_having_answered_look_the_same(
    answers: list[tuple[PersonId, int, Met]], week: int
) -> None:
    said = [says(*answer) for answer in answers]
    without = [one for one in said if one.answer is not Met.NO]
    assert one(circle(), *said, week=week) == one(circle(), *without, week=week)


@given(_ANSWERS, st.permutations([one.person for one in circle().seats]))
def test_it_does_not_show_who_answered_what(
    answers: list[tuple[PersonId, int, Met]], others: list[PersonId]
) -> None:
    told = dict(zip((one.person for one in circle().seats), others, strict=True))
    said = [says(*answer) for answer in answers]
    swapped = [replace(one, person=told[one.person]) for one in said]
    assert one(circle(), *said) == one(circle(), *swapped)


def test_answers_are_counted_only_among_five_people_or_more() -> None:
    people = [PersonId(str(n)) for n in range(5)]
    said = [says("1", 3, Met.NO), says("2", 3, Met.YES), says("3", 2, Met.YES)]
    assert answered(people, said, 3) == 2
    assert answered(people[:4], said, 3) is None
