"""Moderators: their settings, their files and their desk."""

from datetime import timedelta

from bot.core.boundary.events import Computed, Progressed
from bot.core.boundary.ids import Key
from bot.core.boundary.views import Select
from bot.core.features.desk.search import JOB
from tests.core.features.desk.makers import (
    HOME,
    brought_in,
    moderator,
    on_the_desk,
    people_csv,
    picked,
    row,
    season_open,
    two_circles,
    unit_of,
)
from tests.core.features.intros.conftest import join
from tests.scenes.conversations.mending import mend
from tests.world import World

DAY = timedelta(days=1)


async def the_programme_s_settings(here: World) -> None:
    asha = here.member("Asha", moderator=True)
    await asha.use("circle-admin audit")
    await asha.use("circle-admin setup")
    await asha.press("Begin")
    await asha.fill(zone="Atlantis")
    await mend(asha)
    await asha.fill(zone="Mumbai", language="Klingon")
    await asha.use("circle-admin setup")
    await asha.use("circle-admin settings")
    parts = next(block for block in asha.message.blocks if isinstance(block, Select)).choices
    for part in parts:
        await asha.choose(part.label)
        await asha.fill()
    await asha.choose("The size of circles")
    await asha.fill(mentees_least="6", mentees_most="3")
    await asha.fill(mentees_least="3", mentees_most="11")
    await asha.use("circle-admin audit")


async def themes_and_questions(here: World) -> None:
    asha, ravi = here.member("Asha", moderator=True), here.member("Ravi", moderator=True)
    await asha.use("circle-admin themes")
    await asha.choose("Confidence")
    card = asha.message
    await asha.press("Remove")
    await ravi.press("Rename", within=card)
    await asha.press("Add a theme")
    await asha.fill(label="Public speaking", back=("Confidence",))
    await asha.choose("Public speaking")
    await asha.press("Rename")
    await asha.fill(label="Speaking up")
    await asha.press("Add a theme")
    await asha.fill(label="speaking UP")
    await mend(asha)
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="What do you do to unwind?", choices="Tea")
    await asha.fill(choices="Tea\nWalking")
    await asha.choose("What do you do to unwind?")
    card = asha.message
    await asha.press("Change")
    await asha.fill(prompt="How do you unwind?")
    await asha.press("Write a question")
    await asha.fill(prompt="Anything else?")
    await asha.choose("Anything else?")
    await asha.press("Remove")
    await ravi.press("Change", within=card)


async def members_and_mentors_who_wait(here: World) -> None:
    asha = here.member("Asha", moderator=True)
    await asha.use("circle-admin members")
    await asha.use("circle-admin approve")
    ravi, mei = here.member("Ravi"), here.member("Mei")
    await join(ravi, role="Mentor")
    await join(mei)
    await here.settle()
    await ravi.use("circle status")
    await asha.use("circle-admin approve")
    await asha.use("circle-admin setup")
    await asha.use("circle-admin approve", person=mei.picked)
    await asha.use("circle-admin approve", person=ravi.picked)
    await asha.press("Approve")
    await here.settle()
    await asha.press("Approve", within=asha.mail[-1])
    lena = here.member("Lena", zone="Europe/Berlin")
    await join(lena, role="Mentor", availability=("Monday, evening (17–21)",), bio="I grow figs.")
    await here.settle()
    await asha.use("circle-admin health")
    await asha.press("Not now", within=asha.mail[-1])
    await here.move_on(DAY)
    await lena.use("circle status")
    await asha.use("circle-admin members")
    await asha.use("circle-admin approve")
    await asha.press("Approve Lena")


async def seasons_opened_extended_and_closed(here: World) -> None:
    asha, tom = here.member("Asha", moderator=True), here.member("Tom", moderator=True)
    await asha.use("circle-admin season")
    await asha.press("Open a season")
    await asha.fill(start="2025-02-02", weeks="many")
    await mend(asha)
    await season_open(tom)
    await asha.fill(start="2026-02-02", weeks="8")
    await asha.use("circle-admin season")
    await asha.use("circle-admin season", action="extend", weeks="lots")
    await asha.use("circle-admin season", action="extend")
    await asha.fill(weeks="0")
    await asha.fill(weeks="2")
    await asha.use("circle-admin season", action="close")
    question = asha.message
    await asha.press("Keep it open")
    await asha.press("Yes, close the season", within=question)
    await asha.press("Yes, close the season", within=question)
    await asha.use("circle-admin season", action="open", start="2025-02-02", weeks="8")


