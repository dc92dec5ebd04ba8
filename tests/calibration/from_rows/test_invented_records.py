"""Invented records: what a unit would have known on the last day, and no more."""

import datetime as dt
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from invented_records import main
from inventing_referrals import Record, rows_as_sheet, save_referrals, simulate_records, simulate_referrals

from calibration.from_rows import Period, read_referrals
from calibration.from_rows.file.columns import COLUMNS
from calibration.from_rows.file.reading import read_rows
from sim.scenario import load_scenario, with_values

EXAMPLES = Path("calibration/examples")
TRUTH = load_scenario(EXAMPLES / "invented.yaml")


@pytest.mark.golden
def test_the_examples_are_those_the_command_makes(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["example", "--folder", str(tmp_path)])
    assert result.exit_code == 0, result.output
    for name in ("referrals.csv", "template.csv", "skabelon.csv"):
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes()


@pytest.mark.unit
def test_invented_records_are_read_without_a_fault_and_have_every_kind_of_end() -> None:
    reasons: Counter[str] = Counter()
    for rows in simulate_records(TRUTH, Record(per_year=60), n_records=10):
        reasons.update(row["reason"] for row in rows)
        assert read_rows(rows_as_sheet(rows), TRUTH, Period(dt.date(2023, 1, 1), Record().last_day)).faults == ()
    assert set(reasons) == {
        "", "completed", "left_early", "gave_up", "birth_before_place", "pregnancy_ended", "waiting", "in_stay"
    }  # fmt: skip


@pytest.mark.unit
def test_nothing_after_the_last_day_is_known() -> None:
    record = Record(per_year=60)
    rows = simulate_referrals(TRUTH, record, seed=1)
    dates = [row[column.name] for row in rows for column in COLUMNS if column.kind == "date" and row[column.name]]
    assert max(dates) <= record.last_day.isoformat()
    assert min(dates) >= record.start.isoformat()
    still_there = [row for row in rows if row["reason"] == "in_stay"]
    assert still_there
    assert all(row["admitted"] and not row["discharged"] for row in still_there)


@pytest.mark.unit
def test_a_pregnancy_is_out_of_sight_once_she_has_declined_or_left() -> None:
    rows = simulate_referrals(TRUTH, Record(per_year=60), seed=1)
    assert all(not row["pregnancy_end"] for row in rows if row["accepted"] != "yes")
    assert all(row["pregnancy_end"] <= row["discharged"] for row in rows if row["discharged"])
    assert any(row["pregnancy_end"] for row in rows)


@pytest.mark.unit
def test_the_same_seed_gives_the_same_women_and_another_others() -> None:
    first, again, other = (simulate_referrals(TRUTH, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.theory
def test_there_are_as_many_referrals_as_asked_for_from_the_first_day_on() -> None:
    # Poisson with mean 100 records x 3 years x 30, trend 0: within 4 standard deviations (1 in 16,000); and as many in
    # the first year as in the last, within 4 of the difference.
    steady = with_values(TRUTH, {"demand.trend_per_year": 0.0})
    records = simulate_records(steady, Record(), n_records=100)
    years = Counter(row["referred"][:4] for rows in records for row in rows)
    total = sum(years.values())
    assert abs(total - 9000) < 4 * np.sqrt(9000)
    assert abs(years["2023"] - years["2025"]) < 4 * np.sqrt(6000)


@pytest.mark.unit
def test_places_bought_elsewhere_have_minutes_and_no_site() -> None:
    bought = with_values(TRUTH, {"designs": [{"name": "e", "kind": "external"}]})
    rows = [row for row in simulate_referrals(bought, seed=1) if row["offered"] == "yes"]
    assert {row["minutes"] for row in rows} == {"120"}
    assert {row["site"] for row in rows} == {""}


@pytest.mark.unit
def test_a_file_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    rows = simulate_referrals(TRUTH, seed=3)
    save_referrals(rows, tmp_path / "a.csv")
    period = Period(dt.date(2023, 1, 1), Record().last_day)
    from_file, at_once = (
        read_referrals(tmp_path / "a.csv", TRUTH, period),
        read_rows(rows_as_sheet(rows), TRUTH, period),
    )
    for one, other in zip(from_file.referrals, at_once.referrals, strict=True):
        assert np.array_equal(one, other, equal_nan=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "mark", "date"), [("template.csv", ",", "2024-01-31"), ("skabelon.csv", ";", "31-01-2024")]
)
def test_the_empty_files_have_every_column(tmp_path: Path, name: str, mark: str, date: str) -> None:
    header = (EXAMPLES / name).read_bytes()
    (tmp_path / name).write_bytes(header + mark.join(["A", date, *[""] * 14]).encode())
    read = read_referrals(tmp_path / name, TRUTH)
    assert read.columns == tuple(column.name for column in COLUMNS)
    assert read.faults == ()
