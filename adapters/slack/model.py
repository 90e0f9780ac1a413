"""What the modules of this adapter pass to each other."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
"""A piece of JSON on its way to Slack."""
Body = Mapping[str, Any]
"""A piece of JSON that came from Slack; anything may be missing from it."""
