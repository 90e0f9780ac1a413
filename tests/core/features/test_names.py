"""The same job has the same file name in every feature."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import ModuleType

import pytest

import bot.core.actions
import bot.core.features
from bot.core.boundary.actions import Action
from bot.core.boundary.views import Form
from bot.core.feature import Feature
from bot.core.features import FEATURES


def _wrapped(run: Callable[..., object], name: str) -> Callable[..., object]:
    """What ``draws`` and its like were given."""
    found: Callable[..., object] = inspect.getclosurevars(run).nonlocals[name]
    return found


def _room(of: object) -> str:
    return str(getattr(of, "__module__", "")).rpartition(".")[2]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.name)
def test_what_is_owed_is_in_notices_and_its_words_are_in_drawing(feature: Feature) -> None:
    kinds = {one.kind.__name__: _room(one.kind) for one in feature.notices}
    words = {one.kind.__name__: _room(_wrapped(one.run, "draw")) for one in feature.notices}
    assert kinds == dict.fromkeys(kinds, "notices")
    assert words == dict.fromkeys(words, "drawing")


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.name)
def test_a_feature_s_part_in_passing_time_is_in_ticks(feature: Feature) -> None:
    assert feature.on_tick is None or _room(feature.on_tick) == "ticks"


def _actions() -> list[ModuleType]:
    found = pkgutil.iter_modules(bot.core.actions.__path__, "bot.core.actions.")
    return [importlib.import_module(one.name) for one in found]


@pytest.mark.parametrize("module", _actions(), ids=lambda one: one.__name__)
def test_actions_hold_what_can_be_asked_for_and_nothing_else(module: ModuleType) -> None:
    classes = [one for _, one in inspect.getmembers(module, inspect.isclass)]
    own = [one for one in classes if one.__module__ == module.__name__]
    assert [one.__name__ for one in own if not issubclass(one, Action)] == []


def _features() -> list[ModuleType]:
    found = pkgutil.walk_packages(bot.core.features.__path__, "bot.core.features.")
    return [importlib.import_module(one.name) for one in found]


def test_forms_are_made_in_forms() -> None:
    makers = {
        f"{module.__name__}.{name}": _room(made)
        for module in _features()
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__
        if inspect.get_annotations(made).get("return") is Form
    }
    assert len(makers) > 10
    assert makers == dict.fromkeys(makers, "forms")
