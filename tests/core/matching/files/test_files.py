"""Files in and out: what is right is read, what is wrong is told at once, nothing ever crashes."""

import argparse
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.boundary.wording import load
from bot.core.matching.definition.model import DEFAULT_STAGES, Circle
from bot.core.matching.definition.rules import check_all
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.files.match_toml import parse_settings
from bot.core.matching.files.people_csv import Row, format_people, safe_cell
from bot.core.matching.files.problems import BadFile, FileProblem
from bot.core.matching.files.reading import parse_people
from bot.match_command import add_parser, report
from tests.core.matching.community import KINDS, rows

WORDS = load().words("UTC", "en")
HEADER = "id,name,role,seeks,offers,languages,timezone,availability"
GOOD = f"{HEADER}\na,Ann,mentee,culture,,en,Europe/London,Mon 18:00-20:00\n"


def problems_of(text: str | bytes) -> list[tuple[str, int, str]]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadFile) as bad:
        parse_people(data, DEFAULT_STAGES)
    return [(one.kind, one.row, one.column) for one in bad.value.problems]


def people(text: str) -> tuple[Row, ...]:
    return parse_people(text.encode(), DEFAULT_STAGES).rows


@pytest.mark.parametrize("named", ["q:health", "Health", " HEALTH ", "health"])
def test_a_sensitive_question_is_one_however_it_is_spelt(named: str) -> None:
    text = f"{HEADER},q:health\na,Ann,mentee,culture,,en,Europe/London,Mon 18:00-20:00,asthma\n"
    toml = f'season_start = 2026-09-07\nsensitive_questions = ["{named}"]\n'
    (row,) = people(text)
    assert row.person(parse_settings(toml.encode(), None)).answers == {}
    consenting = parse_settings(f"consent_obtained = true\n{toml}".encode(), None)
    assert row.person(consenting).answers == {"health": frozenset({"asthma"})}


def test_people_read_back_as_they_were_written() -> None:
    made = [row for kind in KINDS.values() for row in rows(40, 3, kind)][:40]
    without_avoid = [Row(**{n: getattr(r, n) for n in Row.__slots__} | {"avoid": ()}) for r in made]
    assert list(people(format_people(made))) == without_avoid


def test_whom_somebody_avoids_is_never_written() -> None:
    assert "avoid" not in format_people(rows(40, 3))


def test_every_problem_is_told_at_once_with_its_place() -> None:
    text = (
        "id,name,role,capacity,seeks,offers,languages,preferred_language,timezone,availability,"
        "stage,wants_shared_heritage,wishes,xyz\n"
        "a,Ann,mentee,1,culture,,en,en,Europe/London,Mon 18:00-20:00,,,a,\n"
        "a,Bob,boss,many,,,en;fr,,Europe/Londn,Mon 18:05-20:00;Tue,old,maybe,x;y;z;w,\n"
    )
    assert problems_of(text) == [
        ("unknown_column", 1, "xyz"),
        ("oneself", 2, "wishes"),
        ("role", 3, "role"),
        ("capacity", 3, "capacity"),
        ("preferred_missing", 3, "preferred_language"),
        ("zone_misspelt", 3, "timezone"),
        ("window_quarter", 3, "availability"),
        ("window_form", 3, "availability"),
        ("stage", 3, "stage"),
        ("yes_no", 3, "wants_shared_heritage"),
        ("too_many_wishes", 3, "wishes"),
        ("id_twice", 3, "id"),
        ("unknown_person", 3, "wishes"),
        ("unknown_person", 3, "wishes"),
        ("unknown_person", 3, "wishes"),
        ("unknown_person", 3, "wishes"),
    ]


def test_a_formula_is_refused_on_the_way_in_and_harmless_on_the_way_out() -> None:
    assert ("formula", 2, "name") in problems_of(GOOD.replace("Ann", "=1+1"))
    for words in ("=1", "+1", "-1", "@a", "'=1"):
        assert safe_cell(words) == "'" + words
    for words in ("\t=1", "\r=1", " =1", "\n=1"):
        assert safe_cell(words) == "'=1"
    row = people(GOOD.replace("Ann", "@ann"))[0]
    assert row.name == "@ann"
    assert "'@ann" in format_people([row])
    assert people(format_people([row]))[0].name == "@ann"


