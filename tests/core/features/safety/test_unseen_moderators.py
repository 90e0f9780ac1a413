"""A report about one moderator reaches another who has never used the bot."""

from pathlib import Path

from bot.core.boundary.events import ActorSeen
from tests.world import world


async def test_a_report_reaches_a_moderator_the_platform_told_of(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        rosa, daniel = (here.member(name, moderator=True) for name in ("Rosa", "Daniel"))
        for who in (rosa, daniel):
            seen = ActorSeen(f"seen-{who.key}", here.clock.now(), who.community, who.actor)
            await here.app.dispatcher.receive(seen)
        mei = here.member("Mei")
        await mei.use("circle report")
        await mei.fill(about=(rosa.picked,), words="She shouted at me.")
        await here.settle()
        assert len(daniel.mail) == 1
        assert rosa.mail == []
