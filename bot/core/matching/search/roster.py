"""A problem as masks of bits, and the value of a circle computed from them quickly.

People are numbered in the order of the problem; bit *i* of a mask of people is person *i*. The
values equal those of the reference scorer to 1e-9.
"""

from collections.abc import Iterable, Sequence

from bot.core.matching.definition.availability import starts
from bot.core.matching.definition.model import Circle, Person, Problem, Seat, Weights
from bot.core.matching.definition.score import (
    FULL_TIME_STARTS,
    HERITAGE_SHARES,
    LANGUAGE_SECOND_BEST,
    REPEAT_COST,
    size_share,
)

IMPOSSIBLE = float("-inf")
"""The value of a circle that breaks a hard rule."""


class Roster:
    """The people of a problem, ready for searching."""

    def __init__(self, problem: Problem) -> None:
        people = problem.people
        settings = problem.settings
        self.problem = problem
        self.ids = [person.id for person in people]
        self.number = {who: index for index, who in enumerate(self.ids)}
        self.needed = settings.min_common_starts
        self.sizes = (settings.mentors, settings.mentees)
        self.mentor_seats = [person.mentor_seats for person in people]
        self.mentee_seats = [person.mentee_seats for person in people]
        self.starts = [starts(p.availability, settings.session_minutes) for p in people]
        self.barred = [
            self.mask((problem.kept_apart(p.id) | problem.met_recently(p.id)) - {p.id})
            for p in people
        ]
        self.before = [self.mask(problem.met_before(p.id) - {p.id}) for p in people]
        self.wished = [self.mask(p.wishes - {p.id}) for p in people]
        preferred = [frozenset({p.preferred_language.casefold()}) for p in people]
        self.languages, self.preferred = _tag_masks([p.spoken for p in people], preferred)
        self.seeks, self.offers = _tag_masks([p.seeks for p in people], [p.offers for p in people])
        self.peers = _alike([p.seeks for p in people])
        self.helped = [self._seekers(people, p.offers) for p in people]
        self.kin = _alike([p.heritage for p in people])
        self._alike = _answers_alike(people)
        self.terms = {
            seat: [Applying(p, seat, problem, self._alike[i]) for i, p in enumerate(people)]
            for seat in Seat
        }
        self._size = {
            (mentors, mentees): size_share(mentors, mentees)
            for mentors in range(settings.mentors[0], settings.mentors[1] + 1)
            for mentees in range(settings.mentees[0], settings.mentees[1] + 1)
        }

    def mask(self, who: Iterable[str]) -> int:
        """These people as a mask; whoever is not here is left out."""
        mask = 0
        for one in who:
            index = self.number.get(one)
            if index is not None:
                mask |= 1 << index
        return mask

    def circle(self, mentors: Iterable[int], mentees: Iterable[int]) -> Circle:
        """Numbers as a circle of ids, in the problem's order."""
        return Circle(
            tuple(self.ids[index] for index in sorted(mentors)),
            tuple(self.ids[index] for index in sorted(mentees)),
        )

    def fits(self, people: Sequence[int]) -> bool:
        """Whether these could sit together, sizes and seats aside."""
        common, languages, together, barred = -1, -1, 0, 0
        for index in people:
            common &= self.starts[index]
            languages &= self.languages[index]
            together |= 1 << index
            barred |= self.barred[index]
        return not together & barred and languages != 0 and common.bit_count() >= self.needed

    def value(self, mentors: Sequence[int], mentees: Sequence[int]) -> float:
        """What this circle adds to the objective; IMPOSSIBLE if it breaks a rule.

        How many seats a person holds elsewhere is not asked.
        """
        size = self._size.get((len(mentors), len(mentees)))
        if size is None:
            return IMPOSSIBLE
        common, languages, together, barred, offered, learners = -1, -1, 0, 0, 0, 0
        for index in mentors:
            common &= self.starts[index]
            languages &= self.languages[index]
            together |= 1 << index
            barred |= self.barred[index]
            offered |= self.offers[index]
        for index in mentees:
            common &= self.starts[index]
            languages &= self.languages[index]
            learners |= 1 << index
            barred |= self.barred[index]
        together |= learners
        times = common.bit_count()
        if together & barred or not languages or times < self.needed:
            return IMPOSSIBLE
        if together.bit_count() < len(mentors) + len(mentees):
            return IMPOSSIBLE
        time = min(1.0, times / FULL_TIME_STARTS)
        stages = [stage for i in mentees if (stage := self.terms[Seat.MENTEE][i].stage) >= 0]
        total = 0.0
        for index in mentees:
            terms = self.terms[Seat.MENTEE][index]
            w = terms.weights
            wanted = self.seeks[index]
            sought = (wanted & offered).bit_count() / wanted.bit_count() if wanted else 0.0
            peers = (self.peers[index] & learners).bit_count()
            sum_wf = w.goals * sought + w.peers * (1.0 if peers > 1 else peers / 2)
            sum_wf += w.time * time + w.size * size
            if terms.stage >= 0:
                sum_wf += w.stage * _mentee_stage(terms.stage, stages)
            total += _phi(self._score(index, terms, sum_wf, together, languages))
        for index in mentors:
            terms = self.terms[Seat.MENTOR][index]
            w = terms.weights
            sum_wf = w.goals * (self.helped[index] & learners).bit_count() / len(mentees)
            sum_wf += w.time * time
            if terms.stage >= 0:
                sum_wf += w.stage * _mentor_stage(terms.stage, stages)
            score = self._score(index, terms, sum_wf, together, languages)
            total += 0.5 * (_phi(score) - 80.0)
        return total

    def _score(
        self, index: int, terms: "Applying", sum_wf: float, together: int, languages: int
    ) -> float:
        """The terms that mentors and mentees share, added to ``sum_wf``; then the score."""
        w = terms.weights
        if terms.heritage:
            kin = (self.kin[index] & together).bit_count()
            sum_wf += w.heritage * HERITAGE_SHARES[min(kin, 2)]
        for weight, alike in terms.answers:
            if alike & together:
                sum_wf += weight
        heard = self.preferred[index] & languages
        sum_wf += w.language if heard else w.language * LANGUAGE_SECOND_BEST
        if terms.wishes and self.wished[index] & together:
            sum_wf += w.wish
        score = 100.0 * sum_wf / terms.total
        repeats = self.before[index] & together
        if repeats:
            score -= REPEAT_COST * repeats.bit_count()
        return max(0.0, score)

    def _seekers(self, people: Sequence[Person], offers: frozenset[str]) -> int:
        return sum(1 << index for index, person in enumerate(people) if person.seeks & offers)


