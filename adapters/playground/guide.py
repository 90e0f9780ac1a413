"""What to try first: the steps of the page's list, and how each is known to be done.

The steps name commands by the words that people type, as a printed guide would; what becomes of
them is the bot's business like any other command.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from adapters.playground.clock import Move
from adapters.playground.decode import Event, Pressed, Submitted, Uploaded, Used
from adapters.playground.model import STAFF, WELCOME, Json

IMPORT = "circle-admin import"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try, by the visitor, by a moderator, or by somebody who has a circle.

    ``options`` are filled in beside ``command``; ``{monday}`` is today's or the coming one, so
    that a season begins within the week that a later step lets go by. A step is done once one of
    ``actions`` (the beginning of a wire code) is pressed or sent in, or one of ``moves`` is made,
    or one of ``offers`` stands on a button of the bot's, or, if ``used``, with the command itself.
    """

    key: str
    command: str = ""
    options: tuple[tuple[str, str], ...] = ()
    moderator: bool = False
    circle: bool = False
    actions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    used: bool = False

    def json(self, who: str, *, done: bool, today: date) -> Json:
        """The step for the page; its words hang below ``playground.step.<key>``."""
        monday = today + timedelta(days=-today.weekday() % 7)
        return {
            "key": self.key,
            "command": self.command,
            "options": {name: value.format(monday=monday) for name, value in self.options},
            "who": who,
            "room": STAFF if self.moderator else WELCOME,
            "move": self.moves[0].value if self.moves else "",
            "done": done,
        }


STEPS = (
    Step("sample", moderator=True, actions=("desk.import",)),
    Step("join", "circle join", actions=("intros.fill;people",)),
    Step(
        "season",
        "circle-admin season",
        (("action", "open"), ("start", "{monday}")),
        moderator=True,
        actions=("seasons.open",),
        used=True,
    ),
    Step("match", "circle-admin match", moderator=True, offers=("desk.ask-to-publish",)),
    Step("publish", "circle-admin publish", moderator=True, actions=("desk.publish",)),
    Step("week", moves=(Move.WEEK, Move.PLAY, Move.SLEEP)),
    Step("answer", "circle checkin", circle=True, actions=("checkins.answer", "checkins.save")),
)


def done_by(event: Event) -> set[str]:
    """The steps that this event completes."""
    match event:
        case Used(command=command):
            return {step.key for step in STEPS if step.used and step.command == command}
        case Pressed(code=code) | Submitted(code=code):
            return {step.key for step in STEPS if _is_one(code, step.actions)}
        case Uploaded():
            return set()


def done_by_message(body: Json) -> set[str]:
    """The steps that a message of the bot completes, by what it offers."""
    view = body.get("view")
    blocks = view["blocks"] if isinstance(view, dict) else []
    codes = [one["code"] for block in blocks for one in block.get("buttons", ())]
    return {step.key for step in STEPS if any(_is_one(code, step.offers) for code in codes)}


def done_by_move(move: Move) -> set[str]:
    """The steps that moving the clock completes."""
    return {step.key for step in STEPS if move in step.moves}


def _is_one(code: str, beginnings: tuple[str, ...]) -> bool:
    return any(f"{code};".startswith(f"{beginning};") for beginning in beginnings)
