"""What people see of reports: the acknowledgement, and what moderators read."""

from bot.core.actions.safety import HandleReport, NextReport
from bot.core.boundary.text import Style, Text
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Quote,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.programme.people import Person
from bot.core.programme.reports.store import Report
from bot.core.programme.unit import Unit


def received(words: Words, readers: int, help_line: str) -> Message:
    """The report has reached somebody."""
    blocks: list[Block] = [
        Paragraph(words.text("safety.received.text", n=readers)),
        Paragraph(words.text("safety.received.next")),
    ]
    if help_line:
        blocks.append(Small(words.text("safety.help", help=help_line)))
    return Message(words.line("safety.received.title"), tuple(blocks))


def nobody_to_read(words: Words, *, about: bool, contact: str, typed: str) -> Message:
    """No moderator may read this report: where to take it, with what was written."""
    why = "safety.nobody.about" if about else "safety.nobody.yet"
    if contact:
        where = words.text("safety.nobody.contact", contact=contact)
    else:
        where = words.text("safety.nobody.platform")
    return Message(
        words.line("safety.nobody.title"),
        (
            Paragraph(words.text(why)),
            Paragraph(where),
            Small(words.text("safety.nobody.kept")),
            Quote((typed,)),
        ),
    )


def report_view(
    report: Report, words: Words, unit: Unit, *, lead: str = "", more: bool = False
) -> Message:
    """A report as a moderator reads it. ``lead`` is a key said first; ``more`` offers the next."""
    blocks: list[Block] = [Paragraph(words.text(lead))] if lead else []
    about = words.text("safety.nobody_in_particular")
    if report.about_name:
        about = (report.about_name,)
    elif report.about_somebody:
        about = _who(unit.people.get(report.about) if report.about else None, words)
    facts = [
        Fact(words.line("safety.fact.about"), about),
        Fact(words.line("safety.fact.from"), _who(unit.people.get(report.reporter), words)),
        Fact(words.line("safety.fact.when"), (words.moment(report.at, Style.DAY_TIME),)),
    ]
    if report.handled_by:
        by = _who(unit.people.get(report.handled_by), words)
        facts.append(Fact(words.line("safety.fact.handled"), by))
    blocks += [Facts(tuple(facts)), Quote((report.words,))]
    buttons = []
    if not report.handled_by:
        blocks.append(Small(words.text("safety.came.next")))
        label = words.line("safety.button.handled")
        buttons.append(Button(label, HandleReport(report.id), Tone.PRIMARY))
    if more:
        buttons.append(Button(words.line("safety.button.next"), NextReport(report.id)))
    if buttons:
        blocks.append(Buttons(tuple(buttons)))
    return Message(words.line("safety.came.title"), tuple(blocks))


def note(words: Words, key: str) -> Message:
    """One sentence."""
    return Message("", (Paragraph(words.text(key)),))


def _who(person: Person | None, words: Words) -> Text:
    return (person.mention(),) if person else words.text("safety.somebody")
