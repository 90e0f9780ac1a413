"""What the bot owes arrives on Discord once, whatever fails on the way."""

import asyncio
from pathlib import Path

import pytest

from adapters.discord import ids
from bot import config
from bot.core.boundary.events import CommunityGone, Why
from bot.core.boundary.ids import MessageRef, RoomRef
from bot.core.boundary.text import Mention
from bot.core.boundary.views import Button, Buttons, Message, Paragraph
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    SayAnew,
    TakeBack,
    TakeOut,
    Task,
    TellPerson,
    TryLater,
    Undeliverable,
)
from tests.adapters.discord.harness import Rig, online
from tests.contracts.table import Greet, said
from tests.platforms.discord import Fault, Person, StandIn, read
from tests.platforms.discord.world import Channel, Post

SILENT = 1 << 12


async def deliver(rig: Rig, key: str, task: Task, *, again: bool = False) -> RoomRef | MessageRef:
    made = await rig.adapter.deliver(Parcel(key, rig.community, task, again))
    assert made is not None
    return made


async def do(rig: Rig, key: str, task: Task, *, again: bool = False) -> None:
    assert await rig.adapter.deliver(Parcel(key, rig.community, task, again)) is None


async def room_called(rig: Rig, name: str) -> tuple[RoomRef, Channel]:
    ref = RoomRef(await deliver(rig, f"room-{name}", OpenRoom(name)))
    return ref, rig.guild.channels[ids.channel_of(ref)]


