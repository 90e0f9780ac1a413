"""Nothing sensitive is sent to Discord: in a whole season, and after one in which it was."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.process import Bot
from tests.adapters.discord.season import Programme, let_time_pass
from tests.platforms.discord import Person, StandIn, read

ANSWERS = ("Hakka", "Quaker", "politics")
"""What a member told, and what a ground rule came of."""
AS_BEFORE = (
    "-c",
    """
from adapters.discord.adapter import Discord
from bot.__main__ import main
Discord.carries_sensitive = True
raise SystemExit(main(["run"]))
""",
)
"""The bot as it was when it still asked everything everywhere."""
LOOKS = {
    "circle": ("help", "status", "profile", "mydata", "quiet"),
    "circle-admin": ("setup", "settings", "questions", "health", "audit", "export", "match"),
}


async def _told(member: Person, what: str, **answers: object) -> None:
    await member.use("circle profile")
    await member.press("Add more about you")
    await member.choose(what)
    await member.press("Answer")
    if member.form is None:
        await member.press("Continue")
    await member.fill(**answers)


async def _asked_everything(programme: Programme) -> None:
    mo = programme.moderator
    await mo.use("circle-admin settings")
    await mo.choose("What members may be asked")
    everything = (
        "Life stage",
        "Heritage, in their own words",
        "How open to be about politics, faith and more",
    )
    await mo.fill(members_may=everything)
    await mo.use("circle-admin questions")
    await mo.press("Write a question")
    await mo.fill(the_question="What guides you?", sensitive="Yes", why="To meet others like you.")
    for member in programme.members:
        await _told(member, "Heritage", your_heritage="Hakka", it_may="Showing it to my circle")
        await _told(member, "What guides you?", your_answer="Quaker", it_may="Forming my circle")
        await _told(member, "Topics", politics="Not here")


async def _begun(programme: Programme) -> None:
    await programme.set_up()
    await programme.bring_in(mentors=1, mentees=3)


def _sent(stand_in: StandIn, since: int) -> str:
    """Everything sent from then on: words, forms, lists of commands."""
    return json.dumps([entry.body for entry in stand_in.ledger[since:]], ensure_ascii=False)


def _standing(programme: Programme) -> str:
    return "\n".join(read(post) for room in programme.rooms for post in room.posts.values())


async def _everything_is_looked_at(programme: Programme) -> None:
    for person, group in ((programme.members[1], "circle"), (programme.moderator, "circle-admin")):
        for command in LOOKS[group]:
            await person.use(f"{group} {command}")


@pytest.mark.parametrize("earlier", [True, False])
async def test_no_sensitive_word_is_sent_in_a_whole_season(tmp_path: Path, earlier: bool) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        bot = Bot(tmp_path, stand_in)
        if earlier:
            bot.program = AS_BEFORE
            await bot.start()
            await _begun(mango)
            await _asked_everything(mango)
            await mango.draft()
            await mango.publish()
            await bot.until(mango.settled)
            await bot.until(lambda: all(word in _standing(mango) for word in ANSWERS[::2]))
            assert await bot.stop() == 0
            bot.program = ("-m", "bot", "run")
        since, files = len(stand_in.ledger), set(stand_in.files)
        await bot.start()
        try:
            if not earlier:
                await _begun(mango)
                await mango.draft()
                await mango.publish()
                await bot.until(mango.settled)
            await let_time_pass(bot, timedelta(days=1))
            await bot.until(lambda: not _found(_standing(mango)))
            await _everything_is_looked_at(mango)
            await mango.moderator.use("circle-admin settings")
            assert "cannot be turned on here" in mango.moderator.sees
            assert not earlier or any(
                "Sensitive questions are now off here" in read(post)
                for post in mango.moderator.mail
            )
            await let_time_pass(bot, timedelta(weeks=14))
            await _everything_is_looked_at(mango)
        finally:
            await bot.stop()
        assert not _found(_sent(stand_in, since))
        for name, content in stand_in.files.items():
            assert name in files or not _found(content.decode(errors="replace"))
        assert stand_in.refused == []


def _found(words: str) -> Sequence[str]:
    return [word for word in ANSWERS if word in words]
