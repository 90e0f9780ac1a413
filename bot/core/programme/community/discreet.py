"""What may be asked in a community, by what its platform lets a bot carry. Pure.

Open to all: storage shows every unit its community through :func:`as_carried`, so whatever reads
the settings finds no sensitive question on where there may be none.
"""

from dataclasses import replace

from bot.core.programme.community.model import Community, Settings


def discreet(settings: Settings) -> Settings:
    """The settings without anything sensitive to ask."""
    return replace(
        settings,
        ask_heritage=False,
        ask_comfort=False,
        questions=tuple(one for one in settings.questions if not one.sensitive),
    )


def asked_sensitively(settings: Settings) -> tuple[str, ...]:
    """What is sensitive and turned on: keys as in ``TellMore``."""
    return (
        *(["heritage"] if settings.ask_heritage else []),
        *(["comfort"] if settings.ask_comfort else []),
        *(f"q:{question.key}" for question in settings.questions if question.sensitive),
    )


def as_carried(community: Community, *, carries_sensitive: bool) -> Community:
    """The community as it may be served where its platform carries sensitive answers, or not."""
    if carries_sensitive:
        return community
    return replace(
        community,
        settings=discreet(community.settings),
        carries_sensitive=False,
        withheld=asked_sensitively(community.settings),
    )
