"""What things are called, inside the core and across its boundary.

A *ref* is a platform's name for something. It is opaque: only the adapter named by its ``platform``
may read its ``key``. An *id* is Banyan's own name: random, meaningless outside one installation,
and the only name that anything but the identity table may keep for a person.
"""

from dataclasses import dataclass
from typing import NewType


@dataclass(frozen=True, slots=True)
class Ref:
    """A platform's own name for something; ``key`` is for that platform's adapter alone."""

    platform: str
    key: str


CommunityRef = NewType("CommunityRef", Ref)
PersonRef = NewType("PersonRef", Ref)
RoomRef = NewType("RoomRef", Ref)
MessageRef = NewType("MessageRef", Ref)

CommunityId = NewType("CommunityId", str)
PersonId = NewType("PersonId", str)
RoomId = NewType("RoomId", str)
SeasonId = NewType("SeasonId", str)
CircleId = NewType("CircleId", str)
ReportId = NewType("ReportId", str)
Key = NewType("Key", str)
"""The name of something owed, unique in its community: see :mod:`bot.core.boundary.keys`."""
