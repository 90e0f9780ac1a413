"""Every view of the whole conversations in ``tests/scenes``, as Discord shows it.

Each is checked against Discord's limits as the stand-in knows them, and approved as text.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.discord import forms, render
from bot.core.events import Event
from bot.core.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.views import Form
from bot.core.wording import load as load_wording
from bot.shell.ports import PostInRoom, SayAnew, TellPerson
from tests.platforms.discord import checks, read, read_form, requests
from tests.platforms.discord.world import Post, User
from tests.scenes import test_scenes
from tests.world import CountedChance, world

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
    for name, scene in vars(test_scenes).items()
    if name.startswith("test_")
}


@pytest.mark.parametrize("scene", SCENES)
async def test_a_scene_as_discord_shows_it(
    scene: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    shown: list[str] = []
    async with world(tmp_path, chance=CountedChance()) as here:
        receive = here.app.dispatcher.receive

        async def heard(event: Event) -> Answer:
            answer = await receive(event)
            shown.extend(_answered(answer))
            return answer

        monkeypatch.setattr(here.app.dispatcher, "receive", heard)
        await SCENES[scene](here, Anything())
        for parcel in here.paper.delivered:
            match parcel.task:
                case PostInRoom(_, message) | TellPerson(_, message) | SayAnew(_, message):
                    shown.append(_message(render.message(message, guild=GUILD, key=parcel.key)))
                case _:
                    pass
    assert "\n\n----\n\n".join(dict.fromkeys(shown)) == snapshot


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
