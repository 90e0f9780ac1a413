"""What moderators see of a file of people."""

from collections.abc import Sequence

from bot.core.actions.desk import DropImport, ImportPeople
from bot.core.boundary.text import joined
from bot.core.boundary.views import Block, Button, Buttons, File, Message, Paragraph, Small, Tone
from bot.core.boundary.wording import Words
from bot.core.features.desk.people_file import Read
from bot.core.matching.files.problems import FileProblem

MANY = 10
"""From more problems than this on, all of them come as a file too."""


def problems(name: str, found: Sequence[FileProblem], words: Words) -> Message:
    """Everything that is wrong, by row and column; nothing was done."""
    lines = [_line(one, words) for one in found]
    shown: list[str] = []
    for line in lines[:MANY]:
        if sum(map(len, shown)) + len(line) > 2400:
            break
        shown.append(line)
    heading = words.text("desk.import.problems", n=len(found), file=name[:80])
    told = [heading, *((line,) for line in shown)]
    blocks: list[Block] = [Paragraph(joined(told, "\n• "))]
    if len(shown) < len(lines):
        blocks.append(Small(words.text("desk.import.problems.all", n=len(lines) - len(shown))))
        content = "\n".join(lines).encode()
        blocks.append(File("problems.txt", "text/plain; charset=utf-8", content))
    blocks.append(Small(words.text("desk.import.problems.next")))
    return Message("", tuple(blocks))


def preview(
    found: Read, new: int, known: int, left: int, *, words: Words, carries_sensitive: bool
) -> Message:
    """What the file would change."""
    parts = [words.text("desk.import.new", n=new)]
    if known:
        parts.append(words.text("desk.import.known", n=known))
    if left:
        parts.append(words.text("desk.import.left", n=left))
    if found.questions_left_out:
        asked = words.list([question[:80] for question in found.questions_left_out[:5]])
        n = len(found.questions_left_out)
        parts.append(words.text("desk.import.questions", n=n, questions=asked))
    blocks: list[Block] = [Paragraph(joined(parts, "\n• "))]
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


def _line(one: FileProblem, words: Words) -> str:
    own = f"desk.file.{one.kind}"
    what = words.line(own if words.has(own) else f"matching.file.{one.kind}", **one.values)
    return words.line("matching.file.line", where=_where(one, words), what=what)


def _where(one: FileProblem, words: Words) -> str:
    if one.row and one.column:
        return words.line("matching.file.at.cell", row=one.row, column=one.column)
    if one.row:
        return words.line("matching.file.at.row", row=one.row)
    return one.column or words.line("matching.file.at.file")
