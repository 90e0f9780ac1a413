"""Every view of the bot, as Slack shows it: checked by Block Kit's rules, and approved as text.

Each message is checked where it is posted, and also in a modal and on the App Home, since an answer
may be shown there.
"""

import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.slack import render
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.boundary.views import File, Form, Message, Picture
from bot.core.boundary.wording import load as load_wording
from bot.shell.ports import Parcel, PostInRoom, SayAnew, TellPerson
from tests.platforms.slack.blocks import check_message, check_view, inputs
from tests.platforms.slack.read import read, read_view
from tests.scenes.every_view import SCENES, Shown, show, shown_nowhere

WORDS = load_wording().words("UTC", "en")
FALLBACK = 4000
"""Characters of text that Slack calls sensible."""

pytestmark = pytest.mark.xdist_group("every view")  # the scenes are played once for all


class OnSlack:
    """How Slack shows things."""

    def answered(self, answer: Answer) -> list[str]:
        """A message or a modal."""
        match answer:
            case Say(message) | Replace(message):
                return [_message(message)]
            case ShowForm(form) | FixForm(form):
                return [_form(form)]
            case Quiet():
                return []

    def delivered(self, parcel: Parcel) -> list[str]:
        """A message."""
        match parcel.task:
            case PostInRoom(_, message) | SayAnew(_, message):
                return [_message(message, quiet=True, reference=parcel.key)]
            case TellPerson(_, message):
                return [_message(message, reference=parcel.key)]
            case _:
                return []


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show(OnSlack())


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_as_slack_shows_it(scene: str, shown: Shown, snapshot: SnapshotAssertion) -> None:
    assert shown.scenes[scene] == snapshot


def test_every_view_of_the_core_is_shown_in_some_scene(shown: Shown) -> None:
    assert shown_nowhere(shown) == [], "show them in tests/scenes"


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
    drawn = render.modal(form, close=WORDS.line("slack.close"))
    check_view(drawn)
    errors = render.errors(form)
    assert errors.keys() <= inputs(drawn).keys()
    return "\n".join([read_view(drawn), *(f"! {key}: {said}" for key, said in errors.items())])


def _beside(one: Picture | File) -> str:
    return f"[picture: {one.alternative}]" if isinstance(one, Picture) else f"[file: {one.name}]"
