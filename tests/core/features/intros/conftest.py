"""Somebody who has joined."""

import pytest

from tests.paper import Member
from tests.world import World


async def join(member: Member, *, role: str = "Mentee", **times: str | tuple[str, ...]) -> None:
    """The whole intro, with as little as is needed."""
    await member.use("circle join")
    themes = {"seeks": ("Confidence",)} if role == "Mentee" else {"offers": ("Confidence",)}
    await member.fill(role=role, **themes)
    await member.fill(**times)
    await member.fill()


@pytest.fixture
async def mei(home: World) -> Member:
    """A mentee."""
    member = home.member("Mei")
    await join(member, availability=("Monday, evening (17–21)",), bio="I draw maps.")
    return member
