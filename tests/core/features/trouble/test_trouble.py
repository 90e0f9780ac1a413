"""Moderators hear what cannot be delivered: once for each cause, by name, nothing confidential."""

from datetime import timedelta

from bot.core.boundary.events import Why
from bot.shell.ports import Parcel, PostInRoom, Receipt, TellPerson, Undeliverable
from tests.core.features.desk.makers import WEEK, persona, published
from tests.core.features.intros.conftest import join
from tests.paper import Member, Paper, answer_text, text_of
from tests.world import World


def told(who: Member) -> list[str]:
    """What a moderator has read of trouble."""
    return [text_of(one) for one in who.mail if "could not be delivered" in one.title]


async def test_a_closed_inbox_is_told_once_a_season_by_name_and_with_what_can_be_done(
    home: World,
) -> None:
    home.paper.closed_to = {"mentee1"}
    who = await published(home)
    await home.move_on(7 * WEEK)
    (once,) = told(who)
    assert "Mentee1 takes no private messages from the bot." in once
    assert "with the answer to their next command" in once


async def test_what_could_not_be_told_privately_comes_with_the_next_answer_until_it_is_read(
    home: World,
) -> None:
    home.paper.closed_to = {"mentee1"}
    await published(home)
    member = persona(home, "mentee1")
    for _ in range(2):  # an answer may get lost on its way
        await member.use("circle help")
        assert "I could not send you this privately" in answer_text(member.answer)
        assert "You have a circle: Rowan" in answer_text(member.answer)
    await member.press("I have read this")
    assert "Nothing else is waiting for you." in answer_text(member.answer)
    await member.use("circle help")
    assert "could not send you" not in answer_text(member.answer)


async def test_only_its_reader_sees_it(home: World) -> None:
    home.paper.closed_to = {"mentee1"}
    who = await published(home)
    for other in (persona(home, "mentee2"), who, home.member("Stranger")):
        await other.use("circle help")
        assert "could not send you" not in answer_text(other.answer)


async def test_what_is_too_long_for_the_answer_is_one_button_away(home: World) -> None:
    home.paper.closed_to = {"mentee1"}
    await published(home)
    member = persona(home, "mentee1")
    await member.use("circle status")
    if "Show me" in answer_text(member.answer):
        await member.press("Show me")
    assert "You have a circle: Rowan" in answer_text(member.answer)
    await member.press("I have read this")
    await member.use("circle status")
    assert "You have a circle: Rowan" not in answer_text(member.answer)


async def test_nobody_learns_of_a_report_from_an_inbox_that_is_closed(home: World) -> None:
    rosa, omar = home.member("Rosa", moderator=True), home.member("Omar", moderator=True)
    for one in (rosa, omar):
        await one.use("circle-admin members")
    mei = home.member("Mei")
    await join(mei)
    home.paper.closed_to = {omar.key, mei.key}
    await mei.use("circle report")
    await mei.fill(words="Somebody shouted.")
    await home.settle()
    report = next(one for one in rosa.mail if "Somebody shouted." in text_of(one))
    await rosa.press("It is taken care of", within=report)
    await home.settle()
    assert told(rosa) == []
    await omar.use("circle help")
    assert "could not send you" in answer_text(omar.answer)
    await mei.use("circle help")
    assert "could not send you" in answer_text(mei.answer)


async def test_a_missing_permission_names_the_circle_once(home: World) -> None:
    home.app.add(_Forbidding())
    who = await published(home)
    await home.move_on(6 * WEEK)
    (once,) = (one for one in _told_on(home, who) if "Alder" in one)
    assert "not allowed to do something in the room of Alder" in once


async def test_a_person_who_is_gone_is_named_once(home: World) -> None:
    home.app.add(_Leaving())
    who = await published(home)
    await home.move_on(6 * WEEK)
    (once,) = _told_on(home, who)
    assert "Mentee1 cannot be reached any more" in once


class _Forbidding(Paper):
    """Paper on which nothing may be posted in one room."""

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Refuse what goes to it."""
        task = parcel.task
        if isinstance(task, PostInRoom) and self.rooms[task.room.key].name == "Alder":
            raise Undeliverable(Why.FORBIDDEN)
        return await super().deliver(parcel)


class _Leaving(Paper):
    """Paper that one person has left."""

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Find nobody there."""
        if isinstance(parcel.task, TellPerson) and parcel.task.person.key == "mentee1":
            raise Undeliverable(Why.GONE)
        return await super().deliver(parcel)


def _told_on(home: World, who: Member) -> list[str]:
    paper = home.app.adapters["paper"]
    assert isinstance(paper, Paper)
    sheet = paper.private[who.key]
    return [text_of(m) for m in sheet.messages.values() if "could not be delivered" in m.title]


async def test_a_moderators_own_closed_inbox_is_told_to_the_others(home: World) -> None:
    rosa, omar = home.member("Rosa", moderator=True), home.member("Omar", moderator=True)
    for one in (rosa, omar):
        await one.use("circle-admin members")
    home.paper.closed_to = {omar.key}
    await join(home.member("Ravi"), role="Mentor")
    await home.move_on(timedelta(minutes=5))
    (once,) = told(rosa)
    assert "Omar takes no private messages" in once
    await omar.use("circle-admin members")
    assert "could not send you" in answer_text(omar.answer)
