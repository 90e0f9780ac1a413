"""What to try first: the steps of the page's list, and how each is known to be done.

The steps name commands by the words that people type, as a printed guide would; what becomes of
them is the bot's business like any other command.
"""

from dataclasses import dataclass

from adapters.playground.clock import Move
from adapters.playground.commons import STAFF, WELCOME
from adapters.playground.decode import Event, Pressed, Submitted, Uploaded, Used
from adapters.playground.model import Json

IMPORT = "circle-admin import"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try, by the visitor or by a moderator.

    ``options`` are filled in beside ``command``. It is done once one of ``actions`` (the
    beginning of a wire code) is pressed or sent in, or one of ``moves`` is made, or, if ``used``, with the command itself.
    """

    key: str
    command: str = ""
    options: tuple[tuple[str, str], ...] = ()
    moderator: bool = False
    actions: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    used: bool = False

    def json(self, done: bool) -> Json:
        """The step for the page; its words hang below ``playground.step.<key>``."""
        return {
            "key": self.key,
            "command": self.command,
            "options": dict(self.options),
            "moderator": self.moderator,
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
        (("action", "open"),),
        moderator=True,
        actions=("seasons.open",),
    ),
    Step("match", "circle-admin match", moderator=True, actions=("desk.run",), used=True),
    Step("publish", "circle-admin publish", moderator=True, actions=("desk.publish",)),
    Step("week", moves=(Move.WEEK, Move.PLAY, Move.SLEEP)),
    Step("answer", "circle checkin", actions=("checkins.answer", "checkins.save")),
)


def done_by(event: Event) -> set[str]:
    """The steps that this event completes."""
    match event:
        case Used(command=command):
            return {step.key for step in STEPS if step.used and step.command == command}
        case Pressed(code=code) | Submitted(code=code):
            return {
                step.key
                for step in STEPS
                if any(f"{code};".startswith(f"{action};") for action in step.actions)
            }
        case Uploaded():
            return set()


def done_by_move(move: Move) -> set[str]:
    """The steps that moving the clock completes."""
    return {step.key for step in STEPS if move in step.moves}
