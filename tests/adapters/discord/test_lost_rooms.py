"""A circle's thread is deleted, or the channel it was under, with the bot there or away."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord import ids
from bot.core.boundary.events import RoomsLost, Why
from bot.core.boundary.views import Message, Paragraph
from bot.shell.ports import CloseRoom, LetIn, OpenRoom, Parcel, PostInRoom, Task, Undeliverable
from tests.adapters.discord.harness import Rig, online
from tests.adapters.discord.process import running
from tests.adapters.discord.season import Programme, introduced, let_time_pass
from tests.platforms.discord import StandIn, read

HELLO = Message("", (Paragraph(("Hello",)),))


async def _do(rig: Rig, number: int, task: Task) -> object:
    return await rig.adapter.deliver(Parcel(f"key{number}", rig.community, task))


async def _why(rig: Rig, number: int, task: Task) -> Why:
    with pytest.raises(Undeliverable) as never:
        await _do(rig, number, task)
    return never.value.why


async def test_a_deleted_thread_or_channel_is_told_by_the_gateway(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        oak = await _do(rig, 1, OpenRoom("Oak"))
        elm = await _do(rig, 2, OpenRoom("Elm"))
        await rig.stand_in.delete_channel(rig.guild, rig.guild.named("Oak"))
        await rig.stand_in.until(lambda: _lost(rig) == [oak])
        await rig.stand_in.delete_channel(rig.guild, rig.guild.named("circles"))
        await rig.stand_in.until(lambda: elm in _lost(rig))


async def test_a_room_deleted_while_the_bot_was_away_is_found_at_the_next_call(
    tmp_path: Path,
) -> None:
    async with online(tmp_path) as rig:
        await _do(rig, 1, OpenRoom("Oak"))
        oak = rig.guild.named("Oak")
        room = ids.room(oak.id, thread=True)
        mei = rig.person("Mei")
        await rig.stand_in.delete_channel(rig.guild, oak, tell=False)
        who = ids.person(mei.user.id)
        tasks: tuple[Task, ...] = (PostInRoom(room, HELLO), LetIn(room, who), CloseRoom(room))
        assert [await _why(rig, at, task) for at, task in enumerate(tasks, 2)] == [Why.LOST] * 3


async def test_moderators_read_whose_room_was_deleted_and_open_a_new_one(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        async with running(tmp_path, stand_in) as bot:
            await mango.set_up()
            await mango.join(["Ana"], "Mentor")
            await mango.join(["Bo", "Cy", "Di"], "Mentee")
            await mango.approve_mentors(["Ana"])
            await mango.draft()
            await mango.publish()
            await bot.until(mango.settled)
            (old,) = mango.rooms
            await stand_in.delete_channel(mango.guild, old)
            await let_time_pass(bot, timedelta(minutes=5))
            told = [post for post in mango.moderator.mail if "has lost its room" in read(post)]
            assert len(told) == 1
            assert old.name in read(told[0])
            await mango.moderator.press("Open a new room", on=told[0])
            await bot.until(lambda: mango.rooms and mango.settled() and _chartered(mango))
            (anew,) = mango.rooms
            assert anew.name == old.name
            assert sorted(anew.invited) == sorted(old.invited)
            assert len(introduced(anew)) == 4
        assert stand_in.refused == []


def _chartered(programme: Programme) -> bool:
    """Whether there is a room with its charter, the last that is said in a new one."""
    said = [read(post) for room in programme.rooms for post in room.posts.values()]
    return any("The charter of" in one for one in said)


def _lost(rig: Rig) -> list[object]:
    told = [one.rooms for one in rig.heard.events if isinstance(one, RoomsLost)]
    return [room for rooms in told for room in rooms]
