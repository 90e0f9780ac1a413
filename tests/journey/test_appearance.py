"""The page at both widths and in both colour schemes: readable, reachable, nothing cut off."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.adapters.playground.place import Place, opened

Scheme = Literal["light", "dark"]

# Contrast as WCAG 2.2 defines it, of every text that is in sight against what lies behind it.
_FAINT = """
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const hidden = !element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const off = element.closest('[aria-busy=true], :disabled, .hidden, .skip, .step.done button');
    if (!walker.currentNode.data.trim() || hidden || off || box.width < 2) continue;
    const [one, other] = [light(rgba(style.color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) faint.push(`${element.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}
"""
_NAMELESS = """
() => [...document.querySelectorAll('button, input, select, textarea, a, [role=button]')]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length || one.title))
  .map((one) => one.outerHTML.slice(0, 120))
"""
_TOO_WIDE = """
() => [...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !one.closest('.hidden, .skip'))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))
"""
_SMALL = """
() => [...document.querySelectorAll('button, select, input')]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !one.matches('.link, .chip, .author, .command-word'))
  .filter((one) => (one.closest('label') ?? one).getBoundingClientRect().height < 24)
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as place:
        yield place


async def opened_page(browser: Browser, place: Place, width: int, scheme: Scheme) -> Page:
    context = await browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(place.playground.address)
    await expect(page.locator("#composer textarea")).to_be_visible()
    return page


async def in_order(page: Page) -> dict[str, Any]:
    return {
        "faint": await page.evaluate(_FAINT),
        "nameless": await page.evaluate(_NAMELESS),
        "too wide": await page.evaluate(_TOO_WIDE),
        "small": await page.evaluate(_SMALL),
    }


_FINE: dict[str, Any] = {"faint": [], "nameless": [], "too wide": [], "small": []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
async def test_everything_can_be_read_and_reached(
    browser: Browser, place: Place, width: int, scheme: Scheme
) -> None:
    page = await opened_page(browser, place, width, scheme)
    assert await in_order(page) == _FINE

    box = page.locator("#composer textarea")
    await box.fill("Good morning to you all, wherever you are.")
    await box.press("Enter")
    await box.press_sequentially("/circle he")
    assert await in_order(page) == _FINE
    await box.fill("/circle hello ")
    await expect(page.locator(".option-field")).to_have_count(4)
    assert await in_order(page) == _FINE
    await page.keyboard.press("Escape")

    await page.locator("#composer textarea").fill("/circle hello to:rosa")
    await page.locator("#composer textarea").press("Enter")
    await expect(page.locator("#timeline .only")).to_have_count(1)
    assert await in_order(page) == _FINE
    await page.get_by_role("button", name="Introduce yourself").click()
    dialog = page.locator("dialog[open]")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_text("Please fill this in.")).to_be_visible()
    assert await in_order(page) == _FINE
    await page.keyboard.press("Escape")

    if width < 1000:
        await page.get_by_role("button", name="What to try").click()
        assert await in_order(page) == _FINE
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Show rooms").click()
        assert await in_order(page) == _FINE
    await page.locator("#switch").click()
    assert await in_order(page) == _FINE


async def test_everything_can_be_done_without_a_mouse(browser: Browser, place: Place) -> None:
    page = await opened_page(browser, place, 1440, "light")
    await page.keyboard.type("/circle intro")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    await expect(dialog.locator(":focus")).to_have_count(1)
    await page.keyboard.type("I read maps.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(dialog.get_by_label("Oak")).to_be_checked()
    for _ in range(20):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('dialog, body').tagName") in {
            "DIALOG",
            "BODY",  # on its way round, the focus passes through the browser's own buttons
        }
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page.locator("#composer textarea")).to_be_focused()

    await page.keyboard.type("/circle introduce")
    await page.keyboard.press("Enter")
    about = dialog.get_by_label("About you")
    await expect(about).to_have_value("I read maps.")
    await expect(dialog.get_by_label("Oak")).to_be_checked()
    await about.press("Enter")
    await expect(page.locator("#timeline")).to_contain_text("Thank you: I read maps.")


async def test_what_people_write_is_never_markup(browser: Browser, place: Place) -> None:
    page = await opened_page(browser, place, 1440, "light")
    box = page.locator("#composer textarea")
    nasty = "<img src=x onerror=alert(1)> \u202egnp.exe <b>bold</b> @everyone"
    await box.fill(nasty)
    await box.press("Enter")
    said = page.locator("#timeline .said")
    await expect(said).to_have_text(nasty.replace("\u202e", ""))
    assert await page.locator("#timeline .said *").count() == 0


async def test_a_draft_in_the_composer_outlives_a_reload(browser: Browser, place: Place) -> None:
    page = await opened_page(browser, place, 1440, "light")
    await page.locator("#composer textarea").fill("Half a thought")
    await page.reload()
    await expect(page.locator("#composer textarea")).to_have_value("Half a thought")


async def test_the_chosen_colours_stay_chosen(browser: Browser, place: Place) -> None:
    page = await opened_page(browser, place, 1440, "light")
    colours = page.get_by_role("button", name="Colours:")
    await colours.click()
    await colours.click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
