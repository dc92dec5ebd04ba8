"""Traces: one replication written down in full, exactly as it was played."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_runs import ENGINE, PLACES, small

from sim.cohort import draw_cohort
from sim.design import build_designs
from sim.engine import OUTCOMES
from sim.experiment import play_design
from sim.geography import load_municipalities
from sim.looks import Trace, save_trace, trace_replication
from sim.scenario import ScenarioError

WOMEN_COLUMNS = [
    "woman",
    "municipality",
    "region",
    "referral_day",
    "pregnancy_end_day",
    "pregnancy_end_outcome",
    "offered",
    "asked_day",
    "waits_from_day",
    "patience_days",
    "past_birth",
    "stay_days",
    "early_leaving_days",
    "signed",
    "housing_days",
    "external_day",
    "willing_external",
    "willing_pools",
    "outcome",
    "pool",
    "admission_day",
    "discharge_day",
    "ended_day",
]
SETTINGS = {"horizon_days", "discipline", "home_first", "stay_anchor", "pools"}
POOL_SETTINGS = {
    "pool",
    "site",
    "home_regions",
    "plan",
    "flexible",
    "max_places",
    "most_flexible",
    "lead_days",
    "open_at_waiting",
    "keep_free",
    "close_after_idle_days",
    "min_open_days",
    "failure_probability",
    "order_draws",
    "turnaround_days",
    "may_detain",
    "last_admission_day",
    "closes_day",
}
FLEXIBLE = {
    "name": "flexible",
    "kind": "shared",
    "discipline": "due_first",
    "home_first": True,
    "places": dict.fromkeys(PLACES, 1),
    "flexible": {"max_places": dict.fromkeys(PLACES, 3), "failure_probability": 0.3},
    "external": {"after_days": 30.1, "minutes": 100},
}
SCENARIO = small(designs=[{"name": "regional", "kind": "regional", "places": PLACES}, FLEXIBLE])
REPLICATION = 53  # in the second block


class Written:
    """A trace, and its files read back."""

    def __init__(self, trace: Trace, folder: Path) -> None:
        self.trace = trace
        self.files = save_trace(trace, folder)
        self.women = self._table(folder / "women.csv")
        self.capacity = self._table(folder / "capacity.csv")
        self.about = json.loads((folder / "trace.json").read_text(encoding="utf-8"))

    def _table(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.women]


@pytest.fixture(scope="module", params=["regional", "flexible"])
def written(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Written:
    trace = trace_replication(SCENARIO, design=request.param, replication=REPLICATION, engine=ENGINE)
    return Written(trace, tmp_path_factory.mktemp("trace") / "deep" / "folder")


def numbers(cells: list[str]) -> Any:
    return np.array([float(cell) if cell else np.nan for cell in cells])


@pytest.mark.unit
def test_files_columns_and_keys_are_those_promised(written: Written) -> None:
    assert [file.name for file in written.files] == ["women.csv", "capacity.csv", "trace.json"]
    assert list(written.women[0]) == WOMEN_COLUMNS
    assert list(written.capacity[0]) == ["pool", "day", "open_places"]
    assert set(written.about) >= SETTINGS
    for pool in written.about["pools"]:
        assert set(pool) >= POOL_SETTINGS


@pytest.mark.unit
def test_every_number_read_back_is_the_number_of_cohort_and_ledger(written: Written) -> None:
    women, ledger = written.trace.women, written.trace.ledger
    assert written.column("woman") == [str(number) for number in range(women.n_women)]
    for name in ("referral_day", "pregnancy_end_day", "patience_days", "stay_days", "early_leaving_days"):
        np.testing.assert_array_equal(numbers(written.column(name)), getattr(women, name), err_msg=name)
    for name in ("asked_day", "admission_day", "discharge_day", "ended_day"):
        np.testing.assert_array_equal(numbers(written.column(name)), getattr(ledger, name), err_msg=name)
    np.testing.assert_array_equal(numbers([row["day"] for row in written.capacity]), ledger.capacity_day)
    assert [int(row["open_places"]) for row in written.capacity] == ledger.capacity_places.tolist()


@pytest.mark.unit
def test_words_are_those_of_cohort_and_ledger(written: Written) -> None:
    women, ledger = written.trace.women, written.trace.ledger
    places = load_municipalities()
    pools = [*(pool["pool"] for pool in written.about["pools"]), "external", ""]
    assert written.column("municipality") == [places.code[home] for home in women.municipality]
    assert written.column("region") == [places.region_five[home] for home in women.municipality]
    assert written.column("outcome") == [OUTCOMES[outcome] for outcome in ledger.outcome]
    assert written.column("pool") == [pools[pool] for pool in ledger.pool]
    assert written.column("past_birth") == [str(bool(waits)).lower() for waits in women.waits_past_birth]
    ends = np.where(women.is_lost, "pregnancy_ended", "birth_before_place")
    assert written.column("pregnancy_end_outcome") == ends.tolist()
    assert [row["pool"] for row in written.capacity] == [pools[pool] for pool in ledger.capacity_pool]


@pytest.mark.unit
def test_cells_are_empty_where_nothing_applies(written: Written) -> None:
    for row in written.women:
        is_admitted = row["outcome"] in ("completed", "left_early", "in_stay")
        is_asked = row["outcome"] not in ("not_offered", "declined")
        assert (row["offered"] == "true") == (row["outcome"] != "not_offered")
        assert bool(row["pool"]) == bool(row["admission_day"]) == is_admitted
        assert bool(row["discharge_day"]) == (row["outcome"] in ("completed", "left_early"))
        assert bool(row["willing_pools"] or row["external_day"]) == is_asked


@pytest.mark.unit
def test_willing_pools_stand_nearest_first_and_hold_the_pool_she_got(written: Written) -> None:
    design, women = written.trace.design, written.trace.women
    number = {pool.id: number for number, pool in enumerate(design.pools)}
    for woman, row in enumerate(written.women):
        willing = row["willing_pools"].split(";") if row["willing_pools"] else []
        ways = [(design.minutes[women.municipality[woman], number[pool]], number[pool]) for pool in willing]
        assert ways == sorted(ways)
        assert set(willing) <= set(number)
        if row["pool"] == "external":
            assert float(row["admission_day"]) == float(row["external_day"])
        elif row["pool"]:
            assert row["pool"] in willing


@pytest.mark.unit
def test_the_replication_is_the_one_of_the_run(written: Written) -> None:
    block, column = divmod(REPLICATION, 50)
    name = written.trace.design.name
    design = next(built for built in build_designs(SCENARIO) if built.name == name)
    cohort = draw_cohort(SCENARIO, block)
    ledger = play_design(design, cohort, SCENARIO, block=block, engine=ENGINE, n_replications=column + 1)
    women = slice(cohort.first[column], cohort.first[column + 1])
    own = written.trace.ledger
    for field in ("outcome", "pool", "admission_day", "discharge_day"):
        np.testing.assert_array_equal(getattr(ledger, field)[women], getattr(own, field), err_msg=field)
    np.testing.assert_array_equal(ledger.pool_days[column], own.pool_days[0])
    rows = slice(ledger.capacity_first[column], ledger.capacity_first[column + 1])
    np.testing.assert_array_equal(ledger.capacity_day[rows], own.capacity_day)


@pytest.mark.unit
def test_settings_are_those_of_the_design(written: Written) -> None:
    about, is_flexible = written.about, written.trace.design.name == "flexible"
    assert about["horizon_days"] == 731
    assert about["discipline"] == ("due_first" if is_flexible else "fifo")
    assert about["home_first"] is is_flexible
    assert about["stay_anchor"] == "birth"
    for pool in about["pools"]:
        assert pool["home_regions"] == [pool["pool"]]
        assert pool["plan"] == [[0, 1 if is_flexible else PLACES[pool["pool"]]]]
        assert (pool["flexible"], pool["turnaround_days"]) == (is_flexible, 3)
        if is_flexible:
            assert (pool["max_places"], pool["lead_days"], pool["failure_probability"]) == (3, 28, 0.3)
            # Two places may be ordered, each anew after 28 days: 2 x 27 times in two years.
            assert len(pool["order_draws"]) == min(2 * 27, len(written.women))
        else:
            assert pool["max_places"] is pool["lead_days"] is pool["min_open_days"] is None
            assert pool["order_draws"] == []


@pytest.mark.unit
def test_bought_places_stand_where_she_would_take_one(written: Written) -> None:
    bought = [row for row in written.women if row["external_day"]]
    if written.trace.design.name == "regional":
        assert not bought
    for row in bought:
        after_days = round(30.1 * 2**20) / 2**20
        assert float(row["external_day"]) == float(row["referral_day"]) + after_days


@pytest.mark.unit
def test_endless_patience_is_infinite_and_no_women_are_no_rows(tmp_path: Path) -> None:
    endless = small(waiting={"patience_days": "none"}, replications=1)
    trace = trace_replication(endless, design="shared", replication=0, engine=ENGINE)
    written = Written(trace, tmp_path / "endless")
    assert set(numbers(written.column("patience_days"))) == {np.inf}
    nobody = small(demand={"need_per_year": 0})
    empty = Written(trace_replication(nobody, design="shared", replication=0, engine=ENGINE), tmp_path / "no")
    assert empty.women == []
    assert len(empty.capacity) == len(PLACES)


@pytest.mark.unit
def test_written_twice_the_files_are_the_same(written: Written, tmp_path: Path) -> None:
    for one, other in zip(written.files, save_trace(written.trace, tmp_path), strict=True):
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.unit
def test_an_unknown_design_names_the_nearest() -> None:
    message = r"small, designs: the name of a design: regional, flexible; got 'flexibel'\. Did you mean flexible\?"
    with pytest.raises(ScenarioError, match=message):
        trace_replication(SCENARIO, design="flexibel", replication=0, engine=ENGINE)
