"""Failing on demand, and rate limits with the headers that Discord sends."""

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

SCOPES = ("user", "shared", "global")
"""Whose limit a 429 is about: ours, that of what is asked for whoever asks, or all we ask for."""


class Fault(Enum):
    """How a request fails. The last two are carried out all the same."""

    BROKEN = "500, and nothing done"
    RESET = "the connection is lost, and nothing done"
    BROKEN_AFTER = "500, but done"
    RESET_AFTER = "the connection is lost, but done"

    @property
    def done(self) -> bool:
        """Whether the request is carried out."""
        return self in {Fault.BROKEN_AFTER, Fault.RESET_AFTER}


class Faults:
    """Makes a share of the requests fail, the same ones for the same seed and order."""

    def __init__(self, seed: int = 1) -> None:
        self.share = 0.0
        self.kinds: tuple[Fault, ...] = tuple(Fault)
        self.concerns: Callable[[str, str], bool] = lambda method, path: True
        """Which requests may fail, by method and path."""
        self.next: deque[Fault] = deque()
        """Faults for the very next requests that may fail, before any share of the rest."""
        self.happened = 0
        self._chance = random.Random(seed)

    def pick(self, method: str, path: str) -> Fault | None:
        """How this request fails, if it does."""
        if not self.concerns(method, path):
            return None
        fault = None
        if self.next:
            fault = self.next.popleft()
        elif self._chance.random() < self.share:
            fault = self._chance.choice(self.kinds)
        self.happened += fault is not None
        return fault


@dataclass
class Bucket:
    """Requests of one kind to one place: ``limit`` of them in ``window`` seconds."""

    limit: int
    window: float
    used: int = 0
    began: float = 0.0
    wait_until: float = 0.0

    def take(self) -> float:
        """Count one; the seconds to wait if that was one too many, else zero."""
        now = time.monotonic()
        if now - self.began >= self.window:
            self.began, self.used = now, 0
        if self.used >= self.limit:
            self.wait_until = self.began + self.window
            return max(self.wait_until - now, 0.001)
        self.used += 1
        return 0.0

    @property
    def headers(self) -> dict[str, str]:
        """What Discord says of it with every answer."""
        left = max(self.began + self.window - time.monotonic(), 0.0)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }


@dataclass
class Limits:
    """Discord's limits: five messages in five seconds to a channel, fifty requests a second."""

    messages: tuple[int, float] = (5, 5.0)
    others: tuple[int, float] = (50, 1.0)
    overall: tuple[int, float] = (50, 1.0)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    storm: float = 0.0
    """The share of requests answered 429 for no reason of theirs, in any of Discord's scopes."""
    next: deque[str] = field(default_factory=deque)
    """Scopes in which the very next requests that ``struck`` concerns are answered 429."""
    concerns: Callable[[str, str], bool] = lambda method, path: True
    dice: random.Random = field(default_factory=lambda: random.Random(3))
    refused: int = 0
    """Answers with 429."""
    ignored: int = 0
    """Requests to a place within the time it had been told to wait."""

    def bucket(self, kind: str, place: str) -> Bucket:
        """The bucket of one kind of request to one place."""
        key = f"{kind} {place}"
        if key not in self.buckets:
            limit, window = self.messages if kind.startswith("POST message") else self.others
            self.buckets[key] = Bucket(limit, window)
        return self.buckets[key]

    def everywhere(self) -> Bucket:
        """The bucket of all requests together."""
        if "" not in self.buckets:
            self.buckets[""] = Bucket(*self.overall)
        return self.buckets[""]

    def strike(self, method: str, path: str) -> str:
        """The scope in which this request is told to wait, if it is."""
        if not self.concerns(method, path):
            return ""
        if self.next:
            return self.next.popleft()
        struck = self.storm and self.dice.random() < self.storm
        return self.dice.choice(SCOPES) if struck else ""

    def hold(self, bucket: Bucket) -> float:
        """Close a bucket for a second or two; how long, in whole seconds as told."""
        seconds = float(self.dice.choice((1, 2)))
        bucket.wait_until = time.monotonic() + seconds
        self.refused += 1
        return seconds

    def impatient(self, bucket: Bucket) -> float:
        """Seconds for which a bucket is still closed by a 429; a request in them is noted."""
        left = bucket.wait_until - time.monotonic()
        if left <= 0:
            return 0.0
        self.refused += 1
        self.ignored += 1
        return left

    def count(self, bucket: Bucket) -> float:
        """Take one from a bucket; seconds to wait if that cannot be, and impatience is noted."""
        if left := self.impatient(bucket):
            return left
        wait = bucket.take()
        self.refused += wait > 0
        return wait
