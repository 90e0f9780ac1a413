"""Every view of the bot, as Slack shows it: checked by Block Kit's rules, and approved as text.

The conversations are those in which Discord's views are shown; each message is checked where it is
posted, and also in a modal and on the App Home, since an answer may be shown there.
"""

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.slack import render
from bot.core.events import Event
from bot.core.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.views import File, Form, Message, Picture
from bot.core.wording import load as load_wording
from bot.shell.ports import PostInRoom, SayAnew, TellPerson
from tests.adapters.discord.test_every_view import (
    SCENES,
    Anything,
    Shown,
    test_every_view_of_the_core_is_shown_in_some_scene,
)
from tests.platforms.slack.blocks import check_message, check_view, inputs
from tests.platforms.slack.read import read, read_view
from tests.world import CountedChance, world

__all__ = ["test_every_view_of_the_core_is_shown_in_some_scene"]  # with what is shown here

WORDS = load_wording().words("UTC", "en")
FALLBACK = 4000
"""Characters of text that Slack calls sensible."""


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
def test_a_scene_as_slack_shows_it(scene: str, shown: Shown, snapshot: SnapshotAssertion) -> None:
    assert "\n\n----\n\n".join(shown.scenes[scene]) == snapshot


async def _played(scene: Callable[..., Awaitable[None]], folder: Path) -> list[str]:
    """What Slack shows of one scene: answers as they come, then what was delivered."""
    told: list[str] = []
    async with world(folder, chance=CountedChance()) as here:
        receive = here.app.dispatcher.receive

        async def heard(event: Event) -> Answer:
            answer = await receive(event)
            told.extend(_answered(answer))
            return answer

        here.app.dispatcher.receive = heard  # type: ignore[method-assign]
        await scene(*(here, Anything())[: len(inspect.signature(scene).parameters)])
        for parcel in here.paper.delivered:
            match parcel.task:
                case PostInRoom(_, message) | SayAnew(_, message):
                    told.append(_message(message, quiet=True, reference=parcel.key))
                case TellPerson(_, message):
                    told.append(_message(message, reference=parcel.key))
                case _:
                    pass
    return told


def _answered(answer: Answer) -> list[str]:
    match answer:
        case Say(message) | Replace(message):
            return [_message(message)]
        case ShowForm(form) | FixForm(form):
            return [_form(form)]
        case Quiet():
            return []


def _message(message: Message, *, quiet: bool = False, reference: str = "") -> str:
    drawn = render.message(message, quiet=quiet, reference=reference)
    check_message(drawn["blocks"])
    assert 0 < len(drawn["text"]) < FALLBACK
    assert "<" not in drawn["text"]
    if drawn["blocks"]:  # what is nothing but a file is told of in words
        check_view(render.page(message, title="Banyan", close="Close"))
    check_view(render.home([message, message]))
    return "\n".join(filter(None, [read(drawn["blocks"]), *map(_beside, render.files(message))]))


def _form(form: Form) -> str:
    drawn = render.modal(form, close=WORDS.line("slack.cancel"))
    check_view(drawn)
    errors = render.errors(form)
    assert errors.keys() <= inputs(drawn).keys()
    return "\n".join([read_view(drawn), *(f"! {key}: {said}" for key, said in errors.items())])


def _beside(one: Picture | File) -> str:
    return f"[picture: {one.alternative}]" if isinstance(one, Picture) else f"[file: {one.name}]"
