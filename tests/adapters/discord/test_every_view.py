"""Every view of the bot, as Discord shows it: checked against its limits, and approved as text.

They come from the whole conversations in ``tests/scenes`` and from those beside this file; a view
that none of them shows fails the last test here.
"""

import asyncio
import importlib
import inspect
import pkgutil
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, UnionType
from typing import Any, get_args

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

import bot.core
from adapters.discord import forms, render
from bot.core.events import Event
from bot.core.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.views import Form, Message
from bot.core.wording import load as load_wording
from bot.shell.ports import PostInRoom, SayAnew, TellPerson
from tests.adapters.discord.conversations import circles, members, moderators
from tests.platforms.discord import checks, read, read_form, requests
from tests.platforms.discord.world import Post, User
from tests.scenes import test_scenes
from tests.world import CountedChance, World, world

GUILD = "1234567890123456789"
WORDS = load_wording().words("UTC", "en")
US = User("1", "Banyan", bot=True)


class Anything:
    """Approves of everything: the scenes' own words are approved where they live."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


SCENES: dict[str, Callable[..., Awaitable[None]]] = {
    name.removeprefix("test_"): scene
    for module in (test_scenes, members, moderators, circles)
    for name, scene in vars(module).items()
    if inspect.iscoroutinefunction(scene)
    and scene.__module__ == module.__name__
    and next(iter(inspect.signature(scene).parameters)) == "here"
}


@dataclass
class Shown:
    """What was shown in all conversations."""

    scenes: dict[str, list[str]] = field(default_factory=dict)
    """Each rendering once, in the first scene that shows it."""
    views: set[str] = field(default_factory=set)
    """The functions of the core that made a message or a form."""

    def watch(self, frame: FrameType, happened: str, made: Any) -> None:
        """Note where a view was made. Called at every call and return of the worker's thread."""
        if happened == "return" and isinstance(made, Message | Form):
            self.views.add(f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """All conversations, one after the other."""
    everything, known = Shown(), set[str]()
    threading.setprofile(everything.watch)
    try:
        for name, scene in SCENES.items():
            told = asyncio.run(_played(scene, tmp_path_factory.mktemp("scene")))
            everything.scenes[name] = [one for one in dict.fromkeys(told) if one not in known]
            known.update(told)
    finally:
        threading.setprofile(None)
    return everything


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_as_discord_shows_it(scene: str, shown: Shown, snapshot: SnapshotAssertion) -> None:
    assert "\n\n----\n\n".join(shown.scenes[scene]) == snapshot


def test_every_view_of_the_core_is_shown_in_some_scene(shown: Shown) -> None:
    missing = sorted(_views() - shown.views)
    assert missing == [], "show them in tests/scenes or tests/adapters/discord/conversations"


def _views() -> set[str]:
    """Every function of the core that makes a message or a form, or may."""
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(bot.core.__path__, "bot.core.")
    ]
    return {
        f"{module.__name__}.{name}"
        for module in modules
        for name, made in vars(module).items()
        if inspect.isfunction(made)
        and made.__module__ == module.__name__
        and _makes_a_view(inspect.get_annotations(made).get("return"))
    }


def _makes_a_view(annotation: Any) -> bool:
    either = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return Message in either or Form in either


async def _played(scene: Callable[..., Awaitable[None]], folder: Path) -> list[str]:
    """What Discord shows of one scene: answers as they come, then what was delivered."""
    told: list[str] = []
    async with world(folder, chance=CountedChance()) as here:
        _listen(here, told)
        await scene(*(here, Anything())[: len(inspect.signature(scene).parameters)])
        for parcel in here.paper.delivered:
            match parcel.task:
                case PostInRoom(_, message) | TellPerson(_, message) | SayAnew(_, message):
                    told.append(_message(render.message(message, guild=GUILD, key=parcel.key)))
                case _:
                    pass
    return told


def _listen(here: World, told: list[str]) -> None:
    receive = here.app.dispatcher.receive

    async def heard(event: Event) -> Answer:
        answer = await receive(event)
        told.extend(_answered(answer))
        return answer

    here.app.dispatcher.receive = heard  # type: ignore[method-assign]


def _answered(answer: Answer) -> list[str]:
    match answer:
        case Say(message) | Replace(message):
            return [_message(render.message(message))]
        case ShowForm(form):
            return _form(form)
        case FixForm(form):
            return [_message(forms.mend(form, WORDS, guild=GUILD))]
        case Quiet():
            return []


def _form(form: Form) -> list[str]:
    first = [] if forms.fit(form) else [_message(forms.further(form, words=WORDS, guild=GUILD))]
    drawn = forms.form(form, guild=GUILD, read=bool(first))
    checks.modal(msgspec.convert(drawn, requests.Modal))
    return [*first, read_form(drawn)]


def _message(drawn: render.Drawn) -> str:
    files = {one.name: one.content for one in drawn.uploads}
    nobody: dict[str, object] = {
        "allowed_mentions": {"parse": []}
    }  # people made of paper have no numbers
    body = msgspec.convert(drawn.body() | nobody, requests.Said)
    checks.said(body, files, flags=0)
    return read(Post("1", "2", US, drawn.components, body.flags, files=files))
