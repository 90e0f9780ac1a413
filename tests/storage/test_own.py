"""No community is forgotten: every statement says whose rows it means, or that it means all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId
from storage import everywhere
from storage.catalogue import METADATA
from storage.own import Own, prepare
from storage.tables.community import AUDIT, COMMUNITIES
from storage.tables.mail import OUTBOX, OUTBOX_ABOUT
from storage.tables.people import PEOPLE
from tests.scenes.conversations import circles, members, moderators
from tests.storage.narrowed import listening
from tests.world import CountedChance, world

_STORAGE = Path(__file__).parents[2] / "storage"
_BARE = frozenset({"select", "insert", "update", "delete"})
_RAW = frozenset({"text", "exec_driver_sql"})
_MAKERS = frozenset({"own", "everywhere", "rows"})
"""The modules in which statements are made."""
_RAW_IN = frozenset({"examine", "house", "sqlite", "tables/mail", "together"})
"""What SQLAlchemy has no words for: pragmas, savepoints, VACUUM, the conditions of indexes, and
looking at a database that may not be ours."""
_EVERYWHERE = frozenset(
    {"claims", "community", "due", "facts", "installations", "ledger", "opening"}
    | {"retention", "rights"}
)
"""What is rightly about all communities, or about none."""


def _modules() -> dict[str, str]:
    """The modules of storage that know tables, but for the migrations: those move whole tables."""
    found = {
        str(file.relative_to(_STORAGE))[:-3]: file.read_text() for file in _STORAGE.rglob("*.py")
    }
    return {
        name: source
        for name, source in found.items()
        if not name.startswith("migrations")
        if "sqlalchemy" in source or "storage.tables" in source
    }


def _faults(source: str, *, raw: bool = False) -> Iterator[str]:
    """The statements that are made in the module itself."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                whole = {f"{module}.{one.name}" for one in names} | {module}
                barely = module.startswith("sqlalchemy") and any(n.name in _BARE for n in names)
                if "storage.rows" in whole or barely:
                    yield ast.unparse(node)
            case ast.Attribute(value=of, attr=name) if name in _BARE:
                maker = ast.unparse(of).rpartition(".")[2]
                if maker not in {"own", "Own", "ground", "_ground", "everywhere"}:
                    yield ast.unparse(node)
            case ast.Attribute(value=ast.Name("sa" | "sqlalchemy"), attr="exists"):
                yield ast.unparse(node)
            case ast.Attribute(attr=name) if name in _RAW and not raw:
                yield ast.unparse(node)
            case _:
                pass


def test_statements_are_made_in_one_place() -> None:
    found = {
        name: faults
        for name, source in _modules().items()
        if name not in _MAKERS
        if (faults := list(_faults(source, raw=name in _RAW_IN)))
    }
    assert found == {}


def test_what_is_about_all_communities_is_known() -> None:
    users = {
        name
        for name, source in _modules().items()
        if "import everywhere" in source or "storage.everywhere" in source
    }
    assert users - {"own", "everywhere"} == _EVERYWHERE


@pytest.mark.parametrize(
    "bare",
    [
        "sa.select(PEOPLE)",
        "sqlalchemy.update(PEOPLE)",
        "PEOPLE.delete()",
        "made = postgresql.insert",
        "sa.exists().where(PEOPLE.c.id == one)",
        "from sqlalchemy import delete",
        "from sqlalchemy.dialects.sqlite import insert as write",
        "from storage.rows import keep",
        "from storage import rows",
        "sa.text('DELETE FROM people')",
        "connection.exec_driver_sql('DELETE FROM people')",
    ],
)
def test_a_bare_statement_is_found(bare: str) -> None:
    assert list(_faults(bare))


@pytest.mark.parametrize(
    "made",
    ["self._ground.select(PEOPLE)", "ground.delete(PEOPLE)", "everywhere.select(PEOPLE)"],
)
def test_a_statement_made_in_its_place_is_left_alone(made: str) -> None:
    assert not list(_faults(made))


async def test_no_statement_of_a_living_community_forgets_whose_rows_it_means(
    tmp_path: Path,
) -> None:
    scenes = (
        members.ones_own_data,
        members.a_profile_in_all_its_parts,
        members.reports_nobody_or_several_may_read,
        moderators.files_in_and_out,
        circles.messages_that_did_not_come,
    )
    asked: set[str] = set()
    for scene in scenes:
        folder = tmp_path / scene.__name__
        folder.mkdir()
        async with world(folder, chance=CountedChance()) as here:
            with listening() as heard:
                await scene(here)
            with here.database.engine.begin() as connection:
                known = set(connection.scalars(sa.select(COMMUNITIES.c.id)))
        assert heard.forgetful == []
        assert heard.communities == known
        asked.update(heard.tables)
    assert asked == {one.name for one in METADATA.sorted_tables if "community_id" in one.c}


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """A database with nothing in it."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    METADATA.create_all(engine)
    return engine


_MINE = PEOPLE.c.community_id == "mine"


@pytest.mark.parametrize(
    "forgetful",
    [
        sa.select(PEOPLE),
        sa.select(PEOPLE).where(_MINE | (PEOPLE.c.id == "one")),
        sa.select(PEOPLE).where(~_MINE),
        sa.select(PEOPLE).where(PEOPLE.c.community_id == OUTBOX.c.community_id),
        sa.select(OUTBOX).join(OUTBOX_ABOUT, OUTBOX_ABOUT.c.delivery == OUTBOX.c.id),
        sa.update(OUTBOX).values(state="sent"),
        sa.delete(PEOPLE).where(PEOPLE.c.id.in_(sa.select(OUTBOX.c.person))),
        prepare(PEOPLE.c.id).where(PEOPLE.c.id.in_(sa.select(OUTBOX.c.person))),
        prepare(OUTBOX.c.id).join(PEOPLE, PEOPLE.c.id == OUTBOX.c.person),
    ],
)
def test_a_statement_that_forgets_is_heard(forgetful: sa.Executable, engine: sa.Engine) -> None:
    with listening() as heard, engine.begin() as connection:
        connection.execute(forgetful, {"community": "mine"})
    assert heard.forgetful


def test_a_row_that_is_of_no_community_is_heard(engine: sa.Engine) -> None:
    refused = pytest.raises(sa.exc.IntegrityError)
    with listening() as heard, refused, engine.begin() as connection:
        connection.execute(sa.insert(AUDIT).values(action="none"))
    assert len(heard.forgetful) == 1


def test_a_statement_that_says_whose_is_left_alone(engine: sa.Engine) -> None:
    with listening() as heard, engine.begin() as connection:
        own = Own(connection, CommunityId("mine"))
        joined = (OUTBOX_ABOUT.c.community_id == OUTBOX.c.community_id) & (
            OUTBOX_ABOUT.c.delivery == OUTBOX.c.id
        )
        connection.execute(own.select(OUTBOX).join(OUTBOX_ABOUT, joined))
        own.run(prepare(PEOPLE.c.id))
        own.update(COMMUNITIES, configured=True)
        own.delete(PEOPLE, PEOPLE.c.id.in_(own.select(OUTBOX.c.person)))
        connection.execute(everywhere.select(PEOPLE))
    assert heard.forgetful == []
    assert heard.communities == {"mine"}
