"""Banyan on Slack: slash commands, modals, the App Home and private channels, over slack-bolt."""

from adapters.slack.adapter import Slack
from adapters.slack.credentials import Secrets
from adapters.slack.installations import Installations

__all__ = ["Installations", "Secrets", "Slack"]
