"""The whole bot as a process of its own, from joining to the weekly check-in."""

import asyncio
import re
import signal
from datetime import timedelta
from pathlib import Path

from tests.adapters.discord.process import Bot, running
from tests.adapters.discord.season import Programme, introduced, let_time_pass
from tests.platforms.discord import StandIn, read

WEEK = timedelta(days=7)


async def test_two_servers_go_from_joining_to_check_ins_without_a_trace_of_each_other(
    tmp_path: Path,
) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        lychee = Programme(stand_in, stand_in.guild("Lychee"))
        async with running(tmp_path, stand_in) as bot:
            for programme, names in ((mango, "Ana Bo Cy Di Ed"), (lychee, "Uma Vi Wen Xi Yu")):
                mentor, *mentees = names.split()
                await programme.set_up()
                await programme.join([mentor], "Mentor")
                await programme.join(mentees, "Mentee")
                await programme.approve_mentors([mentor])
            await asyncio.gather(mango.draft(), lychee.draft())
            await asyncio.gather(mango.publish(), lychee.publish())
            await bot.until(lambda: mango.settled() and lychee.settled())
            await let_time_pass(bot, 4 * WEEK)
            for programme, other in ((mango, lychee), (lychee, mango)):
                (room,) = programme.rooms
                members = {person.user.id for person in programme.members}
                assert room.people == {*members, stand_in.bot.id}
                assert room.parent == programme.guild.named("circles").id
                assert sorted(room.invited) == sorted(members)
                assert len(introduced(room)) == 5
                weeks = re.findall(r"### Week (\d+) of", "\n".join(map(read, room.posts.values())))
                assert weeks == sorted(set(weeks))
                assert len(weeks) >= 2
                strangers = {person.user.id for person in [other.moderator, *other.members]}
                for post in programme.everything_said:
                    assert not any(stranger in read(post) for stranger in strangers)
                # A button of weeks ago still works, and only in its own server.
                await programme.members[0].use("circle status")
                assert room.name in programme.members[0].sees
        assert stand_in.refused == []
        assert stand_in.limits.ignored == 0


async def test_a_bot_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        bot = Bot(tmp_path, stand_in)
        await bot.start()
        await mango.set_up()
        await mango.join(["Ana"], "Mentor")
        await mango.join(["Bo", "Cy", "Di"], "Mentee")
        await mango.approve_mentors(["Ana"])
        await mango.draft()
        await mango.moderator.use("circle-admin publish")
        before = mango.moderator.message
        await bot.stop(signal.SIGKILL)
        await bot.start()
        try:
            # The button was drawn by a process that is no more.
            await mango.moderator.press("Yes, open these circles", on=before)
            await bot.stop(signal.SIGKILL)
            await bot.start()
            await let_time_pass(bot, timedelta(minutes=30))
            await bot.until(mango.settled)
            (room,) = mango.rooms
            said = "\n".join(map(read, room.posts.values()))
            assert "whoever may manage threads in this server can open it" in said
            assert len(room.invited) == len(set(room.invited)) == 4
            assert len(introduced(room)) == len(set(introduced(room))) == 4
        finally:
            await bot.stop()
        assert stand_in.refused == []


async def test_a_refused_token_ends_the_process_with_its_own_exit_code(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        async with running(tmp_path, stand_in) as bot:
            await stand_in.gateway.drop(4004)
            assert await bot.wait() == 78
        assert "DISCORD_TOKEN" in bot.log.read_text()
