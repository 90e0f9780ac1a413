"""The score of a member in a circle, written as it is defined.

This is the reference: slow, plain, and the only source of printed numbers. The search uses faster
arithmetic that tests hold equal to this.
"""

from collections.abc import Iterable, Iterator
from math import fsum

from bot.core.matching.definition.facts import (
    AnswersShared,
    CircleSize,
    HeritageShared,
    LanguageShared,
    MenteesHelped,
    PeersAlike,
    PrivateAnswer,
    StagesNear,
    StepsAhead,
    ThemesOffered,
    TimesShared,
    WishesMet,
)
from bot.core.matching.definition.model import (
    QUESTION,
    Circle,
    MemberScore,
    Person,
    Problem,
    ScoredCircle,
    Seat,
    Term,
    language,
)
from bot.core.matching.definition.rules import common_languages, lasting_starts, week_starts

REPEAT_COST = 8.0
"""What each circlemate met before takes off a score."""

FULL_TIME_STARTS = 16
"""From this many lasting starts on, time cannot get better."""

LANGUAGE_SECOND_BEST = 0.4

_SIZES = {1: (0.8, 0.6, 0.3, 0.1), 2: (0.8, 1.0, 1.0, 0.8)}
HERITAGE_SHARES = (0.0, 0.7, 1.0)
"""The heritage term's f for none, one, two or more."""


def phi(score: float) -> float:
    """How much a score counts: what lifts the worst-off counts three times what polishes."""
    return 1.5 * min(score, 40.0) + max(0.0, min(score, 60.0) - 40.0) + 0.5 * max(0.0, score - 60.0)


def worth(score: float, seat: Seat) -> float:
    """What one seat with this score adds to the objective."""
    return phi(score) if seat is Seat.MENTEE else 0.5 * (phi(score) - 80.0)


def size_share(mentors: int, mentees: int) -> float:
    """How good this size is (0–1)."""
    entry = _SIZES[min(max(mentors, 1), 2)][min(max(mentees, 3), 6) - 3]
    outside = max(0, 3 - mentees) + max(0, mentees - 6)
    return max(0.0, entry - 0.2 * outside)


def objective(circles: Iterable[ScoredCircle]) -> float:
    """What is maximised, over these circles; whoever has no seat counts nothing."""
    return fsum(worth(m.score, m.seat) for circle in circles for m in circle.members)


def score_circle(problem: Problem, circle: Circle) -> ScoredCircle:
    """This circle with its members' scores. The hard rules are not asked."""
    company = _Company(problem, circle)
    members = tuple(
        [_member(company, person, Seat.MENTOR) for person in company.mentors]
        + [_member(company, person, Seat.MENTEE) for person in company.mentees]
    )
    value = fsum(worth(member.score, member.seat) for member in members)
    return ScoredCircle(circle, members, value, company.common, company.lasting, company.languages)


class _Company:
    """A circle's people, looked at from one of its seats."""

    def __init__(self, problem: Problem, circle: Circle) -> None:
        self.problem = problem
        self.mentors = [problem.person(who) for who in circle.mentors]
        self.mentees = [problem.person(who) for who in circle.mentees]
        self.everyone = self.mentors + self.mentees
        self.common = week_starts(problem, self.everyone)
        self.lasting = lasting_starts(problem, self.everyone)
        self.languages = common_languages(self.everyone)

    def others(self, person: Person) -> list[Person]:
        """The circlemates."""
        return [other for other in self.everyone if other.id != person.id]

    def other_mentees(self, person: Person) -> list[Person]:
        """The mentees, without this person."""
        return [other for other in self.mentees if other.id != person.id]


def _member(company: _Company, person: Person, seat: Seat) -> MemberScore:
    terms = tuple(_terms(company, person, seat))
    repeats = sum(
        1 for other in company.others(person) if other.id in company.problem.met_before(person.id)
    )
    weighed = fsum(term.w * term.f for term in terms)
    weights = fsum(term.w for term in terms)
    score = max(0.0, 100.0 * weighed / weights - REPEAT_COST * repeats) if weights else 0.0
    return MemberScore(person.id, seat, score, terms, repeats)


