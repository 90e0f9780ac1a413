"""Where the app is installed: tokens, sealed, for workspaces and whole organisations."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from adapters.slack.install import States
from adapters.slack.installations import Installation, Teams
from bot.core.boundary.wording import load
from storage.crypto import Vault
from storage.engine import Database
from storage.installations import SqlInstallations
from storage.keyfile import KeySource
from storage.tables.installations import INSTALLATIONS

ONE = Installation("T1", "", whole=False, token="xoxb-canary", bot_user="U1")
ALL = Installation("E1", "E1", whole=True, token="xoxb-organisation", bot_user="W1")


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """An open database of either kind."""
    opened = Database.open(
        database_url,
        keys=KeySource(tmp_path / "key"),
        ledger=tmp_path / "erased",
        wording=load(),
        kinds=(),
    )
    yield opened
    opened.close()


@pytest.fixture
def kept(database: Database, tmp_path: Path) -> SqlInstallations:
    """What is kept there."""
    return SqlInstallations(database.engine, Vault(KeySource(tmp_path / "key").read() or b""))


async def test_a_token_is_found_again_and_lies_sealed(
    kept: SqlInstallations, database: Database
) -> None:
    await Teams(kept).keep(ONE)
    assert await Teams(kept).find("T1") == ONE
    assert await Teams(kept).find("T2") is None
    assert await Teams(kept).find("") is None
    with database.engine.begin() as connection:
        rows = connection.execute(sa.select(INSTALLATIONS)).all()
    assert b"canary" not in b"".join(bytes(value) for row in rows for value in row)
    assert "canary" not in repr(ONE)


async def test_a_workspace_of_an_organisation_is_served_by_its_installation(
    kept: SqlInstallations,
) -> None:
    teams = Teams(kept)
    await teams.keep(ALL)
    whole = await teams.find("T7", "E1")
    assert whole == ALL
    assert await teams.within(whole, "", "T7") == ALL  # not on the word of where somebody lives
    served = await teams.within(whole, "T7", "")
    assert await teams.within(whole, "", "T7") == served
    assert (served.team, served.token, served.whole) == ("T7", "xoxb-organisation", True)
    assert await teams.find("T8", "E2") is None
    # A delivery names the workspace alone, after a restart as well.
    assert await Teams(kept).find("T7") == served
    await teams.keep(msgspec.structs.replace(ALL, token="xoxb-renewed"))
    for one in (teams, Teams(kept)):
        now = await one.find("T7")
        assert now is not None
        assert now.token == "xoxb-renewed"
        assert await one.renewed(served)
        assert not await one.renewed(now)
    assert set(await teams.drop("E1")) == {"E1", "T7"}
    assert await Teams(kept).find("T7") is None


async def test_an_installation_takes_the_place_of_an_earlier_one(kept: SqlInstallations) -> None:
    teams = Teams(kept)
    await teams.keep(ONE)
    again = Installation("T1", "", whole=False, token="xoxb-new", bot_user="U1")
    await teams.keep(again)
    assert await Teams(kept).find("T1") == again
    await teams.drop("T1")
    assert await teams.find("T1") is None


async def test_a_state_is_ours_and_young_and_good_once() -> None:
    now = [1000.0]
    states = States("secret", lambda: now[0])
    state = await states.async_issue()
    assert not await States("other", lambda: now[0]).async_consume(state)
    assert await states.async_consume(state)
    assert not await states.async_consume(state)
    old = await states.async_issue()
    now[0] += 601
    assert not await states.async_consume(old)
    for forged in ("", ".", "1.2.3", state + "x", "1000.abc."):
        assert not await states.async_consume(forged)
