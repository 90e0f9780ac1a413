"""Help and status."""

from bot.core.actions.intros import ComeBack, Join
from bot.core.boundary.actions import Action
from bot.core.boundary.limits import MESSAGE_BLOCKS
from bot.core.boundary.views import Block, Button, Buttons, Message, Paragraph
from bot.core.features import FEATURES
from bot.core.features.overview.rules import pages
from tests.paper import text_of
from tests.world import World


async def test_help_lists_what_the_reader_may_use_and_nothing_else(home: World) -> None:
    ravi, asha = home.member("Ravi"), home.member("Asha", moderator=True)
    await ravi.use("circle help")
    assert "/circle join" in text_of(ravi.message)
    assert "/circle leave" not in text_of(ravi.message)
    assert "circle-admin" not in text_of(ravi.message)
    await asha.use("circle help")
    await asha.press("For moderators")
    admin = [c for f in FEATURES for c in f.commands if c.full_name.startswith("circle-admin")]
    assert all(f"/{command.full_name}:" in text_of(asha.message) for command in admin)


async def test_unknown_commands_show_help_and_say_what_was_not_understood(home: World) -> None:
    ravi = home.member("Ravi")
    await ravi.use("circle jion")
    assert "There is no command /circle jion." in text_of(ravi.message)
    assert "/circle join" in text_of(ravi.message)
    for plain in ("circle help", "circle"):
        await ravi.use(plain)
        assert "There is no command" not in text_of(ravi.message)


async def test_an_unknown_command_names_the_one_that_was_meant(home: World) -> None:
    ravi, asha = home.member("Ravi"), home.member("Asha", moderator=True)
    await ravi.use("circle jion")
    assert "Did you mean /circle join?" in text_of(ravi.message)
    await ravi.use("circle-admin pubish")
    assert "circle-admin publish" not in text_of(ravi.message)
    await asha.use("circle-admin pubish now")
    assert "Did you mean /circle-admin publish?" in text_of(asha.message)
    await asha.use("circle nonsense")
    assert "There is no command /circle nonsense." in text_of(asha.message)
    assert "Did you mean" not in text_of(asha.message)


async def test_moderators_who_ask_for_nothing_see_what_moderators_can_do(home: World) -> None:
    ravi, asha = home.member("Ravi"), home.member("Asha", moderator=True)
    await asha.use("circle-admin")
    assert "/circle-admin publish:" in text_of(asha.message)
    await ravi.use("circle-admin")
    assert "circle-admin publish" not in text_of(ravi.message)
    assert "/circle join" in text_of(ravi.message)


async def test_a_command_without_what_it_needs_says_what_is_missing(home: World) -> None:
    asha = home.member("Asha", moderator=True)
    await asha.use("circle-admin place")
    assert "One thing is missing: Who needs a seat." in text_of(asha.message).replace("*", "")
    assert "/circle-admin place person:" in text_of(asha.message)


async def test_status_offers_to_join_whom_we_do_not_know(home: World) -> None:
    ravi = home.member("Ravi")
    await ravi.use("circle status")
    await ravi.press("Join")
    assert ravi.form.title == "Join · step 1 of 3"


def _row(action: Action) -> Block:
    return Buttons((Button("Do it", action),))


def test_what_does_not_fit_goes_to_the_next_page() -> None:
    long: Block = Paragraph(("word " * 300,))
    found = pages([(long, long), (long,), (_row(Join()),)])
    assert len(found) == 2
    assert all(Message("", page) for page in found)


def test_an_action_offered_twice_stands_where_it_came_first() -> None:
    (page,) = pages([(_row(Join()),), (_row(ComeBack()), _row(Join()))])
    assert page == (_row(Join()), _row(ComeBack()))


def test_many_blocks_still_fit() -> None:
    found = pages([(Paragraph(("one",)),)] * 40)
    assert all(len(page) <= MESSAGE_BLOCKS - 1 for page in found)
    assert sum(map(len, found)) == 40
