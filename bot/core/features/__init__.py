"""The one table of features. A feature is in the bot when, and only when, it has a line here."""

from bot.core.feature import Feature
from bot.core.features.checkins.feature import CHECKINS
from bot.core.features.circles.feature import CIRCLES
from bot.core.features.community.feature import COMMUNITY
from bot.core.features.desk.feature import DESK
from bot.core.features.discretion.feature import DISCRETION
from bot.core.features.health.feature import HEALTH
from bot.core.features.intros.feature import INTROS
from bot.core.features.overview.feature import overview
from bot.core.features.rights.feature import RIGHTS
from bot.core.features.safety.feature import SAFETY
from bot.core.features.seasons.feature import SEASONS
from bot.core.features.trouble.feature import TROUBLE

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
    DISCRETION,
)

FEATURES = (*_PARTS, overview(_PARTS))
