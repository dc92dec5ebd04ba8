"""Statements become distributions: exactly where they can, as nearly as possible elsewhere, and saying which."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.faults import CalibrationError
from calibration.statements import (
    FAMILIES,
    fit_statement,
    load_statements,
    range_statements,
)
from sim.cohort.distributions import probability_below, quantile
from sim.scenario import (
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Uniform,
    Weibull,
    load_parameters,
    scenario_from,
)

SHORTEST = {"name": "x", "designs": [{"name": "a", "kind": "none"}]}


@pytest.mark.unit
def test_the_weibull_of_early_leaving_by_hand() -> None:
    fit = fit_statement("weibull", [(0.15, 30), (0.40, 365)])
    shape = math.log(math.log(0.60) / math.log(0.85)) / math.log(365 / 30)
    scale = 30 / (-math.log(0.85)) ** (1 / shape)
    assert isinstance(fit.distribution, Weibull)
    assert fit.distribution.shape == pytest.approx(shape, rel=1e-9)
    assert fit.distribution.scale == pytest.approx(scale, rel=1e-9)
    assert fit.is_met
    assert fit.word(digits=2) == {"weibull": {"shape": 0.46, "scale": 1600.0}}


@pytest.mark.unit
def test_every_fitted_default_is_reproduced() -> None:
    scenario = scenario_from(SHORTEST)
    statements = load_statements()
    early = statements["early_leaving"].fit().word(digits=3)["weibull"]
    default = scenario.stay.early_leaving_days
    assert isinstance(default, Weibull)
    assert (round(early["shape"], 2), early["scale"]) == (default.shape, default.scale)
    assert statements["stay_after_birth"].fit().distribution == scenario.stay.days
    patience = scenario.waiting.patience_days
    assert isinstance(patience, Exponential)
    assert statements["patience"].fit().word(digits=2) == {"exponential": {"mean": patience.mean}}
    assert {one.id for one in statements.values() if one.is_default} == {
        "early_leaving",
        "stay_after_birth",
        "patience",
    }


@pytest.mark.unit
def test_the_ends_of_the_fitted_ranges_are_reproduced() -> None:
    parameters = load_parameters()
    for end, name in (("low", "early_leaving_most"), ("high", "early_leaving_least")):
        values = load_statements()[name].fit().word(digits=3)["weibull"]
        assert round(values["shape"], 2) == getattr(parameters["early_leaving_shape"], end)
        assert values["scale"] == getattr(parameters["early_leaving_scale"], end)


@pytest.mark.unit
def test_every_published_statement_becomes_a_word_of_a_scenario() -> None:
    for statement in load_statements().values():
        fit = statement.fit()
        section, word = statement.path.split(".")
        loaded = scenario_from({**SHORTEST, section: {word: fit.word()}})
        assert getattr(getattr(loaded, section), word).kind == statement.kind
        assert fit.is_met == (statement.id != "gestation_cases")


@pytest.mark.unit
def test_lost_while_waiting_by_hand() -> None:
    fit = fit_statement("exponential", [(0.45, 6)])
    assert fit.word()["exponential"]["mean"] == pytest.approx(-6 / math.log(0.55), rel=1e-3)


KNOWN = {
    "weibull": st.builds(lambda a, b: Weibull(shape=a, scale=b), st.floats(0.3, 4), st.floats(5, 2000)),
    "exponential": st.builds(lambda a: Exponential(mean=a), st.floats(1, 1000)),
    "gamma": st.builds(lambda a, b: Gamma(mean=a, sd=a * b), st.floats(5, 500), st.floats(0.3, 1.5)),
    "lognormal": st.builds(lambda a, b: Lognormal(mean=a, sd=a * b), st.floats(5, 500), st.floats(0.2, 2)),
    "normal": st.builds(lambda a, b: Normal(mean=a, sd=b, low=8, high=38), st.floats(14, 30), st.floats(3, 9)),
    "uniform": st.builds(lambda a, b: Uniform(low=a, high=a + b), st.floats(0, 100), st.floats(10, 500)),
}


@pytest.mark.law
@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(KNOWN)))
def test_a_distribution_is_found_again_from_its_own_quantiles(data: st.DataObject, kind: str) -> None:
    truth = data.draw(KNOWN[kind])
    shares = np.array([0.2, 0.7])[: FAMILIES[kind].n_free]
    stated = list(zip(shares.tolist(), quantile(truth, shares).tolist(), strict=True))
    ends = {"low": truth.low, "high": truth.high} if isinstance(truth, Normal) else {}
    fit = fit_statement(kind, stated, **ends)
    assert fit.is_met
    assert max(abs(residual.difference) for residual in fit.residuals) < 1e-6
    others = np.array([0.1, 0.4, 0.85])
    assert quantile(fit.distribution, others) == pytest.approx(quantile(truth, others), rel=1e-3, abs=1e-3)


@pytest.mark.unit
def test_more_statements_than_numbers_are_met_as_nearly_as_possible_in_probability() -> None:
    stated = [(0.10, 20.0), (0.30, 60.0), (0.75, 365.0)]
    fit = fit_statement("exponential", stated)
    assert isinstance(fit.distribution, Exponential)

    def misfit(mean: float) -> float:
        gone = probability_below(Exponential(mean=mean), np.array([day for _, day in stated]))
        return float(((gone - [share for share, _ in stated]) ** 2).sum())

    around = fit.distribution.mean * np.linspace(0.5, 2.0, 301)
    assert misfit(fit.distribution.mean) <= min(map(misfit, around)) + 1e-12


@pytest.mark.unit
def test_statements_that_cannot_be_met_are_said_to_be_so() -> None:
    fit = fit_statement("exponential", [(0.15, 30), (0.40, 365)])
    assert not fit.is_met
    assert [round(residual.fitted, 3) for residual in fit.residuals] == [0.043, 0.414]


@pytest.mark.unit
def test_a_range_is_two_statements_or_the_ends() -> None:
    (less, earlier), (more, later) = range_statements(9, 18, holding=0.8)
    assert (earlier, later) == (9, 18)
    assert (less, more) == pytest.approx((0.1, 0.9))
    assert fit_statement("uniform", low=183, high=365).word() == {"uniform": {"low": 183.0, "high": 365.0}}
    checked = fit_statement("uniform", [(0.5, 300)], low=183, high=365)
    assert not checked.is_met
    assert checked.residuals[0].fitted == pytest.approx((300 - 183) / (365 - 183))
    assert fit_statement("triangular", [(0.5, 12)], low=9, high=18).is_met
    assert not fit_statement("triangular", [(0.5, 17.9)], low=9, high=18).is_met


@pytest.mark.unit
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "weibul"}, "kind: one of exponential.*got 'weibul'. Did you mean weibull"),
        ({"kind": "weibull", "quantiles": [(0.2, 30)]}, "at least 2 for the weibull; got 1"),
        (
            {"kind": "exponential", "quantiles": [(40, 30)]},
            "a share above 0 and below 1; got '40 gone by 30'. Write 0.4",
        ),
        ({"kind": "exponential", "quantiles": [(0.4, 0)]}, "a time above 0"),
        (
            {"kind": "gamma", "quantiles": [(0.4, 30), (0.2, 60)]},
            "more women gone the later it is; got 0.4 by 30 and 0.2",
        ),
        ({"kind": "gamma", "quantiles": [(0.4, 30), (0.5, 30)]}, "more women gone the later it is"),
        (
            {"kind": "normal", "quantiles": [(0.2, 10), (0.8, 30)]},
            "low: the low end, which the normal needs; got nothing",
        ),
        (
            {"kind": "gamma", "quantiles": [(0.2, 10), (0.8, 30)], "low": 2},
            "low: nothing: the gamma has no ends; got 2",
        ),
        ({"kind": "uniform", "low": 18, "high": 9}, "low: below the high end; got 18 and 9"),
        ({"kind": "uniform", "low": -1, "high": 9}, "low: a number from 0 to 1,000,000; got -1"),
    ],
)
def test_what_is_wrong_is_said(asked: dict[str, object], message: str) -> None:
    with pytest.raises(CalibrationError, match=message):
        fit_statement(**asked)  # type: ignore[arg-type]


@pytest.mark.unit
def test_all_faults_come_together() -> None:
    with pytest.raises(CalibrationError) as error:
        fit_statement("weibull", [(1.5, 30), (0.4, 0)], low=3)
    assert [fault.source for fault in error.value.faults] == ["low", "statements", "statements"]
