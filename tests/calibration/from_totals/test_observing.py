"""One observed period, played: the same women and rules as any run, cut to the years observed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_fits import TIGHT, a_question

from calibration.from_totals.observing import ANSCOMBE, observe_set, play_period, to_even_scale
from sim.cohort import draw_cohort, year_index
from sim.design import build_designs
from sim.engine import OUTCOMES
from sim.experiment import play_block, play_design
from sim.experiment.measured import MEASURE_NUMBER
from sim.measures import MEASURES, Scope, scopes_of

pytestmark = pytest.mark.unit

PERIOD = {"start": "2020-01-01", "years": 3, "warm_up_years": 2}


def tight(tmp_path: Path, **words: Any) -> Any:
    return a_question(tmp_path, scenario=TIGHT, period=PERIOD, **words)


def test_years_are_measured_as_in_a_run(tmp_path: Path) -> None:
    question = tight(tmp_path)
    cut, scopes = play_period(question.observed, question.period, block=3)
    designs = build_designs(question.observed)
    (parts,) = play_block(question.observed, designs, block=3, n_replications=50, engine="kernel")
    whole = parts.values
    whole_scopes = scopes_of(designs[0], question.observed)
    for year in ("3", "4", "5"):
        for number, measure in enumerate(MEASURES):
            if measure.name != "exposure_days_per_year":
                mine = cut[scopes.index(Scope("year", year)), number]
                theirs = whole[whole_scopes.index(Scope("year", year)), MEASURE_NUMBER[measure.name]]
                assert np.array_equal(mine, theirs, equal_nan=True), measure.name


def test_the_period_leaves_out_what_was_before_and_after(tmp_path: Path) -> None:
    question = tight(tmp_path)
    values, scopes = play_period(question.observed, question.period, block=0)
    row, column = scopes.index(Scope("all", "")), [measure.name for measure in MEASURES].index("admitted_per_year")
    (design,) = build_designs(question.observed)
    women = draw_cohort(question.observed, 0)
    ledger = play_design(design, women, question.observed, block=0, engine="kernel", n_replications=50)
    year = year_index(women.referral_day, design.plan.year_starts)
    was_in = np.isin(ledger.outcome, [OUTCOMES.index(word) for word in ("left_early", "completed", "in_stay")])
    replication = np.repeat(np.arange(50), np.diff(women.first))
    counted = np.bincount(replication[was_in & (year >= 2) & (year < 5)], minlength=50)
    assert np.array_equal(values[row, column], counted / 3)


def test_who_waits_when_the_period_ends_may_still_get_a_place(tmp_path: Path) -> None:
    """Bought six weeks later: without the year played beyond, an eighth of the last year would be missing."""
    design = {"name": "one", "kind": "external", "financing": "municipal", "external": {"after_days": 42}}
    question = a_question(
        tmp_path,
        scenario=TIGHT | {"designs": [design]},
        period={"start": "2020-01-01", "years": 2},
        targets=[{"measure": "admitted_per_year", "by": "year", "value": {"2020": 9, "2021": 9}}],
    )
    admitted = np.concatenate([observe_set(question, {}, block=block)[0] for block in range(20)], axis=1)
    difference = admitted[1] - admitted[0]
    # Two years alike: 0 but for chance. 1,000 replications; 3.3 standard errors alarm falsely once in 1,000.
    assert abs(difference.mean()) < 3.3 * difference.std() / np.sqrt(len(difference))


def test_rounding_and_errors_of_observation_widen_what_is_observed(tmp_path: Path) -> None:
    plain = {"measure": "admitted_per_year", "value": 20}
    others = [{"measure": "occupancy", "value": 0.9, "sd": 0.05}, {"measure": "referrals_per_year", "value": 40}]
    exact = tight(tmp_path, targets=[plain, *others])
    rough = tight(tmp_path, targets=[plain | {"rounding": 10}, *others])
    values, _ = observe_set(exact, {}, block=1)
    rounded, _ = observe_set(rough, {}, block=1)
    away = rounded[0] - values[0]
    assert np.abs(away).max() <= 5
    assert away.std() == pytest.approx(10 / np.sqrt(12), rel=0.35)
    assert np.array_equal(rounded[2], values[2])
    assert values[1].max() > 1.0  # an error may lead beyond what is possible


def test_another_block_is_other_women_and_the_same_block_the_same(tmp_path: Path) -> None:
    question = tight(tmp_path)
    first, again, other = (observe_set(question, {}, block=block)[0] for block in (0, 0, 1))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_even_scales(tmp_path: Path) -> None:
    question = tight(
        tmp_path,
        targets=[
            {"measure": "admitted_per_year", "value": 4},
            {"measure": "admitted_per_year", "by": "year", "value": {"2020": 4}},
            {"measure": "occupancy", "value": 0.25},
            {"measure": "wait_days_mean", "value": 9},
        ],
    )
    found = [to_even_scale(np.array([one.value]), one, question.period)[0] for one in question.targets]
    assert found == pytest.approx([2 * np.sqrt(12 + ANSCOMBE), 2 * np.sqrt(4 + ANSCOMBE), np.pi / 6, 3.0])


@pytest.mark.parametrize("mean", [3.0, 10.0, 50.0])
def test_on_its_scale_a_poisson_count_varies_by_one_whatever_its_mean(mean: float, tmp_path: Path) -> None:
    question = tight(tmp_path, targets=[{"measure": "admitted_per_year", "by": "year", "value": {"2020": 4}}])
    counts = np.random.default_rng(1).poisson(mean, 100_000).astype(float)
    assert to_even_scale(counts, question.targets[0], question.period).std() == pytest.approx(1.0, abs=0.06)
