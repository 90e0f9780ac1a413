"""The import contracts of pyproject.toml catch what they are for, and leave the rest alone."""

import tomllib
from pathlib import Path

import grimp
import pytest
from grimp import ImportGraph
from importlinter import Contract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

from tests.import_contracts import NoImportCycles

_KINDS: dict[str, type[Contract]] = {
    "independence": IndependenceContract,
    "layers": LayersContract,
    "acyclic": NoImportCycles,
}
_SETTINGS = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text())
_CONTRACTS = {one["name"]: one for one in _SETTINGS["tool"]["importlinter"]["contracts"]}


@pytest.fixture(scope="module")
def core() -> ImportGraph:
    """What the core really imports."""
    return grimp.build_graph("bot", cache_dir=None)


def _kept(name: str, graph: ImportGraph, **changed: object) -> bool:
    options = {**_CONTRACTS[name], **changed}
    options = {key: str(one) if isinstance(one, bool) else one for key, one in options.items()}
    checked = _KINDS[options["type"]](
        name, session_options={"root_packages": ["bot"]}, contract_options=options
    )
    return checked.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("Features stand side by side", {}),
        ("The core's floors", {}),
        ("No import cycles", {"packages": ["bot"]}),
    ],
)
def test_the_core_keeps_its_contracts(
    name: str, changed: dict[str, object], core: ImportGraph
) -> None:
    assert _kept(name, core, **changed)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bot.core.features.circles.handlers", "bot.core.features.intros.rules"),
        ("bot.core.features.circles.feature", "bot.core.features.intros.feature"),
        ("bot.core.features.safety.handlers", "bot.core.features.overview.views"),
    ],
)
def test_no_feature_imports_another(importer: str, imported: str, core: ImportGraph) -> None:
    graph = _with(core, importer, imported)
    assert not _kept("Features stand side by side", graph)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bot.core.programme.circles.forming", "bot.core.features.circles.views"),
        ("bot.core.boundary.views", "bot.core.actions.desk"),
        ("bot.core.matching", "bot.core.programme.drafts.problem"),
        ("bot.core.actions.desk", "bot.core.programme.drafts.model"),
        ("bot.core.unsent", "bot.core.feature"),
        ("bot.core.decide", "bot.core.features"),
    ],
)
def test_no_arrow_points_up(importer: str, imported: str, core: ImportGraph) -> None:
    assert not _kept("The core's floors", _with(core, importer, imported))


def test_a_new_room_of_the_core_needs_a_floor(core: ImportGraph) -> None:
    graph = _copy(core)
    graph.add_module("bot.core.attic")
    assert not _kept("The core's floors", graph)


def test_a_cycle_is_found_however_long_the_way_round() -> None:
    chain = [("bot.core.a", "bot.core.b"), ("bot.core.b", "bot.core.c")]
    assert _kept("No import cycles", _chain(*chain), packages=["bot.core"])
    assert not _kept(
        "No import cycles", _chain(*chain, ("bot.core.c", "bot.core.a")), packages=["bot.core"]
    )


def _chain(*imports: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    graph.add_module("bot.core")
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def _copy(graph: ImportGraph) -> ImportGraph:
    copy = ImportGraph()
    for module in graph.modules:
        copy.add_module(module)
        for imported in graph.find_modules_directly_imported_by(module):
            copy.add_import(importer=module, imported=imported)
    return copy


def _with(graph: ImportGraph, importer: str, imported: str) -> ImportGraph:
    """The graph as it is, and one import more."""
    copy = _copy(graph)
    assert {importer, imported} <= copy.modules
    copy.add_import(importer=importer, imported=imported)
    return copy
