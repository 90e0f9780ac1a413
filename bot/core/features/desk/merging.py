"""A member and the row of a file: what the file may change, and what stays as they told it.

Of everything that came from a file a mark is kept with the profile. What still has its mark may be
brought up to date by the next file; what its owner told or changed since stays theirs, so that an
old file brought in again undoes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.core.boundary.ids import PersonId
from bot.core.features.desk.people_file import Coming
from bot.core.programme.members.model import Member, Profile, Standing

_MEMBER = ("role", "zone", "capacity")
_PROFILE = (
    "seeks", "offers", "languages", "preferred_language", "availability", "stage",
    "wants_shared_heritage", "bio", "wishes",
)  # fmt: skip
SENSITIVE = "private:"
"""How the marks of sensitive answers begin."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The member and the profile once a row is in; ``kept``: something stays as they told it."""

    member: Member
    profile: Profile
    kept: bool


def merged(
    member: Member | None, profile: Profile, one: Coming, people: Mapping[str, PersonId]
) -> Merged:
    """What the file cannot say, and what the member told since, stays. ``people`` are by id in
    the file."""
    told = replace(
        one.profile,
        wishes=tuple(people[who] for who in one.wishes if who in people),
        avoid=tuple(people[who] for who in one.avoid if who in people),
    )
    base = member or Member(PersonId(""), Standing.ACTIVE, one.role, one.zone)
    marks = dict(profile.from_file)
    chosen: dict[str, object] = {}
    kept = False
    for name, now, new in _values(base, profile, one, told):
        theirs = marks[name] != mark(now) if name in marks else bool(now)
        if new in ((), ""):
            chosen[name] = now
        elif member is None or not theirs:
            chosen[name], marks[name] = new, mark(new)
        else:
            chosen[name], kept = now, kept or new != now
    answers = {
        name.removeprefix("q:"): value for name, value in chosen.items() if name.startswith("q:")
    }
    avoid = tuple(dict.fromkeys((*profile.avoid, *told.avoid)))
    return Merged(
        replace(base, **{name: chosen[name] for name in _MEMBER}),  # type: ignore[arg-type]
        replace(
            profile,
            **{name: chosen[name] for name in _PROFILE},  # type: ignore[arg-type]
            answers={**profile.answers, **answers},  # type: ignore[dict-item]
            avoid=avoid,
            from_file=marks,
        ),
        kept,
    )


def _values(
    member: Member, profile: Profile, one: Coming, told: Profile
) -> list[tuple[str, object, object]]:
    """Each thing a row can say: its name, what it is now, and what the file says."""
    values: list[tuple[str, object, object]] = [
        (name, getattr(member, name), getattr(one, name)) for name in _MEMBER
    ]
    values += [(name, getattr(profile, name), getattr(told, name)) for name in _PROFILE]
    values += [(f"q:{key}", profile.answers.get(key, ()), new) for key, new in told.answers.items()]
    return values


def may_answer(key: str, now: tuple[str, ...], member: Member | None, profile: Profile) -> bool:
    """Whether a file may bring this sensitive answer, for which consent was obtained.

    Not where its owner declined it, withdrew what a file brought, answered it differently, or
    joined without any file.
    """
    if member is None:
        return True
    if key in profile.declined or not profile.from_file:
        return False
    marked = profile.from_file.get(SENSITIVE + key)
    return marked == mark(now) if now or marked else True


def mark(value: object) -> str:
    """A short trace of a value, by which it is seen whether it was changed."""
    shown = getattr(value, "value", value)
    return blake2b(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()
