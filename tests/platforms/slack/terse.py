"""Slack at its tersest: of what need not be there, nothing is."""

from tests.platforms.slack.model import Json

_KEPT: dict[str, dict[str, set[str]]] = {
    "auth.test": {"": {"team_id", "user_id"}},
    "users.info": {"user": {"id"}},
    "conversations.create": {"channel": {"id"}},
    "conversations.open": {"channel": {"id"}},
    "chat.postMessage": {"": {"channel", "ts"}},
    "views.open": {"view": {"id"}},
    "views.push": {"view": {"id"}},
    "views.update": {"view": {"id"}},
}
"""What stays of answers; of every other answer, that it went well."""
_WHOLE = {"files.getUploadURLExternal", "oauth.v2.access", "users.list", "usergroups.users.list"}
_NEEDLESS = {
    "token",
    "api_app_id",
    "enterprise",
    "enterprise_id",
    "is_enterprise_install",
    "user_name",
    "channel_name",
    "team_domain",
    "response_urls",
    "is_cleared",
    "authorizations",
    "event_id",
    "event_time",
    "domain",
    "username",
    "hash",
    "app_id",
    "app_installed_team_id",
    "bot_id",
    "root_view_id",
    "previous_view_id",
    "external_id",
    "retry_attempt",
    "num_connections",
}


def brief(method: str, answer: Json) -> Json:
    """An answer with what it cannot do without."""
    if not answer.get("ok") or method in _WHOLE:
        return {key: value for key, value in answer.items() if key != "response_metadata"}
    kept: Json = {"ok": True}
    for part, keys in _KEPT.get(method, {}).items():
        whole = answer[part] if part else answer
        found = {key: whole[key] for key in keys}
        kept |= {part: found} if part else found
    return kept


def bare(payload: Json) -> Json:
    """The same for what is delivered to the app."""
    return {
        key: bare(value) if isinstance(value, dict) else value
        for key, value in payload.items()
        if key not in _NEEDLESS and value not in (None, "")
    }
