"""What the scenes leave out: refusals, empty pages, every form, every notice.

Each conversation drives the real bot until some views have been shown that no scene shows;
:mod:`tests.adapters.discord.test_every_view` draws them all as Discord does, and fails when a view
of the core is shown nowhere.
"""

from dataclasses import replace
from datetime import timedelta

from bot.core.actions import Unreadable
from bot.core.events import Computed, Progressed, Why
from bot.core.views import Message, Select
from bot.shell.ports import LetIn, OpenRoom, Parcel, Receipt, Undeliverable
from tests.core.desk.makers import (
    HOME,
    WEEK,
    brought_in,
    moderator,
    on_the_desk,
    people_csv,
    persona,
    picked,
    published,
    row,
    season_open,
    two_circles,
    unit_of,
)
from tests.core.intros.conftest import join
from tests.paper import Member, Paper, text_of
from tests.world import World

DAY = timedelta(days=1)


async def mend(who: Member) -> None:
    """Open again what has something to mend, as Discord's *Try again* does."""
    await who.take(who.form.reopen)


# ---- Members ------------------------------------------------------------------------------------


async def somebody_who_has_not_joined(here: World) -> None:
    mei = here.member("Mei")
    await here.member("Asha", moderator=True).use("circle help")
    for command in here.app.bot.commands:
        await mei.use(command)
    await mei.use("circle gardening")
    await mei.take(Unreadable())


async def joining_slowly_and_with_mistakes(here: World) -> None:
    mei = here.member("Mei", zone=None)
    await mei.use("circle join")
    await mei.fill()
    await mei.fill(role="Mentor and mentee", seeks=("Confidence",))
    await mend(mei)
    await mei.fill(role="Mentee", seeks=("Confidence",), offers=())
    await mei.fill(zone="Atlantis", languages="Elvish")
    await here.move_on(3 * DAY)
    await mei.use("circle join")
    await mei.fill(zone="Kathmandu")
    await mei.fill()
    await mei.use("circle join")


async def a_profile_in_all_its_parts(here: World) -> None:
    asha, mei = here.member("Asha", moderator=True), here.member("Mei")
    await join(mei, availability=("Monday, evening (17–21)",), bio="I draw maps.")
    await mei.use("circle profile")
    for part in ("Role and themes", "Times and languages", "People and privacy"):
        profile = mei.message
        await mei.press(part)
        await mei.fill()
        await mei.press(part, within=profile)
        await mei.fill()
    await mei.press("Finer times")
    await mei.choose("Tuesday")
    await mei.choose("07:00–08:00", "18:00–19:00")
    await mei.press("My profile")
    await mei.press("Add more about you")
    await mei.choose("Life stage")
    await mei.press("Answer")
    await mei.fill(stage="35-44")
    await mei.press("Prefer not to say")
    await asha.use("circle-admin settings")
    await asha.choose("What members may be asked")
    topics = "How open to be about politics, faith and more"
    await asha.fill(asking=("Life stage", "Heritage, in their own words", topics))
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="Where do you vote?", choices="Here\nElsewhere", sensitive="Yes")
    await mend(asha)
    await asha.fill(purpose="To mix people of different views.")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    everything = mei.message
    await mei.choose("Heritage")
    await mei.press("Answer")
    await mei.fill(heritage="Nepali, mixed Filipino")
    await mei.fill(uses=("Forming my circle",))
    await mei.press("Withdraw and delete")
    await mei.choose("Topics", within=everything)
    await mei.press("Answer")
    await mei.fill(politics="Not here", money="Welcome")
    await mei.choose("Where do you vote?", within=everything)
    await mei.press("Answer")
    await mei.fill(answer="Here", uses=("Forming my circle",))
    card = mei.message
    await asha.choose("Where do you vote?")
    await asha.press("Remove")
    await mei.press("Answer", within=card)


async def breaks_quiet_and_leaving(here: World) -> None:
    mei = here.member("Mei")
    await join(mei, availability=("Monday, evening (17–21)",))
    await mei.use("circle pause")
    for until in ("when the plums are ripe", "2025-01-01", "2031-01-01"):
        await mei.use("circle pause", until=until)
    await mei.press("Until I come back")
    await mei.use("circle pause")
    await mei.press("Come back now")
    await mei.use("circle pause", until="1 day")
    await here.move_on(3 * DAY)
    await mei.use("circle quiet")
    await mei.press("Change")
    await mei.fill(budget="1 question or reminder a week", **{"from": "22:00", "until": "07:00"})
    await mei.press("Stop all of them")
    await mei.press("Start again")
    await mei.use("circle leave")
    await mei.press("Stay")
    await mei.use("circle leave")
    await mei.press("Leave")
    ravi = here.member("Ravi")
    await join(ravi, role="Mentor")
    await ravi.use("circle pause", until="1 day")


async def ones_own_data(here: World) -> None:
    asha, mei = here.member("Asha", moderator=True), here.member("Mei")
    await asha.use("circle help")
    await mei.use("circle mydata")
    await join(mei)
    await mei.use("circle forget")
    await mei.press("Keep everything")
    await mei.use("circle mydata")


# ---- Reports ------------------------------------------------------------------------------------


