"""Rooms: what is said in them when they open, while they are open, and when somebody goes."""

from dataclasses import replace
from datetime import timedelta

from bot.core.actions.intros import Withdraw
from bot.core.boundary.events import Why
from bot.core.boundary.ids import PersonId
from bot.core.boundary.views import Message
from bot.core.programme.circles.names import free_names
from bot.core.programme.members.model import Purpose, Show
from bot.shell.ports import OpenRoom, Parcel, Receipt, Undeliverable
from tests.core.features.desk.makers import (
    brought_in,
    moderator,
    on_the_desk,
    persona,
    picked,
    published,
    row,
    two_circles,
    unit_of,
)
from tests.paper import Paper, Sheet, answer_text, text_of
from tests.world import World


def room(world: World, name: str) -> Sheet:
    """The room of a circle."""
    return next(sheet for sheet in world.paper.rooms.values() if sheet.name == name)


def said(sheet: Sheet) -> str:
    """Everything said in a room."""
    return "\n\n".join(text_of(message) for message in sheet.messages.values())


def charter(sheet: Sheet) -> Message:
    """The charter as it now stands."""
    return next(m for m in sheet.messages.values() if m.title.startswith("The charter"))


def person(world: World, key: str) -> PersonId:
    """Somebody's id."""
    with unit_of(world) as unit:
        found = unit.people.find(picked(key).person)
        assert found
        return found.id


async def test_a_room_holds_its_people_and_nobody_else(home: World) -> None:
    await published(home)
    assert room(home, "Rowan").people == {
        *("mentor1", "mentor2", "mentee1", "mentee2", "mentee3", "mentee4"),
    }


async def test_people_are_introduced_with_what_they_chose_to_show_and_nothing_else(
    home: World,
) -> None:
    who = await on_the_desk(home)
    shy, open_hearted = person(home, "mentee1"), person(home, "mentee2")
    with unit_of(home) as unit:
        told = replace(unit.members.profile(shy), stage="35-44", show=())
        unit.members.save_profile(shy, told)
        told = replace(unit.members.profile(open_hearted), stage="45-54", show=tuple(Show))
        unit.members.save_profile(open_hearted, told)
        for one, purposes in ((shy, {Purpose.MATCHING}), (open_hearted, {Purpose.MY_CIRCLE})):
            tags = ("Hakka",) if one == open_hearted else ("Newari",)
            unit.members.answer_sensitive(one, "heritage", tags, frozenset(purposes), "1")
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await home.settle()
    messages = [text_of(m) for m in room(home, "Rowan").messages.values()]
    assert "Meet Mentee1." in messages
    (shown,) = (m for m in messages if m.startswith("Meet Mentee2."))
    assert "> Mentee2 likes tea." in shown
    assert "Hopes for: Career growth and Confidence" in shown
    assert "Speaks: English" in shown
    assert "Stage of life: 45-54" in shown
    assert "Heritage, in their words: Hakka" in shown
    assert not any("Newari" in message for message in messages)


async def test_the_welcome_names_the_theme_the_host_and_hours_that_suit_all(home: World) -> None:
    await published(home)
    everything = said(room(home, "Rowan"))
    assert "Your sessions are about Confidence, as far as you like" in everything
    assert "• Tuesday 13 January, 18:00" in everything
    assert "Mentor1 hosts your first session." in everything


async def test_the_charter_follows_the_strictest_wish_and_tells_nobody_whose_it_was(
    home: World,
) -> None:
    who = await on_the_desk(home)
    wishes = {"mentee1": ("politics", "not_here"), "mentee2": ("politics", "welcome")}
    with unit_of(home) as unit:
        for key, (topic, wish) in wishes.items():
            found = unit.people.find(picked(key).person)
            assert found
            purposes = frozenset({Purpose.CHARTER})
            unit.members.answer_sensitive(found.id, f"comfort:{topic}", (wish,), purposes, "1")
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await home.settle()
    text = text_of(charter(room(home, "Rowan")))
    assert "We leave politics outside this circle." in text
    assert "Welcome here" not in text
    assert "Mentee" not in text
    assert "politics" not in text_of(charter(room(home, "Alder")))


