"""Asking for circles: what stands in the way, the search itself, and its preview."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.core.boundary.events import Computed, NotDelivered, Progressed, Why
from bot.core.boundary.outcome import Compute
from bot.core.features.desk.search import JOB, given, run
from bot.core.matching.definition.model import Locks, Problem
from bot.core.matching.files.codec import decode
from storage.tables.drafts import DRAFTS
from tests.core.features.desk.makers import (
    HOME,
    brought_in,
    moderator,
    on_the_desk,
    published,
    row,
    season_open,
    seats,
    two_circles,
    unit_of,
)
from tests.paper import Member, answer_text, text_of
from tests.world import World


def told(who: Member) -> str:
    """What the answer says."""
    return answer_text(who.answer)


async def test_without_a_season_the_answer_offers_to_open_one(home: World) -> None:
    who = await moderator(home)
    await who.use("circle-admin match")
    assert "No season is open" in told(who)
    await who.press("Open a season")
    assert who.form.title == "Open a season"


async def test_with_nobody_to_match_the_answer_is_friendly(home: World) -> None:
    who = await moderator(home)
    await season_open(who)
    await who.use("circle-admin match")
    assert "Nobody can be matched yet." in told(who)


async def test_with_too_few_people_the_answer_counts_them_and_names_whoever_is_left_out(
    home: World,
) -> None:
    who = await moderator(home)
    await brought_in(home, [row("one"), row("two"), row("ann", "mentor")], who)
    with unit_of(home) as unit:
        for member in unit.members.all():
            profile = unit.members.profile(member.person)
            if not profile.seeks:
                unit.members.save_profile(member.person, replace(profile, availability=()))
    await season_open(who)
    await who.use("circle-admin match")
    assert "There are 0 mentors and 2 mentees to match." in told(who)
    assert "needs at least 1 mentor and 3 mentees" in told(who)
    assert "gave no hours yet: Ann." in told(who)


async def test_a_draft_comes_privately_with_the_worst_off_first_and_everybody_not_placed(
    home: World,
) -> None:
    who = await moderator(home)
    alone = row("alone", availability="Mon 03:00-06:00")
    await brought_in(home, [*two_circles(), alone], who)
    await season_open(who)
    await who.use("circle-admin match", effort="quick")
    assert "Looking for good circles" in told(who)
    await home.settle()

    preview = text_of(who.mail[-1])
    assert "# Draft 1 for season 1" in preview
    assert "2 circles for 12 people." in preview
    assert "better." in preview
    assert "Who fits least well so far:" in preview
    assert "Alone: No mentor is free often enough when they are." in preview
    assert sum(map(len, seats(home).values())) == 12


async def test_a_search_under_way_can_be_looked_at_and_stopped(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match")
    await who.use("circle-admin match")
    assert "Looking for good circles" in told(who)
    await who.press("Stop looking")
    assert "Stopped. Nothing was changed" in told(who)
    await home.settle()
    assert who.mail == []
    await who.use("circle-admin publish")
    assert "There is no draft yet." in told(who)


async def test_a_long_search_says_how_far_it_is_in_one_message(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match")
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        under_way = unit.desk.run(season.id)
        assert under_way
    inbox = home.app.dispatcher
    for share in (0.1, 0.42, 0.48):
        at = home.clock.now() + timedelta(seconds=30)
        await inbox.receive(Progressed("p", at, HOME, under_way.key, JOB, share, 120.0))
    await who.use("circle-admin match")
    assert "Still looking: 48 % done." in told(who)


async def test_a_search_that_failed_is_owned_up_to(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match")
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        under_way = unit.desk.run(season.id)
        assert under_way
    await home.app.dispatcher.receive(
        Computed("c", home.clock.now(), HOME, under_way.key, JOB, None)
    )
    await home.app.postman.drain(jobs=False)
    assert "that is my fault, not yours" in text_of(who.mail[-1])


async def test_a_search_that_never_started_is_owned_up_to_as_well(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match")
    with unit_of(home) as unit:
        season = unit.seasons.current()
        under_way = unit.desk.run(season.id) if season else None
        assert under_way
    refused = NotDelivered(
        "n", home.clock.now(), HOME, under_way.key, Compute(JOB), None, Why.REFUSED
    )
    await home.app.dispatcher.receive(refused)
    await home.app.postman.drain(jobs=False)
    assert any("that is my fault, not yours" in text_of(message) for message in who.mail)
    await who.use("circle-admin match")
    assert "Looking for good circles" in told(who)


async def test_once_circles_meet_the_answer_names_whoever_has_none(home: World) -> None:
    who = await published(home)
    await brought_in(home, [row("late")], who)
    await who.use("circle-admin match")
    assert "1 person has no circle: Late." in told(who)


async def test_searching_again_leaves_what_is_locked_where_it_is(home: World) -> None:
    who = await on_the_desk(home)
    before = seats(home)["Alder"]
    await who.use("circle-admin lock", circle="Alder")
    await who.press("Search again")
    await home.settle()
    assert seats(home)["Alder"] == before
    await who.use("circle-admin undo")
    assert "The last change is taken back." in told(who)


def test_the_same_seed_finds_the_same_circles_whichever_process_asks(
    problem: Problem,
) -> None:
    asked = given(problem, Locks(), 7, "quick")
    assert run(asked, lambda _share, _best: None) == run(asked, lambda _share, _best: None)


async def test_neither_the_search_nor_the_draft_holds_names_or_words(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match", effort="quick")
    with unit_of(home) as unit:
        season = unit.seasons.current()
        under_way = unit.desk.run(season.id) if season else None
        assert under_way
        job = home.app.bot.jobs["match"]
        asked = job.prepare(under_way.key, unit)
    assert asked
    await home.settle()
    with home.database.engine.connect() as connection:
        draft = str(connection.scalar(sa.select(DRAFTS.c.draft)))
    for kept in (asked.decode(), draft):
        assert "Mentee1" not in kept
        assert "mentee1" not in kept
        assert "likes tea" not in kept
    assert json.loads(draft)["circles"]


@pytest.fixture
async def problem(home: World) -> Problem:
    """Twelve people."""
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    await who.use("circle-admin match", effort="quick")
    with unit_of(home) as unit:
        season = unit.seasons.current()
        under_way = unit.desk.run(season.id) if season else None
        assert under_way
        asked = home.app.bot.jobs["match"].prepare(under_way.key, unit)
    assert asked
    return decode(json.loads(asked)[0], Problem)
