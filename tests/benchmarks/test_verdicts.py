"""Ratios are taken round by round, and goals judged by the median of what was measured."""

from itertools import accumulate, chain

import pytest

from benchmarks import timing
from benchmarks.goals import GOALS, judge
from benchmarks.timing import Spread, Turn, ratios, time_in_turns

pytestmark = pytest.mark.unit


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([2.0, 9.0, 40.0], [1.0, 3.0, 10.0]) == Spread(2.0, 3.0, 4.0)


def test_everything_is_timed_once_a_round_for_one_unit_of_work() -> None:
    done = []
    seconds = time_in_turns({"one": Turn(lambda: done.append(1)), "ten": Turn(lambda: done.append(10), 10)}, rounds=2)
    assert {name: len(times) for name, times in seconds.items()} == {"one": 2, "ten": 2}
    assert {1, 10} == set(done)


@pytest.mark.parametrize(
    ("taken", "n_tries"), [([0.0], 1), ([9.0, 0.0], 2), ([9.0] * timing.MOST_TRIES, timing.MOST_TRIES)]
)
def test_a_turn_that_others_disturb_is_taken_again(
    taken: list[float], n_tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    clock = accumulate(chain.from_iterable((0.0, seconds) for seconds in taken))  # read before and after each try
    monkeypatch.setattr(timing, "taken_by_others", lambda: next(clock))
    timing._time_undisturbed(lambda: done.append(1), 1)
    assert len(done) == n_tries


def test_goals_are_judged_by_the_median_on_the_right_side_of_the_bound() -> None:
    results = {
        "cores": {"times_as_fast": {"min": 1.0, "median": 1.9, "max": 2.0}},
        "memory": {"more_megabytes": 140.0},
        "same_queue": {"ratios": {"kernel_to_c": None}},
    }
    verdicts = {goal["name"]: goal for goal in judge(results)}
    assert len(verdicts) == len(GOALS)
    assert verdicts["two cores, against one"]["is_met"] is True
    assert verdicts["more memory at many replications than at few"]["is_met"] is False
    assert verdicts["kernel alone, against the C program"]["is_met"] is None
    assert verdicts["cold run, against imports alone"]["measured"] is None
