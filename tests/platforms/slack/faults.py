"""What goes wrong on demand."""

import random
from dataclasses import dataclass, field


@dataclass
class Faults:
    """Set what is to fail. Everything is off at first; ``dice`` makes every run alike."""

    before: float = 0.0
    """The share of calls that fail with a 500 and have no effect."""
    after: float = 0.0
    """The share of calls that take effect, and whose connection is then reset."""
    busy: float = 0.0
    """The share of calls answered 429."""
    slow: float = 0.0
    """Seconds that a call takes."""
    methods: frozenset[str] = frozenset()
    """Which methods fail; empty means all of them."""
    double_envelopes: bool = False
    """Whether every envelope is delivered twice."""
    drop_before_ack: int = 0
    """So many sockets are dropped right after an envelope went over them."""
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def strikes(self, share: float, method: str) -> bool:
        """Whether this call is struck."""
        if self.methods and method not in self.methods:
            return False
        return share > 0 and self.dice.random() < share