def test_a_cell_of_a_megabyte_is_one_problem() -> None:
    assert problems_of(GOOD.replace("Ann", "x" * 1_000_000)) == [("too_long", 2, "name")]


def test_a_language_is_given_as_a_tag() -> None:
    assert people(
        GOOD.replace(",en,", ",zh-Hant-TW;x-home,")
        .replace(",availability", ",availability,preferred_language")
        .replace("20:00\n", "20:00,x-home\n")
    )[0].languages == ("zh-Hant-TW", "x-home")
    assert problems_of(GOOD.replace(",en,", ",English,")) == [("language_near", 2, "languages")]
    assert problems_of(GOOD.replace(",en,", ",12,")) == [("language", 2, "languages")]


def test_a_row_with_somebody_elses_id_is_told_all_its_problems() -> None:
    text = GOOD + "a,,mentee,culture,,e,Nowhereland,Mon 18:00-18:00\n"
    assert problems_of(text) == [
        ("language", 3, "languages"),
        ("zone", 3, "timezone"),
        ("window_equal", 3, "availability"),
        ("id_twice", 3, "id"),
    ]


def test_what_is_no_utf_8_is_one_problem() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert problems_of(GOOD.encode(encoding)) == [("utf16", 1, "")]
    assert problems_of(b"\0" * 1_000) == [("not_text", 1, "")]
    assert problems_of(GOOD.replace("Ann", "Zoë").encode("cp1252")) == [("not_utf8", 2, "")]
    assert len(people("\ufeff" + GOOD.replace("\n", "\r\n"))) == 1


def test_ten_thousand_rows_of_garbage_make_one_report_that_names_every_row() -> None:
    lines = "\n".join(f"{n},\x00,=x,y,z,q,Mars,whenever" for n in range(10_000))
    with pytest.raises(BadFile) as bad:
        parse_people(f"{HEADER}\n{lines}\n".encode(), DEFAULT_STAGES)
    told = report("people.csv", bad.value.problems, WORDS)
    assert len(told.splitlines()) < 30
    assert "timezone, rows 2–10001" in told


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_crash_the_readers(data: bytes) -> None:
    with suppress(BadFile):
        parse_people(data, DEFAULT_STAGES)
    with suppress(BadFile):
        parse_settings(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=8, max_size=8), max_size=4))
def test_no_cells_at_all_crash_the_reader_and_every_problem_has_words(
    cells: list[list[str]],
) -> None:
    text = HEADER + "\n" + "\n".join(",".join(row) for row in [*cells, ["unfinished"]])
    with pytest.raises(BadFile) as bad:
        parse_people(text.encode("utf-8", "surrogatepass"), DEFAULT_STAGES)
    assert report("people.csv", bad.value.problems, WORDS)


def test_settings_are_read_flat_and_by_seat() -> None:
    read = parse_settings(
        b"season_start = 2026-09-07\nmin_common_starts = 3\n[size]\nmentors = [1, 1]\n"
        b'[weights]\ntime = 20\n"q:film" = 7\n[weights.mentor]\ngoals = 50\n'
    )
    assert read.mentors == (1, 1)
    assert read.min_common_starts == 3
    assert (read.mentee_weights.time, read.mentor_weights.time) == (20, 20)
    assert (read.mentee_weights.goals, read.mentor_weights.goals) == (30, 50)
    assert read.mentee_weights.question("film") == 7
    assert read.mentee_weights.question("food") == 5