async def test_one_tap_signs_the_charter_and_a_second_changes_nothing(home: World) -> None:
    await published(home)
    rowan = room(home, "Rowan")
    member = persona(home, "mentee1")
    await member.press("Sign the charter", within=charter(rowan))
    assert "Thank you, you have signed." in answer_text(member.answer)
    await member.press("Sign the charter", within=charter(rowan))
    assert "You have signed this charter already." in answer_text(member.answer)
    await home.settle()
    assert "1 of 6 has signed." in text_of(charter(rowan))
    for key in ("mentor1", "mentor2", "mentee2", "mentee3", "mentee4"):
        await persona(home, key).press("Sign the charter", within=charter(rowan))
    await home.settle()
    assert "All 6 of you have signed." in text_of(charter(rowan))


async def test_only_the_circles_people_can_sign_its_charter(home: World) -> None:
    await published(home)
    outsider = persona(home, "mentee8")
    await outsider.press("Sign the charter", within=charter(room(home, "Rowan")))
    assert "Only people in this circle can sign" in answer_text(outsider.answer)


async def test_nobody_is_told_of_their_circle_in_their_night(home: World) -> None:
    rows = two_circles()
    rows[4]["timezone"] = "America/Los_Angeles"  # 01:00 there
    rows[4]["availability"] = "Tue 10:00-13:00;Thu 10:00-13:00"
    await published(home, rows)
    assert persona(home, "mentee1").mail == []
    assert "You have a circle: Rowan" in text_of(persona(home, "mentee2").mail[-1])
    await home.move_on(timedelta(hours=8))
    assert "You have a circle: Rowan" in text_of(persona(home, "mentee1").mail[-1])


async def test_who_leaves_is_let_out_and_the_room_reads_one_neutral_line(home: World) -> None:
    await published(home)
    member = persona(home, "mentee1")
    await member.use("circle leave")
    await member.press("Leave")
    await home.settle()
    rowan = room(home, "Rowan")
    assert "mentee1" not in rowan.people
    assert said(rowan).count("A seat in Rowan has come free.") == 1
    assert "0 of 5 have signed." in text_of(charter(rowan))


async def test_who_is_forgotten_is_forgotten_in_the_room_as_well(home: World) -> None:
    await published(home)
    member = persona(home, "mentee1")
    await member.use("circle forget")
    await member.press("Delete everything for good")
    await home.settle()
    rowan = room(home, "Rowan")
    assert "mentee1" not in rowan.people
    assert "Mentee1" not in said(rowan)
    assert "Meet Mentee2." in said(rowan)


async def test_a_circle_left_without_a_mentor_is_never_unnoticed(home: World) -> None:
    who = await published(home, [*two_circles(), row("spare", "mentor")])
    for key in ("mentor1", "mentor2"):
        mentor = persona(home, key)
        await mentor.use("circle leave")
        await mentor.press("Leave")
        await home.settle()
    (told,) = (m for m in who.mail if "has no mentor" in text_of(m))
    assert text_of(told).startswith("Rowan has no mentor any more.")

    await who.press("Who could step in?", within=told)
    assert "Spare: " in answer_text(who.answer)
    await who.press("Spare mentors it")
    await home.settle()
    rowan = room(home, "Rowan")
    assert "spare" in rowan.people
    assert "Meet Spare, a mentor of this circle." in said(rowan)
    await persona(home, "mentee1").use("circle status")


