"""A form closed half-way keeps its draft, though Slack does not say what stood in it."""

import asyncio
from pathlib import Path

import pytest

from adapters.slack.drafts import PAUSE
from bot.core.boundary.events import Event, FormSetAside, FormSubmitted
from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.model import Json, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

ROLE, SEEKS = "What would you like to be?", "What do you hope for? (as a mentee)"
BIO, CITY = "A few words about yourself", "Your city or time zone"
NOTE = "You did not finish this last time."


@pytest.fixture
def mei(server: SlackServer, home: Workspace) -> Person:
    return Person(server, home, server.user(home, "Mei"))


def stands(person: Person) -> dict[str, object]:
    """What stands in the modal on top when it is opened, by label."""
    found: dict[str, object] = {}
    for block in person.modal.view["blocks"]:
        if block["type"] == "input":
            found[block["label"]["text"]] = _initial(block["element"])
    return found


def _initial(element: Json) -> object:
    options = element.get("initial_options") or [element.get("initial_option")]
    return element.get("initial_value") or [one["text"]["text"] for one in options if one]


def aside(events: list[Event]) -> list[FormSetAside]:
    return [one for one in events if isinstance(one, FormSetAside)]


async def test_a_form_closed_half_way_is_as_it_was_when_it_opens_again(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.type({ROLE: "Mentee", SEEKS: ["Confidence", "Identity"]})
    await mei.cancel()
    await mei.command("/circle join")
    assert stands(mei)[ROLE] == ["Mentee"]
    assert stands(mei)[SEEKS] == ["Identity", "Confidence"]
    assert NOTE in mei.text
    await mei.fill()
    await mei.type({BIO: "I draw maps."})
    await mei.cancel(all_of_them=True)
    assert mei.modals == []
    await mei.command("/circle join")
    assert stands(mei)[BIO] == "I draw maps."
    await mei.fill()
    await mei.fill()
    await mei.sees("You are in.")


async def test_it_opens_so_from_the_app_home_too(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.type({ROLE: "Mentor"})
    await mei.cancel()
    await mei.open_home()
    await mei.press_at_home("Join")
    assert stands(mei)[ROLE] == ["Mentor"]


async def test_what_was_typed_is_kept_when_the_typing_pauses_and_not_at_every_letter(
    server: SlackServer, home: Workspace, bot: Running, mei: Person
) -> None:
    await mei.command("/circle report")
    seen, calls = bot.events(), len(server.calls)
    for end in range(1, 19):
        await mei.type({"What happened?": "Somebody posted my address."[:end]})
    assert aside(seen) == []
    await asyncio.sleep(PAUSE + 0.5)
    assert [one.texts["words"] for one in aside(seen)] == ["Somebody posted my"]
    assert len(server.calls) == calls, "nothing is asked of Slack for it"
    mei.close()  # and nobody tells
    await mei.command("/circle report")
    assert stands(mei)["What happened?"] == "Somebody posted my"


async def test_a_form_that_was_sent_in_leaves_nothing_unsent(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    server.faults.double_envelopes = True
    seen = bot.events()
    await mei.command("/circle report")
    await mei.fill({"What happened?": "Somebody posted my address."})
    await mei.cancel()
    await asyncio.sleep(PAUSE + 0.5)
    assert [type(one) for one in seen if isinstance(one, FormSetAside | FormSubmitted)] == [
        FormSubmitted
    ]
    await mei.command("/circle report")
    assert stands(mei)["What happened?"] == []
    assert NOTE not in mei.text


async def test_a_change_told_after_the_form_was_sent_in_is_not_taken_for_a_draft(
    server: SlackServer, home: Workspace, bot: Running, mei: Person
) -> None:
    """Over HTTP each is a request of its own, and the last letter may come last."""
    await Person(server, home, server.user(home, "Rosa", admin=True)).command("/circle help")
    mei.told_late = True
    await mei.command("/circle report")
    await mei.fill({"What happened?": "Somebody posted my address."})
    await mei.tell()
    await asyncio.sleep(PAUSE + 0.5)
    await mei.command("/circle report")
    assert stands(mei)["What happened?"] == []
    assert NOTE not in mei.text


async def test_what_is_changed_back_to_what_was_sent_in_is_kept_so(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.fill({ROLE: "Mentee", SEEKS: ["Confidence"]})
    await mei.fill({CITY: "Atlantis"})
    assert mei.problems
    await mei.type({CITY: "Lemuria"})
    await asyncio.sleep(PAUSE + 0.5)
    await mei.type({CITY: "Atlantis"})
    await mei.cancel(all_of_them=True)
    await mei.command("/circle join")
    assert stands(mei)[CITY] == "Atlantis"


@pytest.mark.parametrize("tells", [False, True])
async def test_closing_a_form_nobody_touched_keeps_nothing(
    server: SlackServer, bot: Running, mei: Person, tells: bool
) -> None:
    server.tells_what_stood = tells
    seen = bot.events()
    await mei.command("/circle join")
    await mei.cancel()
    assert aside(seen) == []
    await mei.command("/circle join")
    assert NOTE not in mei.text


async def test_where_closing_does_tell_what_stood_that_is_kept_once(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    """As servers other than Slack's own may do it, which then need not tell of each change."""
    server.tells_what_stood = True
    server.faults.double_envelopes = True
    seen = bot.events()
    await mei.command("/circle join")
    mei.modal.typed[ROLE] = "Mentor"
    await mei.cancel()
    assert len({one.id for one in aside(seen)}) == len(aside(seen)) == 1
    await mei.command("/circle join")
    assert stands(mei)[ROLE] == ["Mentor"]


async def test_going_back_to_a_step_that_was_sent_in_and_closing_it_brings_nothing_back(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    server.tells_what_stood = True
    seen = bot.events()
    await mei.command("/circle join")
    await mei.fill({ROLE: "Mentee", SEEKS: ["Confidence"]})
    await mei.cancel()
    assert mei.modal.view["title"]["text"] == "Join · step 1 of 3"
    await mei.cancel()
    assert aside(seen) == []


async def test_what_is_changed_in_a_step_after_going_back_is_kept(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.fill({ROLE: "Mentee", SEEKS: ["Confidence"]})
    await mei.cancel()
    seen = bot.events()
    await mei.type({ROLE: "Mentor"})
    await mei.cancel()
    (kept,) = aside(seen)
    assert kept.choices["role"] == ("mentor",)


async def test_a_form_with_something_to_mend_is_kept_as_it_was_closed(
    server: SlackServer, bot: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.fill({ROLE: "Mentee", SEEKS: ["Confidence"]})
    await mei.fill({CITY: "Atlantis"})
    assert mei.problems
    await mei.type({BIO: "I draw maps."})
    await mei.cancel(all_of_them=True)
    await mei.command("/circle join")
    assert (stands(mei)[CITY], stands(mei)[BIO]) == ("Atlantis", "I draw maps.")


async def test_somebody_picked_stands_there_again_and_a_stranger_does_not(
    server: SlackServer, home: Workspace, bot: Running, mei: Person
) -> None:
    ravi, guest = server.user(home, "Ravi"), server.user(home, "Guest", team="T0OTHER")
    for picked, stand in ((ravi, ravi.id), (guest, None)):
        await mei.command("/circle report")
        await mei.type({"Is it about somebody?": picked})
        await mei.cancel()
        await mei.command("/circle report")
        (element,) = (
            one["element"]
            for one in mei.modal.view["blocks"]
            if one.get("element", {}).get("type") == "users_select"
        )
        assert element.get("initial_user") == stand
        mei.close()


async def test_a_stop_in_the_middle_of_the_typing_keeps_it(
    server: SlackServer, home: Workspace, mei: Person, tmp_path: Path
) -> None:
    async with bot_running(server, tmp_path, home=home):
        await server.connected()
        await mei.command("/circle join")
        await mei.type({ROLE: "Mentor"})
    async with bot_running(server, tmp_path, home=home):
        await server.connected()
        await mei.command("/circle join")
        assert stands(mei)[ROLE] == ["Mentor"]


async def test_a_closed_form_is_acknowledged_once_it_is_kept(
    server: SlackServer, home: Workspace, by_http: Running, mei: Person
) -> None:
    await mei.command("/circle join")
    await mei.type({ROLE: "Mentor"})
    await mei.cancel()
    assert max(server.acks) < 3
    await mei.command("/circle join")
    assert stands(mei)[ROLE] == ["Mentor"]
    assert text_of(mei.modal.view["blocks"]).count(NOTE) == 1
