"""Forms that are closed half-way: what stood in them comes back, and goes when it should."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.actions.community import RemoveQuestion
from bot.core.actions.intros import Fill, TellMore
from bot.core.boundary.actions import Action, encode
from bot.core.boundary.forms import Unsent
from bot.core.boundary.text import plain
from bot.core.boundary.views import ChoiceField, File, Form, Message, PeopleField, TextField
from tests.core.features.intros.conftest import join
from tests.core.features.intros.test_profile import turn_on
from tests.paper import Member, text_of
from tests.world import World, world

NOTE = "You did not finish this last time."


def standing(form: Form) -> dict[str, object]:
    """What stands in a form's fields."""
    found: dict[str, object] = {}
    for field in form.fields:
        match field:
            case TextField(key=key, value=value):
                found[key] = value
            case ChoiceField(key=key, selected=selected):
                found[key] = selected
            case PeopleField(key=key, selected=people):
                found[key] = tuple(one.name for one in people)
    return found


def written(folder: Path) -> list[bytes]:
    """Every file of the database as it lies on the disk."""
    found = [one.read_bytes() for one in folder.iterdir() if one.is_file()]
    assert found
    return found


async def half_joined(home: World) -> Member:
    """Somebody who closed the second step of joining half-way."""
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.set_aside(
        zone="Taipei", bio="I draw maps.", availability=("Monday, evening (17–21)",)
    )
    return mei


async def test_a_form_closed_half_way_opens_from_its_command_as_it_stood(home: World) -> None:
    mei = await half_joined(home)
    await mei.use("circle join")
    assert mei.form.title == "Join · step 2 of 3"
    stands = standing(mei.form)
    assert (stands["zone"], stands["bio"]) == ("Taipei", "I draw maps.")
    assert stands["availability"] == ("Mon 17:00-21:00",)
    assert NOTE in plain(mei.form.intro)
    await mei.fill()
    await mei.fill()
    assert "Welcome" in text_of(mei.message)