def test_a_wrong_setting_names_the_nearest_known_one() -> None:
    with pytest.raises(BadFile) as bad:
        parse_settings(b"sesion_start = 2026-09-07\nmin_common_starts = 0\n[weights]\ngoal = 1\n")
    told = {(one.kind, one.column, one.values.get("near")) for one in bad.value.problems}
    assert ("unknown_setting_near", "sesion_start", "season_start") in told
    assert ("unknown_setting_near", "weights.goal", "weights.goals") in told
    assert ("whole_number", "min_common_starts", None) in told
    assert ("season_start_missing", "season_start", None) in told


def test_a_settings_file_that_would_take_long_to_read_is_refused_at_once() -> None:
    with pytest.raises(BadFile) as bad:
        parse_settings(b"a." * 20_000 + b"b = 1")
    assert bad.value.problems == (FileProblem("line_too_long", 1, "", {"most": "2000"}),)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["match", *words])
    code = arguments.run(arguments)
    assert isinstance(code, int)
    return code


def test_every_number_in_circles_json_follows_from_people_csv(tmp_path: Path) -> None:
    kind = KINDS["clock change"]
    source, settings_file, out = (tmp_path / n for n in ("people.csv", "match.toml", "out.json"))
    source.write_text(format_people(rows(50, 6, kind)), encoding="utf-8")
    settings_file.write_text(
        f"season_start = {kind.season_start}\nconsent_obtained = true\n", encoding="utf-8"
    )
    words = ["--people", str(source), "--settings", str(settings_file), "--out", str(out)]
    assert run(*words) == 0
    first = out.read_bytes()
    assert run(*words) == 0
    assert out.read_bytes() == first
    told = json.loads(first)

    from bot.core.matching.definition.model import Problem

    read = parse_settings(settings_file.read_bytes())
    persons = tuple(row.person(read) for row in parse_people(source.read_bytes(), read.stages).rows)
    problem = Problem(persons, read)
    circles = [Circle(tuple(c["mentors"]), tuple(c["mentees"])) for c in told["circles"]]
    assert circles
    assert check_all(problem, circles) == ()
    scored = [score_circle(problem, circle) for circle in circles]
    assert told["objective"] == pytest.approx(objective(scored), abs=1e-9)
    assert told["upper_bound"] >= told["objective"]
    for circle, one in zip(told["circles"], scored, strict=True):
        assert circle["value"] == pytest.approx(one.value, abs=1e-9)
        for member in one.members:
            shown = circle["members"][member.id]
            weighed = sum(term["w"] * term["f"] for term in shown["terms"].values())
            weights = sum(term["w"] for term in shown["terms"].values())
            score = max(0.0, 100 * weighed / weights - 8 * shown["repeats"])
            assert shown["score"] == pytest.approx(score, abs=1e-9)
            assert shown["score"] == pytest.approx(member.score, abs=1e-9)
    lowest = min(m["score"] for c in told["circles"] for m in c["members"].values())
    assert told["worst"]["score"] == lowest


def test_bad_input_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.json"
    source.write_text(GOOD.replace("Europe/London", "Europe/Lundon"), encoding="utf-8")
    assert run("--people", str(source), "--out", str(out)) == 65
    told = capsys.readouterr().err
    assert "season_start" in told
    assert "row 2, column timezone" in told
    assert "Europe/London" in told
    assert not out.exists()
    assert run("--people", str(tmp_path / "none.csv"), "--out", str(out)) == 74
    assert run() == 65


def test_a_file_that_cannot_be_written_is_told_and_what_stood_there_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "people.csv"
    source.write_text(GOOD, encoding="utf-8")
    words = ["--people", str(source), "--season-start", "2026-09-07", "--out"]
    assert run(*words, str(tmp_path)) == 74
    assert run(*words, str(tmp_path / "nowhere" / "out.json")) == 74
    assert capsys.readouterr().err.count("cannot be written") == 2
    out = tmp_path / "out.json"
    out.write_text("before", encoding="utf-8")
    assert run("--people", str(tmp_path / "none.csv"), *words[2:], str(out)) == 74
    assert out.read_text(encoding="utf-8") == "before"
    assert run(*words, str(out)) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["unplaced"]["a"]["seat"] == "mentee"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "people.csv"]
