"""Changing a draft by hand: every change is re-scored, refused by name, and can be undone."""

from dataclasses import replace

from bot.core.programme.members.model import Standing
from tests.core.features.desk.makers import (
    labels,
    laid,
    on_the_desk,
    picked,
    row,
    seats,
    two_circles,
    unit_of,
)
from tests.paper import Member, answer_text
from tests.world import World

FIRST = {"mentor1", "mentor2", "mentee1", "mentee2", "mentee3", "mentee4"}


def told(who: Member) -> str:
    """What the answer says."""
    return answer_text(who.answer)


async def test_two_people_change_places_and_the_answer_says_who_is_better_off(home: World) -> None:
    rows = two_circles()
    rows[4]["seeks"] = "identity"  # mentee1: no mentor of Rowan offers it
    rows[3]["offers"] = "identity"  # mentor4, in Alder
    who = await on_the_desk(home, rows)

    await who.press("Swap two people")
    await who.fill(people=(picked("mentee1"), picked("mentee5")))

    assert "mentee1" in seats(home)["Alder"]
    assert "mentee5" in seats(home)["Rowan"]
    assert "Altogether this is clearly better" in told(who)
    assert "Better off: Mentee1 (" in told(who)
    assert "# Draft 2 for season 1" in told(who)


async def test_a_swap_within_one_circle_says_so_and_keeps_what_was_chosen(home: World) -> None:
    who = await on_the_desk(home)
    await who.press("Swap two people")
    await who.fill(people=(picked("mentee1"), picked("mentee2")))
    assert "Both are in the same circle already" in told(who)
    assert {one.name for one in who.form.fields[0].selected} == {"Mentee1", "Mentee2"}  # type: ignore[union-attr]


async def test_a_mentee_cannot_take_the_place_of_who_mentors_them_elsewhere(home: World) -> None:
    rows = [*two_circles(), row("both", "both", seeks="career", offers="career")]
    who = await on_the_desk(home, rows)
    laid(
        home,
        ("both mentor1", "mentee1 mentee2 mentee3"),
        ("mentor2 mentor3", "both mentee4 mentee5"),
        version=2,
    )
    await who.use("circle-admin swap", person=picked("mentee1"), other=picked("both"))
    assert "Both are in the same circle already" in told(who)


async def test_somebody_without_a_place_can_take_somebody_elses(home: World) -> None:
    who = await on_the_desk(home, [*two_circles(), row("late")])
    await who.use("circle-admin swap", person=picked("mentee1"), other=picked("late"))
    assert seats(home)["Rowan"] == FIRST - {"mentee1"} | {"late"}
    assert "no seat" in told(who)


async def test_a_move_that_breaks_a_rule_names_the_rule_and_changes_nothing(home: World) -> None:
    rows = two_circles()
    rows[4]["availability"] = "Tue 18:00-21:00"
    for other in rows[8:]:
        other["availability"] = "Thu 18:00-21:00"
    who = await on_the_desk(home, rows)
    await who.press("Move somebody")
    await who.fill(person=(picked("mentee1"),), circle="Alder")
    assert "There is no time at which all of them are free all season." in told(who)
    assert who.form.fields[1].selected == ("Alder",)  # type: ignore[union-attr]
    assert seats(home)["Rowan"] == FIRST