async def test_it_opens_from_a_button_as_it_stood(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle profile")
    await mei.press("Times and languages")
    await mei.set_aside(bio="I draw sea charts.")
    await mei.use("circle profile")
    assert "sea charts" not in text_of(mei.message), "it was never sent in"
    await mei.press("Times and languages")
    assert standing(mei.form)["bio"] == "I draw sea charts."


async def test_the_very_first_form_is_kept_for_somebody_unknown(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.set_aside(role="Mentee")
    await mei.use("circle join")
    assert standing(mei.form)["role"] == ("mentee",)


async def test_a_restart_keeps_it_and_a_day_ends_it(tmp_path: Path) -> None:
    async with world(tmp_path) as before:
        await half_joined(before)
    async with world(tmp_path) as after:
        mei = after.member("Mei")
        for _ in range(3):  # this new one counts its events from one again
            await mei.use("circle help")
        await after.move_on(timedelta(hours=23))
        await mei.use("circle join")
        assert standing(mei.form)["bio"] == "I draw maps."
        await after.move_on(timedelta(hours=2))
        await mei.use("circle join")
        assert standing(mei.form)["bio"] == ""
        assert NOTE not in plain(mei.form.intro)


async def test_what_was_sent_in_is_unsent_no_more(home: World) -> None:
    mei = await half_joined(home)
    await mei.use("circle join")
    await mei.fill(bio="I draw sea charts.")
    await mei.take(Fill("times"))
    assert standing(mei.form)["bio"] == "I draw sea charts."
    assert NOTE not in plain(mei.form.intro)


async def test_what_comes_late_from_a_form_sent_in_changes_nothing(home: World) -> None:
    """From another process, say, or once more over a new connection."""
    mei = home.member("Mei")
    await mei.use("circle join")
    late, again = mei.aside(role="Mentor"), mei.aside(role="Mentor")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    for event in (late, late, again):
        await mei.inbox.receive(event)
    await mei.take(Fill("about"))
    assert standing(mei.form)["role"] == ("mentee",)
    await mei.set_aside(role="Mentor")
    await mei.take(Fill("about"))
    assert standing(mei.form)["role"] == ("mentor",), "another showing of it is another matter"


async def test_what_stood_there_earlier_does_not_replace_what_stood_there_later(
    home: World,
) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    earlier = mei.aside(role="Mentor")
    await home.move_on(timedelta(seconds=1))
    await mei.set_aside(role="Mentee")
    await mei.inbox.receive(earlier)
    await mei.use("circle join")
    assert standing(mei.form)["role"] == ("mentee",)


async def test_a_form_to_mend_that_is_closed_comes_back_too(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill(zone="Atlantis", bio="I draw maps.")
    assert "zone" in mei.form.problems
    await mei.take(mei.form.reopen)
    assert standing(mei.form)["zone"] == "Atlantis"
    assert NOTE not in plain(mei.form.intro), "they are just mending it"
    await mei.use("circle join")
    assert NOTE in plain(mei.form.intro)
    assert standing(mei.form)["zone"] == "Atlantis"
    assert standing(mei.form)["bio"] == "I draw maps."


async def test_what_a_command_names_itself_is_newer_than_what_was_set_aside(home: World) -> None:
    asha = home.member("Asha", moderator=True)
    await asha.use("circle-admin season", action="open")
    await asha.set_aside(weeks="3")
    await asha.use("circle-admin season", action="open", weeks="6")
    assert standing(asha.form)["weeks"] == "6"


async def test_nobody_keeps_a_form_that_is_not_theirs_to_send_in(home: World) -> None:
    asha, mei = home.member("Asha", moderator=True), home.member("Mei")
    await asha.use("circle-admin season", action="open")
    mei.answer, mei.showing = asha.answer, asha.showing
    await mei.set_aside(weeks="3")
    with home.database.unit(mei.community, mei.actor, home.clock.now()) as unit:
        assert unit.actor is None


async def test_it_is_held_sealed_told_and_forgotten(home: World, tmp_path: Path) -> None:
    mei = await half_joined(home)
    assert not any(b"I draw maps." in content for content in written(tmp_path))
    await mei.use("circle mydata")
    (file,) = [block for block in mei.message.blocks if isinstance(block, File)]
    held = json.loads(file.content)["held"]["unsent_forms"]
    assert any("I draw maps." in json.dumps(one) for one in held)
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await mei.use("circle join")
    assert standing(mei.form)["role"] == ()


async def test_what_comes_late_from_before_they_were_forgotten_makes_nobody_known(
    home: World,
) -> None:
    """From the form that they left open on their other device, say."""
    mei = await half_joined(home)
    await mei.use("circle join")
    late = mei.aside(bio="I draw maps.")
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await mei.inbox.receive(late)
    with home.database.unit(mei.community, mei.actor, home.clock.now()) as unit:
        assert unit.actor is None
    await home.move_on(timedelta(seconds=1))
    await mei.use("circle join")
    await mei.set_aside(role="Mentee")
    await mei.use("circle join")
    assert standing(mei.form)["role"] == ("mentee",), "who comes again begins again"


async def asked_heritage(home: World) -> tuple[Member, Message, Member]:
    """A member, the card of the question about heritage, and who had it asked."""
    mei = home.member("Mei")
    await join(mei)
    asha = await turn_on(home, "Heritage, in their own words")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Heritage")
    return mei, mei.message, asha


def kept(home: World, mei: Member, action: Action) -> Unsent | None:
    """What the database holds of a form that was not sent in well."""
    with home.database.unit(mei.community, mei.actor, home.clock.now()) as unit:
        assert unit.actor is not None
        return unit.members.unsent(unit.actor.id, encode(action))


async def test_a_sensitive_answer_set_aside_is_never_kept(home: World) -> None:
    mei, card, _ = await asked_heritage(home)
    await mei.press("Answer", card)
    await mei.set_aside(heritage="Nepali", uses=("Forming my circle",))
    held = kept(home, mei, TellMore("heritage"))
    assert held is not None
    assert held.filled is not None
    assert "Nepali" not in repr(held)
    assert held.filled.chosen("uses") == ("matching",), "everything else is kept"
    await mei.press("Answer", card)
    assert standing(mei.form)["heritage"] == ""
    assert standing(mei.form)["uses"] == ("matching",)
    assert "but for your answer" in plain(mei.form.intro)
    await mei.fill(heritage="Nepali")
    await mei.press("Answer", card)
    await mei.set_aside(heritage="Nepali, mixed", uses=())
    await mei.press("Answer", card)
    assert standing(mei.form)["heritage"] == "Nepali", "what was consented to stands there"


async def test_of_a_form_that_asks_only_what_is_sensitive_nothing_is_kept(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await turn_on(home, "How open to be about politics, faith and more")
    await mei.take(TellMore("comfort"))
    topic = mei.form.fields[0]
    assert isinstance(topic, ChoiceField)
    await mei.set_aside(**{topic.key: topic.choices[0].label})
    held = kept(home, mei, TellMore("comfort"))
    assert held is not None
    assert held.filled is None
    await mei.take(TellMore("comfort"))
    assert NOTE not in plain(mei.form.intro)


async def test_the_answer_to_a_communitys_own_sensitive_question_is_not_kept_either(
    home: World,
) -> None:
    mei, asha = home.member("Mei"), home.member("Asha", moderator=True)
    await join(mei)
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="Your faith?", sensitive="Yes", purpose="To find company.")
    with home.database.unit(mei.community, mei.actor, home.clock.now()) as unit:
        (question,) = unit.community.settings.questions
    form = TellMore(f"q:{question.key}")
    await mei.take(form)
    late = mei.aside(answer="Buddhist")
    await mei.set_aside(answer="Buddhist")
    assert "Buddhist" not in repr(kept(home, mei, form))
    await asha.use("circle-admin questions")
    await asha.take(RemoveQuestion(question.key))
    await mei.inbox.receive(late)
    assert "Buddhist" not in repr(kept(home, mei, form)), "it is not known any more to be sensitive"


async def test_a_sensitive_answer_to_mend_is_gone_within_the_hour(home: World) -> None:
    mei, card, _ = await asked_heritage(home)
    await mei.press("Answer", card)
    await mei.fill(heritage="Nepali", uses=())
    assert "uses" in mei.form.problems
    reopen = mei.form.reopen
    await home.move_on(timedelta(minutes=29))
    await mei.take(reopen)
    assert standing(mei.form)["heritage"] == "Nepali"
    await home.move_on(timedelta(minutes=2))
    await mei.take(reopen)
    assert standing(mei.form)["heritage"] == ""
    home.database.keep_house(home.clock.now())
    assert kept(home, mei, TellMore("heritage")) is None


async def test_a_sensitive_answer_to_mend_goes_when_it_is_withdrawn(home: World) -> None:
    mei, card, asha = await asked_heritage(home)
    for ending in ("Prefer not to say", "turned off"):
        await mei.press("Answer", card)
        await mei.fill(heritage="Nepali", uses=())
        await mei.press("Answer", card)
        assert standing(mei.form)["heritage"] == "Nepali"
        if ending == "turned off":
            for asking in ((), ("Heritage, in their own words",)):
                await asha.use("circle-admin settings")
                await asha.choose("What members may be asked")
                await asha.fill(asking=asking)
        else:
            await mei.press(ending, card)
        await mei.press("Answer", card)
        assert standing(mei.form)["heritage"] == "", ending


async def test_whoever_leaves_takes_what_was_unsent_along(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle report")
    await mei.set_aside(words="Somebody posted my address.")
    await mei.use("circle leave")
    await mei.press("Leave")
    await mei.use("circle report")
    assert standing(mei.form)["words"] == ""


async def test_what_comes_late_from_before_somebody_left_is_dropped(home: World) -> None:
    """An adapter may hold for some seconds what was typed before it brings it."""
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle report")
    late = mei.aside(words="Somebody posted my address.")
    await home.move_on(timedelta(seconds=2))
    await mei.use("circle leave")
    await mei.press("Leave")
    await mei.inbox.receive(late)
    await mei.use("circle report")
    assert standing(mei.form)["words"] == ""
    await home.move_on(timedelta(seconds=1))
    await mei.set_aside(words="They did it again.")
    await mei.use("circle report")
    assert standing(mei.form)["words"] == "They did it again.", "what is typed later is kept"


@pytest.mark.parametrize("ending", ["Prefer not to say", "Withdraw and delete"])
async def test_what_comes_late_from_before_a_consent_was_withdrawn_is_dropped(
    home: World, ending: str
) -> None:
    mei, card, _ = await asked_heritage(home)
    await mei.press("Answer", card)
    await mei.fill(heritage="Nepali", uses=("Forming my circle",))
    card = mei.message
    await mei.press("Answer", card)
    late = mei.aside(uses=("Showing it to my circle",))
    await home.move_on(timedelta(seconds=2))
    await mei.press(ending, card)
    await mei.inbox.receive(late)
    await mei.press("Answer", card)
    assert standing(mei.form)["uses"] == ()
    assert NOTE not in plain(mei.form.intro)
    await home.move_on(timedelta(seconds=1))
    await mei.set_aside(uses=("Showing it to my circle",))
    await mei.press("Answer", card)
    assert standing(mei.form)["uses"] == ("my_circle",), "what is chosen later is kept"
