"""The textbook's number beside the simulation's."""

import numpy as np
import pytest
from small_cases import TEN_ERLANG, small_scenario

from sim.experiment import Memory
from sim.scenario import read_scenario, with_values
from sim.sizing.target import read_target
from sim.sizing.textbook import erlang_a, erlang_a_admitted_within, erlang_b, erlang_c_waits_longer
from sim.sizing.theory import Textbook, textbook_number
from sim.sizing.trials import Trials

pytestmark = pytest.mark.unit


def number_of(text: str, target: str, **words: object) -> Textbook:
    scenario = read_scenario(text)
    changed = with_values(scenario, words) if words else scenario
    return textbook_number(Trials(changed, changed.designs[0], read_target(target), Memory(), cores=1))


def test_ten_erlang_and_one_refused_in_a_hundred_are_eighteen_places() -> None:
    assert erlang_b(17, 10) > 0.01 >= erlang_b(18, 10)
    found = number_of(TEN_ERLANG, "refused_share <= 0.01")
    assert (found.rule, found.total, found.why) == ("erlang_b", 18, ("chance",))
    assert found.erlangs == pytest.approx(10, rel=0.02)


def test_with_exponential_patience_it_is_erlang_a() -> None:
    words = {"waiting.patience_days": {"exponential": {"mean": 20}}}
    found = number_of(TEN_ERLANG, "admitted_within_14_days >= 0.9", **words)
    patience, within = 20 / 36.525, 14 / 36.525
    served = [
        erlang_a_admitted_within(n, 10.0, patience_in_stays=patience, within_in_stays=within) for n in range(1, 20)
    ]
    assert found.rule == "erlang_a"
    assert found.total == 1 + int(np.argmax(np.array(served) >= 0.9))


def test_where_everybody_waits_it_is_erlang_c() -> None:
    found = number_of(TEN_ERLANG, "admitted_within_14_days >= 0.9", **{"waiting.patience_days": "none"})
    assert found.rule == "erlang_c"
    assert found.total is not None
    long = [erlang_c_waits_longer(n, 10.0, mean_stay=36.525, than=14) for n in (found.total - 1, found.total)]
    assert long[0] > 0.1 >= long[1]


def test_where_theory_has_nothing_it_says_so() -> None:
    assert number_of(TEN_ERLANG, "travel_minutes_mean <= 60").why == ("no_formula",)
    scenario = small_scenario({"name": "a", "kind": "regional", "external": {}})
    trials = Trials(scenario, scenario.designs[0], read_target("refused_share <= 0.1"), Memory(), cores=1)
    assert textbook_number(trials)[:2] == (None, None)


def test_admitted_within_a_time_lies_between_at_once_and_ever() -> None:
    queue = erlang_a(10, 8.0, patience_in_stays=0.5)
    within = [
        erlang_a_admitted_within(10, 8.0, patience_in_stays=0.5, within_in_stays=time) for time in (0.0, 0.1, 1.0, 50.0)
    ]
    assert within == sorted(within)
    assert within[0] == pytest.approx(1 - queue.p_waits)
    assert within[-1] == pytest.approx(1 - queue.p_gives_up)


def test_admitted_within_a_time_becomes_erlang_c_as_patience_grows() -> None:
    within = erlang_a_admitted_within(12, 8.0, patience_in_stays=1e4, within_in_stays=0.2)
    assert within == pytest.approx(1 - erlang_c_waits_longer(12, 8.0, mean_stay=1.0, than=0.2), abs=2e-3)
