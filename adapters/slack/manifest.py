"""The app manifest for a configuration: what to paste at api.slack.com to make the app.

Scopes are the least that the bot's commands need, each with its reason. None reads a conversation.
"""

import json

from adapters.slack.model import Json
from bot.config import Slack

EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"
"""Where Slack reaches us by HTTP."""

_SCOPES = {
    "commands": "to add /circle and /circle-admin",
    "chat:write": "to post in circles' rooms and to write to members",
    "im:write": "to open the direct conversation in which a member is written to",
    "groups:write": "to open, fill, empty and archive circles' private channels",
    "groups:read": "to find a channel again that was opened when the connection broke off",
    "users:read": "to know names, time zones, languages, and who is an admin",
    "files:write": "to send calendar files, exports and pictures",
    "files:read": "to read the file that a moderator hands over in the import form",
}
_FOR_GROUP_DMS = {"mpim:write": "to open the group conversations of circles"}
_FOR_USER_GROUPS = {"usergroups:read": "to know who is in the user group that moderates"}
_BOT_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked", "user_change")


def scopes(settings: Slack) -> dict[str, str]:
    """The bot's scopes under these settings, each with its reason."""
    wanted = dict(_SCOPES)
    if settings.rooms == "group_dms":
        wanted |= _FOR_GROUP_DMS
    if any(one.startswith("S") for one in settings.moderators):
        wanted |= _FOR_USER_GROUPS
    return wanted


def manifest(settings: Slack) -> Json:
    """The manifest."""
    by_http = settings.mode == "http"
    base = settings.public_url.rstrip("/") or "https://banyan.example.org"
    events = [*_BOT_EVENTS]
    if any(one.startswith("S") for one in settings.moderators):
        events.append("subteam_members_changed")
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
    return "\n".join(f"{scope}: {why}" for scope, why in scopes(settings).items())
