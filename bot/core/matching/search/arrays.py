"""The arrays that Python and the kernel share: one table of names, shapes, types and meanings.

The kernel is C compiled to WebAssembly. Its header ``kernel/layout.h`` is written from this table
(``python -m bot.core.matching.search.arrays``), and :mod:`.memory` lays the arrays out by it.
Numbers of people, circles and words are sizes; every shape is made of them.
"""

from typing import NamedTuple

SIZES: dict[str, str] = {
    "people": "how many people",
    "kinds": "kinds of week (see Problem.week_kinds), those alike but for a common shift as one",
    "words": "64-bit words in a week of quarter-hours",
    "languages": "words in a mask of languages",
    "themes": "words in a mask of themes",
    "tags": "words in a mask of heritage tags",
    "answers": "words in a mask of answers, all questions together",
    "questions": "affinity questions, 24 at most",
    "questions_end": "one more than questions",
    "people_end": "one more than people",
    "seats": "twice the people: mentees' seats, then mentors'",
    "paired": "people where what each is to each is looked up in a table, else 0",
    "barred_count": "entries of barred",
    "before_count": "entries of before",
    "wished_count": "entries of wished",
    "led_count": "all mentors' seats",
    "slots": "the most circles there can be",
    "width": "the most people in a circle",
    "row": "a circle as [mentors, mentees, people]: two more than width",
    "mentor_sizes": "one more than the most mentors",
    "mentee_sizes": "one more than the most mentees",
    "near": "likely mentors kept for each mentee",
    "reach": "likely mentees kept for each mentor",
    "columns": "the most circles known at a time",
    "two_columns": "twice columns: the whole market and that of some circles",
    "hashed": "places to find a circle by, a power of two",
    "two_hashed": "twice hashed",
    "found": "the most circles that one look finds",
    "branched": "circles in all branches of a proof together",
    "depths": "how deep a proof may branch",
    "seen": "circles remembered from annealing",
    "hours_spoken": "words of hours and languages together, for each of a circle's mentees",
    "least_mentors": "in a circle",
    "most_mentors": "in a circle",
    "least_mentees": "in a circle",
    "most_mentees": "in a circle",
    "needed": "lasting starts that a circle must have",
    "spare_weeks": "weeks that may be short",
    "session": "a session's length in quarter-hours",
    "one": "1",
    "two": "2",
    "row_limit": "the most circles that one exchange ends: 28",
    "terms": "the terms of a score that are no questions: 8",
    "pupil_count": "entries of pupils (set by the kernel)",
    "tutor_count": "entries of tutors (set by the kernel)",
    "open_pupils": "entries of open_mentees (set by the kernel)",
    "open_tutors": "entries of open_mentors (set by the kernel)",
}

PLAN: dict[str, tuple[str, str]] = {
    "heat": ("f64", "what annealing begins with"),
    "cooling": ("f64", "by what factor it cools each step"),
    "share": ("f64", "what share of the circles diving takes at a time"),
    "steps": ("i32", "of annealing, for each person; 0 begins with what is there"),
    "looks": ("i32", "the most looks for circles worth more than their seats"),
    "each": ("i32", "the most circles kept for each team and size"),
    "likely": ("i32", "mentees considered for each team, the likeliest"),
    "nodes": ("i32", "looked at below each first mentee"),
    "most": ("i32", "circles that one look adds"),
    "teams": ("i32", "about so many teams are looked at"),
    "near_nodes": ("i32", "nodes, when only some circles are put together again"),
    "near_teams": ("i32", "teams, likewise"),
    "width": ("i32", "circles taken apart at a time: from half as many to half as many again"),
    "work": ("i32", "how much of that, in nodes"),
    "bound": ("i32", "how much work a bound may take, in nodes; 0 for none"),
    "exchanges": ("i32", "of whole circles, in each burst"),
    "listing": ("i32", "how many nodes listing all circles may take"),
    "proving": ("i32", "how much work a proof may take, in circles priced"),
    "diving": ("i32", "whether to dive"),
}


class Array(NamedTuple):
    """One array: what it is called, of what, how large, what for."""

    name: str
    dtype: str
    shape: tuple[str, ...]
    meaning: str


