"""The women who are there on the opening day: read from a file or written in the scenario, and refused with reason."""

import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sim.personal_numbers import HIDDEN, holds_personal_number, without_personal_numbers
from sim.scenario import ScenarioError, load_scenario, read_scenario, scenario_from, scenario_hash, scenario_text
from sim.scenario import with_values as changed

HEAD = "name: winter\nstart: 2027-03-01\n"
DESIGNS = "designs: [{name: a, kind: none}]\n"
COLUMNS = "id,status,municipality,referred,admitted,site,household,due,gestation_week,birth,planned_end"
ENGLISH = f"""{COLUMNS}
A1,resident,Aalborg,2026-11-01,2026-11-10,AAL,children,,,2027-02-01,2027-07-01
A2,resident,0751,,2027-01-04,elsewhere,,2027-05-20,,,
B1,waiting,Aarhus,2027-02-01,,,alone,,22+3,,
B2,,Samsø,2027-02-20,,AAR,,,"18,5",,
"""
DANISH = """\ufeffid;status;Kommune;Henvist;indskrevet;sted;husstand;termin;graviditetsuge;født;planlagt slut\r
A1;beboer;0851;01-11-2026;10.11.2026;aal;børn;;;1/2/2027;01-07-2027\r
A2;beboer;751;;04-01-2027;Andetsteds;;20-05-2027;;;\r
\r
B1;venter;AARHUS;01-02-2027;;;alene;;22+3;;\r
B2;;samsø;20-02-2027;;AAR;;;18,5;;\r
"""


def scenario_file(folder: Path, table: str, *, name: str = "list.csv", today: str = "list.csv") -> Path:
    (folder / name).write_text(table, encoding="utf-8", newline="")
    file = folder / "winter.yaml"
    file.write_text(f"{HEAD}today: {today}\n{DESIGNS}", encoding="utf-8")
    return file


