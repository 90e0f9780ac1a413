"""Who reads a report."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.boundary.ids import PersonId
from bot.core.features.safety.rules import readers

PEOPLE = st.sampled_from([PersonId(letter) for letter in "abcde"])


@given(st.lists(PEOPLE, unique=True), PEOPLE, st.none() | PEOPLE)
def test_a_report_never_reaches_whom_it_is_about_and_reaches_somebody_if_it_can(
    moderators: list[PersonId], reporter: PersonId, about: PersonId | None
) -> None:
    told = readers(moderators, reporter, about)
    assert about not in told
    assert set(told) <= set(moderators)
    assert told or set(moderators) <= {about}


def test_the_reporter_is_told_only_when_nobody_else_can_be() -> None:
    a, b = PersonId("a"), PersonId("b")
    assert readers([a, b], a, None) == (b,)
    assert readers([a], a, None) == (a,)
    assert readers([a, b], a, b) == (a,)
