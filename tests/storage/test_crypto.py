"""Sealed bytes open in their own place, with their own key, unchanged: and nowhere else."""

import pytest

from storage.crypto import Vault, new_key, seal, unseal
from storage.errors import CannotOpen

KEY = new_key()
PLACE = ("oak", "mei", "members.bio")


def test_what_was_sealed_opens_in_its_place() -> None:
    assert unseal(KEY, seal(KEY, b"I like trees", *PLACE), *PLACE) == b"I like trees"


def test_sealing_twice_looks_different() -> None:
    assert seal(KEY, b"yes", *PLACE) != seal(KEY, b"yes", *PLACE)


@pytest.mark.parametrize(
    "other",
    [
        ("elm", "mei", "members.bio"),
        ("oak", "ravi", "members.bio"),
        ("oak", "mei", "members.wish"),
        ("oakmei", "", "members.bio"),
    ],
)
def test_it_opens_for_no_other_community_person_or_column(other: tuple[str, ...]) -> None:
    with pytest.raises(CannotOpen):
        unseal(KEY, seal(KEY, b"I like trees", *PLACE), *other)


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(CannotOpen):
        unseal(new_key(), seal(KEY, b"I like trees", *PLACE), *PLACE)


def test_every_changed_byte_is_noticed() -> None:
    sealed = seal(KEY, b"no", *PLACE)
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 1
        with pytest.raises(CannotOpen):
            unseal(KEY, bytes(changed), *PLACE)


@pytest.mark.parametrize("length", [0, 1, 12, 13, 20])
def test_what_is_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(CannotOpen):
        unseal(KEY, seal(KEY, b"no", *PLACE)[:length], *PLACE)


def test_a_wrapped_key_opens_under_its_master_alone() -> None:
    wrapped = Vault(KEY).wrap(b"k" * 32, "oak", "mei")
    assert Vault(KEY).unwrap(wrapped, "oak", "mei") == b"k" * 32
    with pytest.raises(CannotOpen):
        Vault(new_key()).unwrap(wrapped, "oak", "mei")


def test_a_hash_depends_on_the_key_the_purpose_and_every_part() -> None:
    vault = Vault(KEY)
    assert vault.hash("person", "a", "b") == vault.hash("person", "a", "b")
    hashes = {
        vault.hash("person", "a", "b"),
        vault.hash("person", "ab"),
        vault.hash("room", "a", "b"),
        Vault(new_key()).hash("person", "a", "b"),
    }
    assert len(hashes) == 4


def test_a_master_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