def faults_of(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(scenario_file(folder, "\n".join((COLUMNS, *rows)) + "\n"))
    return str(refused.value).splitlines()


# -- reading --


@pytest.mark.unit
def test_a_list_becomes_women_and_the_scenario_stands_on_its_own(tmp_path: Path) -> None:
    scenario = load_scenario(scenario_file(tmp_path, ENGLISH))
    first, second, third, fourth = scenario.today
    assert (first.municipality, first.site, first.household) == ("0851", "AAL", "children")
    assert [str(day) for day in (first.referred, first.admitted, first.birth, first.planned_end)] == [
        "2026-11-01",
        "2026-11-10",
        "2027-02-01",
        "2027-07-01",
    ]
    assert [woman.is_resident for woman in scenario.today] == [True, True, False, False]
    assert second.since == second.admitted
    assert second.site == "elsewhere"
    assert second.week_on(scenario.start) == 40 - 80 / 7
    assert third.week_on(scenario.start) == pytest.approx(22 + 3 / 7 + 4)
    assert fourth.gestation_week == 18.5
    text = scenario_text(scenario)
    assert "A1" not in text
    assert "list.csv" not in text
    assert read_scenario(text) == scenario
    assert scenario_from({**_words(), "today": _plain(scenario)}) == scenario


def _words() -> dict[str, object]:
    return {"name": "winter", "start": "2027-03-01", "designs": [{"name": "a", "kind": "none"}]}


def _plain(scenario: object) -> list[dict[str, object]]:
    return [
        {word: value for word, value in woman.model_dump(mode="json").items() if value is not None}
        for woman in scenario.today  # type: ignore[attr-defined]
    ]


@pytest.mark.unit
def test_danish_words_days_and_separators_say_the_same(tmp_path: Path) -> None:
    english = load_scenario(scenario_file(tmp_path, ENGLISH))
    danish = load_scenario(scenario_file(tmp_path, DANISH, name="liste.csv", today="liste.csv"))
    assert danish == english
    assert scenario_hash(danish) == scenario_hash(english)


@pytest.mark.unit
def test_the_hash_follows_the_content_and_not_the_file(tmp_path: Path) -> None:
    scenario = load_scenario(scenario_file(tmp_path, ENGLISH))
    without_names = re.sub("^[AB][12],", ",", ENGLISH, flags=re.MULTILINE)
    renamed = load_scenario(scenario_file(tmp_path, without_names, name="b.csv", today="b.csv"))
    assert scenario_hash(renamed) == scenario_hash(scenario)
    later = load_scenario(scenario_file(tmp_path, ENGLISH.replace("2027-05-20", "2027-05-21")))
    assert scenario_hash(later) != scenario_hash(scenario)
    nobody = read_scenario(HEAD + DESIGNS)
    assert scenario_hash(nobody) == scenario_hash(read_scenario(HEAD + "today: []\n" + DESIGNS))
    assert "today" not in scenario_text(nobody)


@pytest.mark.unit
def test_women_can_be_changed_by_path(tmp_path: Path) -> None:
    scenario = load_scenario(scenario_file(tmp_path, ENGLISH))
    assert str(changed(scenario, {"today[1].due": "2027-06-01"}).today[1].due) == "2027-06-01"
    assert not changed(scenario, {"today": []}).today
    with pytest.raises(ScenarioError, match=r"today\[1\].admitted: a date from 2021-12-01 to 2026-12-01, the day of"):
        changed(scenario, {"start": "2026-12-01"})


# -- refusing --

FAULTS = {
    "R,,Arhus,,2027-01-04,AAL,,2027-05-20,,,": "municipality: .*by code of four digits or by name; got 'Arhus'. Did",
    "R,,0999,,2027-01-04,AAL,,2027-05-20,,,": "municipality: a municipality code of four digits; got '0999'.",
    "R,,,,2027-01-04,AAL,,2027-05-20,,,": "municipality: a word that must be there; got nothing.",
    "R,,0751,,2027-01-04,,,2027-05-20,,,": "site: the site where she lives, or elsewhere; got nothing. Add it",
    "R,,0751,,2027-01-04,AAX,,2027-05-20,,,": "site: a site: one of AAL, .*; got 'AAX'. Did you mean AA",
    "R,,0751,,31-02-2027,AAL,,2027-05-20,,,": "admitted: a date that exists; got '31-02-2027'. Write the day first",
    "R,,0751,,2027-03-02,AAL,,2027-05-20,,,": "admitted: a date from 2022-03-01 to 2027-03-01, .*got 2027-03-02.",
    "R,,0751,,2017-01-04,AAL,,2027-05-20,,,": "admitted: a date from 2022-03-01 to .*; got 2017-01-04. Correct it",
    "R,,0751,2027-02-01,2027-01-04,AAL,,2027-05-20,,,": "admitted: a day not before her referral; got 2027-01-04",
    "R,,0751,,2027-01-04,AAL,,,,,": "due: one of due, gestation_week, birth; got none. Add birth or due.",
    "R,,0751,,2027-01-04,AAL,,2027-05-20,,2027-02-01,": "birth: one of due, .*; got due and birth. Delete what",
    "R,,0751,,2027-01-04,AAL,,2027-01-20,,,": "due: a pregnancy in week 4 to 44 .*; got week 46 on 2027-03-01.",
    "R,,0751,,2027-01-04,AAL,,2027-12-20,,,": "due: a pregnancy in week 4 to 44 .*; got week -10 on 2027-01-04.",
    "R,,0751,,2026-01-04,AAL,,,20,,": "gestation_week: a pregnancy in week 4 .*; got week 80 on 2027-03-01.",
    "R,,0751,,2027-01-04,AAL,,,55,,": "gestation_week: a number from 0 to 44 weeks; got 55.0. Write 22, 22.4 or 22",
    "R,,0751,,2027-01-04,AAL,,,uge 22,,": "gestation_week: a number from 0 to 44 weeks; got 'uge 22'.",
    "R,,0751,,2027-01-04,AAL,mother,,22,,": "household: one of alone, partner, children; got 'mother'.",
    "R,,0751,,2027-01-04,AAL,,,22,,2027-02-20": "planned_end: a date from 2027-03-01, .*Leave her out if she has left",
    "R,waiting,0751,,2027-01-04,AAL,,,22,,": "status: resident with a day of admission, waiting without; got waiting",
    "R,resident,0751,2027-01-04,,,,,22,,": "status: .*; got resident without a day of admission. Correct one",
    "R,residnt,0751,,2027-01-04,AAL,,,22,,": "status: resident or waiting; got 'residnt'. Did you mean resident?",
    "W,,0751,,,,,,22,,": "referred: the day of referral of who waits; got nothing. Add it",
    "W,,0751,2027-01-04,,elsewhere,,,22,,": "site: a site, or nothing, for who waits; got 'elsewhere'. Name the site",
    "W,,0751,2027-01-04,,,,,22,,2027-06-01": "planned_end: nothing for who waits; got 2027-06-01. Leave it empty",
    "W,,0751,2027-01-04": "11 cells, as in row 1; got 4. Add the missing cells",
}


@pytest.mark.unit
@pytest.mark.parametrize("row", FAULTS)
def test_each_fault_says_where_and_what_to_do(tmp_path: Path, row: str) -> None:
    good = "G,resident,0751,,2027-01-04,AAR,,,,2027-02-01,"
    (told,) = faults_of(tmp_path, good, row)
    assert re.match(f"list.csv row 3(, |: )({FAULTS[row]})", told), told


@pytest.mark.unit
def test_all_faults_come_together(tmp_path: Path) -> None:
    rows = [row for row in FAULTS if row != "W,,0751,2027-01-04"]
    told = faults_of(tmp_path, *rows)
    lines = [int(re.match(r"list.csv row (\d+)", line)[1]) for line in told]  # type: ignore[index]
    assert set(lines) == set(range(2, len(rows) + 2))
    assert lines == sorted(lines)


@pytest.mark.unit
def test_a_woman_comes_once(tmp_path: Path) -> None:
    row = "A,resident,0751,,2027-01-04,AAR,,,,2027-02-01,"
    assert faults_of(tmp_path, row, row) == [
        "list.csv row 3, id: each woman once; got 'A' again (first in row 2). Delete one of the two."
    ]


@pytest.mark.unit
def test_faults_of_the_scenario_and_of_its_list_come_together(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, f"{COLUMNS}\nR,,Arhus,,2027-01-04,AAL,,2027-05-20,,,\n")
    file.write_text(file.read_text(encoding="utf-8") + "demand: {need_per_year: -1}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"(?s)winter.yaml line 5, demand.need_per_year.*list.csv row 2, municip"):
        load_scenario(file)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "list.csv: a line of column names, and rows; got nothing. Add them."),
        (f"{COLUMNS}\n", "list.csv: a row for each woman; got none. Add rows, or delete today."),
        (
            "municipality,admited\n0751,x\n",
            "list.csv row 1, column 2: one of id, .*got 'admited'. Did you mean admitted?",
        ),
        ("birth,født\n,\n", "list.csv row 1, column 2: each column once; birth; got it twice, in columns 1 and 2."),
        ('municipality\n"0751\n', "list.csv row 2: a table; got a row that does not end. Check the quotation marks."),
        ("municipality\n" + "0751\n" * 250_000, "list.csv: a file of at most 1 MB; got a larger one."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        load_scenario(scenario_file(tmp_path, table))


@pytest.mark.unit
@pytest.mark.parametrize("name", ["../list.csv", "/etc/passwd", "gone.csv"])
def test_a_file_stands_beside_the_scenario(tmp_path: Path, name: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "list.csv").write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"winter.yaml line 3, today: a CSV file in the scenario's own folder, or a"
    ):
        load_scenario(scenario_file(tmp_path / "inside", ENGLISH, today=name))


@pytest.mark.unit
def test_without_a_folder_a_file_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"line 3, today: no file where there is no scenario file; got 'list.csv'"):
        read_scenario(f"{HEAD}today: list.csv\n{DESIGNS}")


