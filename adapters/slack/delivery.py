"""Doing what is owed: one delivery, one try.

Slack has no way to recognise a message sent twice, and without a history scope nobody can look. So
a message that may have arrived is reported as uncertain and never sent again by itself. Everything
else can be done again: what is already so is as good as done.
"""

import contextlib
import logging

from adapters.slack import ids, render, uploads
from adapters.slack.answers import sentence
from adapters.slack.api import Api, NotOk
from adapters.slack.credentials import INVALID
from adapters.slack.groups import Groups
from adapters.slack.installations import Installation
from adapters.slack.model import Json
from adapters.slack.people import People
from adapters.slack.rooms import Rooms
from bot.core.boundary.events import Why
from bot.core.boundary.ids import MessageRef, RoomRef
from bot.core.boundary.views import Message
from bot.core.boundary.wording import Words
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    Receipt,
    SayAnew,
    TakeBack,
    TakeOut,
    Task,
    TellPerson,
    TryLater,
    Undeliverable,
)

log = logging.getLogger("banyan.slack")

_WHY = {
    Why.CLOSED: {"cannot_dm_bot", "messages_tab_disabled", "user_not_visible"},
    Why.GONE: {
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "user_not_found",
        "user_disabled",
        "no_user",
        "org_user_not_in_team",
        "user_team_not_in_channel",
        "is_inactive",
        "team_not_found",
        "no_channel",
    },
    Why.FORBIDDEN: {
        "missing_scope",
        "not_in_channel",
        "restricted_action",
        "no_permission",
        "not_allowed_token_type",
        "cant_invite",
        "cant_update_message",
        "cant_delete_message",
        "edit_window_closed",
        "user_is_restricted",
        "ura_max_channels",
        "invitee_cant_see_channel",
        "access_denied",
        "ekm_access_denied",
        "cannot_create_channel",
        "posting_to_channel_denied",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "storage_limit_reached",
        "no_external_invite_permission",
        "app_cannot_join_channel",
        "app_access_restricted",
        "enterprise_is_restricted",
        "org_login_required",
        "two_factor_setup_required",
        "team_access_not_granted",
        "invalid_user_combination",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    },
}
_REASONS = {error: why for why, errors in _WHY.items() for error in errors}


_LOST = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""Of a room: it is not there, or closed, or somebody took the app out of it."""
_IN_ROOM = PostInRoom | LetIn | TakeOut | CloseRoom | SayAnew | TakeBack


def reason(refusal: NotOk, task: Task) -> Why:
    """Whose doing a refusal is. What we do not know is ours."""
    if refusal.error in INVALID:
        return Why.FORBIDDEN
    if refusal.error in _LOST and isinstance(task, _IN_ROOM):
        return Why.LOST
    return _REASONS.get(refusal.error, Why.REFUSED)


class Delivery:
    """Carries parcels to Slack."""

    def __init__(
        self, api: Api, people: People, groups: Groups, words: Words, *, group_dms: bool
    ) -> None:
        self._api = api
        self._lost_file = sentence(words, "slack.files.lost")
        self._people = people
        self._rooms = groups.rooms
        self._groups = groups
        self._group_dms = group_dms

    async def deliver(self, ours: Installation, parcel: Parcel) -> Receipt:
        """Do it. Raises :class:`NotOk`, :class:`TryLater`, :class:`Undeliverable`."""
        match parcel.task:
            case PostInRoom(room, message):
                _once(parcel)
                where = await self._conversation(ours, room)
                return await self._post(ours, where, message, parcel.key, quiet=True)
            case TellPerson(person, message):
                _once(parcel)
                # Slack takes a person for the place, and opens the conversation by itself.
                return await self._post(ours, person.key, message, parcel.key, quiet=False)
            case OpenRoom() | LetIn() | TakeOut() | CloseRoom():
                return await self._room(ours, parcel.task, parcel.key)
            case TakeBack(message):
                await self._take_back(ours, message)
            case SayAnew(message, anew):
                return await self._say_anew(ours, message, anew)
            case ErasePlatformData(person):
                self._people.forget(ours.team, person.key)
                await self._groups.forget(ours, person.key)
        return None

    async def _post(
        self, ours: Installation, where: str, message: Message, key: str, *, quiet: bool
    ) -> MessageRef:
        files, refused = render.files(message), False
        prepared: list[dict[str, str]] = []
        try:
            prepared = await uploads.prepare(self._api, ours, files)
        except NotOk as refusal:
            log.warning("a file is not taken", extra={"error": refusal.error})
            refused = True
        said = await self._say(ours, where, render.message(message, quiet=quiet, reference=key))
        place, _ = ids.place(said)  # files go to a conversation, and not to a person
        try:
            if prepared:
                await uploads.share(self._api, ours, place, prepared)
        except (NotOk, TryLater) as error:
            log.warning("a message may be without its files", extra={"kind": str(error)})
            refused = True
        if refused:
            await self._admit(ours, place)
        return said

    async def _say(self, ours: Installation, where: str, drawn: Json) -> MessageRef:
        posted = await self._api.call(
            ours.team,
            ours.token,
            "chat.postMessage",
            {"channel": where, "unfurl_links": False, "unfurl_media": False} | drawn,
            conversation=where,
        )
        return ids.message(str(posted.get("channel") or where), str(posted["ts"]))

    async def _admit(self, ours: Installation, where: str) -> None:
        """Say below a message, which is there for good, that its file may not have come."""
        with contextlib.suppress(NotOk, TryLater):
            await self._say(ours, where, render.message(self._lost_file))

    async def _conversation(self, ours: Installation, room: RoomRef) -> str:
        if not self._groups.is_group(room):
            return room.key
        try:
            return await self._groups.conversation(ours, room)
        except TryLater as later:
            raise later.harmless() from None  # nothing was said yet

    async def _room(
        self, ours: Installation, task: OpenRoom | LetIn | TakeOut | CloseRoom, key: str
    ) -> RoomRef | None:
        match task:
            case OpenRoom(name):
                rooms: Rooms | Groups = self._groups if self._group_dms else self._rooms
                return await rooms.open(ours, name, key)
            case LetIn(room, person):
                await self._kind_of(room).let_in(ours, room, person.key)
            case TakeOut(room, person):
                await self._kind_of(room).take_out(ours, room, person.key)
            case CloseRoom(room):
                await self._kind_of(room).close(ours, room)
        return None

    def _kind_of(self, room: RoomRef) -> Rooms | Groups:
        return self._groups if self._groups.is_group(room) else self._rooms

    async def _take_back(self, ours: Installation, message: MessageRef) -> None:
        channel, ts = ids.place(message)
        try:
            await self._api.call(
                ours.team, ours.token, "chat.delete", {"channel": channel, "ts": ts}
            )
        except NotOk as refusal:
            if refusal.error not in {"message_not_found", "channel_not_found"}:
                raise

    async def _say_anew(self, ours: Installation, message: MessageRef, anew: Message) -> MessageRef:
        channel, ts = ids.place(message)
        drawn = render.message(anew, quiet=True)
        where = {"channel": channel, "ts": ts}
        await self._api.call(ours.team, ours.token, "chat.update", where | drawn)
        return message


def _once(parcel: Parcel) -> None:
    if parcel.perhaps_done:
        raise Undeliverable(Why.UNCERTAIN, "may have arrived")
