"""A bot of nothing but discord.py, to measure against: ``/circle join`` opens a form of its own.

It reads the same two environment variables as Banyan, keeps nothing and thinks nothing.
"""

import os
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

THEMES = ("Identity", "Culture", *(f"Theme {one}" for one in range(10)))


class Introduction(discord.ui.Modal, title="Introduce yourself"):
    """Five fields, of the kinds that Banyan's first form has."""

    role: discord.ui.Label[Any] = discord.ui.Label(
        text="What would you like to be?",
        component=discord.ui.Select(
            options=[discord.SelectOption(label=one) for one in ("Mentee", "Mentor", "Both")]
        ),
    )
    seeks: discord.ui.Label[Any] = discord.ui.Label(
        text="What do you hope for?",
        component=discord.ui.Select(
            options=[discord.SelectOption(label=one) for one in THEMES],
            min_values=0,
            max_values=3,
            required=False,
        ),
    )
    offers: discord.ui.Label[Any] = discord.ui.Label(
        text="What can you offer?",
        component=discord.ui.Select(
            options=[discord.SelectOption(label=one) for one in THEMES],
            min_values=0,
            max_values=3,
            required=False,
        ),
    )
    goals: discord.ui.Label[Any] = discord.ui.Label(
        text="Goals",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, required=False),
    )
    bio: discord.ui.Label[Any] = discord.ui.Label(
        text="About me",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, required=False),
    )

    def to_dict(self) -> dict[str, Any]:
        """The form, but for what the stand-in refuses because Banyan never sends it."""
        form: dict[str, Any] = super().to_dict()
        for one in form["components"]:
            for name in ("disabled", "label"):
                one["component"].pop(name, None)
        return form

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Say thank you."""
        await interaction.response.send_message("Thank you!", ephemeral=True)


class Bare(discord.Client):
    """One command, in one group."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        tree = app_commands.CommandTree(self)
        group = app_commands.Group(name="circle", description="Circles")

        @group.command(name="join", description="Join")
        async def join(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_modal(Introduction())

        tree.add_command(group)
        self.tree = tree

    async def setup_hook(self) -> None:
        """Write the command: by hand, for the stand-in takes no field that Banyan never sends."""
        assert self.application_id is not None
        join = {"type": 1, "name": "join", "description": "Join"}
        circle = {"type": 1, "name": "circle", "description": "Circles", "options": [join]}
        await self.http.bulk_upsert_global_commands(self.application_id, [circle])


if __name__ == "__main__":
    base = os.environ["DISCORD_API_URL"]
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
        base.replace("http", "ws", 1).replace("/api/v10", "/gateway/")
    )
    Bare().run(os.environ["DISCORD_TOKEN"], log_handler=None)