@pytest.mark.unit
def test_more_women_than_any_list_has_are_refused() -> None:
    woman = {"municipality": "0751", "referred": "2027-02-01", "gestation_week": 20}
    with pytest.raises(ScenarioError, match=r"today: a list of at most 300 items; got 301."):
        scenario_from({**_words(), "today": [woman] * 301})


@pytest.mark.unit
def test_a_list_as_spreadsheets_make_it(tmp_path: Path) -> None:
    table = (
        'sep=;\n"kommune\n(bopæl)";indskrevet;sted;termin;planlagt\u00a0slut\n'
        "Ta\u030arnby Kommune;10-01-2027;HVI;01-06-2027;01-03-2028\nArhus;10-01-2027;HVI;01-06-2027;\n"
    )
    with pytest.raises(ScenarioError) as refused:
        load_scenario(scenario_file(tmp_path, table))
    assert "list.csv row 3, municipality" in str(refused.value)
    scenario = load_scenario(scenario_file(tmp_path, table.replace("Arhus", "Århus")))
    assert [woman.municipality for woman in scenario.today] == ["0185", "0751"]
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Kommune", "Indskrevet", "Sted", "Født"], [751, datetime(2027, 1, 4), "AAR", "2027-02-01"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    workbook = load_scenario(scenario_file(tmp_path, "", today="list.xlsx"))
    assert (workbook.today[0].municipality, str(workbook.today[0].admitted)) == ("0751", "2027-01-04")


