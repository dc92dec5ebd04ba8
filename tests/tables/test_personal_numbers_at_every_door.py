"""Whatever door a personal number comes to, in whatever dress, it is refused, and no message shows any of it."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from made_tables import saved, workbook

from calibration.commands.evidence import _read_draws
from calibration.from_rows import Period, read_referrals
from calibration.from_rows.file.sheet import read_bytes
from calibration.from_totals.reading import load_question
from sim.batch import gather
from sim.faults import FaultError
from sim.geography import read_minutes_table
from sim.looks.past_forecasts import read_observations
from sim.scenario import load_scenario

MARKS = ("-", "", " ", "  ", "\u00a0", "\u202f", "_", " - ", "\u2010", "\u2011", "\u2013", "\u2212", ":", ",", ".", "/")
NUMBERS = (
    *(f"010203{mark}1234" for mark in MARKS),
    "10203-1234",
    "102031234",
    "01-02-03-1234",
    "010203-12 34",
    "01 02 03 12 34",
    "Hansen 010203-1234, Aarhus",
)
HIDDEN = ("010203", "10203", "1234", "12 34", "01-02-03", "01 02 03")
HEAD = "name: a\nstart: 2028-03-01\n"
DESIGNS = "designs: [{name: a, kind: none}]\n"
WRITTEN = "designs: [{{name: a, kind: none}}]\n"
QUESTION = """\
scenario: today-regions
design: regional
period: {{start: 2027-01-01, years: 3, warm_up_years: 2}}
targets:
  - {{measure: occupancy, by: all, value: 0.6, source: "{0}"}}
free:
  acceptance.base: stated
"""


def file_of(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(number: str, header: str) -> list[list[str]]:
    columns = header.split(";")
    return [columns, [number, *["x"] * (len(columns) - 1)]]


def semicolons(rows: list[list[str]]) -> str:
    return "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def today(folder: Path, name: str) -> None:
    load_scenario(file_of(folder, "a.yaml", f"{HEAD}today: '{name}'\n{DESIGNS}"))


def minutes(folder: Path, name: str) -> None:
    load_scenario(file_of(folder, "a.yaml", f"{HEAD}travel: {{table: '{name}'}}\n{DESIGNS}"))


def gathered(path: Path) -> None:
    found = gather([str(path)], base="baseline")
    if found.faults:
        raise FaultError(found.faults)


def calibrated(path: Path) -> None:
    read_referrals(path, load_scenario(file_of(path.parent, "a.yaml", HEAD + DESIGNS)), Period())


DOORS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "list of today": ("id;municipality;admitted;site;birth", lambda path: today(path.parent, path.name)),
    "minutes": ("municipality;site;minutes", read_minutes_table),
    "minutes of a scenario": ("municipality;site;minutes", lambda path: minutes(path.parent, path.name)),
    "counts": ("site;date;living", read_observations),
    "table of scenarios": ("name;demand.need_per_year", gathered),
    "referrals": ("id;henvist;kommune", calibrated),
    "uploaded referrals": ("id;henvist;kommune", lambda path: read_bytes(path.read_bytes(), path.name)),
    "draws": ("name;acceptance.base", _read_draws),
}


def refused(door: Callable[[Path], object], path: Path) -> None:
    assert "no personal number" in told_without_it(door, path)


def told_without_it(door: Callable[[Path], object], path: Path) -> str:
    with pytest.raises(FaultError) as caught:
        door(path)
    told = f"{caught.value}{caught.value.faults!r}"
    for part in HIDDEN:
        assert part not in told, part
    return told


@pytest.mark.unit
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("door", DOORS)
def test_a_table_with_a_personal_number_is_refused_and_shows_nothing(tmp_path: Path, door: str, number: str) -> None:
    header, read = DOORS[door]
    rows = rows_of(number, header)
    refused(read, file_of(tmp_path, "a.csv", semicolons(rows)))
    refused(read, file_of(tmp_path, "b.xlsx", saved(workbook(*rows))))
    refused(read, file_of(tmp_path, "c.csv", semicolons([[*rows[0], number], [*rows[1], "x"]]).replace("x", "1")))


@pytest.mark.unit
@pytest.mark.parametrize("door", DOORS)
def test_numbers_sheets_columns_and_file_names_are_looked_at_too(tmp_path: Path, door: str) -> None:
    header, read = DOORS[door]
    columns = header.split(";")
    plain = [columns, ["x"] * len(columns)]
    refused(read, file_of(tmp_path, "a.xlsx", saved(workbook(columns, [102031234] + ["x"] * (len(columns) - 1)))))
    for title, cell, state in (("Noter", "010203-1234", "visible"), ("010203-1234", "x", "veryHidden")):
        book = workbook(*plain)
        book.create_sheet(title).append([None, cell])
        book.worksheets[1].sheet_state = state
        refused(read, file_of(tmp_path, "b.xlsx", saved(book)))
    refused(read, file_of(tmp_path, "c.csv", semicolons([["CPR", *columns[1:]], *plain[1:]])))
    formula = workbook(columns, ['="010203-1234"'])
    refused(read, file_of(tmp_path, "d.xlsx", saved(formula)))
    if door not in {"list of today", "minutes of a scenario"}:  # there the name stands in the scenario
        refused(read, file_of(tmp_path, "010203-1234.csv", semicolons(plain)))


TEXTS = {
    "key": f"{HEAD}'{{0}}': 1\n{WRITTEN}",
    "name": f"name: '{{0}}'\n{WRITTEN}",
    "title": f"{HEAD}title: '{{0}}'\n{WRITTEN}",
    "title in two languages": f"{HEAD}title: {{{{da: '{{0}}', en: x}}}}\n{WRITTEN}",
    "name of a design": HEAD + "designs: [{{name: '{0}', kind: none}}]\n",
    "woman of today": f"{HEAD}today: [{{{{municipality: '{{0}}', admitted: 2028-02-01}}}}]\n{WRITTEN}",
    "file of today": f"{HEAD}today: '{{0}}.csv'\n{WRITTEN}",
    "file of minutes": f"{HEAD}travel: {{{{table: '{{0}}.csv'}}}}\n{WRITTEN}",
}


@pytest.mark.unit
@pytest.mark.parametrize(("number", "place"), list(itertools.product(NUMBERS, TEXTS)))
def test_a_scenario_with_a_personal_number_is_refused_and_shows_nothing(
    tmp_path: Path, place: str, number: str
) -> None:
    told_without_it(load_scenario, file_of(tmp_path, "a.yaml", TEXTS[place].format(number)))


@pytest.mark.unit
@pytest.mark.parametrize("number", NUMBERS)
def test_targets_with_a_personal_number_are_refused_and_show_nothing(tmp_path: Path, number: str) -> None:
    told_without_it(load_question, file_of(tmp_path, "a.yaml", QUESTION.format(number)))
