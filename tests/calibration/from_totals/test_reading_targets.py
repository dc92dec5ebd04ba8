"""A file of targets is read strictly, and everything that is wrong with it is said at once."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from small_fits import ROOM_FOR_ALL, a_question, write_question

from calibration.from_totals import Target, load_question
from calibration.from_totals.question import Free, ObservedPeriod
from sim.scenario import Gamma, ScenarioError, find_scenario, load_scenario
from sim.scenario.plausible import plausible

pytestmark = pytest.mark.unit

EXAMPLE = Path(__file__).parents[3] / "calibration" / "examples" / "targets-today.yaml"
ADMITTED: dict[str, Any] = {"measure": "admitted_per_year", "value": 50}


def test_the_example_is_read_as_it_stands() -> None:
    question = load_question(EXAMPLE)
    assert question.period == ObservedPeriod(dt.date(2017, 1, 1), 3, 0)
    assert question.targets[2] == Target("admitted_per_year", "year", "2019", 8, 0, 0, "visited_res_2019")
    assert question.free[1] == Free("acceptance.base", plausible(0.1, 0.4, 0.75, scale="logit"))
    assert [design.name for design in question.observed.designs] == ["today"]
    assert question.observed.horizon_years == 4
    assert len(question.base.designs) == len(load_scenario(find_scenario("from-today-to-own-units")).designs)
    assert len(question.views) == 5


def test_a_prior_of_ones_own_and_changes_of_the_period(tmp_path: Path) -> None:
    question = a_question(tmp_path, changes={"waiting.past_birth_share": 0.9})
    assert question.free == (Free("demand.need_per_year", Gamma(mean=40, sd=12)),)
    assert question.observed.waiting.past_birth_share == 0.9
    assert question.base.waiting.past_birth_share == 0.5


def test_years_before_the_period_are_played_and_stays_that_end_are_waited_for(tmp_path: Path) -> None:
    period = {"start": "2020-01-01", "years": 2, "warm_up_years": 4}
    question = a_question(tmp_path, period=period, targets=[{"measure": "left_early_share", "value": 0.4}])
    assert question.observed.start == dt.date(2016, 1, 1)
    assert question.observed.horizon_years == 4 + 2 + 3


def test_a_scenario_beside_the_file_is_found(tmp_path: Path) -> None:
    beside = "name: mine\ndesigns: [{name: one, kind: external, financing: municipal}]\n"
    (tmp_path / "mine.yaml").write_text(beside, encoding="utf-8")
    period = {"start": "2020-01-01", "years": 1}
    assert a_question(tmp_path, scenario="mine.yaml", period=period).base.name == "mine"


CASES = [
    ({"name": 3}, "line 1, name: a name of 1 to 60 characters; got 3. Write it in quotation marks."),
    ({"desing": "x"}, "desing: a known word: name, .*; got 'desing'. Did you mean design?"),
    ({"targets": None}, "targets: a word that must be there; got nothing. Add targets: with its value."),
    ({"design": "on"}, "line 3, design: a design of the scenario: one; got 'on'. Did you mean one?"),
    ({"scenario": "basline"}, "a ready scenario .* or a file; got 'basline'. Did you mean baseline?"),
    ({"scenario": 7}, "scenario: a name, a file or the words of a scenario; got 7. Write its name."),
    ({"scenario": ROOM_FOR_ALL | {"seed": -1}}, "targets.yaml scenario, seed: a whole number from 0 .*; got -1."),
    (
        {"period": {"start": 2020, "years": 1, "warm_up_years": 0}},
        "period.start: a date .*; got 2020. Write year-month",
    ),
    ({"period": {"start": "2020-01-01", "years": 0}}, "period.years: a whole number from 1 to 30 years; got 0."),
    ({"period": {"start": "2020-01-01", "yeras": 2}}, "period.yeras: a known word: .*Did you mean years?"),
    (
        {"period": {"start": "2020-01-01", "years": 3}},
        "period.warm_up_years: how long the units had been open; got nothing. Write 0 if they opened on the first day",
    ),
    ({"changes": 3}, "changes: paths with values; got 3. Write demand.need_per_year: 90."),
    (
        {"changes": {"demand.need_per_yer": 3}},
        "targets.yaml changes, demand.need_per_yer: a known word.*Did you mean need_per_year?",
    ),
    ({"targets": 3}, "targets: a list of what was observed; got 3. Begin each with a dash."),
    ({"targets": [7]}, r"targets\[0\]: words with values; got 7. Write it indented below, with measure, by, value"),
    ({"targets": [{"value": 3}]}, r"targets\[0\].measure: a word that must be there; got nothing."),
    (
        {"targets": [{"measure": "admited_per_year", "value": 3}]},
        r"targets\[0\].measure: a measure: one of .*; got 'admited_per_year'. Did you mean admitted_per_year?",
    ),
    ({"targets": [ADMITTED | {"sds": 1}]}, r"targets\[0\].sds: a known word: .*; got 'sds'. Did you mean sd?"),
    ({"targets": [ADMITTED | {"sd": -1}]}, r"targets\[0\].sd: a number from 0 to 1000000; got -1."),
    ({"targets": [ADMITTED | {"value": "5,5"}]}, r"value: a number .*; got '5,5'. Use a point, not a comma"),
    ({"targets": [ADMITTED | {"value": -5}]}, r"value: a number from 0 to 1000000 women/year; got -5.0. Correct it."),
    (
        {"targets": [{"measure": "occupancy", "value": 83}]},
        r"targets\[0\].value: a number from 0 to 1 share; got 83.0. Write a share, such as 0.83 for 83 %.",
    ),
    (
        {"targets": [ADMITTED | {"value": {"2020": 5}}]},
        r"value: one number for by: all; .*Add by: year, region or pool.",
    ),
    ({"targets": [ADMITTED | {"by": "year"}]}, r"value: a number for each year; got 50.*Write {2017: 6, 2018: 6}."),
    (
        {"targets": [ADMITTED | {"by": "yaer"}]},
        r"by: a scope: one of all, region, year, pool; got 'yaer'. Did you mean",
    ),
    (
        {"targets": [ADMITTED | {"by": "year", "value": {"2019": 5}}]},
        r"targets\[0\].value.2019: a year: 2020, 2021, 2022; got '2019'. Did you mean",
    ),
    (
        {"targets": [ADMITTED | {"by": "region", "value": {"nordjyland": 5}}]},
        "value.nordjyland: a region: hovedstaden, .*Did you mean nordjylland?",
    ),
    ({"targets": [ADMITTED | {"by": "pool", "value": {"units": 5}}]}, "units: a pool: unit; .*Did you mean unit?"),
    ({"targets": [ADMITTED, ADMITTED]}, r"targets\[1\]: each number once; got admitted_per_year again. Delete one"),
    ({"free": 3}, "free: 1 to 8 paths, each with a prior or stated; got 3. Write acceptance.base: stated."),
    ({"free": [{"a": 1}]}, "free: 1 to 8 paths, each with a prior or stated"),
    (
        {"free": {"waiting.patience_days.exponential.mean": "stated"}},
        "free.waiting.*: a path whose plausible range the table of parameters states; .*Write a prior, such as",
    ),
    (
        {"free": {"acceptance.basis": {"uniform": {"low": 0, "high": 1}}}},
        "free.acceptance.basis: a known word: .*base?",
    ),
    (
        {"free": {"acceptance.base": {"uniform": {"low": 1, "high": 2}}}},
        "free.acceptance.base: a number from 0 to 1; got",
    ),
    ({"free": {"acceptance.base": {"unifrm": {"low": 1}}}}, "a distribution, one of .*; got.*Did you mean uniform?"),
    ({"free": {"acceptance.base": {"uniform": {"low": 1}}}}, "acceptance.base.uniform.high: a word that must be there"),
    ({"free": {"acceptance.base": {"constant": {"value": 1}}}}, "a distribution without jumps: uniform, .*Choose one"),
    (
        {"views": ["need_muni_61"]},
        r"views\[0\]: an estimate of need: .*; got 'need_muni_61'. Did you mean need_muni_16?",
    ),
    ({"views": ["res_drug_21"]}, r"views\[0\]: an estimate of need: .*An estimate of a later step would be fitted"),
    ({"views": "need_muni_16"}, "views: a list of estimates, each once; .*Write"),
]


@pytest.mark.parametrize(("words", "message"), CASES)
def test_messages(tmp_path: Path, words: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        load_question(write_question(tmp_path, **words))


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    file = write_question(
        tmp_path,
        design="on",
        period={"start": "2020-01-01", "years": -2},
        targets=[ADMITTED | {"by": "yaer"}, {"measure": "occupancy", "value": 83}],
        free={"acceptance.base": {"unifrm": {"low": 1}}},
        views=["need_muni_61"],
    )
    with pytest.raises(ScenarioError) as caught:
        load_question(file)
    assert [str(fault.path) for fault in caught.value.faults] == [
        "design",
        "period.years",
        "targets[0].by",
        "targets[1].value",
        "free.acceptance.base",
        "views[0]",
    ]
    assert all(fault.source == "targets.yaml" and fault.line is not None for fault in caught.value.faults)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none.yaml: a file of targets; got no such file. Check the path."):
        load_question(tmp_path / "none.yaml")


def test_an_endless_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    file.write_text("# long\n" * 20_000, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"a file of at most 0.1 MB; got a larger one"):
        load_question(file)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"targets": [{"measure": "occupancy", "value": 61}]}, "got 61.0. Write a share, such as 0.61 for 61 %."),
        ({"targets": [{"measure": "occupancy", "value": "61 %"}]}, "got '61 %'"),
        ({"targets": [ADMITTED | {"source": "010203-1234"}]}, r"targets\[0\].source: no personal numbers"),
        ({"name": "Hansen 010203 1234"}, "name: no personal numbers"),
        ({"free": {"acceptance.base": {"uniform": {"low": "0,1", "high": 0.7}}}}, "got '0,1'. Use a point"),
    ],
)
def test_what_is_written_otherwise_is_refused(tmp_path: Path, words: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError, match=message) as refused:
        load_question(write_question(tmp_path, **words))
    assert "1234" not in str(refused.value)


def test_a_file_of_targets_tells_references_and_other_faults_together(tmp_path: Path) -> None:
    file = write_question(tmp_path, design="on")
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nviews: &a [need_muni_16]\nwarm: [2,5]\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load_question(file)
    told = str(refused.value)
    for words in ("an anchor or alias", "got 2,5. Write 2.5", "design: a design of the scenario", "warm: a known word"):
        assert words in told
