"""Everything that publishing owes happens once, on the worst of days."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.process import BEGIN, running
from tests.adapters.discord.season import Programme, introduced, let_time_pass
from tests.platforms.discord import StandIn, read
from tests.platforms.discord.world import Guild
from tests.sizes import SIZES


@pytest.mark.parametrize("full", SIZES)
async def test_each_room_invitation_and_introduction_happens_once_while_much_of_it_fails(
    full: bool, tmp_path: Path
) -> None:
    circles, drops = (40, 100) if full else (6, 15)  # drops: how often the gateway is lost
    async with StandIn() as stand_in:
        stand_in.limits.messages = (50, 5.0)  # not what this is about
        mango = Programme(stand_in, stand_in.guild("Mango"))
        async with running(tmp_path, stand_in) as bot:
            await mango.set_up()
            await mango.size_circles("1", least=3, most=4)
            await mango.bring_in(circles, circles * 4)
            await mango.draft()
            stand_in.faults.share = 0.3
            stand_in.faults.concerns = lambda method, path: "/webhooks" not in path
            await mango.publish()
            dropped = 0
            while dropped < drops or not mango.settled():
                passing = asyncio.create_task(let_time_pass(bot, timedelta(minutes=5)))
                while not passing.done():
                    await asyncio.wait({passing}, timeout=0.3)
                    await stand_in.gateway.connected()
                    await stand_in.gateway.drop()
                    dropped += 1
                await passing
                assert bot.now < BEGIN + timedelta(days=2), _missing(mango)
            stand_in.faults.share = 0
            await let_time_pass(bot, timedelta(days=1))

        assert stand_in.gateway.resumed >= drops - 1
        assert stand_in.faults.happened > circles
        rooms = mango.rooms
        assert len({room.name for room in rooms}) == len(rooms) == circles
        for room in rooms:
            people = sorted(room.people - {stand_in.bot.id})
            assert sorted(room.invited) == people
            assert len(people) == 5
            assert len(introduced(room)) == len(set(introduced(room))) == len(people)
        assert all(len(person.rooms) == 1 for person in mango.members)
        assert all(len(person.mail) == 1 for person in mango.members)
        assert _said_twice(mango.guild) == []
        # What the bot repeats because an answer was lost is no mistake of its own.
        assert [entry for entry in stand_in.refused if entry.code != 40060] == []


def _said_twice(guild: Guild) -> list[str]:
    said = [f"{room.name}: {read(post)}" for room in guild.rooms() for post in room.posts.values()]
    return sorted({words for words in said if said.count(words) > 1})


def _missing(programme: Programme) -> str:
    without = [person.user.name for person in programme.members if not person.rooms]
    unsaid = [room.name for room in programme.rooms if len(introduced(room)) != 5]
    return f"without a room: {without}; not all introduced in: {unsaid}"
