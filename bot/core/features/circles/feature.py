"""The row of circles in the table of features."""

from bot.core.actions.circles import LetMeIn, OpenNewRoom, RetryRoom, ShowWhy, SignCharter
from bot.core.boundary.outcome import Invite, NewRoom
from bot.core.feature import Command, Feature, Group, Needs, draws, hears, on_action
from bot.core.features.circles import coming_back, drawing, handlers, losing
from bot.core.programme.circles.notices import (
    Charter,
    FirstHost,
    Introduction,
    InviteRefused,
    Moved,
    NotPlaced,
    Placed,
    RoomAnew,
    RoomRefused,
    RoomsGone,
    SeasonOver,
    SeatsEmpty,
    SomeoneLeft,
    Welcome,
)

CIRCLES = Feature(
    "circles",
    commands=(Command(Group.MEMBER, "why", handlers.why_command, needs=Needs.MEMBER),),
    actions=(
        on_action(ShowWhy, handlers.show_why, Needs.MEMBER),
        on_action(SignCharter, handlers.sign_charter),
        on_action(LetMeIn, coming_back.let_me_in),
        on_action(RetryRoom, handlers.retry_room, Needs.MODERATOR),
        on_action(OpenNewRoom, losing.new_room, Needs.MODERATOR),
    ),
    notices=(
        draws(Welcome, drawing.welcome),
        draws(Introduction, drawing.introduction),
        draws(FirstHost, drawing.first_host),
        draws(Charter, drawing.charter),
        draws(Placed, drawing.placed),
        draws(NotPlaced, drawing.not_placed),
        draws(SomeoneLeft, drawing.someone_left),
        draws(SeasonOver, drawing.season_over),
        draws(SeatsEmpty, drawing.seats_empty),
        draws(RoomRefused, drawing.room_refused),
        draws(InviteRefused, drawing.invite_refused),
        draws(RoomsGone, drawing.rooms_gone),
        draws(RoomAnew, drawing.room_anew),
        draws(Moved, drawing.moved),
    ),
    hears=(
        hears(NewRoom, handlers.room_asked_for),
        hears(Invite, handlers.invited),
        hears(Placed, handlers.told),
        hears(NotPlaced, handlers.told),
    ),
    on_undelivered=losing.undelivered,
    on_rooms=losing.rooms_changed,
    on_departed=handlers.on_departed,
    status=handlers.status,
    beside=coming_back.beside,
    on_room=coming_back.on_room,
    rooms=coming_back.rooms,
)
