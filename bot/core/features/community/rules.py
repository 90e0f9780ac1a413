"""Themes and questions: what may be added, changed and taken out. Pure decisions."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.core.boundary.forms import Filled, Problem, Problems, too_long
from bot.core.boundary.limits import CHOICE_LABEL, CHOICES
from bot.core.boundary.wording import Words
from bot.core.programme.community.model import THEMES, Question, Settings, Theme
from bot.core.programme.community.themes import theme_label

THEME_LENGTH = 36
PROMPT_LENGTH = 120
PURPOSE_LENGTH = 300
MOST_QUESTIONS = 20
KEY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Added:
    """The settings with something new in them, and its keys."""

    settings: Settings
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastTheme:
    """Nobody can join without a theme, so one must stay."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """Somebody else took it out meanwhile."""


# ---- Themes -------------------------------------------------------------------------------------


def themes_out(settings: Settings) -> tuple[str, ...]:
    """Our own themes that the community does not offer."""
    offered = {theme.key for theme in settings.themes}
    return tuple(key for key in THEMES if key not in offered)


def add_themes(settings: Settings, filled: Filled, words: Words) -> Added | Problems:
    """Some of ours back in, and perhaps a new one, called as no other is for this reader."""
    label = filled.text("label")
    new = [Theme(key) for key in filled.chosen("back") if key in themes_out(settings)]
    if label:
        problem = _label_problem((*settings.themes, *new), label, words)
        if problem:
            return {"label": problem}
        taken = {*THEMES, *(theme.key for theme in settings.themes)}
        new.append(Theme(slug(label, taken), label))
    if not new:
        return {"label": Problem("community.problem.empty")}
    if len(settings.themes) + len(new) > CHOICES:
        return {"label": Problem("community.problem.themes_most", {"most": CHOICES})}
    changed = replace(settings, themes=(*settings.themes, *new))
    return Added(changed, tuple(theme.key for theme in new))


def rename_theme(
    settings: Settings, key: str, filled: Filled, words: Words
) -> Settings | Problems | NotThere:
    """Another name. An empty one gives a theme of ours its own name back."""
    if key not in {theme.key for theme in settings.themes}:
        return NotThere()
    label = filled.text("label")
    others = [theme for theme in settings.themes if theme.key != key]
    if not label and key not in THEMES:
        return {"label": Problem("community.problem.empty")}
    if problem := _label_problem(others, label, words):
        return {"label": problem}
    renamed = (Theme(key, label) if theme.key == key else theme for theme in settings.themes)
    return replace(settings, themes=tuple(renamed))


def remove_theme(settings: Settings, key: str) -> Settings | LastTheme | NotThere:
    """The settings without this theme."""
    left = tuple(theme for theme in settings.themes if theme.key != key)
    if len(left) == len(settings.themes):
        return NotThere()
    return replace(settings, themes=left) if left else LastTheme()


def _label_problem(others: Iterable[Theme], label: str, words: Words) -> Problem | None:
    if label.casefold() in {theme_label(theme, words).casefold() for theme in others}:
        return Problem("community.problem.theme_twice")
    return too_long(label, THEME_LENGTH)


# ---- Questions ----------------------------------------------------------------------------------


def write_question(settings: Settings, key: str, filled: Filled) -> Added | Problems | NotThere:
    """A question written anew (no key) or again.

    One that becomes sensitive, or is so no longer, gets a new key: what was answered to the old
    one was answered under other terms.
    """
    old = next((one for one in settings.questions if one.key == key), None)
    if key and old is None:
        return NotThere()
    read = _read_question(filled)
    if not isinstance(read, Question):
        return read
    if old is None and len(settings.questions) >= MOST_QUESTIONS:
        return {"prompt": Problem("community.problem.questions_most", {"most": MOST_QUESTIONS})}
    if old is not None and old.sensitive == read.sensitive:
        made = replace(read, key=old.key)
    else:
        made = replace(read, key=slug(read.prompt, {one.key for one in settings.questions}))
    if old is None:
        return Added(replace(settings, questions=(*settings.questions, made)), (made.key,))
    changed = tuple(made if one.key == key else one for one in settings.questions)
    return Added(replace(settings, questions=changed), (made.key,))


def remove_question(settings: Settings, key: str) -> Settings | NotThere:
    """The settings without this question."""
    left = tuple(one for one in settings.questions if one.key != key)
    if len(left) == len(settings.questions):
        return NotThere()
    return replace(settings, questions=left)


def _read_question(filled: Filled) -> Question | Problems:
    prompt, purpose = filled.text("prompt"), filled.text("purpose")
    sensitive = filled.one("sensitive") == "yes"
    lines = (line.strip() for line in filled.text("choices").splitlines())
    choices = tuple(dict.fromkeys(line for line in lines if line))
    found = {
        "prompt": too_long(prompt, PROMPT_LENGTH) if prompt else Problem("community.problem.empty"),
        "choices": _choices_problem(choices),
        "purpose": too_long(purpose, PURPOSE_LENGTH),
    }
    if sensitive and not purpose:
        found["purpose"] = Problem("community.problem.purpose")
    problems = {key: problem for key, problem in found.items() if problem}
    return problems or Question("", prompt, choices, sensitive, purpose)


def _choices_problem(choices: tuple[str, ...]) -> Problem | None:
    if len(choices) == 1:
        return Problem("community.problem.one_choice")
    if len(choices) > CHOICES:
        return Problem("community.problem.choices_most", {"most": CHOICES})
    return next((p for p in (too_long(one, CHOICE_LABEL) for one in choices) if p), None)


def slug(words: str, taken: Collection[str]) -> str:
    """A short key for these words, unlike any that is taken."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[: KEY_LENGTH - 3].strip("-") or "own"
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)
