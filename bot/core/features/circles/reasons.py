"""The reasons for a seat, said to the person who sits in it."""

from collections.abc import Iterable, Iterator

from bot.core.boundary.ids import PersonId
from bot.core.boundary.languages import language_name
from bot.core.boundary.text import Mention, Text
from bot.core.boundary.wording import Words
from bot.core.matching.definition.facts import (
    LanguageShared,
    MenteesHelped,
    PeersAlike,
    StagesNear,
    StepsAhead,
    ThemesOffered,
    TimesShared,
    WeekStarts,
    WishesMet,
)
from bot.core.matching.definition.model import ScoredCircle, Term
from bot.core.matching.definition.model import language as primary
from bot.core.matching.telling.words import Naming, spans, week_words


def reasons(
    scored: ScoredCircle, person: PersonId, words: Words, naming: Naming, session_minutes: int
) -> list[Text]:
    """What speaks for this circle, most telling first; only what there is, never what is missing.

    ``scored`` must hold nothing that the reader may not see.
    """
    teller = _Teller(words, naming, session_minutes)
    found: list[Text] = []
    for term in scored.member(person).terms:
        found.extend(teller.told(term))
    return found


class _Teller:
    def __init__(self, words: Words, naming: Naming, session_minutes: int) -> None:
        self._words = words
        self._naming = naming
        self._minutes = session_minutes

    def told(self, term: Term) -> Iterator[Text]:  # noqa: C901 - one case a fact reads best
        """The sentence for one term, if it has anything good to say."""
        match term.fact:
            case ThemesOffered(offered=offered) if offered:
                mentors = dict.fromkeys(who for _, some in offered for who in some)
                yield self._text(
                    "goals.mentee",
                    tuple(mentors),
                    themes=self._themes(theme for theme, _ in offered),
                )
            case MenteesHelped(helped=helped) if helped:
                yield self._text("goals.mentor", helped)
            case PeersAlike(peers=peers, themes=themes) if peers:
                yield self._text("peers", peers, themes=self._themes(iter(themes)))
            case StagesNear(peers=peers):
                near = tuple(who for who, between in peers if between <= 1)
                if near:
                    yield self._text("stage.mentee", near)
            case StepsAhead(behind=behind) if behind:
                yield self._text("stage.mentor", behind)
            case WishesMet(here=here) if here:
                yield self._text("wish", here)
            case LanguageShared(preferred=preferred, common=common):
                if primary(preferred) in set(map(primary, common)):
                    language = language_name(preferred, self._words.language)
                    yield self._words.text("circles.why.language", language=language)
            case TimesShared(common=common):
                yield from self._times(common)
            case _:
                pass

    def _text(self, key: str, people: tuple[str, ...], **values: str) -> Text:
        named = [_span(self._naming.person(who)) for who in people]
        return self._words.text(
            f"circles.why.{key}", n=len(people), people=self._words.people(named), **values
        )

    def _times(self, common: Iterable[WeekStarts]) -> Iterator[Text]:
        """When they can all meet, and what the clocks change of that."""
        told = spans(self._words, common, self._naming, self._minutes)
        (_, first), *later = told or [(1, "")]
        if first:
            yield self._words.text("circles.why.time", times=first)
        for week, times in later:
            kind = "then" if times else "none"
            since = week_words(self._words, self._naming, week)
            yield self._words.text(f"circles.why.time.{kind}", since=since, times=times)

    def _themes(self, themes: Iterator[str]) -> str:
        return self._words.list([self._naming.theme(theme) for theme in themes])


def _span(name: str | Mention) -> Text:
    return (name,)
