"""Discord tells of nobody who leaves: they are noticed when they act, and let in again."""

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.adapters.discord.process import running
from tests.adapters.discord.season import Programme, introduced, let_time_pass
from tests.platforms.discord import Person, StandIn, read
from tests.platforms.discord.bodies import Entry
from tests.platforms.discord.world import Post

IN_AGAIN = "Let me in again"


async def offered(stand_in: StandIn, person: Person) -> Post | None:
    """The message with the way in, which comes with the answer or right after it."""
    assert person.last is not None
    last = person.last
    await stand_in.until(
        lambda: any(IN_AGAIN in read(post) for post in [person.message, *last.followed] if post)
    )
    seen = [post for post in [person.message, *last.followed] if post and IN_AGAIN in read(post)]
    assert len(seen) == 1
    return seen[0]


async def status_comes_to(person: Person, words: str, *, there: bool) -> bool:
    """Whether their status says so, or no longer, before long.

    Where they are is looked for after the answer, and not while Discord asks to wait.
    """
    for _ in range(20):
        await person.use("circle status")
        if (words in person.sees) is there:
            return True
        await asyncio.sleep(0.5)
    return False


async def test_who_is_not_in_their_thread_is_noticed_and_let_in_however_often(
    tmp_path: Path,
) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        async with running(tmp_path, stand_in) as bot:
            await mango.set_up()
            await mango.size_circles("1", least=3, most=4)
            await mango.bring_in(1, 4)
            await mango.draft()
            await mango.publish()
            await bot.until(mango.settled)
            (room,), member = mango.rooms, mango.members[-1]
            for deed in ("circle status", "circle join", "circle help"):
                room.people.discard(member.user.id)  # left the thread
                await member.use(deed)
                await member.press(IN_AGAIN, on=await offered(stand_in, member))
                await bot.until(lambda: member.user.id in room.people)
            for _ in range(2):  # put out of the server, and back
                there = mango.guild.members[member.user.id]
                stand_in.leave(mango.guild, there)
                stand_in.come_back(mango.guild, there)
                await member.use("circle status")
                await member.press(IN_AGAIN, on=await offered(stand_in, member))
                await bot.until(lambda: member.user.id in room.people)
            await member.use("circle status")
            assert IN_AGAIN not in member.sees
            assert len(introduced(room)) == len(set(introduced(room))) == 5

            room.people.discard(member.user.id)
            assert await status_comes_to(member, IN_AGAIN, there=True)
            await bot.stop()
            await bot.start()
            room.people.add(member.user.id)  # somebody else let them in, while it was away
            assert await status_comes_to(member, IN_AGAIN, there=False)
        assert _at_fault(stand_in) == []


async def test_who_leaves_and_is_placed_again_is_in_the_thread_again_every_time(
    tmp_path: Path,
) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        async with running(tmp_path, stand_in) as bot:
            await mango.set_up()
            await mango.size_circles("1", least=3, most=4)
            await mango.bring_in(1, 4)
            await mango.draft()
            await mango.publish()
            await bot.until(mango.settled)
            (room,), member, mo = mango.rooms, mango.members[-1], mango.moderator
            await let_time_pass(bot, timedelta(minutes=1))  # new private messages are spaced out
            await bot.until(lambda: len(member.mail) == 1)
            for _ in range(2):
                await member.use("circle leave")
                await member.press("Leave")
                await bot.until(lambda: member.user.id not in room.people)
                await member.use("circle join")
                while member.form is not None or "[Continue]" in member.sees:
                    await (member.fill() if member.form else member.press("Continue"))
                await mo.use("circle-admin place", person=member)
                await mo.press(f"Seat in {room.name}")
                await bot.until(lambda: member.user.id in room.people)
                met = f"Meet <@{member.user.id}>"
                await bot.until(lambda: len(introduced(room)) == 5)
                said = [post for post in room.posts.values() if read(post).startswith(met)]
                assert len(said) == 1
            await bot.until(lambda: len(member.mail) == 3)
        assert _at_fault(stand_in) == []


def _at_fault(stand_in: StandIn) -> list[Entry]:
    """What was refused, but for the answer that somebody is not in a thread."""
    return [entry for entry in stand_in.refused if entry.code != 10007]
