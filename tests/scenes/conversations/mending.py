"""Forms that came back with something to mend."""

from tests.paper import Member


async def mend(who: Member) -> None:
    """Open again what has something to mend, as Discord's *Try again* does."""
    await who.take(who.form.reopen)
