"""Whatever is typed, pressed or forged at the desk gets an answer, and nothing breaks."""

from dataclasses import fields
from random import Random

from bot.core.boundary.actions import Codec
from bot.core.boundary.events import FormSubmitted
from tests.core.features.desk.makers import on_the_desk, picked, seats
from tests.paper import answer_text
from tests.world import World

NASTY = (
    *("", "-", "0", "-1", "9" * 30, "a" * 80, "\u202e", "=1+1", "2", "3", "quick", "mentor"),
    *("x;y", "😀" * 20, "\x00", "Rowan", "2026-02-30", "٣"),
)
COMMANDS = ("match", "swap", "move", "lock", "undo", "publish", "place", "import", "season")
FINAL = {"desk.publish", "seasons.close"}
"""What would end the draft that the test goes on with."""


async def test_nothing_that_is_sent_breaks_the_desk(home: World) -> None:
    who = await on_the_desk(home)
    chance = Random(1)
    features = ("desk.", "circles.", "seasons.")
    kinds = [
        kind
        for kind in sorted(home.app.bot.action_kinds, key=lambda kind: kind.name)
        if kind.name.startswith(features) and kind.name not in FINAL
    ]
    codec = Codec(kinds)
    for number in range(120):
        kind = chance.choice(kinds)
        action = codec.decode(";".join([kind.name, *(chance.choice(NASTY) for _ in fields(kind))]))
        await who.take(action, *chance.sample(NASTY, chance.randint(0, 2)))
        assert "went wrong" not in answer_text(who.answer)
        people = [picked(chance.choice(("mentee1", "mentor1", "nobody"))) for _ in range(2)]
        form = FormSubmitted(
            f"forged-{number}",
            home.clock.now(),
            who.community,
            who.actor,
            action,
            {key: chance.choice(NASTY) for key in ("start", "weeks", "circle")},
            {"circle": (chance.choice(NASTY),)},
            {"people": tuple(people), "person": tuple(people[:1])},
        )
        answer = await home.app.dispatcher.receive(form)
        assert "went wrong" not in answer_text(answer)
        options = {key: chance.choice(NASTY) for key in ("effort", "circle", "action", "person")}
        await who.use(f"circle-admin {chance.choice(COMMANDS)}", **options)
        assert "went wrong" not in answer_text(who.answer)
    assert set(seats(home)) == {"Rowan", "Alder"}
