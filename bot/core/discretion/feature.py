"""Discretion's line in the table of features."""

from bot.core.discretion.handlers import KEY, began, draw
from bot.core.discretion.notices import TakenBack
from bot.core.feature import Feature, draws

DISCRETION = Feature(
    "discretion",
    notices=(draws(TakenBack, draw),),
    keys=(KEY, f"{KEY}-gone"),
    on_began=began,
)
