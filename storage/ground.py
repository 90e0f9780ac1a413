"""What every store stands on: one unit's connection, narrowed to one community."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId
from storage.chance import Chance
from storage.seals import Seals


@dataclass(frozen=True, slots=True)
class Ground:
    """One unit's part of the database. A store takes this and nothing else.

    ``at`` is the unit's moment (UTC). Every statement must name the community.
    """

    connection: sa.Connection
    community: CommunityId
    seals: Seals
    at: datetime
    chance: Chance
