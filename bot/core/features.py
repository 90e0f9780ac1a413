"""The one table of features. A feature is in the bot when, and only when, it has a line here."""

from bot.core.checkins.feature import CHECKINS
from bot.core.circles.feature import CIRCLES
from bot.core.community.feature import COMMUNITY
from bot.core.desk.feature import DESK
from bot.core.feature import Feature
from bot.core.health.feature import HEALTH
from bot.core.intros.feature import INTROS
from bot.core.overview.feature import overview
from bot.core.rights.feature import RIGHTS
from bot.core.safety.feature import SAFETY
from bot.core.seasons.feature import SEASONS
from bot.core.trouble.feature import TROUBLE

_PARTS: tuple[Feature, ...] = (
    INTROS,
    CIRCLES,
    CHECKINS,
    SAFETY,
    RIGHTS,
    COMMUNITY,
    SEASONS,
    DESK,
    HEALTH,
    TROUBLE,
)

FEATURES = (*_PARTS, overview(_PARTS))