class Applying:
    """Which terms apply to somebody in a seat, and the sum of their weights."""

    __slots__ = ("answers", "heritage", "stage", "total", "weights", "wishes")

    def __init__(
        self, person: Person, seat: Seat, problem: Problem, alike: list[tuple[str, int]]
    ) -> None:
        settings = problem.settings
        as_mentee = seat is Seat.MENTEE
        w: Weights = settings.mentee_weights if as_mentee else settings.mentor_weights
        self.weights = w
        self.heritage = person.wants_shared_heritage and bool(person.heritage)
        self.stage = -1 if person.stage is None else person.stage
        self.wishes = bool(person.wishes)
        self.answers = [(w.question(question), mask) for question, mask in alike]
        self.total = (
            w.goals
            + w.language
            + w.time
            + (w.peers + w.size if as_mentee else 0.0)
            + (w.heritage if self.heritage else 0.0)
            + (w.stage if self.stage >= 0 else 0.0)
            + (w.wish if self.wishes else 0.0)
        )
        for weight, _ in self.answers:
            self.total += weight
        self.total = self.total or 1.0  # nothing weighs anything: the score is 0


def _phi(score: float) -> float:
    if score <= 40.0:
        return 1.5 * score
    if score <= 60.0:
        return 20.0 + score
    return 50.0 + 0.5 * score


def _mentee_stage(own: int, stages: Sequence[int]) -> float:
    """``stages`` are those of all mentees who gave one, this one's own among them."""
    if len(stages) == 1:
        return 0.5
    near = -1.0  # without oneself
    for stage in stages:
        between = stage - own if stage > own else own - stage
        if between < 3:
            near += 1.0 - between / 3
    return near / (len(stages) - 1)


def _mentor_stage(own: int, stages: Sequence[int]) -> float:
    if not stages:
        return 0.5
    return sum(1 for stage in stages if stage <= own) / len(stages)


def _tag_masks(*lists: Sequence[frozenset[str]]) -> list[list[int]]:
    """Each set of tags as a mask over all the tags of all the lists."""
    bit: dict[str, int] = {}
    return [
        [sum(bit.setdefault(one, 1 << len(bit)) for one in sorted(some)) for some in tags]
        for tags in lists
    ]


def _alike(tags: Sequence[frozenset[str]]) -> list[int]:
    """For each person, the others who have a tag in common, as a mask of people."""
    having: dict[str, int] = {}
    for index, some in enumerate(tags):
        for one in some:
            having[one] = having.get(one, 0) | 1 << index
    masks = []
    for index, some in enumerate(tags):
        mask = 0
        for one in some:
            mask |= having[one]
        masks.append(mask & ~(1 << index))
    return masks


def _answers_alike(people: Sequence[Person]) -> list[list[tuple[str, int]]]:
    """For each person, each question they answered and who shares a tag with them."""
    found: list[list[tuple[str, int]]] = [[] for _ in people]
    for question in sorted({q for person in people for q in person.answers}):
        tags = [person.answers.get(question, frozenset()) for person in people]
        for index, mask in enumerate(_alike(tags)):
            if tags[index]:
                found[index].append((question, mask))
    return found