@pytest.mark.unit
def test_a_column_written_month_first_is_told_as_a_whole(tmp_path: Path) -> None:
    table = "kommune;henvist;termin\nAarhus;02/03/2027;08/09/2027\nAarhus;02/25/2027;07/31/2027\n"
    with pytest.raises(ScenarioError) as refused:
        load_scenario(scenario_file(tmp_path, table))
    assert [line.partition(". ")[0] for line in str(refused.value).splitlines()] == [
        "list.csv row 3, referred: dates with the day first; got '02/25/2027', with the month first",
        "list.csv row 3, due: dates with the day first; got '07/31/2027', with the month first",
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("written", "remedy"),
    [("1-3-27", "with the year in full"), ("1. marts 2027", "with the year in full"), ("20270301", "2027-03-01")],
)
def test_days_that_are_not_read_say_how_to_write_them(tmp_path: Path, written: str, remedy: str) -> None:
    with pytest.raises(ScenarioError, match=rf"row 2, referred: a date; got '{written}'. Write it as .*{remedy}"):
        load_scenario(scenario_file(tmp_path, f"kommune;henvist;termin\nAarhus;{written};2027-08-01\n"))


# -- personal numbers --

NUMBERS = ("010190-1234", "0101901234", "010190 1234", "010190–1234", "01-01-90-1234", "x 610190/1234.")


@pytest.mark.unit
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("place", ["id", "status", "municipality", "due", "planned_end"])
def test_a_personal_number_anywhere_is_refused_and_not_shown(tmp_path: Path, number: str, place: str) -> None:
    column = COLUMNS.split(",").index(place)
    cells = ["G", "x", "nowhere", "x", "x", "x", "x", "x", "x", "x", "x"]
    cells[column] = number
    told = faults_of(tmp_path, ",".join(cells))
    assert told == [
        f"list.csv row 2, column {column + 1}: no personal numbers, nor anything that looks like one; "
        "got something of that shape. Nothing of the file was read. Put pseudonyms in place of personal numbers, "
        "everywhere in the file."
    ]


@pytest.mark.unit
def test_a_personal_number_in_the_line_of_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(scenario_file(tmp_path, "municipality,010190-1234\n0751,x\n"))
    assert "column 2: no personal numbers" in str(refused.value)
    assert "1234" not in str(refused.value)


@pytest.mark.unit
@pytest.mark.parametrize("number", ["'010190-1234'", "0101901234", "3112991234", "3.112991234e9"])
def test_a_personal_number_in_the_scenario_is_refused_and_not_shown(number: str) -> None:
    text = f"{HEAD}today: [{{municipality: 0751, referred: {number}, birth: 2027-02-01}}]\n{DESIGNS}"
    with pytest.raises(ScenarioError) as refused:
        read_scenario(text)
    assert "line 3, today[0].referred: no personal numbers; got ten digits" in str(refused.value)
    assert "1234" not in str(refused.value)


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}today: [{{municipality: 010190-1234, {{\n{DESIGNS}",
        f"{HEAD}today: 010190-1234\n{DESIGNS}",
        f"{HEAD}today: {{'010190-1234': 1}}\n{DESIGNS}",
        f"{HEAD}today: [[010190-1234]]\n{DESIGNS}",
        f"{HEAD}'010190-1234': 7\n{DESIGNS}",
        f"name: 'Anna {'x' * 48} 010190-1234'\n{DESIGNS}",
    ],
)
def test_no_message_shows_a_personal_number(text: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_scenario(text)
    assert "010190" not in str(refused.value)


@pytest.mark.unit
def test_what_is_not_shaped_like_a_personal_number_is_left_alone() -> None:
    for text in ("2027-01-01", "01-01-2027", "01.01.2027", "20270101", "9223372036854775807", "12345678901", "22+3"):
        assert not holds_personal_number(text), text
        assert without_personal_numbers(text) == text
    for value in (20270101, 75, True, None, 22.5, 10**12):
        assert not holds_personal_number(value)
    assert without_personal_numbers("a 010190-1234 b") == f"a {HIDDEN} b"
