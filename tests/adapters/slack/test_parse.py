"""What people type after /circle and /circle-admin."""

import pytest

from adapters.slack.parse import Asked, Named, asked
from bot.core.boundary.outcome import Outcome
from bot.core.decide import Bot
from bot.core.feature import Command, Feature, Group, Kind, Option

PERSON = Option("person", Kind.PERSON)
COMMANDS = Bot(
    (
        Feature(
            "tested",
            commands=(
                Command(Group.MEMBER, "help", lambda _, __: Outcome()),
                Command(Group.MEMBER, "pause", lambda _, __: Outcome(), (Option("until"),)),
                Command(
                    Group.MODERATOR,
                    "season",
                    lambda _, __: Outcome(),
                    (
                        Option("action", Kind.CHOICE, choices=("open", "close")),
                        Option("start", Kind.DATE),
                        Option("weeks"),
                    ),
                ),
                Command(
                    Group.MODERATOR,
                    "swap",
                    lambda _, __: Outcome(),
                    (PERSON, Option("other", Kind.PERSON)),
                ),
            ),
        ),
    )
).commands


@pytest.mark.parametrize(
    ("slash", "text", "expected"),
    [
        ("/circle", "", Asked("circle")),
        ("/circle", "dance", Asked("circle dance")),
        ("/circle-admin", "", Asked("circle-admin")),
        ("/circle", "season", Asked("circle season")),
        ("/circle", "PAUSE", Asked("circle pause")),
        ("/circle", "pause 3 March", Asked("circle pause", {"until": "3 March"})),
        ("/circle", "pause until:tomorrow", Asked("circle pause", {"until": "tomorrow"})),
        ("/circle", "pause until: tomorrow", Asked("circle pause", {"until": "tomorrow"})),
        ("/circle", 'pause until:"3 March"', Asked("circle pause", {"until": "3 March"})),
        ("/circle", "pause “3 March”", Asked("circle pause", {"until": "3 March"})),
        ("/circle", "pause until:3 March", Asked("circle pause", {"until": "3 March"})),
        ("/circle", "pause at 18:30", Asked("circle pause", {"until": "at 18:30"})),
        ("/circle", "pause &lt;b&gt; &amp;", Asked("circle pause", {"until": "<b> &"})),
        ("/circle-admin", "season Open", Asked("circle-admin season", {"action": "open"})),
        (
            "/circle-admin",
            "season open 2026-01-05 12",
            Asked("circle-admin season", {"action": "open", "start": "2026-01-05", "weeks": "12"}),
        ),
        (
            "/circle-admin",
            "season weeks:10 action:open",
            Asked("circle-admin season", {"weeks": "10", "action": "open"}),
        ),
        ("/circle-admin", "season shut", Asked("circle-admin season", {"action": "shut"})),
        (
            "/circle-admin",
            "swap <@U1|mei l> <@W2>",
            Asked("circle-admin swap", {"person": Named("U1", "mei l"), "other": Named("W2", "")}),
        ),
        ("/circle-admin", "swap @mei", Asked("circle-admin swap", {"person": "@mei"})),
        ("/circle", "pause <@U1|mei>", Asked("circle pause", {"until": "@mei"})),
    ],
)
def test_words_are_read_by_the_table_of_features(slash: str, text: str, expected: Asked) -> None:
    assert asked(slash, text, COMMANDS) == expected


def test_a_hundred_kinds_of_nonsense_are_read_without_a_fault() -> None:
    for piece in ('"', "“", ":", "::", "<@", "<@U1|", "until:", "\0", "\u202e", "🙂", "x" * 3000):
        for before in ("", "pause ", "pause until:", "swap "):
            for slash in ("/circle", "/circle-admin"):
                assert asked(slash, before + piece * 3, COMMANDS).command
