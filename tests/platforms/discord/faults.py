"""Failing on demand, and rate limits with the headers that Discord sends."""

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum


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

    def count(self, bucket: Bucket) -> float:
        """Take one from a bucket, and keep account of impatience."""
        early = time.monotonic() < bucket.wait_until
        wait = bucket.take()
        if wait:
            self.refused += 1
            self.ignored += early
        return wait