def _terms(company: _Company, person: Person, seat: Seat) -> Iterator[Term]:
    settings = company.problem.settings
    as_mentee = seat is Seat.MENTEE
    weights = settings.mentee_weights if as_mentee else settings.mentor_weights
    if as_mentee:
        yield _mentee_goals(company, person, weights.of("goals", person))
        yield _peers(company, person, weights.peers)
    else:
        yield _mentor_goals(company, person, weights.of("goals", person))
    if person.wants_shared_heritage and person.heritage:
        yield _heritage(company, person, weights.of("heritage", person))
    if person.stage is not None:
        stage = _mentee_stage if as_mentee else _mentor_stage
        yield stage(company, person, person.stage, weights.of("stage", person))
    for question in sorted(person.answers):
        if person.answers[question]:
            yield _answer(company, person, question, weights.of(QUESTION + question, person))
    yield _language(company, person, weights.of("language", person))
    yield _time(company, weights.of("time", person))
    if person.wishes:
        yield _wish(company, person, weights.of("wish", person))
    if as_mentee:
        yield _size(company, weights.size)


def _mentee_goals(company: _Company, person: Person, w: float) -> Term:
    offered = []
    for theme in sorted(person.seeks):
        mentors = tuple(mentor.id for mentor in company.mentors if theme in mentor.offers)
        if mentors:
            offered.append((theme, mentors))
    missing = person.seeks - {theme for theme, _ in offered}
    f = len(offered) / len(person.seeks) if person.seeks else 0.0
    return Term("goals", w, f, ThemesOffered(tuple(offered), tuple(sorted(missing))))


def _mentor_goals(company: _Company, person: Person, w: float) -> Term:
    mentees = company.mentees
    helped = tuple(mentee.id for mentee in mentees if mentee.seeks & person.offers)
    f = len(helped) / len(mentees) if mentees else 0.0
    return Term("goals", w, f, MenteesHelped(helped, len(mentees)))


def _peers(company: _Company, person: Person, w: float) -> Term:
    alike = [other for other in company.other_mentees(person) if other.seeks & person.seeks]
    themes = {theme for other in alike for theme in other.seeks & person.seeks}
    fact = PeersAlike(tuple(other.id for other in alike), tuple(sorted(themes)))
    return Term("peers", w, min(1.0, len(alike) / 2), fact)


def _heritage(company: _Company, person: Person, w: float) -> Term:
    shared = sum(1 for other in company.others(person) if other.heritage & person.heritage)
    return Term("heritage", w, HERITAGE_SHARES[min(shared, 2)], HeritageShared(shared))


def _mentee_stage(company: _Company, person: Person, stage: int, w: float) -> Term:
    peers = tuple(
        (other.id, abs(other.stage - stage))
        for other in company.other_mentees(person)
        if other.stage is not None
    )
    near = [max(0.0, 1.0 - between / 3) for _, between in peers]
    return Term("stage", w, fsum(near) / len(near) if near else 0.5, StagesNear(peers))


def _mentor_stage(company: _Company, person: Person, stage: int, w: float) -> Term:
    stated = [(m.id, m.stage) for m in company.mentees if m.stage is not None]
    behind = tuple(who for who, theirs in stated if theirs <= stage)
    f = len(behind) / len(stated) if stated else 0.5
    return Term("stage", w, f, StepsAhead(behind, len(stated)))


def _answer(company: _Company, person: Person, question: str, w: float) -> Term:
    own = person.answers[question]
    shared = {o.id: o.answers.get(question, frozenset()) & own for o in company.others(person)}
    shared = {who: tags for who, tags in shared.items() if tags}
    name, f = QUESTION + question, 1.0 if shared else 0.0
    if company.problem.settings.is_sensitive(question):
        return Term(name, w, f, PrivateAnswer())
    tags = frozenset[str]().union(*shared.values())
    return Term(name, w, f, AnswersShared(question, tuple(shared), tuple(sorted(tags))))


def _language(company: _Company, person: Person, w: float) -> Term:
    common = set(map(language, company.languages))
    f = 1.0 if language(person.preferred_language) in common else LANGUAGE_SECOND_BEST
    return Term("language", w, f, LanguageShared(person.preferred_language, company.languages))


def _time(company: _Company, w: float) -> Term:
    f = min(1.0, company.lasting / FULL_TIME_STARTS)
    return Term("time", w, f, TimesShared(company.common, company.lasting, len(company.everyone)))


def _wish(company: _Company, person: Person, w: float) -> Term:
    here = tuple(other.id for other in company.others(person) if other.id in person.wishes)
    return Term("wish", w, 1.0 if here else 0.0, WishesMet(here, len(person.wishes)))


def _size(company: _Company, w: float) -> Term:
    mentors, mentees = len(company.mentors), len(company.mentees)
    return Term("size", w, size_share(mentors, mentees), CircleSize(mentors, mentees))
