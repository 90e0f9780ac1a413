"""Whatever is sent in, somebody is answered kindly and nothing breaks."""

import random
import string

from bot.core.actions import intros as a
from bot.core.actions.community import (
    AddThemes,
    ChangeSettings,
    RemoveQuestion,
    RemoveTheme,
    RenameTheme,
    ShowQuestions,
    ShowThemes,
    WriteQuestion,
)
from bot.core.actions.overview import ShowHelp, ShowStatus
from bot.core.boundary.actions import Action
from bot.core.boundary.events import FormSubmitted
from bot.core.boundary.outcome import Answer, Quiet
from bot.core.features.community.choices import PARTS
from tests.paper import Member, answer_text
from tests.world import World

NASTY = ("", "\x00", "\u202e@everyone", "<@1>", "x" * 5000, "🌱" * 900, "}{", "*", "=1+1", "'; --")
NAMES = (
    "role",
    "seeks",
    "zone",
    "languages",
    "bio",
    "budget",
    "stage",
    "heritage",
    "uses",
    "label",
)
KEYS = (*NAMES, "answer", "prompt", "choices", "purpose", "mentors", "stages", "politics", "asking")
ACTIONS: tuple[Action, ...] = (
    *(a.Fill(part) for part in ("about", "times", "people", "nowhere")),
    *(a.TellMore(what) for what in ("stage", "heritage", "comfort", "q:none", "")),
    *(a.PreferNot(what) for what in ("heritage", "nothing")),
    *(ChangeSettings(part) for part in (*PARTS, "nowhere")),
    a.Join(),
    a.ChangeQuiet(),
    a.ChooseHours(-3),
    a.ChooseHours(99),
    a.FinerTimes(),
    a.ShowMore(),
    a.PauseFor(-5),
    a.PauseFor(10**9),
    a.Approve("nobody"),
    a.ShowMembers(10**9),
    a.ShowWaiting(-1),
    a.Withdraw("zzz"),
    AddThemes(),
    RenameTheme("none"),
    RemoveTheme("none"),
    RemoveQuestion("none"),
    WriteQuestion(""),
    WriteQuestion("none"),
    ShowThemes(),
    ShowQuestions(),
    ShowHelp("nobody"),
    ShowStatus(-7),
)


def _words(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(NASTY)
    return "".join(chance.choices(string.printable + "é中\u0301", k=chance.randrange(80)))


def _values(chance: random.Random) -> tuple[str, ...]:
    return tuple(_words(chance) for _ in range(chance.randrange(4)))


def _fair(answer: Answer) -> None:
    assert not isinstance(answer, Quiet)
    assert "Something went wrong" not in answer_text(answer)


async def test_hostile_forms_buttons_and_commands_are_answered_kindly(
    home: World, mei: Member
) -> None:
    chance = random.Random(2026)
    people = [mei, home.member("Asha", moderator=True), home.member("\u202eRavi\x00" + "é" * 70)]
    for number in range(600):
        who = chance.choice(people)
        match number % 3:
            case 0:
                _fair(await who.take(chance.choice(ACTIONS), *_values(chance)))
            case 1:
                _fair(await who.use("circle pause", until=_words(chance)))
            case _:
                event = FormSubmitted(
                    f"hostile-{number}",
                    home.clock.now(),
                    who.community,
                    who.actor,
                    chance.choice(ACTIONS),
                    {key: _words(chance) for key in KEYS if chance.random() < 0.7},
                    {key: _values(chance) for key in KEYS if chance.random() < 0.7},
                    {"wishes": (who.picked, mei.picked), "avoid": (mei.picked,)},
                )
                _fair(await home.app.dispatcher.receive(event))
