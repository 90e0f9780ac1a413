"""Draft the next step from what the tables say now: ``python -m storage.migrations.draft "Words"``.

The draft is a beginning: read it, mend it, ``make format`` it and set HEAD to its number.
``--anew`` drafts the first step again, for as long as nothing has been released.
"""

import argparse
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import Script, ScriptDirectory

from storage.migrations.apply import configured

STEPS = Path(__file__).parent / "versions"


def draft(message: str) -> None:
    """Write the step from the last one to the tables, by comparing them in an empty database."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        config = configured(connection)
        last = ScriptDirectory.from_config(config).get_current_head()
        if last:
            command.upgrade(config, "head")
        step = command.revision(
            config, message, autogenerate=True, rev_id=f"{int(last or 0) + 1:04}"
        )
    if isinstance(step, Script):
        _without_remarks(Path(step.path))


def _without_remarks(step: Path) -> None:
    lines = step.read_text().splitlines(keepends=True)
    step.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Draft the next migration.")
    parser.add_argument("message", help="what it does, in a few words")
    parser.add_argument("--anew", action="store_true", help="begin again from nothing")
    given = parser.parse_args()
    if given.anew:
        for step in STEPS.glob("0*.py"):
            step.unlink()
    draft(given.message)


if __name__ == "__main__":
    main()
