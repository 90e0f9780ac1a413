"""The app manifest for a configuration: what to paste at api.slack.com to make the app.

Scopes are the least that the bot's commands need. None reads a conversation.
"""

import json

from adapters.slack.model import Json
from adapters.slack.news import ROOM_FOUND, ROOM_LOST
from bot.config import Slack
from bot.core.boundary.wording import load

EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"
"""Where Slack reaches us by HTTP."""

_SCOPES = ("commands", "chat:write", "im:write", "users:read", "files:write", "files:read")
_FOR_CHANNELS = ("groups:write", "groups:read")
_FOR_GROUP_DMS = (*_FOR_CHANNELS, "mpim:write")
"""A circle of more than eight people does not fit into a group conversation."""
_FOR_USER_GROUPS = ("usergroups:read",)
_BOT_EVENTS = (
    *("app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"),
    *(*ROOM_LOST, *ROOM_FOUND, "member_joined_channel", "member_left_channel"),
)


def scopes(settings: Slack) -> tuple[str, ...]:
    """The bot's scopes under these settings. What each is for stands in the catalogue."""
    rooms = _FOR_GROUP_DMS if settings.rooms == "group_dms" else _FOR_CHANNELS
    return (*_SCOPES, *rooms, *(_FOR_USER_GROUPS if _by_group(settings) else ()))


def _by_group(settings: Slack) -> bool:
    return any(one.startswith("S") for one in settings.moderators)


def manifest(settings: Slack) -> Json:
    """The manifest."""
    by_http = settings.mode == "http"
    base = settings.public_url.rstrip("/") or "https://banyan.example.org"
    events = [*_BOT_EVENTS]
    if _by_group(settings):
        events.append("subteam_members_changed")
    if by_http:
        events.append("team_access_revoked")
    address = {"request_url": base + EVENTS} if by_http else {}
    url = {"url": base + EVENTS} if by_http else {}
    oauth: Json = {"scopes": {"bot": list(scopes(settings))}}
    if by_http:
        oauth["redirect_urls"] = [base + REDIRECT]
    return {
        "display_information": {
            "name": "Banyan",
            "description": "Mentorship circles: join, meet, keep going.",
            "background_color": "#2f4a3c",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Banyan", "always_online": True},
            "slash_commands": [
                {
                    "command": "/circle",
                    "description": "Your mentorship circles",
                    "usage_hint": "join | status | profile | help",
                    "should_escape": True,
                }
                | url,
                {
                    "command": "/circle-admin",
                    "description": "Look after the circles (moderators)",
                    "usage_hint": "setup | season | match | help",
                    "should_escape": True,
                }
                | url,
            ],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {"bot_events": events} | address,
            "interactivity": {"is_enabled": True} | address,
            "org_deploy_enabled": by_http,
            "socket_mode_enabled": not by_http,
            "token_rotation_enabled": False,
        },
    }


def printed(settings: Slack) -> str:
    """The manifest as JSON, which is what Slack's page takes."""
    return json.dumps(manifest(settings), indent=2, ensure_ascii=False)


def reasons(settings: Slack) -> str:
    """The scopes and their reasons, one a line."""
    words = load().words("UTC")
    return "\n".join(f"{one}: {words.line(f'slack.scope.{one}')}" for one in scopes(settings))
