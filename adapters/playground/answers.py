"""Where an answer goes: a message in the room it was asked in, or a form on the page.

What the page is told of it is kept by whoever asks, so that it can be said again.
"""

from adapters.playground import render
from adapters.playground.decode import Event, Pressed, Submitted, Uploaded, Used
from adapters.playground.model import BOT, Json, Persona
from adapters.playground.rooms import Commons
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm


class Answers:
    """Shows answers."""

    def __init__(self, commons: Commons) -> None:
        self._commons = commons

    def show(self, answer: Answer, sent: Event, persona: Persona) -> Json:
        """Put the answer to what ``persona`` sent where it belongs; what the page is told of it."""
        match answer:
            case Say(message, private):
                body: Json = {"view": render.message(message)}
                if isinstance(sent, Used | Uploaded):
                    body |= {"asked": sent.command, "by": persona.id}
                key = f"a-{sent.id}"
                self._commons.tell(key, sent.room, body, persona.id if private else None)
                return {"is": "said", "room": sent.room, "message": key}
            case Replace(message):
                origin = self._origin(sent, persona)
                if origin is None:
                    return self.show(Say(message), sent, persona)
                said = self._commons.history.message(origin)
                before = said.body if said else {}
                self._commons.reword(origin, before | {"view": render.message(message)})
                return {"is": "said", "room": sent.room, "message": origin}
            case ShowForm(form) | FixForm(form):
                return {"is": "form", "form": render.form(form), "message": _from(sent)}
            case Quiet():
                return {"is": "quiet"}

    def _origin(self, sent: Event, persona: Persona) -> str | None:
        """The bot's message that ``sent`` came from, if the persona can still see it."""
        key = _from(sent)
        said = self._commons.history.message(key) if key else None
        if said is None or said.author != BOT or said.only not in {None, persona.id}:
            return None
        return said.id if self._commons.history.may_enter(persona, said.room) else None


def farewell(answer: Answer) -> Json:
    """The last answer to somebody who was forgotten meanwhile: shown, and kept nowhere."""
    match answer:
        case Say(message) | Replace(message):
            return {"is": "farewell", "view": render.message(message)}
        case _:
            return {"is": "quiet"}


def _from(sent: Event) -> str | None:
    return sent.message if isinstance(sent, Pressed | Submitted) else None
