"""Known parameters are found again: 95 % intervals hold the truth about 95 times in 100."""

import numpy as np
import pytest
from recovering_truths import (
    COVERED_AT_LEAST,
    LEAVING,
    WIDE,
    Recovered,
    corner_truths,
    coverage_bounds,
    drawn_truths,
    fixed_truths,
    recover,
    recovery_table,
    scenario_of_truth,
    summarise_recovery,
)

from sim.scenario import scenario_values

SHORT, LONG = 24, 200
FALSE_ALARM = 0.001
HARDLY_LEARNT = 0.35
"""Parameters of which a record tells less than this lie in their wide intervals nearly always: the prior decides."""


@pytest.mark.theory
def test_truths_drawn_from_the_priors_are_found_in_a_short_trial() -> None:
    # 24 records, 26 parameters: the fewest and most intervals that may hold the truth, for all parameters together with
    # a false-alarm rate of 1 in 1,000; and of all 24 x 26 intervals, 90 to 99 %.
    summary = summarise_recovery(list(recover(drawn_truths(SHORT, seed=3))))
    fewest, most = coverage_bounds(SHORT, len(summary), false_alarm=FALSE_ALARM)
    assert (fewest, most) == (17, 24)
    for parameter in summary:
        assert parameter.covered >= fewest, parameter
    assert 0.90 <= np.mean([parameter.coverage for parameter in summary]) <= 0.99


@pytest.mark.theory
def test_truths_at_the_corners_of_what_documents_say_are_found_in_a_short_trial() -> None:
    # Early leaving at one corner in twelve records and at the other in twelve. At 95 % each, fewer than 7 of 12 for any
    # of the four has a false-alarm rate below 1 in 1,000; with a correlation of -0.8 and the pairs alone, the shape
    # is held in 1 of 12 and 2 of 12.
    found = list(recover(corner_truths(SHORT, seed=8)))
    fewest, _ = coverage_bounds(SHORT // 2, 4, false_alarm=FALSE_ALARM)
    assert fewest == 7
    for corner in (0, 1):
        for parameter in summarise_recovery(found[corner::2])[-2:]:
            assert parameter.path in LEAVING
            assert parameter.covered >= fewest, parameter


@pytest.mark.verify
@pytest.mark.parametrize("corner", [0, 1])
def test_truths_at_either_corner_are_found(corner: int) -> None:
    # 100 records of each corner: not fewer than a binomial with 95 % gives, together with a false-alarm rate of 1 in
    # 1,000. More may hold it: the prior lies about the corners.
    summary = summarise_recovery(list(recover(corner_truths(LONG, seed=8)[corner::2])))
    fewest, _ = coverage_bounds(LONG // 2, len(summary), false_alarm=FALSE_ALARM)
    for parameter in summary:
        assert parameter.covered >= fewest, parameter


@pytest.mark.verify
def test_truths_drawn_from_the_priors_are_found() -> None:
    # 200 records: each parameter between the bounds of a binomial with 95 %, together with a false-alarm rate of 1 in
    # 1,000.
    summary = summarise_recovery(list(recover(drawn_truths(LONG, seed=7))))
    fewest, most = coverage_bounds(LONG, len(summary), false_alarm=FALSE_ALARM)
    for parameter in summary:
        assert fewest <= parameter.covered <= most, parameter


@pytest.mark.verify
def test_a_truth_away_from_the_priors_is_found_where_the_data_decide() -> None:
    # As above; parameters of which a record hardly tells are only asked not to be missed.
    summary = summarise_recovery(list(recover(fixed_truths(LONG), prior_width=WIDE)))
    fewest, most = coverage_bounds(LONG, len(summary), false_alarm=FALSE_ALARM)
    for parameter in summary:
        assert parameter.coverage >= COVERED_AT_LEAST or parameter.covered >= fewest, parameter
        assert parameter.covered <= most or parameter.learnt_share < HARDLY_LEARNT, parameter


@pytest.mark.unit
def test_bounds_hold_as_often_as_they_say() -> None:
    # Counted over the binomial distribution itself.
    fewest, most = coverage_bounds(200, 26, false_alarm=0.01)
    draws = np.random.default_rng(1).binomial(200, 0.95, size=(20_000, 26))
    outside = np.any((draws < fewest) | (draws > most), axis=1).mean()
    assert outside < 0.01
    assert 170 < fewest < 181
    assert 197 < most <= 200


@pytest.mark.unit
def test_a_truth_is_played_as_it_stands() -> None:
    truth = drawn_truths(1, seed=5)[0]
    values = scenario_values(scenario_of_truth(truth))
    for path, value in truth.items():
        inside = values
        for word in path.split("."):
            inside = inside[word]
        assert inside == pytest.approx(value), path


@pytest.mark.unit
def test_the_table_has_a_row_a_word_and_three_columns_a_trial() -> None:
    rows = [Recovered("a.b", 19, 20, 0.0, 0.5, 0.0), Recovered("c.d", 20, 20, 0.0, 0.25, 0.1)]
    assert recovery_table({"one": rows}).splitlines() == [
        "| word | one: covered | one: learnt | one: no data |",
        "| --- | --- | --- | --- |",
        "| `a.b` | 95.0 % | 50 % | 0 % |",
        "| `c.d` | 100.0 % | 25 % | 10 % |",
    ]
