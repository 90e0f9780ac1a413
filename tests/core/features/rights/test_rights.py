"""To have everything that is held, and to have it gone."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.boundary.views import ChoiceField, File
from tests.paper import Member, text_of
from tests.world import World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as opened:
        yield opened


async def _known(here: World, name: str) -> Member:
    """Somebody who has once sent a report, and so is known without having joined."""
    await here.member("Priya", moderator=True).use("circle help")
    member = here.member(name)
    await member.use("circle report")
    await member.fill(words="Somebody posted my address.")
    return member


async def test_a_stranger_is_told_that_nothing_is_held(here: World) -> None:
    mei = here.member("Mei")
    for command in ("circle mydata", "circle forget"):
        await mei.use(command)
        assert "Nothing is held about you" in text_of(mei.message)


async def test_asking_does_not_make_anybody_known(here: World) -> None:
    mei = here.member("Mei")
    await mei.use("circle mydata")
    with here.database.unit(mei.community, mei.actor, here.clock.now()) as unit:
        assert unit.actor is None


async def test_everything_held_comes_as_a_file(here: World) -> None:
    mei = await _known(here, "Mei")
    await mei.use("circle mydata")
    (file,) = [block for block in mei.message.blocks if isinstance(block, File)]
    held = json.loads(file.content)["held"]
    assert held["people"][0]["identity"]["name"] == "Mei"
    assert held["reports"][0]["words"] == "Somebody posted my address."


async def test_forgetting_warns_and_can_be_declined(here: World) -> None:
    mei = await _known(here, "Mei")
    await mei.use("circle forget")
    assert "cannot be undone" in text_of(mei.message)
    await mei.press("Keep everything")
    assert "Nothing was deleted" in text_of(mei.message)
    await mei.use("circle mydata")
    assert "Nothing is held" not in text_of(mei.message)


async def test_whoever_is_forgotten_hears_it_once_and_is_gone(here: World) -> None:
    mei = await _known(here, "Mei")
    await mei.use("circle forget")
    warning = mei.message
    await mei.press("Delete everything for good")
    assert "You are forgotten" in text_of(mei.message)
    await here.settle()
    assert here.paper.erased == [mei.key], "the platform's own keeping goes too"
    assert not mei.mail
    await mei.press("Delete everything for good", within=warning)
    assert "Nothing is held" in text_of(mei.message)


async def test_somebody_who_joined_only_half_can_be_forgotten(here: World) -> None:
    mei = here.member("Mei")
    await mei.use("circle join")
    seeks = next(one for one in mei.form.fields if one.key == "seeks")
    role = next(one for one in mei.form.fields if one.key == "role")
    assert isinstance(seeks, ChoiceField)
    assert isinstance(role, ChoiceField)
    mentee = next(one.label for one in role.choices if one.value == "mentee")
    await mei.fill(role=mentee, seeks=seeks.choices[0].label)
    with here.database.unit(mei.community, mei.actor, here.clock.now()) as unit:
        assert unit.actor is not None
        assert unit.members.get(unit.actor.id) is None, "half an intro is no membership"
        assert unit.members.draft(unit.actor.id) is not None
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await mei.use("circle mydata")
    assert "Nothing is held" in text_of(mei.message)


async def test_the_log_says_that_somebody_was_forgotten_and_not_who(here: World) -> None:
    mei = await _known(here, "Mei")
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    with here.database.unit(mei.community, None, here.clock.now()) as unit:
        newest = unit.programme.audit_log(1, ())[0]
    assert (newest.action, newest.actor, newest.subject) == ("person.forgotten", None, "")


def _holding(folder: Path, *words: bytes) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in words)]


async def test_after_forgetting_no_byte_is_left_in_the_files(here: World, tmp_path: Path) -> None:
    mei = await _known(here, "Meihualin")
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await here.settle()
    here.database.keep_house(here.clock.now())
    assert not _holding(tmp_path, b"Meihualin", b"meihualin", b"posted my address")


async def test_whoever_is_forgotten_can_begin_anew(here: World) -> None:
    mei = await _known(here, "Mei")
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await here.settle()
    await mei.use("circle report")
    await mei.fill(words="It is me again.")
    await mei.use("circle mydata")
    (file,) = [block for block in mei.message.blocks if isinstance(block, File)]
    assert len(json.loads(file.content)["held"]["reports"]) == 1
