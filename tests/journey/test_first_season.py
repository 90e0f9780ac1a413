"""From an empty community to an answered check-in, in a browser, as a stranger would go."""

import time
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.journey.running import Running, running
from tests.journey.visitor import SOON, Visitor

_FIVE_MINUTES = 300.0
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


async def visitor(browser: Browser, *, zone: str = "Asia/Kathmandu") -> Visitor:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, timezone_id=zone, reduced_motion="reduce"
    )
    return Visitor(await context.new_page())


async def load_the_sample(who: Visitor) -> None:
    await who.press("Load the sample community", within=who.page.locator("#hero"))
    await who.press("Bring them in")
    await who.reads("60 people are members now")


async def begin_to_join(who: Visitor) -> None:
    await who.step("Join as Robin")
    await who.send()
    await who.dialog.get_by_role("radio", name="Mentee You want").check()
    for theme in ("Networking", "Confidence"):
        await who.dialog.get_by_role("checkbox", name=theme).first.check()
    await who.press("Next", within=who.dialog)
    await expect(who.dialog).to_contain_text("step 2 of 3", timeout=SOON)


async def tell_the_times(who: Visitor) -> None:
    for day in _DAYS:
        for part in ("morning", "afternoon", "evening"):
            await who.dialog.get_by_label(f"{day}, {part}").check()


async def finish_joining(who: Visitor) -> None:
    await who.press("Next", within=who.dialog)
    await expect(who.dialog).to_contain_text("step 3 of 3", timeout=SOON)
    await who.dialog.get_by_label("Yes, ask me privately").check()
    await who.press("Save", within=who.dialog)
    await who.reads("You are in.")
    await expect(who.dialog).to_have_count(0)


async def kill_and_start(playground: Running, who: Visitor) -> None:
    await playground.kill()
    await expect(who.page.locator("#offline")).to_be_visible(timeout=SOON)
    await playground.start()
    await expect(who.page.locator("#offline")).to_be_hidden(timeout=SOON)


async def test_from_nothing_to_an_answered_check_in_within_five_minutes(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path / "data") as playground:
        who = await visitor(browser)
        began = time.monotonic()
        await who.arrive(playground)
        await load_the_sample(who)
        await begin_to_join(who)
        await tell_the_times(who)
        await finish_joining(who)

        await who.step("Open it as Rosa")
        await who.send()
        await who.reads("The season is open.")
        await who.step("Match as Rosa")
        await who.send()
        await who.done("Form circles")
        await who.step("Publish as Rosa")
        await who.send()
        await who.press("Yes, open these circles")
        await who.reads("The circles are open")
        await who.done("Publish the circles")

        before = await who.now()
        await who.step("Move the clock a week")
        await who.done("Let a week go by")  # ticked as soon as the clock sets out
        await who.lives_until(before + timedelta(weeks=1))
        await who.step("Check in as")
        await who.send()
        await who.reads("Your check-in, week 1 of 12")
        await who.press("We met")
        await who.done("Answer a check-in")
        assert time.monotonic() - began < _FIVE_MINUTES

        circle = who.page.locator("#rooms section[aria-label=Circles] .room")
        await expect(circle).to_have_count(1)
        await circle.click()
        await who.reads("Week 1 of 12")
        assert who.troubles == []


async def test_a_kill_at_any_step_of_joining_loses_nothing_and_says_nothing_twice(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path / "data") as playground:
        who = await visitor(browser)
        await who.arrive(playground)
        await begin_to_join(who)

        await who.dialog.get_by_label("A few words about yourself").fill("I mend old radios.")
        await kill_and_start(playground, who)
        about = who.dialog.get_by_label("A few words about yourself")
        await expect(about).to_have_value("I mend old radios.")

        await who.page.reload()
        await who.type("/circle join")
        await expect(about).to_have_value("I mend old radios.", timeout=SOON)
        await expect(who.dialog).to_contain_text("step 2 of 3")
        await tell_the_times(who)
        await finish_joining(who)

        await kill_and_start(playground, who)
        await who.type("/circle status")
        await who.reads("You take part.")
        assert await who.timeline.get_by_text("You are in.").count() == 1
        assert who.troubles == []


async def test_what_is_sent_while_the_bot_is_down_is_answered_once_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path / "data") as playground:
        who = await visitor(browser)
        await who.arrive(playground)
        await playground.kill()
        await expect(who.page.locator("#offline")).to_be_visible(timeout=SOON)
        await who.type("/circle help")
        await who.type("Is anybody there?")
        await playground.start()
        await expect(who.timeline.locator(".only")).to_have_count(1, timeout=SOON)
        await who.reads("Is anybody there?")
        await who.page.reload()
        await expect(who.timeline.locator(".only")).to_have_count(1, timeout=SOON)


async def test_a_person_who_is_forgotten_is_gone_from_the_page_and_from_the_disk(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path / "data") as playground:
        who = await visitor(browser)
        await who.arrive(playground)
        await who.page.locator("#switch").click()
        await who.press("Add a persona", within=who.dialog)
        await who.dialog.get_by_label("Name").fill("Zenobia Quill")
        await who.press("Add and switch", within=who.dialog)
        await expect(who.page.locator("#switch")).to_contain_text("Zenobia Quill")
        await who.type("My kettle is called Aloysius")
        await begin_to_join_as(who)
        await who.type("/circle forget")
        await who.page.locator("#timeline .buttons .danger").last.click()
        await expect(who.page.locator("#switch")).not_to_contain_text("Zenobia", timeout=SOON)
        await who.page.locator("dialog[open]").get_by_role("button", name="Close").click()
        await expect(who.timeline).not_to_contain_text("Aloysius")
        await playground.stop()
        left = playground.bytes()
        for trace in (b"Zenobia", b"Quill", b"zenobia", b"Aloysius"):
            assert trace not in left


async def begin_to_join_as(who: Visitor) -> None:
    await who.type("/circle join")
    await who.dialog.get_by_role("radio", name="Mentee You want").check()
    await who.dialog.get_by_role("checkbox", name="Identity").first.check()
    await who.press("Next", within=who.dialog)
    await expect(who.dialog).to_contain_text("step 2 of 3", timeout=SOON)
    await who.press("Not now", within=who.dialog)
