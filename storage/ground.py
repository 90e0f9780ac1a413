"""What every store stands on: one unit's connection, narrowed to one community."""

from dataclasses import dataclass
from datetime import datetime

from storage.chance import Chance
from storage.own import Own
from storage.seals import Seals


@dataclass(frozen=True, slots=True)
class Ground(Own):
    """One unit's part of the database. A store takes this and nothing else.

    ``at`` is the unit's moment (UTC).
    """

    seals: Seals
    at: datetime
    chance: Chance