async def test_a_circle_gets_a_private_thread_that_lives_and_ends(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei, ravi = rig.person("Mei"), rig.person("Ravi")
        room, thread = await room_called(rig, "Rowan")
        assert (thread.name, thread.type) == ("Rowan", 12)
        assert thread.parent == rig.guild.named("circles").id
        for person in (mei, ravi):
            await do(rig, f"in-{person.user.id}", LetIn(room, ids.person(person.user.id)))
        await do(rig, "out", TakeOut(room, ids.person(ravi.user.id)))
        await do(rig, "out-again", TakeOut(room, ids.person(ravi.user.id)))
        assert thread.people == {mei.user.id, rig.stand_in.bot.id}
        place = MessageRef(await deliver(rig, "hello", PostInRoom(room, said("Hello"), True)))
        post = thread.posts[ids.place_of(place)[1]]
        assert post.flags & SILENT
        assert post.nonce == "hello"
        await do(rig, "anew", SayAnew(place, said("Good day")))
        assert read(post) == "Good day"
        await do(rig, "back", TakeBack(place))
        await do(rig, "back-again", TakeBack(place))
        assert not thread.posts
        await do(rig, "close", CloseRoom(room))
        assert (thread.archived, thread.locked) == (True, True)
        await do(rig, "erase", ErasePlatformData(ids.person(mei.user.id)))
        assert not rig.stand_in.refused


async def test_moderators_may_prefer_private_channels(tmp_path: Path) -> None:
    settings = config.Discord(rooms="channels")
    async with online(tmp_path, settings=settings) as rig:
        rig.guild.roles[rig.us.roles[0]].permissions |= (1 << 4) | (1 << 28)
        mei = rig.person("Mei")
        room, channel = await room_called(rig, "Silver Birch")
        assert channel.name == "silver-birch"
        member = rig.guild.members[mei.user.id]
        assert not rig.guild.permissions(member, channel) & (1 << 10)
        await do(rig, "in", LetIn(room, ids.person(mei.user.id)))
        assert rig.guild.permissions(member, channel) & (1 << 11)
        await deliver(rig, "hello", PostInRoom(room, said("Hello")))
        await do(rig, "close", CloseRoom(room))
        assert rig.guild.permissions(member, channel) & (1 << 10)
        assert not rig.guild.permissions(member, channel) & (1 << 11)
        await do(rig, "out", TakeOut(room, ids.person(mei.user.id)))
        assert not rig.guild.permissions(member, channel) & (1 << 10)
        assert not rig.stand_in.refused


async def test_only_a_mention_that_says_so_notifies(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei, ravi = rig.person("Mei"), rig.person("Ravi")
        room, thread = await room_called(rig, "Rowan")
        text = (
            Mention(ids.person(mei.user.id), "Mei", ping=True),
            " and ",
            Mention(ids.person(ravi.user.id), "Ravi"),
            f" <@{ravi.user.id}> @everyone",
        )
        await deliver(rig, "hello", PostInRoom(room, Message("", (Paragraph(text),))))
        (post,) = thread.posts.values()
        assert post.mentions == [mei.user.id]


@pytest.mark.parametrize("fault", list(Fault))
async def test_a_message_that_may_have_arrived_is_there_once(tmp_path: Path, fault: Fault) -> None:
    async with online(tmp_path) as rig:
        room, thread = await room_called(rig, "Rowan")
        rig.stand_in.faults.concerns = lambda method, path: path.endswith("/messages")
        rig.stand_in.faults.next.append(fault)
        with pytest.raises(TryLater) as later:
            await deliver(rig, "hello", PostInRoom(room, said("Hello")))
        assert later.value.uncertain
        # Long after: Discord no longer knows the nonce, so the message has to be found.
        rig.stand_in.nonces.clear()
        place = await deliver(rig, "hello", PostInRoom(room, said("Hello")), again=True)
        assert [place] == [ids.message(thread.id, number) for number in thread.posts]


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("rooms", ["threads", "channels"])
async def test_a_room_that_may_have_been_opened_is_there_once(
    tmp_path: Path, fault: Fault, rooms: str
) -> None:
    settings = config.Discord(rooms="channels" if rooms == "channels" else "threads")
    async with online(tmp_path, settings=settings) as rig:
        rig.guild.roles[rig.us.roles[0]].permissions |= (1 << 4) | (1 << 28)
        rig.stand_in.faults.concerns = lambda method, path: method == "POST"
        rig.stand_in.faults.next.append(fault)
        with pytest.raises(TryLater) as later:
            await deliver(rig, "room", OpenRoom("Rowan"))
        assert later.value.uncertain
        room = RoomRef(await deliver(rig, "room", OpenRoom("Rowan"), again=True))
        made = [one for one in rig.guild.channels.values() if one.name.lower() == "rowan"]
        assert [one.id for one in made] == [ids.channel_of(room)]
        await deliver(rig, "hello", PostInRoom(room, said("Hello")))
        # A room in which something was said is never taken for another of the same name.
        other = RoomRef(await deliver(rig, "room-2", OpenRoom("Rowan"), again=True))
        assert other != room


async def test_an_invitation_that_may_have_arrived_is_not_made_twice(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        room, thread = await room_called(rig, "Rowan")
        task = LetIn(room, ids.person(mei.user.id))
        rig.stand_in.faults.next.append(Fault.BROKEN_AFTER)
        with pytest.raises(TryLater):
            await do(rig, "in", task)
        await do(rig, "in", task, again=True)
        assert thread.invited == [mei.user.id]


async def test_a_thread_that_fell_asleep_is_woken(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        room, thread = await room_called(rig, "Rowan")
        thread.archived = True
        await deliver(rig, "hello", PostInRoom(room, said("Hello")))
        assert not thread.archived
        thread.archived = True
        await do(rig, "in", LetIn(room, ids.person(mei.user.id)))
        assert mei.user.id in thread.people


async def test_direct_messages_arrive_and_their_buttons_know_the_server(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        rig.stand_in.guild("Lychee League")
        mo = rig.moderator()
        message = said("How was it?", Buttons((Button("Again", Greet(1)),)))
        await deliver(rig, "ask", TellPerson(ids.person(mo.user.id), message))
        (post,) = mo.mail
        await mo.press("Again", on=post)
        assert read(post).startswith("Hello 2 times")
        await mo.press("Again", on=post)
        heard = rig.heard.events[-1]
        assert heard.community.key == rig.guild.id
        # Discord does not say who moderates in a direct message: it is asked.
        assert {right.value for right in heard.actor.rights} == {"moderator"}  # type: ignore[union-attr]
        assert not rig.stand_in.refused


async def test_a_room_that_fell_asleep_is_closed_all_the_same(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        room, thread = await room_called(rig, "Rowan")
        thread.archived = True
        await do(rig, "close", CloseRoom(room))
        assert (thread.archived, thread.locked) == (True, True)


async def test_new_direct_messages_are_opened_at_a_gentle_pace(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        people = [rig.person(f"Person {number}") for number in range(6)]
        for person in people[:5]:
            await _tell(rig, person)
        with pytest.raises(TryLater) as later:
            await _tell(rig, people[5])
        assert 0 < later.value.seconds <= 60
        assert not later.value.uncertain
        await _tell(rig, people[0])
        assert len(people[0].mail) == 2


async def test_whoever_was_written_to_before_a_restart_is_written_to_at_once(
    tmp_path: Path,
) -> None:
    async with StandIn() as stand_in:
        guild = stand_in.guild("Mango Society")
        people = [Person(stand_in, guild, stand_in.join(guild, f"P {n}")) for n in range(12)]
        for person in people[:10]:
            channel = stand_in.open_direct(person.user)
            old = Post(stand_in.ids.new(), channel.id, stand_in.bot, [], 0, "Hello")
            channel.posts[old.id] = old
        async with online(tmp_path, stand_in=stand_in) as rig:
            await asyncio.gather(*(_tell(rig, person) for person in people))
            assert [len(person.mail) for person in people] == [2] * 10 + [1] * 2


async def test_what_can_never_arrive_is_told_apart(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei, ravi = rig.person("Mei"), rig.person("Ravi")
        room, thread = await room_called(rig, "Rowan")
        mei.user.takes_messages = False
        assert await _why(rig, TellPerson(ids.person(mei.user.id), said("?"))) is Why.CLOSED
        del rig.guild.members[ravi.user.id]
        assert await _why(rig, TellPerson(ids.person(ravi.user.id), said("?"))) is Why.GONE
        assert await _why(rig, LetIn(room, ids.person(ravi.user.id))) is Why.GONE
        role = rig.guild.roles[rig.us.roles[0]]
        may, role.permissions = role.permissions, 1 << 10
        assert await _why(rig, PostInRoom(room, said("?"))) is Why.FORBIDDEN
        assert await _why(rig, OpenRoom("Elm")) is Why.FORBIDDEN
        role.permissions = may
        del rig.guild.channels[thread.id]
        assert await _why(rig, PostInRoom(room, said("?"))) is Why.LOST
        assert await _why(rig, CloseRoom(room)) is Why.LOST


async def test_waiting_is_the_postman_s_and_never_cut_short(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        rig.stand_in.limits.messages = (1, 25.0)
        room, thread = await room_called(rig, "Rowan")
        rig.stand_in.limits.bucket("POST message", thread.id).take()
        with pytest.raises(TryLater) as later:
            await deliver(rig, "one", PostInRoom(room, said("One")))
        assert 5 < later.value.seconds <= 25.1
        assert not later.value.uncertain
        with pytest.raises(TryLater):
            await deliver(rig, "two", PostInRoom(room, said("Two")))
        assert (rig.stand_in.limits.refused, rig.stand_in.limits.ignored) == (1, 0)


async def test_without_a_place_for_rooms_the_log_says_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(tmp_path) as rig:
        bare = rig.stand_in.guild("Bare", circles=False, bot_may=1 << 10)
        await rig.stand_in.gateway.tell(bare.id, "GUILD_CREATE", bare.json())
        mo = Person(rig.stand_in, bare, bare.members[bare.owner])
        await mo.use("circle status")
        parcel = Parcel("room", ids.community(bare.id), OpenRoom("Rowan"))
        with pytest.raises(Undeliverable) as never:
            await rig.adapter.deliver(parcel)
        assert never.value.why is Why.FORBIDDEN
        assert "circles_channel" in caplog.text


async def test_a_server_that_puts_the_bot_out_is_reported_gone(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        await rig.stand_in.remove_bot(rig.guild)
        await rig.stand_in.until(
            lambda: any(isinstance(e, CommunityGone) for e in rig.heard.events)
        )
        assert rig.heard.events[-1].community == rig.community


async def _tell(rig: Rig, person: Person) -> None:
    key = f"tell-{person.user.id[-8:]}-{len(person.mail)}"
    await deliver(rig, key, TellPerson(ids.person(person.user.id), said("Hello")))


async def _why(rig: Rig, task: Task) -> Why:
    with pytest.raises(Undeliverable) as never:
        await rig.adapter.deliver(Parcel("key", rig.community, task))
    return never.value.why
