"""What one persona sees of the place, as JSON for the page."""

from collections.abc import Mapping, Sequence, Set
from datetime import date

from adapters.playground import guide
from adapters.playground.history import History
from adapters.playground.model import Json, Kind, Persona, Room, Said


def standing(history: History, person: str, done: Set[str], today: date) -> Json:
    """The people, the rooms ``person`` may enter with what is unread there, and the guide."""
    people = history.personas()
    seated = history.in_circles()
    unread = history.unread(person)
    rooms = history.rooms_for(people[person]) if person in people else []
    return {
        "people": [_face(one) for one in people.values()],
        "rooms": [
            _room(room, [key for key in history.seated(room.id) if key in people])
            | {"unread": unread.get(room.id, 0)}
            for room in rooms
        ],
        "steps": [
            step.json(_who(step, people, seated), done=step.key in done, today=today)
            for step in guide.STEPS
        ],
    }


def shown(said: Said) -> Json:
    """A message as the page gets it: files as addresses to fetch, not as their bytes."""
    body = dict(said.body)
    view = body.get("view")
    if isinstance(view, dict):
        blocks = [
            _address(block, f"/files/{said.id}/{index}") if block["is"] == "file" else block
            for index, block in enumerate(view["blocks"])
        ]
        body["view"] = {"title": view["title"], "blocks": blocks}
    return body | {
        "id": said.id,
        "seq": said.seq,
        "room": said.room,
        "author": said.author,
        "at": said.at.isoformat(),
        "only": said.only is not None,
        "thread": said.thread,
        "edited": said.edited,
    }


def _who(step: guide.Step, people: Mapping[str, Persona], seated: Sequence[str]) -> str:
    """Who is best for a step: the visitor, unless it takes a moderator or a circle they lack."""
    you = next((key for key, one in people.items() if one.you), next(iter(people), ""))
    if step.moderator:
        return next((key for key, one in people.items() if one.moderator), you)
    return seated[0] if step.circle and seated and you not in seated else you


def _face(persona: Persona) -> Json:
    return {
        "id": persona.id,
        "name": persona.name,
        "zone": persona.zone,
        "language": persona.language,
        "moderator": persona.moderator,
        "you": persona.you,
    }


def _room(room: Room, seated: list[str]) -> Json:
    return {
        "id": room.id,
        "kind": room.kind.value,
        "name": room.name,
        "open": room.open,
        "people": seated if room.kind in {Kind.PRIVATE, Kind.DIRECT} else [],
        "bot": room.id.startswith("bot-"),
    }


def _address(block: Json, url: str) -> Json:
    return {key: value for key, value in block.items() if key != "content"} | {"url": url}
