"""Circles that meet: rooms, seats and check-ins."""

from dataclasses import replace
from datetime import timedelta

from bot.core.actions.trouble import ReadUnread, ShowDoubtful
from bot.core.boundary.events import Why
from bot.core.boundary.views import Message
from bot.shell.ports import LetIn, OpenRoom, Parcel, PostInRoom, Receipt, Undeliverable
from tests.core.features.desk.makers import (
    WEEK,
    brought_in,
    labels,
    on_the_desk,
    persona,
    picked,
    published,
    row,
    two_circles,
    unit_of,
)
from tests.paper import Member, Paper, text_of
from tests.scenes.conversations.mending import mend
from tests.world import World

DAY = timedelta(days=1)


async def circles_that_meet(here: World) -> None:
    night = row("night", availability="Mon 03:00-06:00")
    who = await published(here, [*two_circles(), night, row("spare", "mentor")])
    rowan = next(room for room in here.paper.rooms.values() if room.name == "Rowan")
    charter = next(one for one in rowan.messages.values() if one.title.startswith("The charter"))
    for key in ("mentee1", "mentee1", "spare"):
        await persona(here, key).press("Sign the charter", within=charter)
    await persona(here, "spare").use("circle why")
    await persona(here, "mentee1").use("circle why")
    await persona(here, "mentee1").use("circle status")
    await who.use("circle-admin season")
    await who.use("circle-admin match")
    await who.use("circle-admin publish")
    await brought_in(here, [row("late")], who)
    await who.use("circle-admin place", person=picked("night"))
    await who.use("circle-admin place", person=picked("late"))
    await who.press("Seat in Rowan")
    await who.use("circle-admin place", person=picked("late"))
    await here.settle()
    for key in ("mentor1", "mentor2", "mentee5", "mentee6"):
        member = persona(here, key)
        await member.use("circle leave")
        await member.press("Leave")
        await here.settle()
    await who.use("circle-admin health")
    await who.choose("Rowan")
    await who.press("Who could step in?", within=_told(who, "has no mentor"))
    await who.press("Spare mentors it")
    await here.settle()
    await who.press("Who could step in?", within=_told(who, "has no mentor"))
    await who.press("Who could join it?", within=_told(who, "small circle"))


async def rooms_that_cannot_be_had(here: World) -> None:
    refusing = _Refusing()
    here.app.add(refusing)
    here.paper = refusing
    who = await on_the_desk(here)
    who._paper = refusing
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await here.settle()
    refusing.rooms_allowed = True
    for message in [one for one in who.mail if "could not be opened" in one.title]:
        await who.press("Try again", within=message)
    await here.settle()


async def check_ins_answered(here: World) -> None:
    who = await on_the_desk(here)
    mei = persona(here, "mentee1")
    await mei.use("circle checkin")
    with unit_of(here) as unit:
        for member in unit.members.all():
            unit.members.save(replace(member, private_question=True))
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await here.settle()
    await mei.use("circle checkin")
    await here.move_on(11 * DAY)
    question = next(message for message in mei.mail if "week 1" in message.title)
    await mei.press("Not yet", within=question)
    await mei.use("circle checkin")
    await mei.press("Add a line")
    await mei.fill(line="x" * 1001)
    await mend(mei)
    await mei.fill(line="The tea story!", share="Share it with Rowan")
    await mei.use("circle checkin")
    await here.settle()
    await mei.use("circle status")
    for _ in range(4):  # unanswered, it comes less often, and says so
        await here.move_on(WEEK)
    await mei.press("We met", within=question)
    await mei.press("Stop asking me", within=question)
    await here.sleep(9 * WEEK)
    await mei.press("We met", within=question)


async def rooms_that_are_lost(here: World) -> None:
    who = await published(here)
    here.paper.delete_room("Rowan")
    here.paper.delete_room("Alder")
    await here.move_on(2 * WEEK)
    await persona(here, "mentee1").use("circle status")
    await who.use("circle-admin health")
    await who.choose("Rowan")
    await who.press("Open a new room")
    await here.settle()
    both = next(one for one in who.mail if "lost" in one.title)
    await who.press(labels(both)[0], within=both)
    await here.settle()


async def messages_that_did_not_come(here: World) -> None:
    breaking = _Breaking()
    here.app.add(breaking)
    here.paper = breaking
    breaking.closed_to = {"mentee1"}
    who = await published(here)
    who._paper = breaking
    await here.move_on(timedelta(minutes=3))
    member = persona(here, "mentee1")
    await member.use("circle help")
    await member.take(ReadUnread())
    await member.press("I have read this")
    await who.use("circle-admin health")
    await who.press("What may be missing")
    await who.choose("Rowan")
    await who.choose("the introduction of Mentee3")
    await who.press("It never came: send it")
    await who.press("It is there")
    await who.take(ShowDoubtful(""))
    await here.settle()


class _Breaking(Paper):
    """Paper on which the connection breaks at two introductions."""

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Nobody knows whether they came."""
        said = text_of(parcel.task.message) if isinstance(parcel.task, PostInRoom) else ""
        if said.startswith(("Meet Mentee2.", "Meet Mentee3.")):
            raise Undeliverable(Why.UNCERTAIN)
        return await super().deliver(parcel)


class _Refusing(Paper):
    """Paper on which rooms need a permission that may be lacking, and nobody can be let in."""

    rooms_allowed = False

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Refuse."""
        match parcel.task:
            case OpenRoom() if not self.rooms_allowed:
                raise Undeliverable(Why.FORBIDDEN)
            case LetIn(_, person) if person.key == "mentee1":
                raise Undeliverable(Why.GONE)
            case _:
                return await super().deliver(parcel)


def _told(who: Member, words: str) -> Message:
    """The newest private message with these words."""
    return next(message for message in reversed(who.mail) if words in text_of(message))
