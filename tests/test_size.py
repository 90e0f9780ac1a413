"""No module grows beyond what one sitting reads."""

from pathlib import Path

_PROJECT = Path(__file__).parents[1]
_MOST = 400
_LONGER = frozenset(
    {
        # A step of the database's history: it is never changed again.
        "storage/migrations/versions/0001_the_first_tables.py",
    }
)


def _lengths() -> dict[str, int]:
    return {
        str(file.relative_to(_PROJECT)): len(file.read_text().splitlines())
        for part in ("bot", "adapters", "storage")
        for file in (_PROJECT / part).rglob("*.py")
    }


def test_no_module_is_longer_than_400_lines() -> None:
    longer = {name for name, lines in _lengths().items() if lines > _MOST}
    assert longer == _LONGER
