"""The themes and the community's own questions: what members are asked."""

from bot.core.actions.community import (
    AddThemes,
    RemoveQuestion,
    RemoveTheme,
    RenameTheme,
    ShowQuestions,
    ShowThemes,
    WriteQuestion,
)
from bot.core.boundary.limits import CHOICE_LABEL, MESSAGE_TITLE
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Message,
    Paragraph,
    Select,
    Small,
    Tone,
)
from bot.core.programme.community.model import Question, Theme
from bot.core.programme.community.themes import theme_label
from bot.core.programme.unit import Unit

# ---- Themes -------------------------------------------------------------------------------------


def themes(unit: Unit, *, note: str = "") -> Message:
    """Every theme, to choose one and change it."""
    words, now = unit.words, unit.community.settings
    choices = tuple(Choice(one.key, theme_label(one, words)) for one in now.themes)
    blocks: list[Block] = [Paragraph(words.text(note))] if note else []
    blocks += [
        Paragraph(words.text("community.themes.lead", n=len(choices))),
        Select(words.line("community.themes.choose"), choices, ShowThemes()),
        Buttons((Button(words.line("community.button.add_theme"), AddThemes(), Tone.PRIMARY),)),
    ]
    return Message(words.line("community.themes.title"), tuple(blocks))


def theme_card(theme: Theme, unit: Unit) -> Message:
    """One theme."""
    words = unit.words
    return Message(
        theme_label(theme, words),
        (
            Paragraph(words.text("community.theme.lead")),
            Buttons(
                (
                    Button(words.line("community.button.rename"), RenameTheme(theme.key)),
                    Button(
                        words.line("community.button.remove"), RemoveTheme(theme.key), Tone.DANGER
                    ),
                    Button(words.line("community.button.back"), ShowThemes()),
                )
            ),
        ),
    )


# ---- Questions ----------------------------------------------------------------------------------


def questions(unit: Unit, *, note: str = "") -> Message:
    """Every question of the community's own, to choose one and change it."""
    words = unit.words
    choices = tuple(
        Choice(
            one.key,
            _short(one.prompt, CHOICE_LABEL),
            words.line("community.question.sensitive") if one.sensitive else "",
        )
        for one in unit.community.settings.questions
    )
    blocks: list[Block] = [Paragraph(words.text(note))] if note else []
    blocks.append(Paragraph(words.text("community.questions.lead")))
    if choices:
        blocks.append(Select(words.line("community.questions.choose"), choices, ShowQuestions()))
    add = Button(words.line("community.button.add_question"), WriteQuestion(""), Tone.PRIMARY)
    return Message(words.line("community.questions.title"), (*blocks, Buttons((add,))))


def question_card(question: Question, unit: Unit) -> Message:
    """One question."""
    words = unit.words
    blocks: list[Block] = []
    if question.choices:
        blocks.append(Paragraph((" · ".join(question.choices),)))
    else:
        blocks.append(Paragraph(words.text("community.question.free")))
    if question.sensitive:
        purpose = words.text("community.question.asked_for", purpose=question.purpose)
        blocks.append(Small(purpose))
    remove = RemoveQuestion(question.key)
    return Message(
        _short(question.prompt, MESSAGE_TITLE),
        (
            *blocks,
            Small(words.text("community.question.removing")),
            Buttons(
                (
                    Button(words.line("community.button.edit"), WriteQuestion(question.key)),
                    Button(words.line("community.button.remove"), remove, Tone.DANGER),
                    Button(words.line("community.button.back"), ShowQuestions()),
                )
            ),
        ),
    )


def _short(prompt: str, most: int) -> str:
    return prompt if len(prompt) <= most else f"{prompt[: most - 1].rstrip()}…"
