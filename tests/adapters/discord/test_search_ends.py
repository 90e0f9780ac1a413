"""A search ends with the bot that began it, and the next bot runs one, not two."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.discord.process import Bot
from tests.adapters.discord.season import Programme
from tests.platforms.discord import StandIn


def _searches(folder: Path) -> list[int]:
    """The processes that search for a bot whose data lies in this folder."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split(None, 2) for line in listed.splitlines()]
    running = [
        int(pid) for pid, stat, told in lines if "bot.shell.child" in told and stat[0] != "Z"
    ]
    return [pid for pid in running if _works_for(pid, folder)]


def _works_for(process: int, folder: Path) -> bool:
    try:
        told = Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return False
    return str(folder / "config.toml").encode() in told


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")
async def test_a_killed_bot_leaves_no_search_and_the_next_runs_one(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        mango = Programme(stand_in, stand_in.guild("Mango"))
        bot = Bot(tmp_path, stand_in)
        await bot.start()
        try:
            await mango.set_up()
            await mango.bring_in(mentors=40, mentees=160)
            await mango.moderator.use("circle-admin match")
            await stand_in.until(lambda: _searches(tmp_path), 60)
            assert await bot.stop(signal.SIGKILL) == -signal.SIGKILL
            await stand_in.until(lambda: not _searches(tmp_path), 60)
            await bot.start()
            await stand_in.until(lambda: _searches(tmp_path), 120)
            for _ in range(20):
                assert len(_searches(tmp_path)) <= 1
                await asyncio.sleep(0.1)
        finally:
            await bot.stop()
        assert not _searches(tmp_path)
