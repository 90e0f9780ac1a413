"""What moderators see of a file of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.actions.desk import DropImport, ImportPeople
from bot.core.boundary.text import joined
from bot.core.boundary.views import Block, Button, Buttons, File, Message, Paragraph, Small, Tone
from bot.core.boundary.wording import Words
from bot.core.features.desk.people_file import Read
from bot.core.matching.files.problems import FileProblem
from bot.core.matching.files.telling import each, told

_AREA = "desk.file"
_MOST = 2_400
"""Characters of problems in a message."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Whom a file would add, whom bring up to date, who left and stays out, and how many of those
    it would bring up to date have told something else since."""

    new: int
    known: int
    left: int
    kept: int


def problems(name: str, found: Sequence[FileProblem], words: Words) -> Message:
    """Everything that is wrong, by cause; nothing was done."""
    lines = told(found, words, _AREA)
    shown = _fitting(lines)
    heading = words.text("desk.import.problems", n=len(found), file=name[:80])
    blocks: list[Block] = [Paragraph(joined([heading, *((line,) for line in shown)], "\n• "))]
    if len(found) > len(lines) or len(shown) < len(lines):
        blocks.append(Small(words.text("desk.import.problems.all", n=len(found))))
        content = "\n".join(each(found, words, _AREA)).encode()
        blocks.append(File("problems.txt", "text/plain; charset=utf-8", content))
    blocks.append(Small(words.text("desk.import.problems.next")))
    return Message("", tuple(blocks))


def _fitting(lines: Sequence[str]) -> list[str]:
    shown: list[str] = []
    for line in lines:
        if sum(map(len, shown)) + len(line) > _MOST:
            break
        shown.append(line)
    return shown


def preview(found: Read, counts: Counts, words: Words, *, carries_sensitive: bool) -> Message:
    """What the file would change, and what was read differently than it is written."""
    parts = [words.text("desk.import.new", n=counts.new)]
    if counts.known:
        parts.append(words.text("desk.import.known", n=counts.known))
    if counts.kept:
        parts.append(words.text("desk.import.kept", n=counts.kept))
    if counts.left:
        parts.append(words.text("desk.import.left", n=counts.left))
    if found.questions_left_out:
        asked = words.list([question[:80] for question in found.questions_left_out[:5]])
        n = len(found.questions_left_out)
        parts.append(words.text("desk.import.questions", n=n, questions=asked))
    blocks: list[Block] = [Paragraph(joined(parts, "\n• "))]
    if found.remarks:
        heading = words.text("desk.import.remarks", n=len(found.remarks))
        lines = _fitting(told(found.remarks, words, _AREA))
        blocks.append(Paragraph(joined([heading, *((line,) for line in lines)], "\n• ")))
    buttons = [Button(words.line("desk.button.import"), ImportPeople("no"), Tone.PRIMARY)]
    if found.with_sensitive and not carries_sensitive:
        blocks.append(Paragraph(words.text("desk.import.discreet", n=found.with_sensitive)))
    elif found.with_sensitive:
        blocks.append(Paragraph(words.text("desk.import.sensitive", n=found.with_sensitive)))
        buttons.append(Button(words.line("desk.button.import.sensitive"), ImportPeople("yes")))
    buttons.append(Button(words.line("desk.button.import.no"), DropImport()))
    blocks.append(Small(words.text("desk.import.small")))
    return Message(words.line("desk.import.title"), (*blocks, Buttons(tuple(buttons))))


def imported(n: int, words: Words) -> Message:
    """They are in."""
    return Message(
        "", (Paragraph(words.text("desk.imported", n=n)), Small(words.text("desk.imported.next")))
    )


def exported(n: int, content: bytes, words: Words) -> Message:
    """The members as a file."""
    return Message(
        "",
        (
            Paragraph(words.text("desk.exported", n=n)),
            Small(words.text("desk.exported.small")),
            File("people.csv", "text/csv; charset=utf-8", content),
        ),
    )
