"""The pure decisions of joining and pausing, and how what people type is read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.boundary.forms import Filled, Problem
from bot.core.boundary.ids import PersonId, PersonRef, Ref
from bot.core.boundary.views import Picked
from bot.core.features.intros import rules
from bot.core.features.intros.answers import (
    Told,
    read_about,
    read_heritage,
    read_people,
    read_times,
)
from bot.core.features.intros.rules import (
    AlreadyIn,
    Joined,
    NeedsRole,
    NeedsThemes,
    NotPlacedYet,
    Paused,
)
from bot.core.features.intros.times import BLOCKS, WEEK, as_windows, hours_of, quarters, tap, tapped
from bot.core.features.intros.until import NotADate, Passed, TooFar, read_until
from bot.core.programme.community.model import Question, Settings, Theme
from bot.core.programme.members.model import IntroDraft, Member, Profile, Purpose, Role, Standing

MEI = PersonId("meimeimeimei")
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TODAY = date(2026, 1, 5)
MEMBER = Member(MEI, Standing.ACTIVE, Role.MENTEE, "Asia/Kathmandu")
DRAFT = IntroDraft(role="mentee", zone="Asia/Kathmandu", profile=Profile(seeks=("identity",)))


def test_a_mentee_with_a_theme_joins() -> None:
    match rules.join(DRAFT, None, Settings(), MEI, AT):
        case Joined(member, waits):
            assert not waits
            assert (member.standing, member.zone) == (Standing.ACTIVE, "Asia/Kathmandu")
        case other:
            raise AssertionError(other)


def test_a_mentor_waits_unless_the_community_approves_nobody() -> None:
    draft = replace(DRAFT, role="mentor", profile=Profile(offers=("identity",)))
    assert rules.join(draft, None, Settings(), MEI, AT) == Joined(
        Member(MEI, Standing.WAITING, Role.MENTOR, "Asia/Kathmandu", joined_at=AT), waits=True
    )
    settings = Settings(approve_mentors=False)
    joined = rules.join(draft, None, settings, MEI, AT)
    assert isinstance(joined, Joined)
    assert joined.member.standing is Standing.ACTIVE


def test_nobody_joins_twice_without_a_role_or_without_a_theme_still_offered() -> None:
    settings = Settings(themes=(Theme("culture"),))
    assert rules.join(DRAFT, MEMBER, Settings(), MEI, AT) == AlreadyIn(MEMBER)
    assert rules.join(replace(DRAFT, role=""), None, Settings(), MEI, AT) == NeedsRole()
    assert rules.join(DRAFT, None, settings, MEI, AT) == NeedsThemes(seeks=True, offers=False)


def test_whoever_left_may_join_again() -> None:
    left = replace(MEMBER, standing=Standing.LEFT)
    assert isinstance(rules.join(DRAFT, left, Settings(), MEI, AT), Joined)


def test_a_mentee_who_becomes_a_mentor_waits_and_a_mentor_who_waits_may_give_up() -> None:
    waiting = rules.with_role(MEMBER, Role.BOTH, 1, Settings())
    assert waiting.standing is Standing.WAITING
    assert rules.with_role(waiting, Role.MENTEE, 1, Settings()).standing is Standing.ACTIVE


def test_a_pause_ends_at_nine_on_the_members_clock() -> None:
    match rules.pause(MEMBER, "2026-01-10", AT):
        case Paused(member):
            assert member.paused_until == datetime(2026, 1, 10, 3, 15, tzinfo=UTC)
        case other:
            raise AssertionError(other)
    waiting = replace(MEMBER, standing=Standing.WAITING)
    assert rules.pause(waiting, 7, AT) == NotPlacedYet()


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hour"),
    [(20, 9, 9), (22, 7, 9), (22, 11, 11), (0, 0, 9), (8, 12, 12)],
)
def test_the_morning_is_never_in_quiet_hours(quiet_from: int, quiet_until: int, hour: int) -> None:
    member = replace(MEMBER, quiet_from=quiet_from, quiet_until=quiet_until)
    assert rules.morning(member) == hour


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("1 March", date(2026, 3, 1)),
        ("until March 1st, 2026", date(2026, 3, 1)),
        ("2 weeks", date(2026, 1, 19)),
        ("a month", date(2026, 2, 5)),
        ("for 10 days", date(2026, 1, 15)),
        ("Tomorrow", date(2026, 1, 6)),
        ("friday", date(2026, 1, 9)),
        ("Monday", date(2026, 1, 12)),
        ("3 Jan", date(2027, 1, 3)),
        ("3 January 2026", Passed(date(2026, 1, 3))),
        ("2028-01-01", TooFar(date(2028, 1, 1))),
        ("31 February", NotADate()),
        ("soon", NotADate()),
        ("0 days", NotADate()),
        ("", NotADate()),
    ],
)
def test_until_when_is_read_as_people_say_it(said: str, day: object) -> None:
    assert read_until(said, TODAY) == day


@given(st.text(max_size=40))
def test_nothing_typed_as_a_date_breaks_it(said: str) -> None:
    assert isinstance(read_until(said, TODAY), date | NotADate | Passed | TooFar)


windows = st.sets(st.integers(0, WEEK - 1)).map(as_windows)


@given(windows)
def test_windows_hold_exactly_their_quarters(kept: tuple[str, ...]) -> None:
    assert as_windows(quarters(kept)) == kept


@given(windows, st.sets(st.sampled_from([block.value for block in BLOCKS])))
def test_tapping_changes_what_was_tapped_and_nothing_else(
    kept: tuple[str, ...], chosen: set[str]
) -> None:
    after = tap(kept, BLOCKS, chosen)
    assert chosen <= set(tapped(after, BLOCKS))
    untouched = [b for b in BLOCKS if (b.value in chosen) == (b.value in tapped(kept, BLOCKS))]
    for block in untouched:
        assert quarters(after) & block.quarters == quarters(kept) & block.quarters
    outside = frozenset(range(WEEK)) - frozenset().union(*(b.quarters for b in BLOCKS))
    assert quarters(after) & outside == quarters(kept) & outside


def test_a_window_past_midnight_is_kept_when_an_hour_beside_it_is_tapped() -> None:
    after = tap(("Fri 23:00-01:00",), hours_of(5), ["Sat 00:00-01:00", "Sat 09:00-10:00"])
    assert after == ("Fri 23:00-24:00", "Sat 00:00-01:00", "Sat 09:00-10:00")


def test_only_what_the_role_uses_is_kept() -> None:
    filled = Filled(
        choices={
            "role": ("mentor",),
            "seeks": ("identity",),
            "offers": ("culture",),
            "capacity": ("3",),
        }
    )
    read = read_about(IntroDraft(), filled, Settings())
    assert isinstance(read, IntroDraft)
    assert (read.profile.seeks, read.profile.offers, read.capacity) == ((), ("culture",), "3")


def test_regions_of_a_language_are_one_language_to_speak() -> None:
    filled = Filled({"zone": "Pune", "languages": "en-GB, American English / नेपाली"})
    read = read_times(IntroDraft(), filled, "en")
    assert isinstance(read, IntroDraft)
    assert read.profile.languages == ("en", "ne")
    assert read.zone == "Asia/Kolkata"


def test_hostile_text_is_shown_harmlessly() -> None:
    filled = Filled({"zone": "UTC", "languages": "en", "bio": "a\u202eb\x00c\u200d\nd"})
    read = read_times(IntroDraft(), filled, "en")
    assert isinstance(read, IntroDraft)
    assert read.profile.bio == "abc\u200d\nd"


def test_too_many_wishes_are_too_many() -> None:
    everybody = tuple(Picked(PersonRef(Ref("paper", str(n))), str(n)) for n in range(4))
    read = read_people(DRAFT, Filled(people={"wishes": everybody}), PersonRef(Ref("paper", "me")))
    assert not isinstance(read, IntroDraft)
    assert read["wishes"] == Problem("intros.problem.people_most", {"most": 3})


def test_heritage_keeps_its_owners_spelling() -> None:
    filled = Filled({"heritage": " Nepali ,\nmixed  Filipino, Nepali"}, {"uses": ("matching",)})
    read = read_heritage(filled)
    assert read == Told(("Nepali", "mixed Filipino"), frozenset({Purpose.MATCHING}))


def test_answers_to_what_is_no_longer_asked_are_let_go() -> None:
    told = Profile(answers={"tea": ("yes",), "vote": ("here",)}, declined=("heritage", "stage"))
    settings = Settings(questions=(Question("tea", "Tea?"), Question("vote", "?", sensitive=True)))
    assert rules.tidy(told, settings) == Profile(answers={"tea": ("yes",)}, declined=("stage",))
