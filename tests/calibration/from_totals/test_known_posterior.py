"""Where theory knows the posterior: with room for all, women admitted are Poisson, so a gamma prior stays gamma.

Fixed seeds. Means are asserted within a fifth of the posterior's standard deviation: chance in 400 independent draws
alone leads that far once in 10,000 fits; what is left of the normal approximation on Anscombe's scale is a tenth.
"""

from pathlib import Path

import pytest
from scipy.stats import gamma
from small_fits import LIGHT, a_question

from calibration.from_totals.findings import sum_up
from calibration.from_totals.fitting import draw_posterior

pytestmark = pytest.mark.theory


@pytest.mark.parametrize(
    ("mean", "sd", "counts"),
    [(40.0, 12.0, [44, 57, 49]), (8.0, 5.0, [6, 6, 8]), (60.0, 6.0, [44, 57, 49])],
    ids=["many", "few", "against-the-prior"],
)
def test_the_posterior_of_the_need_is_gamma(tmp_path: Path, mean: float, sd: float, counts: list[int]) -> None:
    years = dict(zip(("2020", "2021", "2022"), counts, strict=True))
    question = a_question(
        tmp_path,
        targets=[{"measure": "admitted_per_year", "by": "year", "value": years}],
        free={"demand.need_per_year": {"gamma": {"mean": mean, "sd": sd}}},
    )
    fit = sum_up(draw_posterior(question, effort=LIGHT))
    assert fit.has_converged
    shape, rate = (mean / sd) ** 2 + sum(counts), mean / sd**2 + len(counts)
    exact = gamma(shape, scale=1 / rate)
    need = fit.learnt[0]
    assert need.mean == pytest.approx(exact.mean(), abs=0.2 * exact.std())
    assert fit.draws(40_000).std() == pytest.approx(exact.std(), rel=0.1)
    assert need.interval == pytest.approx(exact.interval(0.95), abs=0.35 * exact.std())


def test_a_total_says_as_much_as_its_years(tmp_path: Path) -> None:
    """The sum of Poisson counts is all there is to know of their mean."""
    question = a_question(tmp_path, targets=[{"measure": "admitted_per_year", "value": 50}])
    fit = sum_up(draw_posterior(question, effort=LIGHT))
    exact = gamma((40 / 12) ** 2 + 150, scale=1 / (40 / 12**2 + 3))
    assert fit.learnt[0].mean == pytest.approx(exact.mean(), abs=0.2 * exact.std())
    assert fit.draws(40_000).std() == pytest.approx(exact.std(), rel=0.1)
