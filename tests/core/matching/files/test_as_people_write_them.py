"""Files as spreadsheets and forms really write them: read, or refused with what helps."""

import csv
from io import StringIO

import pytest

from bot.core.boundary.wording import load
from bot.core.matching.definition.model import DEFAULT_STAGES, Role
from bot.core.matching.files.packing import pack, unpack
from bot.core.matching.files.people_csv import People, Row, format_people
from bot.core.matching.files.problems import SCREEN, BadFile, FileProblem
from bot.core.matching.files.reading import Limits, parse_people
from bot.core.matching.files.telling import told

WORDS = load().words("UTC", "en")
COLUMNS = ("id", "name", "role", "seeks", "offers", "languages", "timezone", "availability")
ANN = ("a", "Ann", "mentee", "culture;career", "", "en", "Europe/London", "Mon 18:00-20:00")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = COLUMNS, separator: str = ",") -> str:
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows([header, *rows])
    return out.getvalue()


def ann(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, cell) for name, cell in zip(COLUMNS, ANN, strict=True))


def read(text: str | bytes) -> People:
    return parse_people(text.encode() if isinstance(text, str) else text, DEFAULT_STAGES)


def refused(text: str | bytes) -> list[tuple[str, int]]:
    with pytest.raises(BadFile) as bad:
        read(text)
    assert len(told(bad.value.problems, WORDS)) <= SCREEN + 1
    return [(one.kind, one.row) for one in bad.value.problems]


def seeks(people: People) -> list[tuple[str, ...]]:
    return [row.seeks for row in people.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_the_header_tells_what_stands_between_the_cells(separator: str, start: str) -> None:
    people = read(start + table(ANN, separator=separator))
    assert seeks(people) == [("culture", "career")]
    assert people.remarks == ()


def test_a_hint_of_the_spreadsheet_above_the_header_is_no_row() -> None:
    people = read("sep=;\n" + table(ANN, separator=";"))
    assert [row.number for row in people.rows] == [3]


def test_columns_are_known_in_whatever_letters() -> None:
    header = ("ID", "Name", " Role", "SEEKS", "Offers", "Languages", "Time Zone", "Availability")
    assert len(read(table(ANN, header=header)).rows) == 1


def test_empty_columns_and_cells_at_the_right_are_nothing() -> None:
    assert len(read(table((*ANN, "", " "), header=(*COLUMNS, "", ""))).rows) == 1
    assert len(read(table((*ANN, "", ""))).rows) == 1
    assert refused(table((*ANN, "", "tea"), header=(*COLUMNS, "", ""))) == [("nameless_column", 2)]
    assert refused(table((*ANN, "tea"))) == [("cell_count", 2)]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    broken = ann(id="b", timezone="Nowhereland", name="Two\nlines")
    lines = table(ANN) + "\n\n,,,,,,,\n" + table(ann(id="c", name="O\nne"), header=broken)
    assert {row for _, row in refused(lines)} == {6}
    assert [row.number for row in read(table(ANN) + "\n\n" + ",".join(ann(id="b"))).rows] == [2, 5]


def test_a_total_below_the_table_is_told_once() -> None:
    assert refused(table(ANN, ("", *[""] * 7), ("Total: 1", *[""] * 7))) == [("nobody", 4)]


def test_a_title_above_the_header_and_a_missing_column_are_one_problem_each() -> None:
    assert refused("Mentoring,,,,,,,\n" + table(ANN)) == [("header_below", 2)]
    short = [cell for name, cell in zip(COLUMNS, ANN, strict=True) if name != "timezone"]
    rows = [(f"p{n}", *short[1:]) for n in range(300)]
    header = tuple(name for name in COLUMNS if name != "timezone")
    assert refused(table(*rows, header=header)) == [("missing_column", 1)]


def test_a_forms_own_columns_are_told_what_they_could_be() -> None:
    header = ("Timestamp", "Email Address", "Which time zone are you in?", "Mentor or mentee?")
    with pytest.raises(BadFile) as bad:
        read(table(("1/2/2026", "a@example.org", "EST", "mentor"), header=header))
    said = told(bad.value.problems, WORDS)
    assert "id, role, languages, timezone and availability" in said[0]
    assert [line for line in said if "“timezone”" in line and "Which time zone" in line]


def test_commas_set_the_items_of_a_list_apart_and_that_is_said() -> None:
    people = read(
        table(
            ann(seeks="Career, networking"),
            ann(id="b", seeks="networking"),
            ann(id="c", role="mentor", seeks="", offers="career,Networking"),
        )
    )
    assert seeks(people)[0] == ("Career", "networking")
    assert people.rows[2].offers == ("Career", "networking")
    assert [one.kind for one in people.remarks if one.row == 2] == ["read_commas"]


def test_an_item_with_a_comma_that_semicolons_set_apart_stays_one() -> None:
    people = read(table(ann(seeks="work, life and balance;career"), ann(id="b", seeks="career")))
    assert seeks(people)[0] == ("work, life and balance", "career")
    assert [one.kind for one in people.remarks] == ["read_whole"]
    alone = Row("a", people.rows[0].role, "UTC", seeks=("a, b",), languages=("en",))
    assert read(format_people([alone])).rows[0].seeks == ("a, b",)


def test_items_are_the_same_in_other_letters_and_with_other_spaces() -> None:
    people = read(
        table(
            ann(seeks="Career  growth"),
            ann(id="b", seeks="CAREER GROWTH;\uff23areer growth"),
            ann(id="c", role="mentor", seeks="", offers="career growth"),
        )
    )
    assert seeks(people)[1] == ("Career growth",)
    assert people.rows[2].offers == ("Career growth",)
    assert {one.kind for one in people.remarks} == {"read_alike"}


@pytest.mark.parametrize(
    ("written", "windows"),
    [
        ("Mon 18:00\u201320:00", "Mon 18:00-20:00"),
        ("monday  18.00 - 20.00;", "Mon 18:00-20:00"),
        ("Tue 9:00-11:00, Thu 9:00-11:00", "Tue 09:00-11:00;Thu 09:00-11:00"),
        ("Tue 18:00-20:00\nThu 18:00-20:00", "Tue 18:00-20:00;Thu 18:00-20:00"),
        ("Mon, Wed 18:00-20:00", "Mon 18:00-20:00;Wed 18:00-20:00"),
        ("Sat/Sun 10am-12pm", "Sat 10:00-12:00;Sun 10:00-12:00"),
        ("Fri-Sun 22:00-2:00", "Fri 22:00-02:00;Sat 22:00-02:00;Sun 22:00-02:00"),
        ("Wed 11:00 PM to 12:00 AM", "Wed 23:00-24:00"),
    ],
)
def test_hours_are_read_where_they_can_mean_one_thing_only(written: str, windows: str) -> None:
    (row,) = read(table(ann(availability=written))).rows
    assert ";".join(map(str, row.windows)) == windows


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Weekday evenings", "window_form"),
        ("Tue 6:00-9:00 PM", "window_half_day"),
        ("Mon 6-9", "window_form"),
        ("18:00-20:00", "window_day"),
        ("Mon 18:00-20:10", "window_quarter"),
        ("Mon 13pm-2pm", "window_time"),
    ],
)
def test_hours_that_could_mean_something_else_are_asked_about(written: str, kind: str) -> None:
    assert refused(table(ann(availability=written))) == [(kind, 2)]


