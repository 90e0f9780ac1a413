"""What people do in a season, on Discord, by the labels they see."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from tests.adapters.discord.process import Bot
from tests.core.features.desk.makers import people_csv, row
from tests.platforms.discord import Person, StandIn, read
from tests.platforms.discord.world import Channel, Guild, Post

FREE = ("Monday, evening (17–21)", "Tuesday, evening (17–21)")


class Programme:
    """One server's moderator and members."""

    def __init__(self, stand_in: StandIn, guild: Guild) -> None:
        stand_in.patience = 60.0  # people here have time, and machines may be slow
        self.stand_in = stand_in
        self.guild = guild
        self.moderator = Person(
            stand_in, guild, stand_in.join(guild, f"Mo of {guild.name}", guild.role("Managers"))
        )
        self.members: list[Person] = []

    async def set_up(self) -> None:
        """Say how it goes, and open a season."""
        mo = self.moderator
        await mo.use("circle-admin setup")
        await mo.press("Begin")
        if mo.form is None:
            await mo.press("Continue")
        await mo.fill()
        await mo.press("Open a season")
        await mo.fill()
        assert "The season is open." in mo.sees

    async def join(self, names: Sequence[str], role: str) -> None:
        """These people come to the server and join."""
        people = [
            Person(self.stand_in, self.guild, self.stand_in.join(self.guild, name))
            for name in names
        ]
        await asyncio.gather(*(_join(person, role) for person in people))
        self.members += people

    async def bring_in(self, mentors: int, mentees: int) -> None:
        """So many people come to the server and are brought in from a file: all fit with all."""
        roles = ["mentor"] * mentors + ["mentee"] * mentees
        made = [self.stand_in.join(self.guild, f"{role} {at}") for at, role in enumerate(roles)]
        rows = [row(one.user.id, role) for one, role in zip(made, roles, strict=True)]
        mo = self.moderator
        await mo.use("circle-admin import", file=("people.csv", people_csv(rows)))
        await mo.press("Bring them in")
        self.members += [Person(self.stand_in, self.guild, one) for one in made]

    async def size_circles(self, mentors: str, *, least: int, most: int) -> None:
        """Say how many there may be in a circle."""
        mo = self.moderator
        await mo.use("circle-admin settings")
        await mo.choose("The size of circles")
        sizes = {
            "mentors": mentors,
            "mentees_in_a_circle:_at_least": str(least),
            "mentees_in_a_circle:_at_most": str(most),
        }
        await mo.fill(**sizes)

    async def approve_mentors(self, names: Sequence[str]) -> None:
        """The moderator says yes to each."""
        await self.moderator.use("circle-admin approve")
        for name in names:
            await self.moderator.press(f"Approve {name}")

    async def draft(self) -> None:
        """Look for circles until there are some."""
        mo = self.moderator
        await mo.use("circle-admin match")
        for _ in range(1200):
            if "Publish …" in mo.sees:
                return
            await asyncio.sleep(0.5)
            await mo.use("circle-admin match")
        raise AssertionError(mo.sees)

    async def publish(self) -> None:
        """Publish the draft."""
        await self.moderator.use("circle-admin publish")
        await self.moderator.press("Yes, open these circles")

    @property
    def rooms(self) -> list[Channel]:
        """The circles' rooms."""
        return self.guild.rooms()

    @property
    def everything_said(self) -> list[Post]:
        """Every message in the server's rooms and to its people."""
        said = [post for room in self.rooms for post in room.posts.values()]
        return said + [post for person in [self.moderator, *self.members] for post in person.mail]

    def settled(self) -> bool:
        """Whether every member is in a room in which everybody has been introduced."""
        return all(person.rooms for person in self.members) and all(
            len(introduced(room)) == len(room.people) - 1 for room in self.rooms
        )


def introduced(room: Channel) -> list[str]:
    """The introductions in a room."""
    return [words for words in map(read, room.posts.values()) if words.startswith("Meet <@")]


async def let_time_pass(bot: Bot, by: timedelta) -> None:
    """Move the bot's clock on."""
    await bot.move_clock(bot.now + by)


async def _join(person: Person, role: str) -> None:
    await person.use("circle join")
    asked = "what_can" if role == "Mentor" else "what_do"
    await person.fill(what_would=role, **{asked: ("Identity", "Culture")})
    for answers in ({"your_city": "London", "when_are": FREE}, {}):
        while person.form is None:  # a form that was ready too late is one more press away
            await person.press("Continue")
        await person.fill(**answers)
    assert "Welcome" in person.sees, person.sees
