"""The page's sentences: all of them from the catalogue, and none there for nothing."""

import re
from importlib.resources import files

from adapters.playground.clock import Move
from adapters.playground.guide import STEPS
from bot.core.boundary.wording import load

_PAGE = files("adapters.playground").joinpath("page")
_SCRIPTS = [file.read_text("utf-8") for file in _PAGE.iterdir() if file.name.endswith(".js")]
_PLAIN = re.compile(r"\bt\(\s*\"([a-z._]+)\"")
_EITHER = re.compile(r"\bt\([^\"`(]*\? \"([a-z._]+)\" : \"([a-z._]+)\"")


def used() -> set[str]:
    """Every key the page asks for, those it puts together included."""
    keys = {key for script in _SCRIPTS for key in _PLAIN.findall(script)}
    keys |= {key for script in _SCRIPTS for pair in _EITHER.findall(script) for key in pair}
    keys |= {f"clock.{move.value}{part}" for move in Move for part in ("", ".about")}
    keys |= {f"step.{step.key}{part}" for step in STEPS for part in ("", ".about", ".do")}
    keys |= {f"theme.{name}" for name in ("system", "light", "dark")}
    keys |= {f"hero.tip.{name}" for name in ("switch", "slash", "clock")}
    keys |= {"nobody", "problem", "title", "send"}
    doors = ("no_token", "elsewhere", "missing", "refused")
    return keys | {f"door.{door}{part}" for door in doors for part in ("", ".next")}


def test_the_page_and_the_catalogue_agree() -> None:
    known = {key.removeprefix("playground.") for key in load().keys("playground.")}
    assert used() - known == set()
    assert known - used() == set()


def test_the_page_reaches_for_nothing_outside_itself() -> None:
    for file in _PAGE.iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text.replace("ws://${location.host}", ""), file.name
        assert "innerHTML" not in text, file.name
