"""What a batch takes: columns that set the same thing, names as they are written, folders with other files in them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_batches import QUICK_TEXT

from sim.batch import gather
from sim.cli.batch import batch

CASES = Path(__file__).parent / "cases"
READY = Path(__file__).parents[2] / "scenarios"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "alias_path.xlsx",
            "designs.regional.places.nordjylland: each word by one path only; got it again, by designs[0].places.nord",
        ),
        ("need_and_view.xlsx", "demand.view: either need_per_year or view, not both; got 'need_muni_16'. Delete one"),
        ("view_and_need.xlsx", "demand.need_per_year: either need_per_year or view, not both; got 90. Delete one of"),
        ("overlap.xlsx", "demand.offered_share: each word by one path only; got it again, by demand.offered_share.st"),
        ("overlap2.xlsx", "waiting.patience_days: each word by one path only; got it again, by waiting.patience_days."),
    ],
)
def test_two_columns_that_set_the_same_thing_are_refused(file: str, message: str) -> None:
    found = gather([str(CASES / file)])
    assert str(found.faults[0]).startswith(f"{file} row 2, {message}")
    assert len(found.faults) == 1
    # A row that fills one of the two is in order.
    assert [case.name for case in found.cases] == (["b"] if file == "view_and_need.xlsx" else [])


@pytest.mark.unit
def test_a_sweep_that_sets_the_same_thing_twice_is_refused_once(tmp_path: Path) -> None:
    text = "sweep:\n  - demand.need_per_year: [40, 50, 60]\n  - demand.view: [need_muni_16, need_muni_30]\n"
    (tmp_path / "s.yaml").write_text(QUICK_TEXT + text, encoding="utf-8")
    (fault,) = gather([str(tmp_path / "s.yaml")]).faults
    assert str(fault).startswith("s.yaml sweep, demand.view: either need_per_year or view, not both; got [")


@pytest.mark.unit
def test_a_name_for_two_contents_is_refused_and_for_one_is_not() -> None:
    found = gather([str(CASES / "dup_names.xlsx"), "baseline", "baseline"])
    assert [case.name for case in found.cases] == ["a", "baseline", "baseline"]
    (fault,) = found.faults
    assert str(fault) == (
        "dup_names.xlsx row 3, name: a name for one content only; got 'a' again. Give one of them another name."
    )


@pytest.mark.unit
def test_names_that_collide_are_refused_with_a_reason(tmp_path: Path) -> None:
    found = gather([str(CASES / "colliding_names.csv")], base=str(CASES / "small.yaml"))
    long = "regionale-enheder-med-faa-pladser-og-lang-venteti"
    assert [case.name for case in found.cases] == [f"{long}-lav", f"{long}-hoej", "Vinter", "samme"]
    said = [str(fault).partition(", ")[2] for fault in found.faults]
    assert said[:2] == [
        f"name: a name that differs from others in more than capitals; got '{name}' beside 'Vinter'. Give one of them "
        "another name."
        for name in ("vinter", "VINTER")
    ]
    device = "name: a name that a file can have; got "
    assert [text.startswith(device) for text in said[2:5]] == [True] * 3  # aux, con. and nul.txt
    assert [text.startswith("name: a name of 1 to 60 letters") for text in said[5:7]] == [True] * 2
    assert said[7] == "name: a name for one content only; got 'samme' again. Give one of them another name."


@pytest.mark.unit
def test_names_of_decomposed_letters_are_composed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,demand.need_per_year\nafa\u030a,40\naf\u00e5,41\n", encoding="utf-8")
    found = gather([str(tmp_path / "t.csv")], base="baseline")
    names = [case.name for case in found.cases]
    assert "\u030a" not in "".join(names)


@pytest.mark.e2e
@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_path_is_refused(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    done = CliRunner().invoke(batch, [given, "--dry-run"])
    assert done.exit_code != 0
    assert "path: a name, a file, a folder or a pattern; got an empty one." in done.stderr


@pytest.mark.e2e
def test_a_folder_is_taken_without_the_lists_its_scenarios_name(tmp_path: Path) -> None:
    for name in ("from-today.yaml", "today-example.csv", "today-template.csv"):
        shutil.copy(READY / name, tmp_path / name)
    (tmp_path / "minutter.csv").write_text("kommune;sted;minutter\n0751;AAR;9\n", encoding="utf-8")
    (tmp_path / "budget.csv").write_text("konto,beløb\nløn,4\n", encoding="utf-8")
    (tmp_path / "cases.csv").write_text("scenario,demand.need_per_year\nfrom-today.yaml,40\n", encoding="utf-8")
    done = CliRunner().invoke(batch, [str(tmp_path), "--out", str(tmp_path / "store"), "--dry-run", "--json"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["missing"] == ["from-today-row2", "from-today"]
    assert done.stderr.splitlines() == [
        "budget.csv: left out: it is no table of scenarios, whose first row has paths such as demand.need_per_year."
    ]


@pytest.mark.e2e
def test_the_folder_of_ready_scenarios_is_a_batch() -> None:
    found = gather([str(READY)])
    assert found.faults == ()
    assert found.notes == ()
    assert {case.name for case in found.cases} == {path.stem for path in READY.glob("*.yaml")}
