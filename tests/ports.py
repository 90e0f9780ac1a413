"""A port for a server that cannot say which it got, and keeps its own when it is started again.

Ports that the system gives away begin above these, and each process of tests that run side by side
has its own: so nobody else takes one between its choice and its use.
"""

import os
import re
import socket
from itertools import count

_FIRST, _EACH = 20_000, 1_000
_LAST = 32_000
_worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
_next = count(_FIRST + _worker * _EACH + os.getpid() % (_EACH // 2))


def free_port() -> int:
    """A port of this machine's own address on which nobody listens."""
    for port in _next:
        if port >= _LAST:
            break
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("every port is taken")
