"""The playground, for the contract: its page's socket, with what the page's script would do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from adapters.playground import Playground, ids
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActorSeen, Event
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.shell.ports import CloseRoom, ErasePlatformData, Parcel
from tests.adapters.playground.place import KEY, HandClock, Page
from tests.contracts.table import TABLE, Heard, hearing
from tests.contracts.venue import Given, Somebody

Json = dict[str, Any]


class InPlayground:
    """A persona, and the page on which they are acted as."""

    def __init__(self, page: Page, key: str) -> None:
        self._page = page
        self._key = key
        self._form: Json | None = None
        self._shown: Json | None = None

    @property
    def ref(self) -> PersonRef:
        return ids.person(self._key)

    @property
    def sees(self) -> str:
        if self._form is not None:
            return _read_form(self._form)
        return _read(self._shown) if self._shown else ""

    async def use(self, command: str, **options: str | Somebody) -> None:
        given = {k: v if isinstance(v, str) else v.ref.key for k, v in options.items()}
        await self._look(await self._page.ask("command", command=command, options=given))

    async def press(self, label: str) -> None:
        places = [self._shown] if self._shown else []
        for said in [*places, *reversed(await self._direct())]:
            for block in said["view"]["blocks"]:
                for button in block.get("buttons", ()):
                    if button["label"] == label:
                        await self._act("press", said, code=button["code"])
                        return
        raise AssertionError(f"no button {label!r} but:\n{self.sees}")

    async def choose(self, *labels: str) -> None:
        assert self._shown is not None
        (select,) = (one for one in self._shown["view"]["blocks"] if one["is"] == "select")
        values = _values(select, labels)
        await self._act("press", self._shown, code=select["code"], values=values)

    async def fill(self, **given: Given) -> None:
        form = self._form
        assert form is not None, f"no form is open but:\n{self.sees}"
        filled: dict[str, Json] = {"texts": {}, "choices": {}, "people": {}}
        for field in form["fields"]:
            value, key = given.pop(field["key"], None), field["key"]
            match field["is"]:
                case "text":
                    filled["texts"][key] = field["value"] if value is None else value
                case "choice":
                    chosen = (value,) if isinstance(value, str) else value
                    filled["choices"][key] = (
                        field["selected"] if chosen is None else _values(field, chosen)
                    )
                case _:
                    people = field["selected"] if value is None else value
                    filled["people"][key] = [
                        one.ref.key if isinstance(one, InPlayground) else one for one in people
                    ]
        assert not given, f"the form has no fields {sorted(given)}"
        sent: Json = {"code": form["submit"], **filled}
        if form["message"] is not None:
            sent["message"] = form["message"]
        await self._look(await self._page.ask("submit", **sent))

    async def mend(self, **given: Given) -> None:
        await self.fill(**given)

    async def go_on(self) -> None:
        """It opens by itself."""

    async def reads(self, room: RoomRef) -> list[str] | None:
        if not any(one["id"] == room.key for one in await self._rooms()):
            return None
        return [_read(said) for said in await self._page.open(room.key)]

    async def mail(self) -> list[str]:
        return [_read(said) for said in await self._direct()]

    async def _act(self, kind: str, said: Json, **values: Any) -> None:
        where = {"room": said["room"], "message": said["id"]}
        await self._look(await self._page.ask(kind, **where, **values))

    async def _look(self, reply: Json) -> None:
        match reply["is"]:
            case "said":
                there = await self._page.open(reply["room"])
                self._shown = next(one for one in there if one["id"] == reply["message"])
                self._form = None
            case "form":
                self._form = reply["form"] | {"message": reply["message"]}
            case other:
                assert other == "quiet", reply

    async def _rooms(self) -> list[Json]:
        await self._page.send(kind="hello", **{"as": self._key})
        rooms: list[Json] = (await self._page.until("hello"))["rooms"]
        return rooms

    async def _direct(self) -> list[Json]:
        ours = next((one for one in await self._rooms() if one["bot"]), None)
        return await self._page.open(ours["id"]) if ours else []


class InPlaygroundVenue:
    """The playground."""

    recognises = True

    def __init__(self, playground: Playground, http: aiohttp.ClientSession, heard: Heard) -> None:
        self.adapter = playground
        self.community: CommunityRef = ids.COMMUNITY
        self._http = http
        self._heard = heard
        self._pages = AsyncExitStack()

    @property
    def events(self) -> list[Event]:
        return [one for one in self._heard.events if not isinstance(one, ActorSeen)]

    async def person(self, name: str, *, moderator: bool = False) -> InPlayground:
        origin = self.adapter.address.partition("/?")[0]
        where = self._http.ws_connect(f"{origin}/socket", headers={"Origin": origin})
        page = Page(await self._pages.enter_async_context(where))
        await page.send(kind="hello", **{"as": ""})
        await page.until("hello")
        who: Json = {"name": name, "zone": "UTC", "language": "en", "moderator": moderator}
        reply = await page.ask("persona", **who)
        await page.send(kind="hello", **{"as": reply["as"]})
        await page.until("hello")
        return InPlayground(page, reply["as"])

    async def lose(self, room: RoomRef) -> None:
        # Nobody can delete a room here; a closed one is gone in the same way.
        await self.adapter.deliver(Parcel(f"lose {room.key}"[:25], self.community, CloseRoom(room)))

    async def leaves(self, somebody: Somebody) -> None:
        erase = ErasePlatformData(somebody.ref)
        await self.adapter.deliver(Parcel("leaves", self.community, erase))

    def wrong(self) -> list[str]:
        return []

    async def close(self) -> None:
        """Close every page."""
        await self._pages.aclose()


@asynccontextmanager
async def in_playground(folder: Path) -> AsyncIterator[InPlaygroundVenue]:
    """A playground that is open, entered through its printed address."""
    bot, clock = Bot((TABLE,)), HandClock()
    async with hearing(folder, clock) as heard:
        playground = Playground(
            folder,
            KEY,
            bot=bot,
            wording=load_wording(),
            codec=Codec(bot.action_kinds),
            clock=clock,
        )
        ready = asyncio.Event()
        listening = asyncio.create_task(playground.listen(heard, ready.set))
        await ready.wait()
        jar = aiohttp.CookieJar(unsafe=True)
        try:
            async with aiohttp.ClientSession(cookie_jar=jar) as http:
                async with http.get(playground.address) as response:
                    assert response.status == 200
                venue = InPlaygroundVenue(playground, http, heard)
                yield venue
                await venue.close()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def _read(said: Json) -> str:
    view = said["view"]
    return "\n".join(filter(None, [view["title"], *map(_block, view["blocks"])]))


def _block(block: Json) -> str:
    match block["is"]:
        case "facts":
            return "\n".join(f"{one['label']}: {_words(one['value'])}" for one in block["facts"])
        case "buttons":
            return " ".join(f"[{one['label']}]" for one in block["buttons"])
        case "select":
            return f"<{' | '.join(one['label'] for one in block['choices'])}>"
        case "picture":
            return f"(picture: {block['alternative']})"
        case "file":
            return f"(file: {block['name']})"
        case _:
            return _words(block["text"])


def _words(spans: list[Any]) -> str:
    return "".join(
        one if isinstance(one, str) else str(one.get("text") or one.get("words") or one)
        for one in spans
    )


def _read_form(form: Json) -> str:
    lines = [form["title"], _words(form["intro"])]
    for field in form["fields"]:
        options = " | ".join(one["label"] for one in field.get("choices", ()))
        lines.append(f"- {field['label']}: {field.get('value', options)}")
    return "\n".join([*lines, *form["problems"].values()])


def _values(field: Json, labels: tuple[Any, ...]) -> list[str]:
    by_label = {one["label"]: one["value"] for one in field["choices"]}
    return [by_label[label] for label in labels]