async def files_in_and_out(here: World) -> None:
    who = await moderator(here)
    await who.use("circle-admin export")
    await who.use("circle-admin import")
    wrong = [
        row("ann", timezone="Europe/Lundon"),
        row("bob", seeks="juggling", availability="Mon 25:00-26:00"),
        row("cat", bio="x" * 601, wishes="nobody"),
    ]
    await who.send_file("circle-admin import", "people.csv", people_csv(wrong))
    many = [row(f"person{n}", timezone="Nowhere") for n in range(40)]
    await who.send_file("circle-admin import", "people.csv", people_csv(many))
    await who.send_file("circle-admin import", "people.csv", b"\x00\xff\xfe" * 100)
    await who.send_file("circle-admin import", "people.csv", b"x" * 3_000_000)
    await who.send_file("circle-admin import", "people.csv", people_csv(two_circles()))
    preview = who.message
    await who.press("Leave it")
    await who.press("Bring them in", within=preview)
    await brought_in(here, two_circles(), who)
    again = [*two_circles()[:2], row("new")]
    await who.send_file("circle-admin import", "people.csv", people_csv(again))
    await who.press("Bring them in")
    await who.use("circle-admin export")


async def looking_for_circles(here: World) -> None:
    who = await moderator(here)
    await who.use("circle-admin match")
    await who.use("circle-admin health")
    await season_open(who)
    await who.use("circle-admin match")
    await who.use("circle-admin health")
    await brought_in(here, [row("one"), row("two"), row("ann", "mentor")], who)
    await who.use("circle-admin match")
    await who.use("circle-admin publish")
    alone = row("alone", availability="Mon 03:00-06:00")
    await brought_in(here, [*two_circles(), alone], who)
    await who.use("circle-admin match")
    await who.use("circle-admin match")
    await who.press("Stop looking")
    await who.use("circle-admin match")
    inbox, now = here.app.dispatcher, here.clock.now()
    await inbox.receive(Computed("failed", now, HOME, _search(here), JOB, None))
    await here.app.postman.drain(jobs=False)
    await who.use("circle-admin match")
    await here.app.timekeeper.advance(now + timedelta(seconds=30))
    for share in (0.1, 0.48):
        progressed = Progressed("far", here.clock.now(), HOME, _search(here), JOB, share, 120.0)
        await inbox.receive(progressed)
    await here.app.postman.drain(jobs=False)
    await who.use("circle-admin match")


async def a_draft_changed_by_hand(here: World) -> None:
    rows = two_circles()
    rows[4]["availability"] = "Tue 18:00-21:00"
    for other in rows[8:]:
        other["availability"] = "Thu 18:00-21:00"
    rows[5]["avoid"] = "mentee5"
    who = await on_the_desk(here, [*rows, row("late")])
    tom = here.member("Tom", moderator=True)
    draft = who.message
    await who.choose("Rowan")
    await who.press("Lock this circle")
    await who.press("Unlock this circle")
    await who.press("Next")
    await who.press("The draft in short")
    await who.press("Everybody not placed")
    await who.use("circle-admin match")
    await who.press("Swap two people")
    await who.fill(people=(picked("mentee1"),))
    await who.fill(people=(picked("mentee1"), picked("mentee2")))
    await who.fill(people=(picked("mentee3"), picked("late")))
    await who.press("Move somebody")
    await who.fill(person=(), circle="Alder")
    await who.fill(person=(picked("mentee1"),), circle="Alder")
    await who.use("circle-admin move", person=picked("mentee2"), circle="Alder")
    await who.use("circle-admin move", person=picked("mentee2"), circle="Baobab")
    await who.use("circle-admin move", person=picked("stranger"), circle="Alder")
    await who.use("circle-admin lock")
    await who.fill(people=(picked("mentee2"), picked("stranger")))
    await who.use("circle-admin lock", person=picked("mentee2"))
    await who.use("circle-admin lock", circle="Alder")
    await who.use("circle-admin move", person=picked("mentee2"), circle="Alder")
    await who.use("circle-admin undo")
    await who.use("circle-admin undo")
    await tom.press("Swap two people", within=draft)
    await who.use("circle-admin publish")
    for _ in range(3):
        await who.use("circle-admin undo")


def _search(here: World) -> Key:
    """The key of the search under way."""
    with unit_of(here) as unit:
        season = unit.seasons.current()
        under_way = unit.desk.run(season.id) if season else None
        assert under_way
        return under_way.key
