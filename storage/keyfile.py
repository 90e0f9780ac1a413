"""Where the master key comes from: the settings, or a file that only its owner can read."""

import base64
import binascii
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from storage.crypto import KEY, new_key
from storage.errors import CredentialsFault, PermissionFault


@dataclass(frozen=True, slots=True)
class KeySource:
    """The key as configured (base64), and the file to look in, and to make, where it is not."""

    file: Path
    configured: str | None = field(default=None, repr=False)
    made_here: bool = False
    """Whether it is where we make one: if it is there, then so was a database."""

    def read(self) -> bytes | None:
        """The key, or ``None`` when there is none yet. Raises a fault when it is unusable."""
        if self.configured is not None:
            return _key(self.configured, "The configured key")
        try:
            text = self.file.read_text(encoding="ascii")
            if self.file.stat().st_mode & stat.S_IROTH:
                raise PermissionFault(
                    f"Everybody on this machine can read the key in {self.file}. Take that right "
                    f"away: chmod 600 {self.file}"
                )
            return _key(text, f"The key in {self.file}")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            return _key("", f"The key in {self.file}")
        except OSError as error:
            raise PermissionFault(f"The key file {self.file} cannot be read: {error}") from None

    def missing(self) -> str:
        """What to do when there is no key, and there must be one."""
        return (
            "What this database holds is sealed, and its key is missing. Put the key file back at "
            f"{self.file}, or configure the key. Without it nothing can be read."
        )

    def make(self) -> bytes:
        """A new key, written to the file, which must not exist yet."""
        key = new_key()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(base64.b64encode(key) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise PermissionFault(f"The key file {self.file} cannot be made: {error}") from None
        return key


def _key(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY:
        raise CredentialsFault(
            f"{name} is not a key: it must be 32 bytes, written in base64 (44 characters)."
        )
    return key
