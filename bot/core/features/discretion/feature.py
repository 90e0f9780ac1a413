"""Discretion's line in the table of features."""

from bot.core.feature import Feature, draws
from bot.core.features.discretion.drawing import draw
from bot.core.features.discretion.handlers import began
from bot.core.features.discretion.notices import TakenBack

DISCRETION = Feature(
    "discretion",
    notices=(draws(TakenBack, draw),),
    on_began=began,
)