_TABLE = """
starts u64 people kinds words: when a session could begin that somebody can make, by kind of week
weeks i32 kinds: how many weeks of the season are of each kind
languages u64 people languages: which somebody speaks
preferred u64 people languages: which of them they prefer
seeks u64 people themes: themes sought
offers u64 people themes: themes offered
sought i32 people: how many themes are sought
heritage u64 people tags: heritage tags
answers u64 people answers: answers to affinity questions
question_at i32 questions_end: where each question's words begin
stage i32 people: stage of life, -1 where not given
weights f64 people two terms: as mentee and as mentor; 0 where a term does not apply
question_weights f64 people two questions: likewise
totals f64 people two: the weights that apply, added up
seats i32 people two: how many mentee's and mentor's seats somebody may take
barred_at i32 people_end: where each one's part of barred begins
barred i32 barred_count: whom somebody may not meet
before_at i32 people_end: where each one's part of before begins
before i32 before_count: whom somebody met before
wished_at i32 people_end: where each one's part of wished begins
wished i32 wished_count: whom somebody wished for
sizes f64 mentor_sizes mentee_sizes: how good a size is
pairs u64 paired paired: what each is to each
chance u64 one: where the stream of chance stands
asked i32 two row: circles that Python asks about
rows i32 slots row: the arrangement, by slot
values f64 slots: what each circle is worth
kept i32 slots width: who may not leave; -1 where nobody, -2 in front where nothing may change
away i32 slots: whether a circle is being taken apart
best_rows i32 slots row: the best arrangement so far; Python begins with it and reads it
place i32 people: the slot of each mentee, -1 for none
spare i32 people: mentor's seats still free
led_at i32 people_end: where each one's part of led begins
led i32 led_count: the slots that each mentor leads
leads i32 people: how many of those are in use
pupils i32 people: everybody who may take a mentee's seat
tutors i32 people: everybody who may take a mentor's
near i32 people near: for each pupil, tutors they fit with; -1 where there are no more
reach i32 people reach: for each tutor, pupils they fit with
likes f64 people: memory to rank likely company in
column_rows i32 two_columns row: circles known
column_seats i32 two_columns width: their seats
column_values f64 two_columns: what each is worth
column_taken f64 two_columns: how much of each a fractional choice takes
column_hash i32 two_hashed: where to find a circle by its mark; -1 for nowhere
found_rows i32 found row: circles that the last look found
found_above f64 found: how much more each is worth than its seats
heap f64 found: memory to find the best of them in
prices f64 seats: of each seat
kept_prices f64 seats: the prices of the whole market, once settled; what Python may begin with
lowest f64 seats: the best prices so far
way f64 seats: the direction of the last step
slope f64 seats: of the sum, at the prices as they are
capacity i32 seats: how often each seat is open
open i32 seats: the seats that are open
open_mentees i32 people: who has an open mentee's seat
open_mentors i32 people: who has an open mentor's seat
ceilings f64 people: by first mentor, above what no circle is worth more than its seats
fitting i32 people: the mentees who fit a team
fitting_times i32 people: the lasting starts of each with it
order i32 people: their places, the most promising first
company_counts u64 people: what the others who fit are to each, added up
company_marks u64 people: and joined
mates i32 people: how many of them each could sit with
team_counts u64 people: what the team is to each, added up
team_marks u64 people: and joined
fixed f64 people: language and goals of each with this team, weighed
costs f64 people: what each takes away from the mentors at least
left i32 mentee_sizes people_end: by depth, the places of those who could still join
left_times i32 mentee_sizes people_end: their lasting starts with those so far
left_gains f64 mentee_sizes people_end: what each adds at best, less their price
left_counts u64 mentee_sizes people_end: what those so far are to each, added up
left_marks u64 mentee_sizes people_end: and joined
rest u64 mentee_sizes hours_spoken: by depth, the hours and languages that all have in common
tops f64 two people: memory to rank mentees in
dived_rows i32 slots row: circles that a dive took
free i32 slots: circles that may be taken apart
chosen i32 slots: those that are
ranks f64 slots: how closely each is related to the first
ranking f64 columns: how much more than their prices circles are worth
ranked i32 columns: the circles in that order
led_by_at i32 people_end: where each mentor's part of led_by begins
led_by i32 two_columns: the circles each mentor leads, the best first
branches i32 branched: circles still in question, branch after branch
held_prices f64 depths seats: prices to return to, by depth
removed_rows i32 row_limit row: circles that an exchange ended
removed_values f64 row_limit: what each was worth
is_near i32 people: whether a mentor is likely company of the first one's mentees
"""


def _array(line: str) -> Array:
    head, meaning = line.split(": ", 1)
    name, dtype, *shape = head.split()
    return Array(name, dtype, tuple(shape), meaning)


ARRAYS: tuple[Array, ...] = tuple(map(_array, _TABLE.strip().splitlines()))


def header() -> str:
    """The kernel's header."""
    lines = [
        "/* Written from the table in arrays.py by `make kernel`: change that. */",
        "",
        "struct Sizes {",
        *(f"    i32 {name}; /* {meaning} */" for name, meaning in SIZES.items()),
        "};",
        "",
        "struct Plan {",
        *(f"    {kind} {name}; /* {meaning} */" for name, (kind, meaning) in PLAN.items()),
        "};",
        "",
        "struct Arrays {",
    ]
    for name, dtype, shape, meaning in ARRAYS:
        lines.append(f"    {dtype} *{name}; /* [{', '.join(shape)}] {meaning} */")
    return "\n".join([*lines, "};", "", "extern struct Sizes S;", "extern struct Plan P;",
                      "extern struct Arrays A;", ""])  # fmt: skip


if __name__ == "__main__":
    print(header(), end="")  # noqa: T201
