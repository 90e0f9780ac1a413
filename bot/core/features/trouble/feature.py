"""Trouble's line in the table of features."""

from bot.core.actions.trouble import Trouble
from bot.core.feature import Feature, draws
from bot.core.features.trouble.handlers import draw, undelivered

TROUBLE = Feature(
    "trouble",
    notices=(draws(Trouble, draw),),
    on_undelivered=undelivered,
)