async def test_a_circle_that_became_too_small_can_be_filled_again(home: World) -> None:
    who = await published(home, [*two_circles(), row("spare", "mentee")])
    for key in ("mentee1", "mentee2", "mentee3"):
        member = persona(home, key)
        await member.use("circle leave")
        await member.press("Leave")
        await home.settle()
    told = [text_of(one) for one in who.mail if "has become a small circle" in text_of(one)]
    assert ["2 mentees are left" in one for one in told] == [True, False]
    assert "one mentee is left" in told[-1]

    newest = next(one for one in who.mail if "one mentee is left" in text_of(one))
    await who.press("Who could join it?", within=newest)
    assert "Spare: " in answer_text(who.answer)
    await who.press("Spare joins it")
    await home.settle()
    assert "spare" in room(home, "Rowan").people
    await who.press("Who could join it?", within=newest)
    assert "Nobody without a circle fits in" in answer_text(who.answer)


async def test_nobody_free_to_mentor_is_said_as_it_is(home: World) -> None:
    who = await published(home)
    for key in ("mentor1", "mentor2"):
        mentor = persona(home, key)
        await mentor.use("circle leave")
        await mentor.press("Leave")
        await home.settle()
    (told,) = (m for m in who.mail if "has no mentor" in text_of(m))
    await who.press("Who could step in?", within=told)
    assert "Nobody who has room for one more circle as a mentor fits" in answer_text(who.answer)


async def test_a_consent_withdrawn_is_withdrawn_from_the_room_as_well(home: World) -> None:
    who = await on_the_desk(home)
    one = person(home, "mentee1")
    with unit_of(home) as unit:
        purposes = frozenset({Purpose.MY_CIRCLE})
        unit.members.answer_sensitive(one, "heritage", ("Hakka",), purposes, "1")
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await home.settle()
    assert "Hakka" in said(room(home, "Rowan"))
    await persona(home, "mentee1").take(Withdraw("heritage"))
    await home.settle()
    assert "Meet Mentee1." in said(room(home, "Rowan"))
    assert "Hakka" not in said(room(home, "Rowan"))


async def test_who_leaves_takes_their_introduction_with_them(home: World) -> None:
    await published(home)
    assert "Mentee1 likes tea." in said(room(home, "Rowan"))
    member = persona(home, "mentee1")
    await member.use("circle leave")
    await member.press("Leave")
    await home.settle()
    assert "Mentee1 likes tea." not in said(room(home, "Rowan"))


async def test_a_room_that_cannot_be_opened_is_told_to_moderators_who_can_try_again(
    home: World,
) -> None:
    refusing = _Refusing()
    home.app.add(refusing)
    who = await on_the_desk(home)
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await home.settle()
    assert refusing.rooms == {}
    told = [m for m in _mail(refusing, "nadia") if "could not be opened" in m.title]
    assert len(told) == 2
    assert "I lack a permission to open private rooms" in text_of(told[0])
    assert not any("You have a circle" in m.title for m in _mail(refusing, "mentee1"))

    refusing.allowed = True
    for message in told:
        await who.press("Try again", within=message)
    await home.settle()
    assert sorted(sheet.name for sheet in refusing.rooms.values()) == ["Alder", "Rowan"]
    assert any("You have a circle" in m.title for m in _mail(refusing, "mentee1"))


async def test_names_are_taken_once_and_never_again(home: World) -> None:
    await published(home)
    with unit_of(home) as unit:
        names = free_names(unit, 200)
        assert len(set(names)) == 200
        assert not {"Rowan", "Alder"} & set(names)
        assert "Rowan 2" in names


async def test_somebody_without_a_circle_is_told_so_when_asking_why(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, [row("ann")], who)
    ann = persona(home, "ann")
    await ann.use("circle why")
    assert "You are not in a circle at the moment." in answer_text(ann.answer)


class _Refusing(Paper):
    """Paper on which rooms need a permission that may be lacking."""

    allowed = False

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Refuse to open rooms until allowed."""
        if isinstance(parcel.task, OpenRoom) and not self.allowed:
            raise Undeliverable(Why.FORBIDDEN)
        return await super().deliver(parcel)


def _mail(paper: Paper, key: str) -> list[Message]:
    sheet = paper.private.get(key)
    return list(sheet.messages.values()) if sheet else []
