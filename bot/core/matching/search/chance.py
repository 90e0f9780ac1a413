"""Chance that is the same on every machine: splitmix64, seeded by the caller."""

_MASK = (1 << 64) - 1


class Chance:
    """A stream of numbers that follows from its seed alone."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        """64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, limit: int) -> int:
        """A number from 0 up to, and without, ``limit``."""
        return (self.bits() * limit) >> 64

    def share(self) -> float:
        """A number from 0.0 up to, and without, 1.0."""
        return (self.bits() >> 11) * 2.0**-53

    def shuffle(self, items: list[int]) -> None:
        """Put these in random order."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
