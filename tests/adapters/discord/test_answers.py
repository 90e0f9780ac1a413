"""What people see when they use the bot on Discord, over real sockets."""

import asyncio
from pathlib import Path

import pytest

from bot import config
from bot.core.boundary.events import CommandUsed, FormSubmitted, Right
from tests.adapters.discord.harness import online
from tests.contracts.table import DECIDED
from tests.platforms.discord import NotThere
from tests.platforms.discord.state import FIRST_ANSWER
from tests.platforms.discord.world import Post

PRIVATE = 1 << 6


async def test_a_command_is_answered_privately(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await mei.use("circle help")
        assert mei.sees.startswith("Hello Mei")
        assert mei.message is not None
        assert mei.message.flags & PRIVATE
        await mei.use("circle status")
        assert mei.message.flags & PRIVATE == 0
        assert mei.message.id in mei.channel.posts
        assert not rig.stand_in.refused


async def test_buttons_change_the_message_they_stand_on(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await mei.use("circle help")
        first = mei.message
        await mei.press("Again")
        await mei.press("Again")
        assert mei.sees.startswith("Hello 3 times")
        assert mei.message is first
        with pytest.raises(NotThere):
            await mei.press("Hush")
        assert not rig.stand_in.refused


async def test_a_button_with_nothing_to_say_leaves_everything_as_it_is(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await mei.use("circle help")
        before = mei.sees
        await mei.press("Hush")
        assert mei.sees == before
        await mei.use("circle quiet")
        assert mei.sees == "Done."
        assert not rig.stand_in.refused


async def test_choices_come_with_their_values(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await (await mei.use("circle help")).choose("Oak", "Ash")
        assert mei.sees == "Picked oak, ash"
        assert not rig.stand_in.refused


async def test_a_form_opens_and_brings_what_was_filled_in(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei, ravi = rig.person("Mei"), rig.person("Ravi")
        await (await mei.use("circle help")).press("Fill in a form")
        await mei.fill(about="I like trees", trees=("Oak", "Elm"), people=[ravi])
        assert mei.sees == "I like trees / oak, elm / Ravi"
        submitted = rig.heard.events[-1]
        assert isinstance(submitted, FormSubmitted)
        assert submitted.people["wishes"][0].person.key == ravi.user.id
        assert not rig.stand_in.refused


async def test_a_form_with_a_problem_can_be_tried_again(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await (await mei.use("circle help")).press("Fill in a form")
        await mei.fill(about="?")
        assert "Please say a little more." in mei.sees
        assert mei.message is not None
        assert mei.message.flags & PRIVATE
        await mei.press("Try again")
        assert mei.form is not None
        assert not rig.stand_in.refused


async def test_a_second_step_is_one_press_away(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await (await mei.use("circle help")).press("Fill in a form")
        await mei.fill(about="more")
        assert "Saved. Next: **Settle in**" in mei.sees
        await (await mei.press("Continue")).fill(a_tree="elm")
        # The stand-in refuses a form in answer to a form: so this came as a button, too.
        assert "Settled by the elm" in mei.sees
        assert not rig.stand_in.refused


async def test_a_late_answer_is_promised_within_three_seconds(tmp_path: Path) -> None:
    DECIDED.clear()
    async with online(tmp_path, patience=FIRST_ANSWER) as rig:
        mei = rig.person("Mei")
        using = asyncio.create_task(mei.use("circle why"))
        interactions = rig.stand_in.interactions
        await rig.stand_in.until(lambda: [one for one in interactions.values() if one.thinking])
        DECIDED.set()
        await using
        assert mei.sees.startswith("Ready: **Introduce yourself**")
        await mei.press("Continue")
        assert mei.form is not None
        assert not rig.stand_in.refused


async def test_slow_commands_are_promised_at_once_and_bring_files(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mo = rig.moderator()
        await mo.use("circle-admin audit")
        assert mo.last is not None
        assert mo.last.kind == 5
        assert mo.sees.startswith("Slowly done")
        assert mo.message is not None
        assert mo.message.files["times.ics"] == b"BEGIN:VCALENDAR"
        assert mo.message.files["picture.png"].startswith(b"\x89PNG")
        assert not rig.stand_in.refused


async def test_a_file_comes_with_its_content(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mo = rig.moderator()
        await mo.use("circle-admin import", file=("people.csv", b"name\nMei\n"))
        assert "people.csv: 9 bytes" in mo.sees
        await mo.use("circle-admin import", file=("large.csv", b"x" * 1_000_001))
        assert "up to 1 MB" in mo.sees
        assert not rig.stand_in.refused


async def test_what_is_typed_is_completed(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        assert await mei.type("circle pause", "until", "o") == ["Oak"]
        assert await mei.type("circle pause", "until", "x") == []
        assert not rig.stand_in.refused


async def test_a_fault_of_ours_gets_an_apology_with_a_reference(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        await mei.use("circle profile")
        assert "Something went wrong on our side" in mei.sees
        assert not rig.stand_in.refused


async def test_old_and_forged_buttons_get_a_friendly_answer(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        row = {
            "type": 1,
            "components": [
                {"type": 2, "style": 2, "label": str(at), "custom_id": custom_id}
                for at, custom_id in enumerate(
                    ("gone.away;1", "test.greet;x", ";;", "a@zzzzzzzzzzzzzzzzzz", "\U0001f333@@")
                )
            ],
        }
        old = Post(rig.stand_in.ids.new(), mei.channel.id, rig.stand_in.bot, [row], 0)
        for at in range(5):
            await mei.press(str(at), on=old)
            assert "Nothing was changed" in mei.sees
        assert not rig.stand_in.refused


async def test_rights_are_those_of_the_moment(tmp_path: Path) -> None:
    stewards = "4242"
    async with online(tmp_path, settings=config.Discord(moderator_role=stewards)) as rig:
        role = rig.stand_in.role(rig.guild, "Stewards")
        role.id, rig.guild.roles[stewards] = stewards, rig.guild.roles.pop(role.id)
        people = {
            "member": rig.person("Mei"),
            "steward": rig.person("Sam", role),
            "manager": rig.moderator(),
            "owner": rig.owner(),
        }
        rights = {}
        for name, person in people.items():
            await person.use("circle status")
            rights[name] = person.sees.partition("rights: ")[2]
        assert rights == {
            "member": "none",
            "steward": "moderator",
            "manager": "moderator",
            "owner": "moderator",
        }
        rig.guild.members[people["steward"].user.id].roles.clear()
        await people["steward"].use("circle status")
        assert people["steward"].sees.endswith("rights: none")


async def test_the_language_is_the_reader_s(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        mei.locale = "zh-TW"
        await mei.use("circle help")
        heard = rig.heard.events[-1]
        assert isinstance(heard, CommandUsed)
        assert heard.actor.language == "zh-TW"
        assert heard.actor.rights == frozenset[Right]()
        assert heard.room is not None
        assert heard.room.key == f"channel:{mei.channel.id}"


async def test_two_servers_are_two_communities(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        other = rig.stand_in.guild("Lychee League")
        mei, lee = rig.person("Mei"), rig.person("Lee", guild=other)
        await asyncio.gather(mei.use("circle status"), lee.use("circle status"))
        assert mei.sees.startswith(rig.guild.id)
        assert lee.sees.startswith(other.id)


async def test_two_hundred_people_at_once_are_all_answered_in_time(tmp_path: Path) -> None:
    async with online(tmp_path, patience=FIRST_ANSWER) as rig:
        people = [rig.person(f"Person {number}") for number in range(200)]

        async def come(number: int) -> None:
            await asyncio.sleep(number / 100)
            await people[number].use("circle help")

        await asyncio.gather(*map(come, range(200)))
        waits = sorted(p.last.answered_after or 9.0 for p in people if p.last)
        assert len(waits) == 200
        assert waits[-1] < 2.9
        assert all(person.sees.startswith("Hello Person") for person in people)
        assert not rig.stand_in.refused
