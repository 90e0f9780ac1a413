"""Publishing: once, only what was shown, and seats for whoever comes late."""

from bot.core.actions.desk import Publish
from bot.core.programme.seasons.model import Stage
from tests.core.features.desk.makers import (
    brought_in,
    on_the_desk,
    persona,
    picked,
    published,
    row,
    two_circles,
    unit_of,
)
from tests.paper import Member, answer_text, text_of
from tests.world import World


def told(who: Member) -> str:
    """What the answer says."""
    return answer_text(who.answer)


async def test_publishing_asks_first_and_then_opens_every_room(home: World) -> None:
    who = await on_the_desk(home)
    await who.press("Publish …")
    assert "A room opens for each of 2 circles, and 12 people" in told(who)
    assert home.paper.rooms == {}
    await who.press("Yes, open these circles")
    assert "2 rooms are being opened." in told(who)
    await home.settle()
    assert sorted(room.name for room in home.paper.rooms.values()) == ["Alder", "Rowan"]
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        assert season.stage is Stage.RUNNING
        assert season.ends_at


async def test_a_draft_is_published_exactly_once(home: World) -> None:
    nadia = await on_the_desk(home)
    tom = home.member("Tom", moderator=True)
    await nadia.use("circle-admin publish")
    await tom.use("circle-admin publish")
    await nadia.press("Yes, open these circles")
    await tom.press("Yes, open these circles")
    assert "circles are published and meeting" in told(tom)
    await nadia.take(Publish(1))
    await home.settle()
    assert len(home.paper.rooms) == 2
    with unit_of(home) as unit:
        season = unit.seasons.current()
        assert season
        assert len(unit.circles.of_season(season.id)) == 2


async def test_what_another_moderator_changed_is_not_published_unseen(home: World) -> None:
    nadia = await on_the_desk(home)
    await nadia.use("circle-admin publish")
    tom = home.member("Tom", moderator=True)
    await tom.use("circle-admin swap", person=picked("mentee1"), other=picked("mentee5"))
    await nadia.press("Yes, open these circles")
    assert "Another moderator changed the draft" in told(nadia)
    await home.settle()
    assert home.paper.rooms == {}


async def test_whoever_has_no_circle_hears_why_and_what_would_help(home: World) -> None:
    night = row("night", availability="Mon 03:00-06:00")
    rows = [*two_circles(), night, row("rest", "mentor", capacity="0")]
    await published(home, rows)
    message = text_of(persona(home, "night").mail[-1])
    assert "No circle for you this time" in message
    assert "nobody you could sit with is free often enough" in message
    assert "a few more hours in /circle profile" in message
    assert persona(home, "rest").mail == []


async def test_whoever_a_confidential_wish_keeps_out_hears_only_that(home: World) -> None:
    rows = two_circles()
    rows.append(row("lone"))
    for mentor in rows[:4]:
        mentor["avoid"] = "lone"
    await published(home, rows)
    message = text_of(persona(home, "lone").mail[-1])
    assert "not possible for confidential reasons" in message
    assert "Mentor" not in message


async def test_a_late_joiner_is_offered_and_gets_a_seat(home: World) -> None:
    who = await published(home)
    await brought_in(home, [row("late")], who)
    await who.use("circle-admin place", person=picked("late"))
    assert "Late could join one of these, best first." in told(who)
    await who.press("Seat in Rowan")
    assert "Late has a seat in Rowan." in told(who)
    await home.settle()
    rowan = next(room for room in home.paper.rooms.values() if room.name == "Rowan")
    assert "late" in rowan.people
    assert any("Meet Late." in text_of(message) for message in rowan.messages.values())
    assert "You have a circle: Rowan" in text_of(persona(home, "late").mail[-1])
    await who.use("circle-admin place", person=picked("late"))
    assert "Late has a seat already." in told(who)


async def test_a_late_joiner_whom_no_circle_fits_is_explained(home: World) -> None:
    who = await published(home)
    await brought_in(home, [row("late", availability="Mon 03:00-06:00")], who)
    await who.use("circle-admin place", person=picked("late"))
    assert "No running circle can take Late in now." in told(who)


async def test_a_late_joiner_fits_a_circle_whose_member_takes_a_break(home: World) -> None:
    who = await published(home)
    resting = persona(home, "mentee1")
    await resting.use("circle pause", until="2 weeks")
    await brought_in(home, [row("late")], who)
    await who.use("circle-admin place", person=picked("late"))
    assert "Late could join one of these" in told(who)
    await who.use("circle-admin place", person=picked("mentee1"))
    assert "takes no part in this matching" in told(who)
