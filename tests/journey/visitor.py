"""What somebody does who has never seen the playground: reads the screen, clicks and types."""

from datetime import datetime

from playwright.async_api import Locator, Page, expect

from tests.journey.running import Running

SOON = 30_000
"""Milliseconds that anything may take on a busy machine."""


class Visitor:
    """One browser tab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.set_default_timeout(SOON)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))

    async def arrive(self, playground: Running) -> None:
        """Open the printed address."""
        await self.page.goto(playground.address)
        await expect(self.page.locator("#composer textarea")).to_be_visible(timeout=SOON)

    async def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the newest button with this name."""
        place = within or self.page
        await place.get_by_role("button", name=name, exact=True).last.click()

    async def step(self, name: str) -> None:
        """Press a button of the list of things to try."""
        await self.page.locator("#panel").get_by_role("button", name=name).click()

    async def send(self) -> None:
        """Send what stands ready in the composer, with Enter."""
        await expect(self.page.locator("#composer :focus")).to_have_count(1)
        await self.page.keyboard.press("Enter")

    async def type(self, words: str) -> None:
        """Type into the composer and send it."""
        box = self.page.locator("#composer textarea")
        await box.click()
        await box.press_sequentially(words)
        await box.press("Enter")

    async def enter(self, room: str) -> None:
        """Go into a room by its name in the list."""
        await self.page.locator("#rooms").get_by_role("button", name=room).first.click()

    async def reads(self, words: str) -> None:
        """Wait until the conversation shows these words."""
        await expect(self.timeline).to_contain_text(words, timeout=SOON)

    async def done(self, step: str) -> None:
        """Wait until a step of the list is ticked off."""
        heading = self.page.locator("#panel .step.done h3", has_text=step)
        await expect(heading).to_have_count(1, timeout=SOON)

    async def now(self) -> datetime:
        """What the page's clock shows (UTC)."""
        shown = await self.page.locator(".clock-now time").get_attribute("datetime")
        return datetime.fromisoformat(shown or "")

    async def lives_until(self, moment: datetime) -> None:
        """Wait until the clock shows this moment or a later one, and has stopped moving."""
        await self.page.wait_for_function(
            "(then) => Date.parse(document.querySelector('.clock-now time').dateTime)"
            " >= Date.parse(then)",
            arg=moment.isoformat(),
            timeout=2 * SOON,
        )
        await expect(self.page.locator(".moving")).to_be_empty(timeout=2 * SOON)

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator("dialog[open]")

    @property
    def timeline(self) -> Locator:
        """The conversation."""
        return self.page.locator("#timeline")

    def _hear(self, kind: str, text: str) -> None:
        # A socket that cannot connect while nothing is running is how a lost connection looks.
        if kind == "error" and "WebSocket" not in text:
            self.troubles.append(text)
