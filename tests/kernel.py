"""Compiling the matching kernel: ``python -m tests.kernel`` writes what its source gives.

The compiler is a package from the index, so the same bytes come out on every machine.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from bot.core.matching.search.arrays import header
from bot.core.matching.search.machine import KERNEL

SOURCE = KERNEL.with_name("kernel")
HEADER = SOURCE / "layout.h"

_FLAGS = (
    "--target=wasm32-freestanding", "-O2", "-mcpu=generic+simd128+bulk_memory", "-ffreestanding",
    "-nostdlib", "-Wall", "-Wextra", "-Werror", "-Wl,--no-entry", "-Wl,--strip-all",
    "-Wl,-z,stack-size=2097152",
)  # fmt: skip


def compiled() -> bytes:
    """The module that the source gives."""
    sources = sorted(one.name for one in SOURCE.glob("*.c"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "kernel.wasm"
        command = [sys.executable, "-m", "ziglang", "cc", *_FLAGS, "-o", str(out), *sources]
        subprocess.run(command, cwd=SOURCE, check=True, timeout=300)
        return out.read_bytes()


if __name__ == "__main__":
    HEADER.write_text(header(), encoding="utf-8")
    KERNEL.write_bytes(compiled())
