"""Members, and whoever is not one."""

from datetime import timedelta

from bot.core.boundary.actions import Unreadable
from tests.core.features.intros.conftest import join
from tests.scenes.conversations.mending import mend
from tests.world import World

DAY = timedelta(days=1)


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


async def a_form_closed_half_way(here: World) -> None:
    mei = here.member("Mei", zone="Asia/Taipei")
    await mei.use("circle join")
    await mei.set_aside(role="Mentee")
    await mei.use("circle join")
    await mei.fill(seeks=("Confidence",))
    await mei.set_aside(bio="I draw maps.")
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


async def a_platform_that_may_carry_nothing_sensitive_any_more(here: World) -> None:
    asha, mei = here.member("Asha", moderator=True), here.member("Mei")
    await asha.use("circle-admin settings")
    await asha.choose("What members may be asked")
    await asha.fill(asking=("Heritage, in their own words",))
    await join(mei, availability=("Monday, evening (17–21)",), bio="I draw maps.")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Heritage")
    await mei.press("Answer")
    await mei.fill(heritage="Nepali", uses=("Showing it to my circle",))
    here.paper.carries_sensitive = False
    here.app.add(here.paper)
    await here.app.begin_service()
    await here.settle()
    await mei.use("circle mydata")
    await mei.press("Delete those answers")
    await asha.use("circle-admin setup")
    await asha.use("circle-admin settings")
    await asha.choose("What members may be asked")
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="What do you do to unwind?")
