"""Compiling to machine code, once: what was compiled is kept beside these modules.

numba notices a change in the file of a function, but not in the files of those it calls. So what
is kept lies in a folder named after the text of all these modules together.
"""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, cast

from numba import config, njit, types
from numba.extending import intrinsic
from numpy import uint64

_HERE = Path(__file__).parent
_MODULES = ("compiling.py", "kernel.py", "pricing.py", "prices.py")

_text = blake2b(b"".join((_HERE / name).read_bytes() for name in _MODULES), digest_size=8)
KEPT = _HERE / "__pycache__" / f"engine-{_text.hexdigest()}"
"""Where what was compiled is kept."""

config.CACHE_DIR = str(KEPT)  # type: ignore[attr-defined]

Function = TypeVar("Function")


# Owners of arrays are not counted (nothing here allocates): counting took longer than the search.
def compiled(function: Function) -> Function:
    """Compile a function."""
    made = njit(  # type: ignore[call-overload]
        cache=True, error_model="numpy", _nrt=False, nogil=True
    )
    return cast(Function, made(function))


def inlined(function: Function) -> Function:
    """Compile a function into its callers: handing over so many arrays would take longer."""
    made = njit(  # type: ignore[call-overload]
        cache=True, error_model="numpy", _nrt=False, nogil=True, forceinline=True
    )
    return cast(Function, made(function))


@intrinsic
def _popcount(context, word):  # type: ignore[no-untyped-def]
    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate


popcount = cast(Callable[[uint64], int], _popcount)
"""How many bits of a word are set: the processor's own instruction."""
