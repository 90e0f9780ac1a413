"""Opening, extending and closing a season, in chat."""

from datetime import timedelta

from bot.core.programme.circles.model import CircleState
from bot.core.programme.seasons.model import Stage
from tests.core.features.desk.makers import moderator, on_the_desk, persona, published, unit_of
from tests.paper import Member, Sheet, answer_text, text_of
from tests.world import World


def told(who: Member) -> str:
    """What the answer says."""
    return answer_text(who.answer)


def room(world: World, name: str) -> Sheet:
    """The room of a circle."""
    return next(sheet for sheet in world.paper.rooms.values() if sheet.name == name)


async def test_a_form_opens_a_season_with_a_good_proposal_already_in_it(home: World) -> None:
    who = await moderator(home)
    await who.use("circle-admin season")
    assert "No season is open yet." in told(who)
    await who.press("Open a season")
    await who.fill()
    assert "# Season 1" in told(who)
    assert "The season is open." in told(who)
    assert "12 weeks" in told(who)


async def test_one_command_opens_a_season_when_it_says_everything(home: World) -> None:
    who = await moderator(home)
    await who.use("circle-admin season", action="open", start="2026-02-02", weeks="8")
    assert "Length: 8 weeks" in told(who)
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        assert season.stage is Stage.OPEN


async def test_a_start_in_the_past_is_refused_kindly_and_nothing_typed_is_lost(
    home: World,
) -> None:
    who = await moderator(home)
    await who.use("circle-admin season", action="open", start="2025-02-02", weeks="8")
    assert "That day has passed already." in told(who)
    await who.fill(start="2025-02-03", weeks="many")
    assert "That day has passed already." in told(who)
    assert "The length is a whole number of weeks, from 2 to 52." in told(who)
    assert [one.value for one in who.form.fields] == ["2025-02-03", "many"]  # type: ignore[union-attr]
    await who.fill(start="2026-02-02", weeks="8")
    assert "The season is open." in told(who)


async def test_there_is_one_season_at_a_time(home: World) -> None:
    who = await moderator(home)
    await who.use("circle-admin season", action="open")
    tom = home.member("Tom", moderator=True)
    await tom.use("circle-admin season", action="open", start="2026-02-02", weeks="8")
    await who.fill()
    assert "A season is under way already" in told(who)
    await who.use("circle-admin season", action="open", start="2026-02-02", weeks="8")
    assert "A season is under way already" in told(who)


async def test_a_season_can_be_made_longer(home: World) -> None:
    who = await published(home)
    await who.use("circle-admin season", action="extend")
    await who.fill(weeks="0")
    assert "How many weeks to add is a whole number" in told(who)
    await who.fill(weeks="2")
    assert "Length: 14 weeks" in told(who)
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        (circle, _) = unit.circles.of_season(season.id)
        assert len(unit.checkins.weeks_of(circle.id)) == 14


async def test_closing_asks_first_and_happens_once(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin season", action="close")
    assert "A draft that you made is put away." in told(who)
    question = who.message
    await who.press("Keep it open")
    assert "# Season 1" in told(who)
    await who.press("Yes, close the season", within=question)
    assert "Season 1 is closed." in told(who)
    await who.press("Yes, close the season", within=question)
    assert "Season 1 is over" in told(who)
    await who.use("circle-admin match")
    assert "No season is open" in told(who)


async def test_a_season_ends_by_itself_with_one_warm_word_and_the_rooms_close_later(
    home: World,
) -> None:
    await published(home)
    await home.move_on(timedelta(weeks=13, days=1))
    with unit_of(home) as unit:
        assert unit.seasons.current() is None
        season = unit.seasons.latest()
        assert season
        assert season.stage is Stage.ENDED
        circles = unit.circles.of_season(season.id)
        assert {circle.state for circle in circles} == {CircleState.ENDED}
    goodbyes = [text_of(m) for m in room(home, "Rowan").messages.values()]
    assert sum("The season of Rowan is complete." in text for text in goodbyes) == 1
    assert not room(home, "Rowan").closed
    await home.move_on(timedelta(days=2))
    assert room(home, "Rowan").closed
    assert room(home, "Alder").closed
    member = persona(home, "mentee1")
    await member.use("circle status")
    assert "Rowan" not in told(member)


async def test_the_next_season_keeps_people_apart_who_just_met(home: World) -> None:
    who = await published(home)
    await who.use("circle-admin season", action="close")
    await who.press("Yes, close the season")
    await who.use("circle-admin season", action="open", start="2026-06-01", weeks="12")
    assert "# Season 2" in told(who)
    await who.use("circle-admin match", effort="quick")
    await home.settle()
    assert "No circle could be formed" in text_of(who.mail[-1])


async def test_members_cannot_touch_seasons(home: World) -> None:
    someone = home.member("Someone")
    await someone.use("circle-admin season", action="open")
    assert "Only moderators can do this." in told(someone)