async def test_a_move_that_leaves_too_small_a_circle_is_refused(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin move", person=picked("mentee1"), circle="alder")
    await who.use("circle-admin move", person=picked("mentee2"), circle="Alder")
    assert "is not a size your settings allow" in told(who)
    assert seats(home)["Rowan"] == FIRST - {"mentee1"}


async def test_a_confidential_wish_stands_in_the_way_without_being_told(home: World) -> None:
    rows = two_circles()
    rows[4]["avoid"] = "mentee5"
    who = await on_the_desk(home, rows)
    await who.use("circle-admin move", person=picked("mentee1"), circle="Alder")
    answer = told(who)
    assert "This is not possible for confidential reasons." in answer
    assert "avoid" not in answer.lower()
    before, _, _ = answer.partition("8 circles")
    assert "Mentee5" not in before.partition("#")[0]


async def test_the_draft_in_short_says_what_is_locked(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin lock", circle="Alder")
    await who.use("circle-admin lock", person=picked("mentee1"))
    await who.use("circle-admin match")
    assert "Locked circles: Alder. Locked where they are: Mentee1." in told(who)


async def test_what_is_locked_stays_until_it_is_unlocked(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin lock", circle="Alder")
    await who.use("circle-admin move", person=picked("mentee1"), circle="Alder")
    assert "Alder is locked. Unlock it first if it may change." in told(who)
    await who.use("circle-admin lock", circle="Alder")
    await who.use("circle-admin lock", person=picked("mentee1"))
    await who.use("circle-admin move", person=picked("mentee1"), circle="Alder")
    assert "Mentee1 is locked in place." in told(who)
    await who.use("circle-admin lock", person=picked("mentee1"))
    await who.use("circle-admin move", person=picked("mentee1"), circle="Alder")
    assert "mentee1" in seats(home)["Alder"]


async def test_undo_goes_back_step_by_step_and_stops_at_the_first_draft(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin swap", person=picked("mentee1"), other=picked("mentee5"))
    await who.use("circle-admin swap", person=picked("mentee2"), other=picked("mentee6"))
    await who.use("circle-admin undo")
    assert seats(home)["Rowan"] == FIRST - {"mentee1"} | {"mentee5"}
    await who.press("Undo")
    assert seats(home)["Rowan"] == FIRST
    assert "Undo" not in labels(who.message)
    await who.use("circle-admin undo")
    assert "There is nothing to take back" in told(who)


async def test_a_button_on_an_older_draft_changes_nothing_and_shows_the_newest(
    home: World,
) -> None:
    nadia = await on_the_desk(home)
    tom = home.member("Tom", moderator=True)
    await tom.use("circle-admin swap", person=picked("mentee1"), other=picked("mentee5"))
    after = seats(home)

    await nadia.press("Swap two people")
    assert "Another moderator changed the draft" in told(nadia)
    assert "# Draft 2 for season 1" in told(nadia)
    assert seats(home) == after
    await nadia.press("Swap two people")
    await nadia.fill(people=(picked("mentee1"), picked("mentee5")))
    assert seats(home)["Rowan"] == FIRST


async def test_a_form_filled_in_while_another_moderator_changed_the_draft_is_not_applied(
    home: World,
) -> None:
    nadia = await on_the_desk(home)
    await nadia.press("Swap two people")
    tom = home.member("Tom", moderator=True)
    await tom.use("circle-admin undo")
    await tom.use("circle-admin lock", circle="Rowan")
    await nadia.fill(people=(picked("mentee1"), picked("mentee5")))
    assert "Nothing was changed" in told(nadia)
    assert seats(home)["Rowan"] == FIRST


async def test_names_that_no_circle_has_are_answered_with_those_there_are(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin move", person=picked("mentee1"), circle="Baobab")
    assert "No circle of this draft is called “Baobab”. There are Rowan and Alder." in told(who)


async def test_somebody_who_is_no_member_cannot_be_moved(home: World) -> None:
    who = await on_the_desk(home)
    await who.use("circle-admin move", person=picked("stranger"), circle="Alder")
    assert "That person takes no part in this matching" in told(who)


async def test_whoever_pauses_is_gone_from_the_draft_and_named_among_those_left_out(
    home: World,
) -> None:
    who = await on_the_desk(home)
    with unit_of(home) as unit:
        person = unit.people.find(picked("mentee1").person)
        assert person
        member = unit.members.get(person.id)
        assert member
        unit.members.save(replace(member, standing=Standing.PAUSED))
    await who.use("circle-admin match")
    assert "Taking a break: Mentee1." in told(who)
    assert "6 people" not in told(who)
    await who.press("Publish …")
    assert "11 people are introduced" in told(who)


async def test_a_circle_that_broke_meanwhile_is_named_and_cannot_be_published(
    home: World,
) -> None:
    who = await on_the_desk(home)
    laid(home, ("mentor1", "mentee1 mentee2"), version=2)
    await who.use("circle-admin match")
    assert "Needs a change before publishing" in told(who)
    await who.press("Publish …")
    assert "cannot be published as it is" in told(who)
    assert "Yes, open these circles" not in labels(who.message)


async def test_members_have_no_desk(home: World) -> None:
    await on_the_desk(home)
    someone = home.member("Someone")
    for command in ("match", "swap", "move", "lock", "undo", "publish", "export", "place"):
        await someone.use(f"circle-admin {command}")
        assert "Only moderators can do this." in told(someone)
