"""What people do and how they are answered, on every platform: nothing is lost on the way."""

from typing import TypeVar

from bot.core.boundary.events import ActionTaken, Actor, CommandUsed, FormSubmitted, Right
from bot.core.boundary.views import Button, Buttons, Picked
from bot.shell.ports import Parcel, TellPerson
from tests.contracts.table import Greet, Introduce, Pick, Settle, said
from tests.contracts.venue import Venue

T = TypeVar("T", CommandUsed, ActionTaken, FormSubmitted)


def last(venue: Venue, kind: type[T]) -> T:
    """What came to the core last, which is of this kind."""
    event = venue.events[-1]
    assert isinstance(event, kind)
    assert event.community == venue.community
    return event


async def test_a_command_brings_who_used_it_and_is_answered(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    assert "Hello Mei" in mei.sees
    used = last(venue, CommandUsed)
    assert (used.command, used.actor.person, used.actor.name) == ("circle help", mei.ref, "Mei")


async def test_everything_that_happens_has_an_id_of_its_own(venue: Venue) -> None:
    mei = await venue.person("Mei")
    for _ in range(2):
        await mei.use("circle help")
        await mei.press("Again")
    assert len({one.id for one in venue.events}) == len(venue.events) == 4


async def test_only_a_moderator_carries_the_right(venue: Venue) -> None:
    mei, mo = await venue.person("Mei"), await venue.person("Mo", moderator=True)
    for one in (mei, mo):
        await one.use("circle help")
    rights = [_by(event).rights for event in venue.events]
    assert rights == [frozenset(), frozenset({Right.MODERATOR})]


async def test_an_option_brings_what_was_typed(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle pause", until="oak")
    assert last(venue, CommandUsed).options == {"until": "oak"}


async def test_an_option_brings_the_person_who_was_named(venue: Venue) -> None:
    mo, mei = await venue.person("Mo", moderator=True), await venue.person("Mei")
    await mo.use("circle-admin approve", person=mei)
    assert last(venue, CommandUsed).options == {"person": Picked(mei.ref, "Mei")}
    assert "Hello Mei" in mo.sees


async def test_an_answer_for_one_person_is_in_nobody_else_s_sight(venue: Venue) -> None:
    mei, ravi = await venue.person("Mei"), await venue.person("Ravi")
    await ravi.use("circle pause", until="elm")
    before = ravi.sees
    await mei.use("circle help")
    assert ravi.sees == before
    assert "Mei" not in "\n".join(await ravi.mail())


async def test_a_button_brings_its_action_and_changes_its_message(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    for times in (1, 2, 3):
        await mei.press("Again")
        taken = last(venue, ActionTaken)
        assert (taken.action, taken.actor.person) == (Greet(times), mei.ref)
        assert f"Hello {times + 1} times" in mei.sees
        assert "Hello Mei" not in mei.sees


async def test_a_button_of_a_private_message_is_about_its_community(venue: Venue) -> None:
    mei = await venue.person("Mei")
    asked = said("How was it?", Buttons((Button("Again", Greet(1)),)))
    parcel = Parcel("ask", venue.community, TellPerson(mei.ref, asked))
    assert await venue.adapter.deliver(parcel) is not None
    await mei.press("Again")
    assert last(venue, ActionTaken).actor.person == mei.ref
    assert "Hello 2 times" in mei.sees


async def test_a_menu_brings_the_values_of_what_was_chosen(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    await mei.choose("Oak", "Ash")
    taken = last(venue, ActionTaken)
    assert (taken.action, set(taken.values)) == (Pick(), {"oak", "ash"})
    assert "Picked oak, ash" in mei.sees


async def test_a_form_goes_out_with_all_that_stands_in_it(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    await mei.press("Fill in a form")
    for words in ("A few words.", "About you", "Trees", "Oak", "Ash", "People you wish for"):
        assert words in mei.sees


async def test_a_form_comes_in_with_all_that_was_filled_in(venue: Venue) -> None:
    mei, ravi = await venue.person("Mei"), await venue.person("Ravi")
    await mei.use("circle help")
    await mei.press("Fill in a form")
    await mei.fill(about="I like *trees* & <b>shade</b>", trees=("Oak", "Elm"), wishes=(ravi,))
    sent = last(venue, FormSubmitted)
    assert (sent.action, sent.actor.person) == (Introduce(), mei.ref)
    assert dict(sent.texts) == {"about": "I like *trees* & <b>shade</b>"}
    assert dict(sent.choices) == {"trees": ("oak", "elm")}
    assert dict(sent.people) == {"wishes": (Picked(ravi.ref, "Ravi"),)}
    assert "oak, elm / Ravi" in mei.sees


async def test_what_is_left_empty_in_a_form_comes_in_as_nothing(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    await mei.press("Fill in a form")
    await mei.fill(about="Shade", trees=("Ash",))
    sent = last(venue, FormSubmitted)
    assert not sent.people.get("wishes")
    assert "Shade / ash / " in mei.sees


async def test_a_form_with_a_problem_says_so_and_can_be_mended(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    await mei.press("Fill in a form")
    await mei.fill(about="?", trees=("Ash",))
    assert "Please say a little more." in mei.sees
    await mei.mend(about="I like trees", trees=("Ash",))
    assert last(venue, FormSubmitted).texts["about"] == "I like trees"
    assert "I like trees / ash / " in mei.sees


async def test_a_form_can_lead_to_another(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await mei.use("circle help")
    await mei.press("Fill in a form")
    await mei.fill(about="more")
    await mei.go_on()
    await mei.fill(tree="elm")
    assert last(venue, FormSubmitted).action == Settle()
    assert "Settled by the elm" in mei.sees


def _by(event: object) -> Actor:
    assert isinstance(event, CommandUsed | ActionTaken | FormSubmitted)
    return event.actor
