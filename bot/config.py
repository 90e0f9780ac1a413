"""config.toml and the environment, as frozen settings.

Every key stands in ``config.example.toml``. An unknown key is an error that names the nearest known
one; a secret is never in the file, only where to find it: an environment variable, or a file.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

LARGEST_FILE = 64_000
"""Bytes. Python's TOML reader takes seconds on hostile files of 40 kB."""
LONGEST_LINE = 2_000


class Wrong(Exception):
    """The configuration cannot be used; the message says what to change. Exit code 65."""


Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[storage]"""

    data: str = "data"
    """A folder for everything kept in files."""
    url: str = ""
    """Empty: SQLite in the data folder. Else ``postgresql://user@host/name``."""


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[keys]"""

    file: str = ""
    """Empty: ``key`` in the data folder, made at first start. BANYAN_KEY goes before it."""


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[clock]"""

    now: Literal["system", "manual"] = "system"


class Http(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[http]"""

    host: str = "127.0.0.1"
    port: Port = 8080


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[log]"""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Playground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[playground]"""

    port: Port = 8765


class Discord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[discord]"""

    enabled: bool = False
    token_file: str = ""
    """Empty: the environment variable DISCORD_TOKEN."""
    api_base: str = ""
    """Empty: Discord's own. Also DISCORD_API_URL."""
    gateway: str = ""
    """Empty: what the API says."""
    circles_channel: str = ""
    """The id of the channel under which circles get their private threads."""
    rooms: Literal["threads", "channels"] = "threads"
    moderator_role: str = ""
    """The id of the role whose members moderate, besides those who may manage the server."""
    guild: str = ""
    """An id: commands are synced to this server alone, at once (for development)."""


class Slack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[slack]"""

    enabled: bool = False
    mode: Literal["socket", "http"] = "socket"
    bot_token_file: str = ""
    """Empty: the environment variable SLACK_BOT_TOKEN; the others likewise."""
    app_token_file: str = ""
    signing_secret_file: str = ""
    client_secret_file: str = ""
    client_id: str = ""
    """Empty: the environment variable SLACK_CLIENT_ID."""
    api_base: str = ""
    """Empty: Slack's own. Also SLACK_API_URL."""
    public_url: str = ""
    """Where Slack reaches [http], for mode "http"."""
    moderators: tuple[str, ...] = ()
    """Ids of users or of user groups who moderate, besides workspace admins."""
    rooms: Literal["channels", "group_dms"] = "channels"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    storage: Storage = Storage()
    keys: Keys = Keys()
    clock: Clock = Clock()
    http: Http = Http()
    log: Log = Log()
    playground: Playground = Playground()
    discord: Discord = Discord()
    slack: Slack = Slack()

    @property
    def data(self) -> Path:
        """The data folder."""
        return Path(self.storage.data)


def load(file: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """The settings from the file, and over them those from ``BANYAN__SECTION__KEY`` variables.

    With no file named, ``BANYAN_CONFIG`` names it; with neither, every setting has its default.
    Raises :class:`Wrong`.
    """
    if file is None and environment.get("BANYAN_CONFIG"):
        file = Path(environment["BANYAN_CONFIG"])
    told: dict[str, object] = _read(file) if file else {}
    _known(told)
    _add_environment(told, environment)
    try:
        return msgspec.convert(told, Config, strict=False)
    except msgspec.ValidationError as error:
        raise Wrong(f"{file or 'the environment'}: {error}") from None


def secret(file: str, variable: str, environment: Mapping[str, str] = os.environ) -> str:
    """A secret from the file named in the configuration, or else from a variable; may be empty.

    Raises :class:`Wrong` when the file cannot be read.
    """
    if not file:
        return environment.get(variable, "").strip()
    try:
        return Path(file).read_text().strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "This is not text"
        raise Wrong(f"{file}: {why}. It should hold what {variable} would.") from None


def _read(file: Path) -> dict[str, object]:
    try:
        content = file.read_bytes()
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        why = error.strerror if isinstance(error, OSError) else error
        raise Wrong(f"{file}: {why}. Copy config.example.toml to begin.") from None
    if len(content) > LARGEST_FILE or max(map(len, content.splitlines()), default=0) > LONGEST_LINE:
        raise Wrong(f"{file}: this is too large to be a configuration file.")
    try:
        return tomllib.loads(content.decode())
    except ValueError as error:
        raise Wrong(f"{file}: {error}") from None
    except RecursionError:
        raise Wrong(f"{file}: too many brackets within brackets.") from None


def _add_environment(told: dict[str, object], environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        prefix, *path = name.split("__")
        if prefix != "BANYAN" or not path:
            continue
        if len(path) != 2:
            raise Wrong(f"{name}: write it as BANYAN__SECTION__KEY.")
        section, key = (part.lower() for part in path)
        _known({section: {key: value}}, name)
        inner = told.setdefault(section, {})
        if isinstance(inner, dict):
            inner[key] = tuple(value.split(",")) if key == "moderators" else value


def _known(told: Mapping[str, object], where: str = "") -> None:
    """Raises :class:`Wrong` for sections and keys that are not there, naming the nearest."""
    sections = {f.name: f.type for f in msgspec.structs.fields(Config)}
    for section, inner in told.items():
        if section not in sections:
            raise Wrong(_nearest(where, f"[{section}]", section, list(sections), "[{}]"))
        if not isinstance(inner, dict):
            raise Wrong(f"{section} is a section: write [{section}] on a line of its own.")
        keys = [field.name for field in msgspec.structs.fields(sections[section])]
        for key in inner:
            if key not in keys:
                raise Wrong(_nearest(where, f"[{section}] {key}", key, keys, "{}"))


def _nearest(where: str, named: str, word: str, known: list[str], shape: str) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.0)
    hint = f" Did you mean {shape.format(near[0])}?" if near else ""
    return f"{where + ': ' if where else ''}{named} is not a setting.{hint}"
