"""Files follow their message: what becomes of the one is known apart from the other."""

import asyncio

import pytest

from adapters.slack import ids
from bot.core.boundary.ids import MessageRef
from bot.core.boundary.views import File, Message, Paragraph
from bot.shell.ports import Parcel, TellPerson, TryLater
from tests.adapters.slack.running import Running
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

_MESSAGE = Message("", (Paragraph(("Tuesday it is.",)), File("when.ics", "text/calendar", b"x")))
_LOST = "may not have come through"


def _parcel(who: Person) -> Parcel:
    return Parcel("key", ids.community(who.at.id), TellPerson(ids.person(who.user.id), _MESSAGE))


@pytest.fixture
def mei(server: SlackServer, home: Workspace) -> Person:
    return Person(server, home, server.user(home, "Mei"))


def _first(who: Person) -> MessageRef:
    return ids.message(who.at.direct([who.user.id]).id, who.mail[0].ts)


def _mail(who: Person) -> list[str]:
    return [text_of(one.blocks) or ", ".join(one.files) for one in who.mail]


async def test_a_file_comes_right_below_its_message(mei: Person, bot: Running) -> None:
    made = await bot.slack.deliver(_parcel(mei))
    assert made == _first(mei)
    assert _mail(mei) == ["Tuesday it is.", "when.ics"]


@pytest.mark.parametrize("share", ["before", "after"])
async def test_where_the_file_cannot_be_brought_nothing_was_said_yet(
    server: SlackServer, mei: Person, bot: Running, share: str
) -> None:
    server.faults.methods = frozenset({"files.getUploadURLExternal"})
    setattr(server.faults, share, 1.0)
    with pytest.raises(TryLater) as later:
        await bot.slack.deliver(_parcel(mei))
    assert not later.value.uncertain
    assert _mail(mei) == []


@pytest.mark.parametrize(("share", "files"), [("before", []), ("after", ["when.ics"])])
async def test_a_message_that_arrived_has_arrived_whatever_becomes_of_its_file(
    server: SlackServer, mei: Person, bot: Running, share: str, files: list[str]
) -> None:
    server.faults.methods = frozenset({"files.completeUploadExternal"})
    setattr(server.faults, share, 1.0)
    made = await bot.slack.deliver(_parcel(mei))
    assert made == _first(mei)
    assert _mail(mei)[:-1] == ["Tuesday it is.", *files]
    assert _LOST in _mail(mei)[-1]


async def test_a_file_waits_out_that_slack_is_busy(
    server: SlackServer, mei: Person, bot: Running
) -> None:
    server.faults.methods = frozenset({"files.completeUploadExternal"})
    server.faults.busy = 1.0
    delivering = asyncio.create_task(bot.slack.deliver(_parcel(mei)))
    await mei.until(lambda: any(one.status == 429 for one in server.calls), "patience")
    server.faults.busy = 0.0
    await delivering
    assert _mail(mei) == ["Tuesday it is.", "when.ics"]


async def test_a_workspace_that_takes_no_files_gets_the_words(
    server: SlackServer, mei: Person, bot: Running
) -> None:
    server.forbidden["files.getUploadURLExternal"] = "storage_limit_reached"
    assert await bot.slack.deliver(_parcel(mei)) == _first(mei)
    assert _mail(mei)[0] == "Tuesday it is."
    assert _LOST in _mail(mei)[-1]


async def test_whoever_asked_for_a_file_is_told_that_it_may_be_lost(
    server: SlackServer, mei: Person, bot: Running
) -> None:
    server.forbidden["files.completeUploadExternal"] = "file_uploads_disabled"
    await mei.command("/circle join")
    await mei.fill({"What would you like to be?": "Mentee"})
    mei.close()
    await mei.command("/circle mydata")
    await mei.sees(_LOST)
