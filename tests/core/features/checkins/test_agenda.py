"""What a circle talks about in which week, for seasons of every length, in every theme's words."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.core.boundary.ids import PersonRef, SeasonId
from bot.core.boundary.limits import MESSAGE_TEXT
from bot.core.boundary.text import Mention
from bot.core.boundary.views import Buttons, words
from bot.core.boundary.wording import load
from bot.core.features.checkins import views
from bot.core.features.checkins.agenda import EVERY, PROMPTS, SESSIONS, Step, agenda, step_of
from bot.core.programme.community.model import THEMES
from bot.core.programme.seasons.model import Season, Stage
from tests.core.features.checkins.place import MONDAY
from tests.paper import ref

LENGTHS = range(4, 53)
WORDS = load().words("UTC")


def keys(weeks: int, theme: str = "x") -> list[str]:
    return [step.key for step in agenda(weeks, theme)]


def test_twelve_weeks_are_the_season_as_it_is_meant() -> None:
    assert keys(12) == [
        "frame.arrival",
        "frame.goals",
        "session.x.1",
        "between.1",
        "session.x.2",
        "frame.halfway",
        "session.x.3",
        "between.2",
        "session.x.4",
        "frame.ending",
        "session.x.6",
        "frame.farewell",
    ]


def test_a_short_season_keeps_its_weeks_for_meeting() -> None:
    assert keys(4) == ["frame.arrival", "between.1", "session.x.1", "frame.farewell"]
    assert keys(1) == ["frame.farewell"]


@pytest.mark.parametrize("weeks", LENGTHS)
def test_every_season_arrives_meets_every_other_week_hears_of_its_end_and_parts(
    weeks: int,
) -> None:
    steps = agenda(weeks, "x")
    assert len(steps) == weeks
    assert steps[0].key == "frame.arrival"
    assert steps[-1].key == "frame.farewell"
    assert [step.announces_end for step in steps].index(True) == weeks - EVERY - 1
    assert sum(step.announces_end for step in steps) == 1
    live = [week for week, step in enumerate(steps) if step.live]
    assert all(later - week <= EVERY + 1 for week, later in pairwise(live))
    sessions = [int(s.key.rpartition(".")[2]) for s in steps if s.key.startswith("session")]
    assert sessions == sorted(sessions)
    assert set(sessions) <= set(range(1, SESSIONS + 1))
    if len(sessions) > 1:
        assert sessions[-1] == SESSIONS
    if len(sessions) >= SESSIONS:
        assert set(sessions) == set(range(1, SESSIONS + 1))


def test_a_session_that_takes_two_meetings_says_so_the_second_time() -> None:
    long = [step for step in agenda(26, "x") if step.key.startswith("session")]
    assert long[1] == Step("session.x.2", live=True)
    assert long[2] == Step("session.x.2", live=True, again=True)


def test_a_season_made_longer_half_way_goes_on_where_it_was() -> None:
    assert keys(16)[:5] == keys(12)[:5]


def test_a_circle_that_began_late_has_the_agenda_of_what_is_left() -> None:
    assert step_of(12, 5, 5, "x").key == "frame.arrival"
    assert step_of(12, 5, 12, "x").key == "frame.farewell"


@pytest.mark.parametrize("theme", THEMES)
def test_every_week_of_every_theme_has_its_words_and_fits(theme: str) -> None:
    season = Season(SeasonId("s" * 12), 1, Stage.RUNNING, MONDAY, 52)
    host = Mention(PersonRef(ref("a")), "A" * 32)
    for length in (4, 12, 26, 52):
        for week, step in enumerate(agenda(length, theme), start=1):
            message = views.weekly(WORDS, replace(season, weeks=length), week, step, host)
            assert sum(map(len, words(message))) <= MESSAGE_TEXT * 0.75
            buttons = [b for row in message.blocks if isinstance(row, Buttons) for b in row.buttons]
            assert [b.label for b in buttons] == ["We met", "It's planned", "Not yet", "Add a line"]


def test_every_prompt_for_weeks_without_a_session_is_there() -> None:
    assert all(WORDS.has(f"between.{n}.title") for n in range(1, PROMPTS + 1))
    assert not WORDS.has(f"between.{PROMPTS + 1}.title")
