"""Where the master key comes from: the settings, or a file that only its owner can read."""

import base64
import binascii
import os
from dataclasses import dataclass, field
from pathlib import Path

from storage.crypto import KEY, new_key
from storage.errors import CredentialsFault, PermissionFault


@dataclass(frozen=True, slots=True)
class KeySource:
    """The key as configured (base64), and the file to look in, and to make, where it is not."""

    file: Path
    configured: str | None = field(default=None, repr=False)

    def read(self) -> bytes | None:
        """The key, or ``None`` when there is none yet. Raises a fault when it is unusable."""
        if self.configured is not None:
            return _key(self.configured, "The configured key")
        try:
            return _key(self.file.read_text(encoding="ascii"), f"The key in {self.file}")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            return _key("", f"The key in {self.file}")
        except OSError as error:
            raise PermissionFault(f"The key file {self.file} cannot be read: {error}") from None

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
