"""Trouble's line in the table of features."""

from bot.core.actions.trouble import (
    HaveRead,
    ReadUnread,
    SettleDoubtful,
    ShowDoubtful,
)
from bot.core.feature import Feature, draws, on_action
from bot.core.features.trouble import doubtful, drawing, handlers
from bot.core.features.trouble.notices import PerhapsSaid, Trouble

TROUBLE = Feature(
    "trouble",
    actions=(
        on_action(ReadUnread, handlers.read_unread),
        on_action(HaveRead, handlers.have_read),
        on_action(ShowDoubtful, doubtful.show),
        on_action(SettleDoubtful, doubtful.settle),
    ),
    notices=(draws(Trouble, drawing.draw_trouble), draws(PerhapsSaid, drawing.draw_doubtful)),
    on_undelivered=handlers.undelivered,
)
