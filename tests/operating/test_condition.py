"""What a running bot tells its operator when its database fails, and once it is back."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.adapters.discord.process import Bot
from tests.databases import Postgres, postgres_server
from tests.platforms.discord import Person, StandIn


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server that may be stopped."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A data folder on a disk of eight megabytes."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "banyan-test", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        while True:
            out.write(bytes(4096))


async def _until(bot: Bot, path: str, status: int) -> str:
    told, words = 0, ""
    for _ in range(240):
        told, words = await bot.ask(path)
        if told == status:
            return words
        await asyncio.sleep(0.25)
    raise AssertionError(f"{path} is not {status}: {told} {words}\n{bot.log.read_text()}")


async def _numbers(bot: Bot) -> dict[str, float]:
    _, words = await bot.ask("/metrics")
    lines = (line.rsplit(" ", 1) for line in words.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def _stop(server: Postgres) -> None:
    """Stop the server for good, as an operator would."""
    number = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGINT)
    while (server.folder / "data" / "postmaster.pid").exists():
        pass


def _start_again(server: Postgres) -> "subprocess.Popen[bytes]":
    """The same server, on what it left."""
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60"]
    program = next(server.folder.glob("program/*/*/bin/postgres"), None) or "postgres"
    owner = (server.folder / "data").stat()
    again = subprocess.Popen(
        [program, "-D", "data", "-k", server.folder, *options],
        cwd=server.folder,
        user=owner.st_uid,
        group=owner.st_gid,
        extra_groups=[],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            assert again.poll() is None
        else:
            return again


async def test_a_postgres_that_is_stopped_is_told_and_so_is_its_return(
    tmp_path: Path, own_postgres: Postgres
) -> None:
    async with StandIn() as stand_in:
        stand_in.patience = 60.0
        guild = stand_in.guild("Mango")
        mei = Person(stand_in, guild, stand_in.join(guild, "Mei"))
        bot = Bot(tmp_path, stand_in)
        with own_postgres.connect() as server:
            server.execute("CREATE DATABASE banyan")
        bot.more["BANYAN__STORAGE__URL"] = (
            f"postgresql://postgres@/banyan?host={own_postgres.folder}"
        )
        await bot.start()
        try:
            assert await bot.ask("/healthz") == (200, "ok\n")
            await mei.use("circle status")
            before = await _numbers(bot)
            assert before["banyan_ready"] == before["banyan_storage_up"] == 1
            assert before['banyan_events_total{how="decided",kind="CommandUsed"}'] == 1

            _stop(own_postgres)
            for path in ("/healthz", "/readyz"):
                assert "PostgreSQL cannot be reached" in await _until(bot, path, 503)
            during = await _numbers(bot)
            assert during["banyan_ready"] == during["banyan_storage_up"] == 0

            again = _start_again(own_postgres)
            try:
                await _until(bot, "/readyz", 200)
                assert await _until(bot, "/healthz", 200) == "ok\n"
                await mei.use("circle status")
                assert "You have not joined" in mei.sees
                assert (await _numbers(bot))["banyan_storage_up"] == 1
            finally:
                assert await bot.stop() == 0
                again.send_signal(signal.SIGINT)
                again.wait()
        finally:
            await bot.stop()


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root can make a small disk"
)
async def test_a_full_disk_is_told_in_words_and_so_is_the_room_made(small_disk: Path) -> None:
    folder = small_disk.parent
    async with StandIn() as stand_in:
        stand_in.patience = 60.0
        guild = stand_in.guild("Mango")
        mei = Person(stand_in, guild, stand_in.join(guild, "Mei"))
        bot = Bot(folder, stand_in)
        await bot.start()
        try:
            assert (await bot.ask("/readyz"))[0] == 200
            filler = small_disk / "filler"
            with pytest.raises(OSError, match="space"):
                _fill(filler)
            for _ in range(40):  # until what was set aside in the log is used up
                await mei.use("circle join")
                if mei.form is None:
                    break
            assert "went wrong" in mei.sees
            assert "The disk is full. Nothing was lost; make room." in await _until(
                bot, "/readyz", 503
            )
            assert (await bot.ask("/healthz"))[0] == 503
            logged = [json.loads(line) for line in bot.log.read_text().splitlines()]
            assert "The disk is full. Nothing was lost; make room." in {
                line["what"] for line in logged
            }
            filler.unlink()
            await _until(bot, "/readyz", 200)
            await mei.use("circle join")
            assert mei.form is not None
        finally:
            assert await bot.stop() == 0
