"""The formulas themselves, against published tables and examples."""

import numpy as np
import pytest
from scipy.stats import poisson

from sim.sizing.textbook import erlang_a, erlang_b, erlang_c, erlang_c_mean_wait, erlang_c_waits_longer

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("places", "erlangs", "blocked"),
    [(5, 1.361, 0.01), (10, 4.461, 0.01), (10, 6.216, 0.05), (20, 13.182, 0.02), (20, 12.031, 0.01)],
)
def test_erlang_b_agrees_with_the_table(places: int, erlangs: float, blocked: float) -> None:
    """The traffic table of every textbook on telephony: erlangs offered at a given blocking."""
    assert erlang_b(places, erlangs) == pytest.approx(blocked, rel=2e-3)


def test_eight_erlangs_on_ten_places_refuse_one_in_eight() -> None:
    assert erlang_b(10, 8.0) == pytest.approx(0.1217, abs=5e-5)


def test_erlang_b_is_the_truncated_poisson_distribution() -> None:
    assert erlang_b(7, 5.0) == pytest.approx(poisson.pmf(7, 5.0) / poisson.cdf(7, 5.0))


def test_erlang_b_without_places_refuses_all() -> None:
    assert erlang_b(0, 3.0) == 1.0


def test_erlang_c_of_one_place_is_its_load() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)


def test_erlang_c_agrees_with_the_county_hospital() -> None:
    """Hillier and Lieberman, Introduction to Operations Research, chapter on queues.

    Two doctors, 2 patients and 3 treatments an hour: P0 = 1/2, P1 = 1/3, mean wait 1/24 hour.
    """
    assert erlang_c(2, 2 / 3) == pytest.approx(1 - 1 / 2 - 1 / 3)
    assert erlang_c_mean_wait(2, 2 / 3, mean_stay=1 / 3) == pytest.approx(1 / 24)


def test_erlang_c_and_a_agree_with_the_published_call_centre() -> None:
    """Garnett, Mandelbaum and Reiman, Designing a call center with impatient customers (2002).

    50 agents, 48 calls a minute of one minute each. If nobody gives up, the mean wait is 20.8 seconds and
    its 90th percentile 58.1. With a mean patience of two minutes, 3.1 % give up, the mean wait is 3.7
    seconds, and agents are busy 93 % of the time.
    """
    assert 60 * erlang_c_mean_wait(50, 48.0, mean_stay=1.0) == pytest.approx(20.8, abs=0.05)
    assert erlang_c_waits_longer(50, 48.0, mean_stay=60.0, than=58.1) == pytest.approx(0.1, abs=5e-4)
    queue = erlang_a(50, 48.0, patience_in_stays=2.0)
    assert queue.p_gives_up == pytest.approx(0.031, abs=5e-4)
    assert 60 * queue.mean_waiting / 48.0 == pytest.approx(3.7, abs=0.05)
    assert queue.mean_living / 50 == pytest.approx(0.93, abs=5e-3)


def test_erlang_a_with_patience_as_long_as_a_stay_is_a_poisson_number_of_women() -> None:
    number = np.arange(200)
    waiting = poisson.pmf(number, 8.0) @ np.maximum(number - 10, 0)
    assert erlang_a(10, 8.0, patience_in_stays=1.0).mean_waiting == pytest.approx(waiting)


def test_erlang_a_lies_between_no_patience_and_endless_patience() -> None:
    assert erlang_a(10, 8.0, patience_in_stays=1e-9).p_gives_up == pytest.approx(erlang_b(10, 8.0), rel=1e-6)
    assert erlang_a(10, 8.0, patience_in_stays=1e4).p_waits == pytest.approx(erlang_c(10, 8.0), rel=1e-2)
