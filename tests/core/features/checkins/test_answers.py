"""What members do about check-ins, and who gets to read it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions.checkins import AnswerWeek, WriteLine
from bot.core.boundary.forms import Filled
from bot.core.boundary.ids import CircleId, PersonId, RoomId, SeasonId
from bot.core.boundary.views import ChoiceField, Message, TextField
from bot.core.boundary.wording import load
from bot.core.features.checkins import forms, rules, views
from bot.core.programme.checkins.model import Met
from bot.core.programme.checkins.plan import cancel_circle
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.seasons.model import Season, Stage
from tests.core.features.checkins.place import DAY, MONDAY, SEASON, START, WEEK, Place, place
from tests.paper import Member, answer_text, text_of

WORDS = load().words("UTC")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    """Asha and Ben in Willow, Asha in Cedar too, on the Tuesday of week 1."""
    async with place(tmp_path) as one:
        one.join("Asha")
        one.join("Ben")
        one.season()
        one.form("Willow", "Asha", "Ben")
        one.form("Cedar", "Asha")
        await one.move_on(3 * DAY)
        yield one


@pytest.fixture
def asha(here: Place) -> Member:
    return here.people["Asha"]


def kept(here: Place, name: str = "Asha") -> list[tuple[int, Met, str]]:
    with here.unit() as unit:
        found = unit.checkins.responses(SEASON, here.ids[name])
    return [(one.week, one.answer, one.line) for one in found]


def said_in(here: Place, room: str) -> list[str]:
    return [text_of(message) for message in here.paper.rooms[room].messages.values()]


async def test_one_tap_in_the_room_answers_and_thanks_privately(here: Place, asha: Member) -> None:
    await asha.press("We met", within=here.paper.posts[0][2].message)
    assert kept(here) == [(1, Met.YES, "")]
    assert "Good to hear that you met" in answer_text(asha.answer)
    assert len(said_in(here, "Willow")) == 1


async def test_another_tap_replaces_the_answer(here: Place, asha: Member) -> None:
    await asha.use("circle checkin")
    await asha.press("Not yet")
    await asha.use("circle checkin")
    assert "Your answer this week: Not yet" in answer_text(asha.answer)
    await asha.press("We met")
    assert kept(here) == [(1, Met.YES, "")]


async def test_a_private_question_covers_all_circles_of_a_member(here: Place, asha: Member) -> None:
    await here.move_on(3 * DAY)
    assert len(asha.mail) == 1
    assert "Cedar and Willow" in text_of(asha.mail[0])
    await asha.press("It's planned", within=asha.mail[0])
    assert kept(here) == [(1, Met.PLANNED, "")]


async def test_a_line_stays_private_unless_its_author_shares_it(here: Place, asha: Member) -> None:
    await asha.use("circle checkin")
    await asha.press("We met")
    await asha.press("Add a line")
    await asha.fill(line="I was nervous and it went well")
    assert "Your answers are private" in answer_text(asha.answer)
    await here.postman.drain()
    assert kept(here) == [(1, Met.YES, "I was nervous and it went well")]
    assert len(said_in(here, "Willow")) == 1
    assert not here.nudged("Ben")


async def test_a_shared_line_is_read_by_the_chosen_circle_alone(here: Place, asha: Member) -> None:
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(met="We met", line="The tea story!", share="Share it with Willow")
    await here.postman.drain()
    assert said_in(here, "Willow")[-1] == "Asha, on week 1:\n> The tea story!"
    assert len(said_in(here, "Cedar")) == 1
    with here.unit() as unit:
        assert len(unit.rights.forget(here.ids["Asha"])) == 1


async def test_a_shared_line_that_changes_is_posted_anew_in_its_place(
    here: Place, asha: Member
) -> None:
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(met="We met", line="First words", share="Share it with Willow")
    await here.postman.drain()
    await asha.press("It's planned", within=here.paper.posts[0][2].message)
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(line="Second words")
    await here.postman.drain()
    assert kept(here) == [(1, Met.PLANNED, "Second words")]
    assert len(said_in(here, "Willow")) == 2
    assert "Second words" in said_in(here, "Willow")[-1]
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(share="Keep it private")
    await here.postman.drain()
    assert len(said_in(here, "Willow")) == 1
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(share="Share it with Cedar")
    await here.postman.drain()
    assert "Second words" in said_in(here, "Cedar")[-1]


async def test_a_line_made_private_before_it_was_posted_is_never_posted(
    here: Place, asha: Member
) -> None:
    for share in ("Share it with Willow", "Keep it private"):
        await asha.take(WriteLine(SEASON, 1))
        await asha.fill(met="We met", line="Not this", share=share)
    await here.postman.drain()
    assert len(said_in(here, "Willow")) == 1


async def test_a_form_that_needs_mending_keeps_everything_typed(here: Place, asha: Member) -> None:
    long = "word " * 150
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(line=long, share="Share it with Cedar")
    problems = asha.form.problems
    assert problems["met"] == "Please choose one, so that your line has its answer."
    assert problems["line"] == (
        "This is 749 characters long; there is room for 500. Please shorten it a little."
    )
    fields = {one.key: one for one in asha.form.fields}
    line, share = fields["line"], fields["share"]
    assert isinstance(line, TextField)
    assert isinstance(share, ChoiceField)
    assert line.value == long
    assert share.selected == ("circlecedar",)
    await asha.fill(met="Not yet", line="")
    assert asha.form.problems == {"line": "Write a line to share, or choose to keep it private."}
    assert kept(here) == []
    await asha.fill(line="Short")
    assert kept(here) == [(1, Met.NO, "Short")]


async def test_earlier_weeks_can_be_answered_and_weeks_to_come_cannot(
    here: Place, asha: Member
) -> None:
    await here.move_on(2 * WEEK)
    await asha.take(AnswerWeek(SEASON, 1, "yes"))
    assert kept(here) == [(1, Met.YES, "")]
    for week in (4, 99, -1):
        await asha.take(AnswerWeek(SEASON, week, "yes"))
        assert "has not come yet" in answer_text(asha.answer)
    assert len(kept(here)) == 1


async def test_an_unknown_answer_or_season_gets_a_friendly_word(here: Place, asha: Member) -> None:
    await asha.take(AnswerWeek(SEASON, 1, "perhaps"))
    assert "[We met]" in answer_text(asha.answer)
    await asha.take(AnswerWeek("elsewhere", 1, "yes"))
    assert "nothing to check in about" in answer_text(asha.answer)
    assert kept(here) == []


async def test_before_the_season_there_is_nothing_to_answer(tmp_path: Path) -> None:
    async with place(tmp_path) as early:
        asha = early.join("Asha")
        await asha.use("circle checkin")
        assert "nothing to check in about" in answer_text(asha.answer)
        early.season()
        early.form("Willow", "Asha")
        await asha.use("circle checkin")
        assert "begin on Monday 2 March" in answer_text(asha.answer)


async def test_somebody_else_in_the_room_cannot_answer(here: Place) -> None:
    outsider = here.join("Omar")
    await outsider.press("We met", within=here.paper.posts[0][2].message)
    assert "nothing to check in about" in answer_text(outsider.answer)
    assert kept(here, "Omar") == []


async def test_after_the_season_the_answers_are_closed(here: Place, asha: Member) -> None:
    message = here.paper.posts[0][2].message
    with here.unit() as unit:
        season = unit.seasons.get(SEASON)
        assert season
        unit.seasons.save(season.ended(here.clock.now()))
        for circle in unit.circles.of_season(SEASON):
            cancel_circle(circle, unit)
            unit.circles.save(replace(circle, state=CircleState.ENDED))
    await asha.press("We met", within=message)
    assert "This season has ended" in answer_text(asha.answer)
    await asha.use("circle checkin")
    assert "This season has ended" in answer_text(asha.answer)


async def test_answers_lie_sealed_and_go_ninety_days_after_the_season(
    here: Place, asha: Member, tmp_path: Path
) -> None:
    await asha.take(WriteLine(SEASON, 1))
    await asha.fill(met="We met", line="cardamom canary")
    assert not any(b"cardamom" in content for content in _files(tmp_path))
    with here.unit() as unit:
        season = unit.seasons.get(SEASON)
    assert season
    assert season.ends_at
    here.database.sweep(season.ends_at + 90 * DAY)
    assert kept(here)
    here.database.sweep(season.ends_at + 91 * DAY)
    assert not kept(here)


async def test_a_local_date_has_one_message_a_circle_and_one_question_a_member(
    here: Place,
) -> None:
    with here.unit() as unit:
        week = unit.checkins.weeks_of(unit.circles.of_season(SEASON)[0].id)[0]
        question = unit.checkins.questions_of(here.ids["Asha"])[0]
    with here.unit() as unit, pytest.raises(sa.exc.IntegrityError):
        unit.checkins.save_week(replace(week, week=99))
    with here.unit() as unit, pytest.raises(sa.exc.IntegrityError):
        unit.checkins.save_question(replace(question, week=99))


async def test_status_says_when_the_next_check_ins_come(here: Place, asha: Member) -> None:
    status = here.bot.features[0].status
    assert status
    with here.database.unit(asha.community, asha.actor, here.clock.now()) as unit:
        shown = text_of(Message("", status(here.ids["Asha"], unit)))
    assert "Next private question: Thursday 5 March, 18:00" in shown
    assert "Next check-in in Willow: Monday 9 March, 18:00" in shown


def _files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


def test_hosting_passes_over_whoever_is_away() -> None:
    a, b, c = (PersonId(name) for name in "abc")
    assert rules.next_host([a, b, c], a, {b}) == c
    assert rules.next_host([a, b, c], c, set()) == a
    assert rules.next_host([a, b, c], None, {a}) == b
    assert rules.next_host([a], a, {a}) == a


_ANY = st.text(max_size=4000)
_CHOICES = st.lists(_ANY | st.sampled_from(["yes", "no", "private", "w" * 12]), max_size=3)


@given(_ANY, _CHOICES.map(tuple), _CHOICES.map(tuple))
def test_whatever_is_sent_in_is_kept_or_shown_again(
    line: str, met: tuple[str, ...], share: tuple[str, ...]
) -> None:
    season = Season(SeasonId("s" * 12), 1, Stage.RUNNING, MONDAY, 12)
    circle = Circle(
        CircleId("w" * 12),
        season.id,
        "Willow",
        "goals",
        "UTC",
        0,
        0,
        RoomId("r"),
        CircleState.MEETING,
        (),
    )
    asked = rules.Asked(season, PersonId("p" * 12), 3, (circle,), None)
    filled = Filled({"line": line}, {"met": met, "share": share})
    kept = rules.write(asked, filled, START)
    if isinstance(kept, rules.ToMend):
        form = forms.line_form(WORDS, asked, filled, kept.problems)
        assert set(form.problems) == set(kept.problems)
    else:
        assert len(kept.response.line) <= rules.LINE
        assert kept.post == (kept.response.shared_with is not None)
        assert views.this_week(WORDS, season, 3, (circle,), kept.response).title