async def reports_nobody_or_several_may_read(here: World) -> None:
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody shouted.")
    rosa, omar = here.member("Rosa", moderator=True), here.member("Omar", moderator=True)
    await rosa.use("circle-admin reports")
    await mei.use("circle report")
    await mei.fill(about=(rosa.picked,), words="She shouted.")
    await rosa.use("circle-admin settings")
    await rosa.choose("Help line and reports")
    await rosa.fill(help_line="Call 116 123.", report_contact="board@mango.test")
    await mei.use("circle report")
    await mei.fill(about=(rosa.picked,), words="She shouted again.")
    await omar.use("circle-admin reports")
    here.paper.closed_to = {omar.key}
    for words in ("Somebody shouted at the second session.", "And at the third."):
        await mei.use("circle report")
        await mei.fill(words=words)
        await here.settle()
    await rosa.use("circle-admin reports")
    first = rosa.message
    await rosa.press("Next report")
    await rosa.press("It is taken care of")
    await omar.press("It is taken care of", within=first)
    await omar.press("It is taken care of", within=first)
    await here.settle()


# ---- The programme ------------------------------------------------------------------------------


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
    await here.settle()
    await asha.press("Approve", within=asha.mail[-1])
    await here.move_on(DAY)
    await asha.use("circle-admin members")


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


# ---- The desk -----------------------------------------------------------------------------------


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
    await inbox.receive(Computed("failed", now, HOME, _search(here), None))
    await here.app.postman.drain(jobs=False)
    await who.use("circle-admin match")
    await here.app.timekeeper.advance(now + timedelta(seconds=30))
    for share in (0.1, 0.48):
        progressed = Progressed("far", here.clock.now(), HOME, _search(here), share, 120.0)
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


async def circles_that_meet(here: World) -> None:
    night = row("night", availability="Mon 03:00-06:00")
    who = await published(here, [*two_circles(), night, row("spare", "mentor")])
    rowan = next(room for room in here.paper.rooms.values() if room.name == "Rowan")
    charter = next(one for one in rowan.messages.values() if one.title.startswith("The charter"))
    for key in ("mentee1", "mentee1", "spare"):
        await persona(here, key).press("Sign the charter", within=charter)
    await persona(here, "spare").use("circle why")
    await persona(here, "mentee1").use("circle why")
    await persona(here, "mentee1").use("circle status")
    await who.use("circle-admin season")
    await who.use("circle-admin match")
    await who.use("circle-admin publish")
    await brought_in(here, [row("late")], who)
    await who.use("circle-admin place", person=picked("night"))
    await who.use("circle-admin place", person=picked("late"))
    await who.press("Seat in Rowan")
    await who.use("circle-admin place", person=picked("late"))
    await here.settle()
    for key in ("mentor1", "mentor2", "mentee5", "mentee6"):
        member = persona(here, key)
        await member.use("circle leave")
        await member.press("Leave")
        await here.settle()
    await who.use("circle-admin health")
    await who.choose("Rowan")
    await who.press("Who could step in?", within=_told(who, "has no mentor"))
    await who.press("Spare mentors it")
    await here.settle()
    await who.press("Who could step in?", within=_told(who, "has no mentor"))
    await who.press("Who could join it?", within=_told(who, "small circle"))


async def rooms_that_cannot_be_had(here: World) -> None:
    refusing = _Refusing()
    here.app.add(refusing)
    here.paper = refusing
    who = await on_the_desk(here)
    who._paper = refusing
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await here.settle()
    refusing.rooms_allowed = True
    for message in [one for one in who.mail if "could not be opened" in one.title]:
        await who.press("Try again", within=message)
    await here.settle()


# ---- Check-ins ----------------------------------------------------------------------------------


async def check_ins_answered(here: World) -> None:
    who = await on_the_desk(here)
    mei = persona(here, "mentee1")
    await mei.use("circle checkin")
    with unit_of(here) as unit:
        for member in unit.members.all():
            unit.members.save(replace(member, private_question=True))
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await here.settle()
    await mei.use("circle checkin")
    await here.move_on(11 * DAY)
    question = next(message for message in mei.mail if "week 1" in message.title)
    await mei.press("Not yet", within=question)
    await mei.use("circle checkin")
    await mei.press("Add a line")
    await mei.fill(line="x" * 1001)
    await mend(mei)
    await mei.fill(line="The tea story!", share="Share it with Rowan")
    await mei.use("circle checkin")
    await here.settle()
    await mei.use("circle status")
    for _ in range(4):  # unanswered, it comes less often, and says so
        await here.move_on(WEEK)
    await mei.press("We met", within=question)
    await mei.press("Stop asking me", within=question)
    await here.sleep(9 * WEEK)
    await mei.press("We met", within=question)


def _search(here: World) -> str:
    """The key of the search under way."""
    with unit_of(here) as unit:
        season = unit.seasons.current()
        under_way = unit.desk.run(season.id) if season else None
        assert under_way
        return under_way.key


class _Refusing(Paper):
    """Paper on which rooms need a permission that may be lacking, and nobody can be let in."""

    rooms_allowed = False

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Refuse."""
        match parcel.task:
            case OpenRoom() if not self.rooms_allowed:
                raise Undeliverable(Why.FORBIDDEN)
            case LetIn(_, person) if person.key == "mentee1":
                raise Undeliverable(Why.GONE)
            case _:
                return await super().deliver(parcel)


def _told(who: Member, words: str) -> Message:
    """The newest private message with these words."""
    return next(message for message in reversed(who.mail) if words in text_of(message))
