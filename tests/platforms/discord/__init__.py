"""A stand-in for Discord: the part of its REST interface and gateway that a bot like this uses.

It is small and strict. It refuses what Discord refuses (unknown fields, sizes, permissions, a
second answer to an interaction, a late one), keeps a ledger of every request, and fails when told
to. People in tests act through :class:`Person`, who sees and presses only what is there.

    world.py      servers, channels, people, messages and interactions, and who may do what
    state.py      the world, what people do in it, and what tests ask of it
    requests.py   the shape of every request body, with Discord's limits
    checks.py     what a shape cannot say: sums, references, what goes with what
    faults.py     failing on demand, and rate limits
    gateway.py    the gateway: sessions, events, resuming
    routes.py     what the routes share; then account.py, answering.py, messages.py, rooms.py
    server.py     the REST interface and the gateway together on one port
    person.py     people who use commands, press buttons and fill in forms
"""

from tests.platforms.discord.faults import Fault
from tests.platforms.discord.person import NotThere, Person, read, read_form
from tests.platforms.discord.server import StandIn

__all__ = ["Fault", "NotThere", "Person", "StandIn", "read", "read_form"]
