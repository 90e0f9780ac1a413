"""Forms in a real browser: no word is lost, and a click does what it was aimed at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.adapters.playground.place import Place, opened


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as place:
        yield place


async def form_on(browser: Browser, place: Place) -> tuple[Page, Locator]:
    page = await (await browser.new_context()).new_page()
    await page.goto(place.playground.address)
    return page, await form_again(page)


async def form_again(page: Page) -> Locator:
    box = page.locator("#composer textarea")
    await box.fill("/circle introduce")
    await box.press("Enter")
    dialog = page.locator("dialog[open]")
    await expect(dialog).to_be_visible()
    return dialog


async def test_nothing_can_be_typed_over_what_is_being_sent(browser: Browser, place: Place) -> None:
    page, form = await form_on(browser, place)
    await form.get_by_label("About you").fill("ab")
    locked = await page.evaluate(
        """() => {
          document.querySelector('dialog form').requestSubmit();
          return [...document.querySelectorAll('dialog .field')].map((field) => field.inert);
        }"""
    )
    assert locked == [True, True, True]
    await expect(form).to_contain_text("Please say a little more.")
    await form.get_by_label("About you").fill("abc")
    await form.get_by_role("button", name="Send").click()
    await expect(page.locator("#timeline")).to_contain_text("Thank you: abc.")


async def test_a_form_to_mend_that_is_closed_unread_keeps_its_words(
    browser: Browser, place: Place
) -> None:
    page, form = await form_on(browser, place)
    await form.get_by_label("About you").fill("ab")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_contain_text("Please say a little more.")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    form = await form_again(page)
    await expect(form.get_by_label("About you")).to_have_value("ab")


async def test_a_list_of_names_does_not_pull_a_button_from_under_the_mouse(
    browser: Browser, place: Place
) -> None:
    page, form = await form_on(browser, place)
    await form.get_by_label("About you").fill("I read maps.")
    await form.get_by_role("combobox").press_sequentially("r")
    await expect(page.get_by_role("option").first).to_be_visible()
    send = await form.get_by_role("button", name="Send").bounding_box()
    assert send is not None
    await page.mouse.move(send["x"] + 5, send["y"] + 5)
    await page.mouse.down()
    await page.mouse.up()
    await expect(form).to_contain_text("There is nobody called r here.")


async def test_marking_words_with_the_mouse_may_end_outside_the_form(
    browser: Browser, place: Place
) -> None:
    page, form = await form_on(browser, place)
    about = form.get_by_label("About you")
    await about.fill("I read maps.")
    words = await about.bounding_box()
    assert words is not None
    await page.mouse.move(words["x"] + 60, words["y"] + words["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(5, 5)
    await page.mouse.up()
    await expect(about).to_have_value("I read maps.")
    await page.mouse.click(5, 5)
    await expect(form).to_have_count(0)


async def test_the_last_message_stays_in_sight_when_the_place_to_write_grows(
    browser: Browser, place: Place
) -> None:
    context = await browser.new_context(viewport={"width": 1000, "height": 500})
    page = await context.new_page()
    await page.goto(place.playground.address)
    box = page.locator("#composer textarea")
    for number in range(12):
        await box.fill(f"Line {number}")
        await box.press("Enter")
    last = page.get_by_text("Line 11", exact=True)
    await expect(last).to_be_in_viewport(ratio=1)
    await box.fill("/circle hello ")
    await expect(page.locator(".option-field")).to_have_count(4)
    await expect(last).to_be_visible()
    await page.wait_for_function(
        """() => {
          const scroll = document.getElementById('scroll');
          return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 2;
        }"""
    )
