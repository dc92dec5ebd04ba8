"""A fit on simulated women: the same on any number of cores, honest when it is not done, and plain in what it knows."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_fits import LIGHT, ROOM_FOR_ALL, TIGHT, a_question

from calibration.from_totals import Fit, FitQuestion, fit_question
from calibration.from_totals.chains import Chains
from calibration.from_totals.findings import sum_up
from calibration.from_totals.fitting import draw_posterior
from sim.scenario import ScenarioError

pytestmark = pytest.mark.unit

MANY: dict[str, Any] = ROOM_FOR_ALL | {
    "demand": ROOM_FOR_ALL["demand"] | {"need_per_year": 200},
    "acceptance": {"base": 1, "decay_per_hour": 0, "family_odds_ratio": 1},
}
HALF = {"uniform": {"low": 0.2, "high": 0.9}}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    """Women admitted are offered x accept, and nothing else is known."""
    question = a_question(
        tmp_path_factory.mktemp("product"),
        scenario=MANY,
        targets=[{"measure": "admitted_per_year", "by": "year", "value": {"2020": 60, "2021": 65, "2022": 55}}],
        free={"demand.offered_share.state": HALF, "acceptance.base": {"uniform": {"low": 0.4, "high": 0.8}}},
    )
    return sum_up(draw_posterior(question, effort=LIGHT))


def test_what_cannot_be_told_apart_is_said(product: Fit) -> None:
    assert product.has_converged
    assert product.confounded == ((0, 1),)
    assert product.correlation[0, 1] < -0.6
    assert product.n_combinations == 1
    assert product.product is not None
    assert product.product.exponents == pytest.approx((1.0, 1.0), abs=0.1)
    assert product.product.sd_ratio < 0.5
    assert product.learnt[1].sd_ratio > 0.7


def test_the_product_is_where_it_must_be(product: Fit) -> None:
    """180 of 600 were admitted: the product is 0.3, give or take 0.02."""
    offered, accepted = product.draws(4000).T
    assert (offered * accepted).mean() == pytest.approx(0.3, abs=0.02)
    assert (offered * accepted).std() == pytest.approx(np.sqrt(180) / 600, rel=0.3)


def test_a_second_number_tells_them_apart(tmp_path: Path) -> None:
    question = a_question(
        tmp_path,
        scenario=MANY,
        targets=[{"measure": "admitted_per_year", "value": 60}, {"measure": "offered_share", "value": 0.6}],
        free={"demand.offered_share.state": HALF, "acceptance.base": HALF},
    )
    fit = sum_up(draw_posterior(question, effort=LIGHT))
    assert fit.n_combinations == 2
    assert fit.learnt[0].mean == pytest.approx(0.6, abs=0.05)
    assert fit.learnt[1].mean == pytest.approx(0.5, abs=0.07)
    assert max(one.sd_ratio for one in fit.learnt) < 0.4


def test_what_is_foretold_covers_what_was_fitted(product: Fit) -> None:
    assert [one.target.value for one in product.foretold] == [60, 65, 55]
    assert all(one.is_inside for one in product.foretold)
    assert all(one.median == pytest.approx(60, abs=3) for one in product.foretold)
    assert all(one.band[0] < 50 and one.band[1] > 70 for one in product.foretold)
    assert product.surprise > 0.3


def test_the_same_on_any_number_of_cores(tmp_path: Path) -> None:
    question = a_question(tmp_path, targets=[{"measure": "referrals_per_year", "value": 50}])
    effort = LIGHT._replace(most_rounds=2)
    one, two = (draw_posterior(question, effort=effort, cores=cores) for cores in (1, 2))
    assert np.array_equal(one.chains.draws, two.chains.draws)
    assert np.array_equal(one.fresh.values, two.fresh.values)
    assert one.rounds == two.rounds


def test_another_seed_is_another_chance(tmp_path: Path) -> None:
    question = a_question(tmp_path)
    effort = LIGHT._replace(most_rounds=1)
    other = question._replace(observed=question.observed.model_copy(update={"seed": 5}))
    one, two = (draw_posterior(asked, effort=effort) for asked in (question, other))
    assert not np.array_equal(one.fresh.values, two.fresh.values)
    assert one.chains.pooled.mean() == pytest.approx(two.chains.pooled.mean(), abs=0.2)


def test_one_round_is_never_enough(tmp_path: Path) -> None:
    fit = sum_up(draw_posterior(a_question(tmp_path), effort=LIGHT._replace(most_rounds=1)))
    assert not fit.has_converged
    assert "unsettled" in fit.faults


def test_chains_that_do_not_agree_and_too_few_draws_are_not_called_converged(product: Fit) -> None:
    draws = product.drawn.chains.draws.copy()
    draws[0] += 0.5
    assert sum_up(product.drawn._replace(chains=Chains(draws))).faults == ("chains",)
    same = np.broadcast_to(product.drawn.chains.draws[:, :1], draws.shape)
    assert "draws" in sum_up(product.drawn._replace(chains=Chains(same))).faults


def test_a_surface_that_is_off_is_not_called_converged(product: Fit) -> None:
    last = product.drawn.rounds[-1]
    for word, value in (("surface_error", 0.2), ("spread_error", 1.4), ("shift", 0.3)):
        rounds = (last._replace(**{word: value}),)
        (fault,) = sum_up(product.drawn._replace(rounds=rounds)).faults
        assert fault == {"surface_error": "surface", "spread_error": "spread", "shift": "unsettled"}[word]


class _StopAt:
    """Presses Ctrl-C after so many replications."""

    def __init__(self, replications: int) -> None:
        self.replications = replications

    def __call__(self, done: int, most: int) -> None:
        assert 0 < done <= most
        if done >= self.replications:
            raise KeyboardInterrupt


def test_ctrl_c_gives_what_there_is_and_says_so(tmp_path: Path) -> None:
    in_second_round = 50 * (LIGHT.first_sets + LIGHT.fresh_sets + 10)
    drawn = draw_posterior(a_question(tmp_path), effort=LIGHT, on_progress=_StopAt(in_second_round))
    fit = sum_up(drawn)
    assert len(drawn.rounds) == 1
    assert drawn.is_partial
    assert "partial" in fit.faults


def test_ctrl_c_at_once_gives_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        draw_posterior(a_question(tmp_path), effort=LIGHT, on_progress=_StopAt(1))


def test_one_fit_for_each_view_and_those_done_are_kept(tmp_path: Path) -> None:
    question = a_question(
        tmp_path,
        scenario="from-today-to-own-units",
        design="today",
        targets=[{"measure": "referrals_per_year", "value": 30}],
        free={"demand.found_share": {"uniform": {"low": 0.2, "high": 1.0}}},
        views=["need_muni_30", "need_sbst_80_100"],
    )
    fits = fit_question(question, effort=LIGHT)
    assert [fit.view for fit in fits] == ["need_muni_30", "need_sbst_80_100"]
    assert fits[0].learnt[0].mean > 0.8
    assert fits[1].learnt[0].mean == pytest.approx(30 / 90, abs=0.05)
    in_second = 50 * LIGHT.first_sets + LIGHT.most_replications
    assert [fit.view for fit in fit_question(question, effort=LIGHT, on_progress=_StopAt(in_second))] == [
        "need_muni_30"
    ]


def test_numbers_out_of_reach_are_said_to_be(tmp_path: Path) -> None:
    question = a_question(
        tmp_path,
        targets=[{"measure": "referrals_per_year", "value": 100}],
        free={"demand.need_per_year": {"uniform": {"low": 20, "high": 60}}},
    )
    fit = sum_up(draw_posterior(question, effort=LIGHT))
    assert fit.is_unlikely
    assert fit.surprise < 1e-4
    assert fit.learnt[0].end == "high"
    assert not fit.foretold[0].is_inside


def question_of(folder: Path, target: dict[str, Any], **words: Any) -> FitQuestion:
    return a_question(folder, targets=[target], **words)


def test_what_chance_does_not_move_needs_an_error(tmp_path: Path) -> None:
    question = question_of(tmp_path, {"measure": "open_place_years", "value": 900})
    message = "targets, open_place_years: an error of observation where chance moves nothing; got neither"
    with pytest.raises(ScenarioError, match=message):
        draw_posterior(question, effort=LIGHT)


def test_what_has_no_value_cannot_be_fitted(tmp_path: Path) -> None:
    question = question_of(tmp_path, {"measure": "wait_days_mean", "by": "pool", "value": {"unit": 9}},
                           free={"demand.need_per_year": {"uniform": {"low": 0, "high": 0.1}}})  # fmt: skip
    message = r"targets, wait_days_mean pool unit: a measure that has a value in most plays.*; got one in \d+% of them"
    with pytest.raises(ScenarioError, match=message):
        draw_posterior(question, effort=LIGHT)


def test_several_measures_of_a_crowded_unit(tmp_path: Path) -> None:
    """Occupancy, waiting and those who get no place, by the need and by how long women wait."""
    question = a_question(
        tmp_path,
        scenario=TIGHT,
        period={"start": "2020-01-01", "years": 3, "warm_up_years": 3},
        targets=[
            {"measure": "occupancy", "value": 0.93, "rounding": 0.01},
            {"measure": "refused_share", "value": 0.3},
            {"measure": "referrals_per_year", "value": 41},
        ],
        free={
            "demand.need_per_year": {"uniform": {"low": 20, "high": 80}},
            "acceptance.base": {"uniform": {"low": 0.2, "high": 0.9}},
        },
    )
    fit = sum_up(draw_posterior(question, effort=LIGHT))
    assert not set(fit.faults) - {"unsettled", "surface", "spread"}, fit.drawn.rounds
    assert fit.learnt[0].mean == pytest.approx(41, abs=3)
    assert fit.n_combinations == 2
    assert all(one.is_inside for one in fit.foretold)
