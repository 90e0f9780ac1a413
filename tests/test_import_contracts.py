"""The import contracts of our own catch what they are for, and leave the rest alone."""

import pytest
from grimp import ImportGraph

from tests.import_contracts import FeatureInternals, NoImportCycles

_FEATURES: dict[str, object] = {
    "features": "bot.core",
    "private": ["handlers", "rules", "views"],
    "table_row": "feature",
    "table": "bot.core.features",
}


def _graph(*imports: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    for package in ("bot.core", "bot.core.circles", "bot.core.intros"):
        graph.add_module(package)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def _kept(contract: type[FeatureInternals] | type[NoImportCycles], graph: ImportGraph) -> bool:
    options = _FEATURES if contract is FeatureInternals else {"packages": ["bot.core"]}
    checked = contract(name="", session_options={}, contract_options=options)
    return checked.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bot.core.circles.handlers", "bot.core.circles.rules"),
        ("bot.core.circles.handlers", "bot.core.intros.model"),
        ("bot.core.features", "bot.core.circles.feature"),
        ("tests.core.circles.test_rules", "bot.core.circles.rules"),
    ],
)
def test_a_feature_may_use_its_own_parts_and_what_others_show(importer: str, imported: str) -> None:
    assert _kept(FeatureInternals, _graph((importer, imported)))


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bot.core.circles.handlers", "bot.core.intros.rules"),
        ("bot.core.circles.feature", "bot.core.intros.feature"),
        ("bot.core.features", "bot.core.intros.handlers"),
        ("bot.app", "bot.core.intros.views"),
    ],
)
def test_nobody_else_reaches_into_a_feature(importer: str, imported: str) -> None:
    assert not _kept(FeatureInternals, _graph((importer, imported)))


def test_a_cycle_is_found_however_long_the_way_round() -> None:
    chain = [("bot.core.a", "bot.core.b"), ("bot.core.b", "bot.core.c")]
    assert _kept(NoImportCycles, _graph(*chain))
    assert not _kept(NoImportCycles, _graph(*chain, ("bot.core.c", "bot.core.a")))