@pytest.mark.parametrize(("written", "capacity"), [("2.0", 2), ("3", 3), ("1,00", 1), ("0", 0)])
def test_a_whole_number_is_one_however_a_spreadsheet_writes_it(written: str, capacity: int) -> None:
    text = table((*ANN, written), header=(*COLUMNS, "capacity"))
    assert read(text).rows[0].capacity == capacity


def test_ids_in_other_letters_are_asked_about() -> None:
    assert refused(table(ann(id="e3"), ann(id="E3"))) == [("id_twice_alike", 3)]
    text = table((*ANN, "B"), (*ann(id="b"), ""), header=(*COLUMNS, "wishes"))
    assert refused(text) == [("unknown_person_near", 2)]


@pytest.mark.parametrize("tag", ["English", "en_US", "eng", "English (US)", "Mandarin", "jp"])
def test_a_language_by_another_name_is_refused(tag: str) -> None:
    assert refused(table(ann(languages=tag))) in ([("language_near", 2)], [("language", 2)])


def test_every_name_comes_back_as_one_line_and_no_formula_gets_through() -> None:
    names = ["A\r=1+1", "B\n=cmd", "\t=C", "'=D", "@e", "x\r\ny", '"quo"ted"', "semi;colon"]
    rows = [Row(f"p{n}", Role.BOTH, "UTC", name, languages=("en",)) for n, name in enumerate(names)]
    written = format_people(rows)
    cells = list(csv.reader(StringIO(written, newline="")))
    assert [len(row) for row in cells] == [len(cells[0])] * (len(names) + 1)
    assert not [cell for row in cells for cell in row if cell.startswith(("=", "@", "+", "-"))]
    back = parse_people(written.encode(), DEFAULT_STAGES, Limits(whole=False)).rows
    assert [row.name for row in back] == [" ".join(name.split()) for name in names]


def test_so_many_headers_are_refused_at_once() -> None:
    assert refused(",".join(f"column{n}" for n in range(100_000))) == [("too_many_columns", 1)]


def test_a_file_is_not_read_on_for_ever_where_everything_is_wrong() -> None:
    rows = [ann(id=f"p{n}", timezone=f"Nowhere {n}", availability="later") for n in range(4_000)]
    limits = Limits(most_people=5_000, most_problems=100)
    with pytest.raises(BadFile) as bad:
        parse_people(table(*rows).encode(), None, limits)
    assert len(bad.value.problems) < 110
    assert "stopped" in {one.kind for one in bad.value.problems}


def test_what_was_read_can_be_handed_to_another_process() -> None:
    people = read(table(ann(seeks="Career, networking")))
    found = unpack(pack(people))
    assert isinstance(found, People)
    assert (found, found.rows[0].number) == (people, 2)
    problems = [FileProblem("id_twice", 3, "id", {"id": "a", "first": "2"})]
    bad = unpack(pack(BadFile(problems)))
    assert isinstance(bad, BadFile)
    assert bad.problems == tuple(problems)
