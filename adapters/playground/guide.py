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

    ``commands`` mark it done when used; ``codes`` when something whose wire code begins so is
    pressed or sent in. ``options`` are filled in beside ``command``.
    """

    key: str
    command: str = ""
    options: tuple[tuple[str, str], ...] = ()
    moderator: bool = False
    commands: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()

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
    Step("sample", moderator=True, commands=(IMPORT,)),
    Step("join", "circle join", codes=("intros.",)),
    Step(
        "season",
        "circle-admin season",
        (("action", "open"),),
        moderator=True,
        commands=("circle-admin season",),
    ),
    Step("match", "circle-admin match", moderator=True, commands=("circle-admin match",)),
    Step("publish", "circle-admin publish", moderator=True, commands=("circle-admin publish",)),
    Step("week", moves=(Move.WEEK, Move.PLAY, Move.SLEEP)),
    Step("answer", "circle checkin", codes=("checkins.",)),
)


def done_by(event: Event) -> set[str]:
    """The steps that this event completes."""
    match event:
        case Used(command=command) | Uploaded(command=command):
            return {step.key for step in STEPS if command in step.commands}
        case Pressed(code=code) | Submitted(code=code):
            return {step.key for step in STEPS if step.codes and code.startswith(step.codes)}


def done_by_move(move: Move) -> set[str]:
    """The steps that moving the clock completes."""
    return {step.key for step in STEPS if move in step.moves}
