"""What a member reads of the reasons."""

from dataclasses import replace

from bot.core.matching.engine import own_view, rescore, solve
from bot.core.matching.facts import HeritageShared, PrivateAnswer
from bot.core.matching.model import Effort, Problem
from bot.core.matching.words import Naming, fact_words
from bot.core.text import plain
from bot.core.wording import load
from tests.core.matching.community import community


def test_a_sensitive_answer_changes_nothing_that_a_member_reads() -> None:
    problem = community(50, 2)
    quiet = Problem(
        tuple(
            replace(
                person,
                heritage=frozenset(),
                answers={q: tags for q, tags in person.answers.items() if q != "faith"},
            )
            for person in problem.people
        ),
        problem.settings,
    )
    result = solve(problem, seed=1, effort=Effort.QUICK)
    again = rescore(quiet, [scored.circle for scored in result.circles])
    differs = False
    for told, silent in zip(result.circles, again.circles, strict=True):
        for one, other in zip(told.members, silent.members, strict=True):
            differs = differs or one.score != other.score
            view = own_view(told, one.id, lambda _who, _what: True)
            assert view == own_view(silent, one.id, lambda _who, _what: True)
            assert not any(isinstance(fact, HeritageShared | PrivateAnswer) for fact in view)
    assert differs


def test_whoever_shows_nothing_is_named_nowhere() -> None:
    problem = community(50, 2)
    words = load().words("UTC", "en")
    for scored in solve(problem, seed=1, effort=Effort.QUICK).circles:
        for member in scored.members:
            person = problem.person(member.id)
            naming = Naming(person=lambda who: f"<{who}>")
            for fact in own_view(scored, member.id, lambda _who, _what: False):
                told = plain(fact_words(words, fact, naming))
                named = {who for who in scored.circle.people if f"<{who}>" in told}
                assert named <= person.wishes


def test_every_fact_has_words() -> None:
    problem = community(50, 2)
    words = load().words("UTC", "en")
    for scored in solve(problem, seed=1, effort=Effort.QUICK).circles:
        for member in scored.members:
            for term in member.terms:
                told = plain(fact_words(words, term.fact, Naming()))
                assert told.endswith((".", "?"))
                assert "{" not in told
