"""The reason somebody reads for having no seat is what is really in the way."""

from datetime import date

import pytest

from bot.core.boundary.text import plain
from bot.core.boundary.wording import load
from bot.core.matching.definition.model import Circle, Person, Problem, Role, Settings
from bot.core.matching.engine import rescore
from bot.core.matching.telling.words import blocked_words, help_words

WORDS = load().words("UTC", "en")
MONDAY, TUESDAY = (1 << 40) - 1, ((1 << 40) - 1) << 96
"""Ten hours of a day, as quarter-hours of the UTC week."""


def somebody(
    who: str,
    *,
    free: int = MONDAY,
    language: str = "en",
    avoid: frozenset[str] = frozenset(),
) -> Person:
    """A mentor or a mentee, by the first word of the id."""
    role = Role.MENTOR if who.startswith("mentor") else Role.MENTEE
    theme = frozenset({"confidence"})
    return Person(who, role, (language,), language, free, seeks=theme, offers=theme, avoid=avoid)


def told(people: list[Person], *circles: Circle) -> dict[str, str]:
    """Reason and help of everybody without a seat."""
    problem = Problem(tuple(people), Settings(season_start=date(2026, 9, 7)))
    return {
        one.id: f"{plain(blocked_words(WORDS, one.why))} {plain(help_words(WORDS, one.help))}"
        for one in rescore(problem, list(circles)).unplaced
    }


def test_two_mentees_who_are_free_alike_lack_people_and_not_hours() -> None:
    said = told([somebody("mentor"), somebody("mentee1"), somebody("mentee2")])
    for who in ("mentor", "mentee1", "mentee2"):
        assert "a circle needs 3 mentees" in said[who]
        assert "More mentees" in said[who]
        assert "hours" not in said[who]


def test_where_there_are_only_mentors_nobody_is_said_to_have_one() -> None:
    said = told([somebody("mentor1"), somebody("mentor2")])
    for text in said.values():
        assert text.startswith("Nobody else takes part as a mentee.")
        assert "have mentors" not in text


def test_where_there_are_people_but_not_at_one_time_hours_would_help() -> None:
    mentees = [somebody(f"mentee{n}", free=MONDAY if n < 2 else TUESDAY) for n in range(4)]
    said = told([somebody("mentor", free=MONDAY | TUESDAY), *mentees])
    assert "free at the same time" in said["mentee0"]
    assert "More hours" in said["mentee0"]


def test_a_mentor_whose_mentees_all_sit_elsewhere_reads_that() -> None:
    mentees = [f"mentee{n}" for n in range(3)]
    people = [somebody(who) for who in ("mentor1", "mentor2", *mentees)]
    said = told(people, Circle(("mentor1",), tuple(mentees)))
    assert said["mentor2"].startswith("Every mentee they could meet has a circle already.")


@pytest.mark.parametrize("counted", [True, False])
def test_a_confidential_wish_is_never_counted(counted: bool) -> None:
    avoid = frozenset({"mentee2"} if counted else ())
    people = [somebody("mentor", avoid=avoid), *(somebody(f"mentee{n}") for n in range(3))]
    reason = told(people)["mentor"]
    assert ("confidential" in reason) == counted
    assert "mentees" not in reason or not counted
