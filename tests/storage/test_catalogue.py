"""Every column says what it holds, and what it says fits."""

import sqlalchemy as sa

from storage.catalogue import Erase, Moment, Privacy, Retention, Sealed, column, faults
from storage.tables import METADATA


def _faults_of(*columns: sa.Column[object]) -> list[str]:
    metadata = sa.MetaData()
    sa.Table("people", metadata, column("id", sa.String, privacy=Privacy.PERSONAL))
    sa.Table("things", metadata, *columns)
    return faults(metadata)


def test_every_column_has_its_entry() -> None:
    assert not faults(METADATA)


def test_a_column_without_an_entry_is_a_fault() -> None:
    assert _faults_of(sa.Column("name", sa.String)) == ["things.name has no entry in the catalogue"]


def test_what_is_sensitive_must_be_sealed() -> None:
    said = column("said", sa.LargeBinary, privacy=Privacy.SENSITIVE)
    assert _faults_of(said) == ["things.said is sensitive and not sealed"]


def test_free_text_must_be_sealed() -> None:
    said = column("said", sa.Text, privacy=Privacy.PERSONAL)
    assert _faults_of(said) == ["things.said is free text and not sealed"]


def test_a_value_is_sealed_for_a_column_that_is_there() -> None:
    said = column("said", Sealed, privacy=Privacy.SENSITIVE, sealed_for="person")
    assert _faults_of(said) == ["things.said cannot be sealed for person"]


def test_whoever_refers_to_people_says_what_forgetting_does() -> None:
    person = column(
        "person", sa.String, sa.ForeignKey("people.id"), privacy=Privacy.PERSONAL, nullable=True
    )
    assert _faults_of(person) == [
        "things.person holds a person and does not say what forgetting them does"
    ]


def test_what_is_cleared_can_be_empty() -> None:
    person = column("person", sa.String, privacy=Privacy.PERSONAL, erase=Erase.CLEAR)
    assert _faults_of(person) == ["things.person cannot be cleared"]


def test_what_is_due_is_a_moment_that_can_be_empty() -> None:
    due = column("due", sa.String, privacy=Privacy.INTERNAL, due=True)
    assert _faults_of(due) == [
        "things.due has a date of its own and is no moment",
        "things.due can never be not due",
    ]


def test_only_a_table_with_people_can_forget_them() -> None:
    left = column("left_at", Moment, privacy=Privacy.PERSONAL, retention=Retention(forgets=True))
    assert _faults_of(left) == ["things.left_at forgets nobody"]
