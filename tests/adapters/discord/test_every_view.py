"""Every view of the bot, as Discord shows it: checked against its limits, and approved as text."""

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.discord import forms, render
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.boundary.views import Form
from bot.core.boundary.wording import load as load_wording
from bot.shell.ports import Parcel, PostInRoom, SayAnew, TellPerson
from tests.platforms.discord import checks, read, read_form, requests
from tests.platforms.discord.world import Post, User
from tests.scenes.every_view import SCENES, Shown, show, shown_nowhere

GUILD = "1234567890123456789"
WORDS = load_wording().words("UTC", "en")
US = User("1", "Banyan", bot=True)

pytestmark = pytest.mark.xdist_group("every view")  # the scenes are played once for all


class OnDiscord:
    """How Discord shows things."""

    def answered(self, answer: Answer) -> list[str]:
        """A message, a modal, or the way to one."""
        match answer:
            case Say(message) | Replace(message):
                return [_message(render.message(message))]
            case ShowForm(form):
                return _form(form)
            case FixForm(form):
                return [_message(forms.mend(form, WORDS, guild=GUILD))]
            case Quiet():
                return []

    def delivered(self, parcel: Parcel) -> list[str]:
        """A message."""
        match parcel.task:
            case PostInRoom(_, message) | TellPerson(_, message) | SayAnew(_, message):
                return [_message(render.message(message, guild=GUILD, key=parcel.key))]
            case _:
                return []


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show(OnDiscord())


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_as_discord_shows_it(scene: str, shown: Shown, snapshot: SnapshotAssertion) -> None:
    assert shown.scenes[scene] == snapshot


def test_every_view_of_the_core_is_shown_in_some_scene(shown: Shown) -> None:
    assert shown_nowhere(shown) == [], "show them in tests/scenes"


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
