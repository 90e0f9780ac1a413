"""What happens between a page and the bot, over real sockets."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.core.boundary.events import CommandUsed, FileSent, Right
from tests.adapters.playground.place import Place, opened, words_of


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as place:
        yield place


async def test_the_first_visit_finds_channels_two_moderators_and_you(place: Place) -> None:
    async with place.page() as page:
        hello = page.heard[-1]
        assert [room["id"] for room in hello["rooms"]] == ["welcome", "general"]
        assert [one["name"] for one in hello["people"] if one["moderator"]] == [
            "Rosa Almeida",
            "Daniel Okafor",
        ]
        assert hello["as"] == "you"
        assert not any(step["done"] for step in hello["steps"])


async def test_the_table_of_features_fills_the_completion(place: Place) -> None:
    async with place.page() as you, place.page("rosa") as rosa:
        yours = [one["name"] for one in you.heard[-1]["commands"]]
        hers = [one["name"] for one in rosa.heard[-1]["commands"]]
    assert yours == ["circle help", "circle hello", "circle loud", "circle introduce"]
    assert set(hers) - set(yours) == {"circle-admin import"}
    options = rosa.heard[-1]["commands"][1]["options"]
    assert [(one["name"], one["kind"]) for one in options] == [
        ("to", "person"),
        ("when", "date"),
        ("how", "choice"),
        ("theme", "text"),
    ]


async def test_a_private_answer_is_seen_by_nobody_else(place: Place) -> None:
    async with place.page() as page, place.page("rosa") as other:
        reply = await page.ask("command", command="circle hello", options={})
        (message,) = await page.open()
        assert (message["id"], message["only"]) == (reply["message"], True)
        assert message["asked"] == "circle hello"
        assert words_of(message) == "Hello, Robin Tan."
        assert await other.open() == []


async def test_an_answer_for_everyone_is_seen_live_by_everyone(place: Place) -> None:
    async with place.page() as page, place.page("rosa") as other:
        await other.open()
        await page.ask("command", command="circle loud", options={})
        frame = await other.until("said")
        assert words_of(frame["message"]) == "Good morning, everybody."


async def test_a_pressed_button_replaces_its_message(place: Place) -> None:
    async with place.page() as page:
        said = await page.ask("command", command="circle hello", options={})
        key = said["message"]
        reply = await page.ask("press", message=key, code="test.greet;1", values=[])
        assert reply["message"] == key
        (message,) = await page.open()
        assert words_of(message) == "Hello number 1."


async def test_somebody_elses_private_message_cannot_be_replaced(place: Place) -> None:
    async with place.page() as page, place.page("rosa") as other:
        said = await page.ask("command", command="circle hello", options={})
        await other.ask("press", message=said["message"], code="test.greet;1", values=[])
        assert [words_of(one) for one in await page.open()] == ["Hello, Robin Tan."]


async def test_a_form_to_mend_brings_back_what_was_typed(place: Place) -> None:
    async with place.page() as page:
        shown = await page.ask("command", command="circle introduce", options={})
        assert shown["form"]["title"] == "Introduce yourself"
        fixed = await page.ask("submit", code=shown["form"]["submit"], texts={"about": "Hm"})
        assert fixed["form"]["problems"] == {"about": "Please say a little more."}
        assert fixed["form"]["fields"][0]["value"] == "Hm"
        taken = await page.ask(
            "submit", code="test.introduce", texts={"about": "Hello"}, people={"wishes": ["rosa"]}
        )
        assert taken["is"] == "said"
        (message,) = await page.open()
        assert words_of(message) == "Thank you: Hello. You wish for: Rosa Almeida."


async def test_an_event_sent_again_is_answered_the_same_and_decided_once(place: Place) -> None:
    async with place.page() as page:
        key = str(uuid4())
        first = await page.ask("command", key, command="circle hello", options={})
        place.post.seen.clear()
        again = await page.ask("command", key, command="circle hello", options={})
        assert again == first
        assert place.post.seen == {}
        assert len(await page.open()) == 1


async def test_a_lost_connection_loses_no_answer(place: Place) -> None:
    key = str(uuid4())
    place.post.hold = asyncio.Event()
    async with place.page() as page:
        await page.send(
            kind="command",
            id=key,
            room="welcome",
            command="circle introduce",
            options={},
            **{"as": "you"},
        )
        await asyncio.sleep(0.1)
    async with place.page() as page:
        asking = asyncio.create_task(
            page.ask("command", key, command="circle introduce", options={})
        )
        await asyncio.sleep(0.1)
        place.post.hold.set()
        assert (await asking)["form"]["title"] == "Introduce yourself"
    assert list(place.post.seen) == [key]


async def test_an_answer_is_still_known_after_a_restart(tmp_path: Path) -> None:
    key = str(uuid4())
    async with opened(tmp_path) as place, place.page() as page:
        first = await page.ask("command", key, command="circle introduce", options={})
    async with opened(tmp_path) as place, place.page() as page:
        assert await page.ask("command", key, command="circle introduce", options={}) == first
        assert place.post.seen == {}


async def test_an_unknown_command_gets_help(place: Place) -> None:
    async with place.page() as page:
        await page.ask("command", command="circle frobnicate now", options={})
        (message,) = await page.open()
        assert words_of(message) == "Help for circle frobnicate now"


async def test_ordinary_talk_never_reaches_the_bot(place: Place) -> None:
    async with place.page() as page, place.page("rosa") as other:
        await other.open("general")
        await page.ask("say", room="general", text="Good <i>morning</i>")
        frame = await other.until("said")
        assert frame["message"]["text"] == "Good <i>morning</i>"
        assert place.post.seen == {}


async def test_a_reply_stands_in_its_thread(place: Place) -> None:
    async with place.page() as page:
        key = str(uuid4())
        await page.ask("say", key, text="Who is free?")
        await page.ask("say", text="I am", thread=key)
        assert [one["thread"] for one in await page.open()] == [None, key]


async def test_what_is_not_yours_to_see_is_not_there(place: Place) -> None:
    async with place.page() as page:
        await page.send(kind="open", room="moderators")
        reply = await page.ask("command", room="moderators", command="circle hello", options={})
        assert reply == {"is": "nobody"}
        await page.ask("say", room="moderators", text="Let me in")
    async with place.page("rosa") as rosa:
        assert await rosa.open("moderators") == []


async def test_direct_messages_are_between_their_people(place: Place) -> None:
    async with place.page() as page, place.page("daniel") as daniel:
        await page.send(kind="direct", people=["rosa"], **{"as": "you"})
        room = (await page.until("direct"))["room"]
        await page.ask("say", room=room, text="Between us")
        async with place.page("rosa") as rosa:
            theirs = next(one for one in rosa.heard[-1]["rooms"] if one["id"] == room)
            assert (theirs["people"], theirs["unread"]) == (["rosa", "you"], 1)
        assert await page.ask("say", room=room, text="More") == {"is": "quiet"}
        await daniel.send(kind="open", room=room)
        await daniel.ask("say", text="Nothing came")
        assert not any(frame["kind"] == "opened" for frame in daniel.heard)


async def test_a_dismissed_answer_goes_for_good(place: Place) -> None:
    async with place.page() as page:
        said = await page.ask("command", command="circle hello", options={})
        await page.send(kind="dismiss", message=said["message"], **{"as": "you"})
        await page.until("unsaid")
        assert await page.open() == []


async def test_a_new_persona_acts_as_themselves(place: Place) -> None:
    async with place.page() as page:
        reply = await page.ask(
            "persona", name="  Ana   Ruiz ", zone="Asia/Kathmandu", language="es", moderator=True
        )
        async with place.page(reply["as"]) as ana:
            await ana.ask("command", command="circle hello", options={})
    (event,) = place.post.seen.values()
    assert isinstance(event, CommandUsed)
    assert (event.actor.name, event.actor.zone, event.actor.language) == (
        "Ana Ruiz",
        "Asia/Kathmandu",
        "es",
    )
    assert event.actor.rights == {Right.MODERATOR}


async def test_a_persona_with_no_such_time_zone_is_refused_kindly(place: Place) -> None:
    async with place.page() as page:
        await page.send(
            kind="persona", id=str(uuid4()), name="A", zone="Mars/Phobos", language="en"
        )
        await page.until("problem")


async def test_suggestions_come_from_the_bot(place: Place) -> None:
    async with place.page() as page:
        await page.send(
            kind="suggest",
            ask=1,
            command="circle hello",
            option="theme",
            typed="cul",
            **{"as": "you"},
        )
        frame = await page.until("suggested", ask=1)
        assert [choice["value"] for choice in frame["choices"]] == ["culture"]


async def test_a_file_goes_in_and_comes_out(place: Place) -> None:
    content = b"id,name\nlin,Lin Wu\n"
    async with place.page("rosa") as rosa:
        await rosa.ask(
            "file",
            room="moderators",
            command="circle-admin import",
            name="people.csv",
            content=b64encode(content).decode(),
        )
        (message,) = await rosa.open("moderators")
        file = message["view"]["blocks"][1]
        assert "content" not in file
        async with place.http.get(place.origin + file["url"]) as response:
            assert await response.read() == content
            assert response.headers["Content-Disposition"].startswith("attachment")
        async with place.page("lin") as lin:
            assert lin.who == "lin"


async def test_the_sample_is_an_ordinary_file_from_a_moderator(place: Place) -> None:
    async with place.page("rosa") as rosa:
        reply = await rosa.ask("sample", room="moderators")
        assert reply["is"] == "said"
        (event,) = place.post.seen.values()
        assert isinstance(event, FileSent)
        assert event.command == "circle-admin import"
        assert event.actor.rights == {Right.MODERATOR}
        async with place.page() as page:
            assert len(page.heard[-1]["people"]) == 63


async def test_each_tab_is_somebody_of_its_own(place: Place) -> None:
    async with place.page("rosa") as rosa, place.page("daniel") as daniel:
        assert (rosa.who, daniel.who) == ("rosa", "daniel")
