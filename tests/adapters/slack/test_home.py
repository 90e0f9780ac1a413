"""The App Home: where a member stands, and for a moderator how the programme is."""

from tests.adapters.slack.running import Running
from tests.adapters.slack.season import bring_in, match_and_publish, rooms, settle_in
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

_BOARD = "# How the circles are doing"
_STANDING = "# How things stand"


async def test_the_app_home_shows_where_one_stands(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    mei = Person(server, home, server.user(home, "Mei"))
    await mei.open_home()
    assert "You have not joined yet" in text_of(mei.home["blocks"])
    await mei.press_at_home("Join")
    assert mei.modal.view["title"]["text"].startswith("Join")


async def test_the_app_home_shows_a_moderator_how_the_circles_are_doing(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, users, file = settle_in(server, home)
    await rosa.open_home()
    assert _BOARD in text_of(rosa.home["blocks"])
    await bring_in(rosa, file)
    await match_and_publish(rosa)
    await rosa.until(lambda: rooms(home) and rooms(home)[0].messages, "a room")

    await rosa.open_home()
    shown = text_of(rosa.home["blocks"])
    assert shown.index(_STANDING) < shown.index(_BOARD)
    name = shown.rpartition("<")[2].partition(">")[0].partition(" | ")[0]
    await rosa.choose_at_home(name)
    assert f"# {name}" in text_of(rosa.modal.view["blocks"])
    await rosa.press("All circles")
    assert _BOARD in text_of(rosa.modal.view["blocks"])
    rosa.close()

    member = Person(server, home, next(one for one in users if one.id in rooms(home)[0].members))
    await member.open_home()
    assert _STANDING in text_of(member.home["blocks"])
    assert _BOARD not in text_of(member.home["blocks"])
