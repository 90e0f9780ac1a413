"""The ground that the other tests stand on: databases that start empty, a browser that draws."""

import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy
from playwright.async_api import Browser

from tests.databases import Postgres

_PROJECT = Path(__file__).parent.parent


def test_a_database_starts_empty_and_keeps_what_is_written(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    assert not sqlalchemy.inspect(engine).get_table_names()
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE circle (name TEXT)"))
        connection.execute(sqlalchemy.text("INSERT INTO circle VALUES ('Oak')"))
    with engine.begin() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT name FROM circle")) == "Oak"
    engine.dispose()


def test_two_postgres_databases_do_not_share_anything(postgres: Postgres) -> None:
    with postgres.database() as one, postgres.database() as other:
        assert one != other


def test_a_postgres_database_goes_even_while_somebody_is_connected(postgres: Postgres) -> None:
    with postgres.database() as url:
        engine = sqlalchemy.create_engine(url)
        connection = engine.connect()
    name = sqlalchemy.make_url(url).database
    with postgres.connect() as server:
        left = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchall()
    connection.invalidate()
    engine.dispose()
    assert not left


def test_postgres_ends_and_cleans_up_when_the_tests_are_killed() -> None:
    program = (
        "from tests.databases import postgres_server\n"
        "with postgres_server() as server:\n"
        "    print(server.folder, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=_PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        assert (folder / "data").is_dir()
        tests.kill()
    deadline = time.monotonic() + 20
    while folder.exists():
        assert time.monotonic() < deadline, "the server outlived its tests"
        time.sleep(0.1)


async def test_the_browser_draws_a_page_and_clicks_in_it(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<button onclick=\"this.textContent = 'Joined'\">Join</button>")
    await page.get_by_role("button", name="Join").click()
    assert await page.get_by_role("button").text_content() == "Joined"


def test_a_lock_file_names_no_registry() -> None:
    locks = sorted(_PROJECT.glob("requirements*.lock"))
    assert len(locks) == 3
    assert not [lock.name for lock in locks if "://" in lock.read_text()]
