"""All conversations, played for an adapter's tests, and which views of the core they showed."""

import asyncio
import importlib
import inspect
import pkgutil
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, UnionType
from typing import Any, Protocol, get_args

import bot.core
from bot.core.boundary.events import Event
from bot.core.boundary.outcome import Answer
from bot.core.boundary.views import Form, Message
from bot.shell.ports import Parcel
from tests.scenes import test_scenes
from tests.scenes.conversations import circles, members, moderators
from tests.world import CountedChance, world

Scene = Callable[..., Awaitable[None]]

SCENES: dict[str, Scene] = {
    name.removeprefix("test_"): scene
    for module in (test_scenes, members, moderators, circles)
    for name, scene in vars(module).items()
    if inspect.iscoroutinefunction(scene)
    and scene.__module__ == module.__name__
    and next(iter(inspect.signature(scene).parameters)) == "here"
}


class Platform(Protocol):
    """How a platform shows things, as texts to be approved."""

    def answered(self, answer: Answer) -> list[str]:
        """What an answer looks like; checked against the platform's rules."""

    def delivered(self, parcel: Parcel) -> list[str]:
        """The same for a delivery; nothing where there is nothing to see."""


@dataclass
class Shown:
    """What was shown in all conversations on one platform."""

    views: set[str]
    """The functions of the core that made a message or a form."""
    scenes: dict[str, str] = field(default_factory=dict)
    """Each rendering once, in the first scene that shows it."""


@dataclass
class Played:
    """What was said in all conversations."""

    scenes: dict[str, list[Answer | Parcel]] = field(default_factory=dict)
    """By scene: answers as they came, then what was delivered."""
    views: set[str] = field(default_factory=set)
    """The functions of the core that made a message or a form."""

    def watch(self, frame: FrameType, happened: str, made: Any) -> None:
        """Note where a view was made. Called at every call and return of the worker's thread."""
        if happened == "return" and isinstance(made, Message | Form):
            self.views.add(f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}")


def show(platform: Platform) -> Shown:
    """All conversations, one after the other."""
    played, known = _all_played(), set[str]()
    shown = Shown(views=played.views)
    for name, heard in played.scenes.items():
        told = [
            view
            for one in heard
            for view in (
                platform.delivered(one) if isinstance(one, Parcel) else platform.answered(one)
            )
        ]
        fresh = [one for one in dict.fromkeys(told) if one not in known]
        shown.scenes[name] = "\n\n----\n\n".join(fresh)
        known.update(told)
    return shown


@cache
def _all_played() -> "Played":
    """Played once for all platforms: what a scene says is the core's, however it is shown."""
    played = Played()
    threading.setprofile(played.watch)
    try:
        for name, scene in SCENES.items():
            with TemporaryDirectory() as folder:
                played.scenes[name] = asyncio.run(_played(scene, Path(folder)))
    finally:
        threading.setprofile(None)
    return played


def shown_nowhere(shown: Shown) -> list[str]:
    """The functions of the core that make a message or a form, or may, and never did."""
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(bot.core.__path__, "bot.core.")
    ]
    views = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, made in vars(module).items()
        if inspect.isfunction(made)
        and made.__module__ == module.__name__
        and _makes_a_view(inspect.get_annotations(made).get("return"))
    }
    return sorted(views - shown.views)


class _Anything:
    """Approves of everything: the scenes' own words are approved where they live."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def _makes_a_view(annotation: Any) -> bool:
    either = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return Message in either or Form in either


async def _played(scene: Scene, folder: Path) -> list[Answer | Parcel]:
    """One scene: answers as they come, then what was delivered."""
    said: list[Answer | Parcel] = []
    async with world(folder, chance=CountedChance()) as here:
        receive = here.app.dispatcher.receive

        async def heard(event: Event) -> Answer:
            answer = await receive(event)
            said.append(answer)
            return answer

        here.app.dispatcher.receive = heard  # type: ignore[method-assign]
        await scene(*(here, _Anything())[: len(inspect.signature(scene).parameters)])
        said.extend(here.paper.delivered)
    return said
