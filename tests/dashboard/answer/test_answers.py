"""Answers are those of the command line, made once, and what moved is taken replication by replication."""

import threading

import numpy as np
import pytest
from waiting import HANG_SECONDS

from dashboard.answer.answers import MEMORY_VARIABLE, MOST_BYTES, Answers, shared_answers
from dashboard.ask.question import Question, scenario_of, with_changes
from sim.experiment import run_experiment
from sim.experiment.measured import IS_SHARE, MEASURE_NUMBER
from sim.looks.over_time import places_over_time
from sim.measures import estimate_difference
from sim.scenario import Scenario

FEW = Question("today-regions", replications=70, off=("flexible", "external"))
"""More than a block, and no whole number of them."""


def moved_scenario() -> Scenario:
    return scenario_of(with_changes(FEW, {"acceptance.base": 0.5, "designs.regional.places.nordjylland": 4}))


@pytest.mark.unit
def test_answers_are_the_numbers_of_the_command_line() -> None:
    scenario = scenario_of(FEW)
    assert Answers(cores=2).results(scenario).as_json() == run_experiment(scenario, cores=1).as_json()


@pytest.mark.unit
def test_what_was_answered_is_not_computed_again() -> None:
    answers, scenario = Answers(cores=1), scenario_of(FEW)
    first, done = answers.results(scenario), []
    assert answers.results(scenario, lambda *progress: done.append(progress)) is first
    assert done == []
    assert answers.over_time(scenario, "shared") is answers.over_time(scenario, "shared")
    assert answers.catchments(scenario, "shared") is answers.catchments(scenario, "shared")


@pytest.mark.unit
def test_two_who_ask_the_same_at_once_are_answered_by_one_computation() -> None:
    answers, made, given = Answers(cores=1), [], []

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask() -> None:
        given.append(answers.recall(("thing",), make))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    with answers.turns.turn():
        for thread in threads:
            thread.start()
        for _ in range(2000):
            if answers.turns.n_waiting == len(threads):
                break
            threading.Event().wait(0.005)
    for thread in threads:
        thread.join(HANG_SECONDS)
    assert len(made) == 1
    assert given == made * 3


@pytest.mark.unit
def test_a_design_followed_alone_is_as_it_is_among_others() -> None:
    scenario = scenario_of(with_changes(FEW, {"measures.against": "shared"}))
    alone = Answers(cores=2).over_time(scenario, "shared").designs
    among = places_over_time(scenario, cores=1).designs["shared"]
    assert list(alone) == ["shared"]
    for wanted, found in zip(among.living, alone["shared"].living, strict=True):
        np.testing.assert_array_equal(wanted, found)


@pytest.mark.unit
def test_a_title_is_part_of_the_answer_though_not_of_the_hash() -> None:
    answers, scenario = Answers(cores=1), scenario_of(FEW)
    other = scenario.model_copy(update={"name": "other"})
    answers.results(scenario)
    assert answers.results(other).scenario.name == "other"


@pytest.mark.unit
def test_what_moved_is_the_difference_replication_by_replication() -> None:
    answers, now, before = Answers(cores=2), moved_scenario(), scenario_of(FEW)
    moved = answers.moved(now, before)
    assert moved.replications == 70
    assert list(moved.designs) == ["regional", "shared"]
    values = {}
    for name, scenario in (("now", now), ("before", before)):
        alone = Answers(most_bytes=0, cores=1)  # nothing kept: everything is played anew
        values[name] = alone._parts(scenario, None)["regional"].part(replications=slice(70))
    by_hand = estimate_difference(values["now"], values["before"], IS_SHARE)
    for wanted, estimates in zip(by_hand, moved.designs["regional"], strict=True):
        np.testing.assert_array_equal(wanted[0], estimates)
    few = answers.moved(now, before, measures=["occupancy"])
    assert few.of("shared", "occupancy") == moved.of("shared", "occupancy")
    results = answers.results(now).designs["regional"].estimates.mean[0], answers.results(before)
    column = MEASURE_NUMBER["admitted_per_year"]
    difference = results[0][column] - results[1].designs["regional"].estimates.mean[0, column]
    found = moved.of("regional", "admitted_per_year")
    assert found is not None
    assert found["mean"] == pytest.approx(difference, abs=1e-12)
    assert found["n"] == 70


@pytest.mark.unit
def test_nothing_moved_between_a_scenario_and_itself() -> None:
    moved = Answers(cores=1).moved(scenario_of(FEW), scenario_of(FEW))
    for estimates in moved.designs.values():
        assert not np.nan_to_num(estimates.mean).any()
        assert not np.nan_to_num(estimates.p95).any()
    found = moved.of("regional", "admitted_per_year")
    assert found is not None
    assert found["mean"] == 0.0
    assert np.isnan([found["low"], found["high"]]).all()  # the same in every replication


@pytest.mark.unit
def test_pairs_know_more_than_two_intervals() -> None:
    answers, now, before = Answers(cores=1), moved_scenario(), scenario_of(FEW)
    found = answers.moved(now, before).of("regional", "accepted_per_year")
    assert found is not None
    column = MEASURE_NUMBER["accepted_per_year"]
    widths = [
        estimates.high[0, column] - estimates.low[0, column]
        for estimates in (answers.results(one).designs["regional"].estimates for one in (now, before))
    ]
    assert found["high"] - found["low"] < 0.8 * sum(widths)  # the same women; the seed is fixed


@pytest.mark.unit
def test_a_new_design_has_not_moved_and_fewer_replications_are_compared() -> None:
    answers = Answers(cores=1)
    now = scenario_of(Question("today-regions", replications=60, added=("none",), off=("flexible", "external")))
    moved = answers.moved(now, scenario_of(FEW))
    assert moved.replications == 60
    assert moved.of("none", "admitted_per_year") is None
    assert moved.of("regional", "admitted_per_year") is not None


@pytest.mark.unit
def test_an_answer_that_is_no_longer_wanted_stops_and_the_next_is_served() -> None:
    answers, scenario = Answers(cores=1), scenario_of(FEW)

    class NoLongerWantedError(BaseException):
        pass

    def stop(done: int, most: int) -> None:
        raise NoLongerWantedError

    with pytest.raises(NoLongerWantedError):
        answers.results(scenario, stop)
    assert answers.turns.n_waiting == 0
    assert not answers.results(scenario).is_partial


@pytest.mark.unit
def test_memory_stays_within_its_bound() -> None:
    answers = Answers(most_bytes=5_000_000, cores=1)
    for places in range(4):
        question = with_changes(
            Question("today-regions", replications=50), {"designs.regional.places.nordjylland": places}
        )
        answers.results(scenario_of(question))
        assert answers.memory.n_bytes <= 5_000_000


@pytest.mark.unit
@pytest.mark.parametrize(("written", "wanted"), [("700", 700_000_000), ("", MOST_BYTES), ("much", MOST_BYTES)])
def test_the_bound_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, written: str, wanted: int) -> None:
    monkeypatch.setenv(MEMORY_VARIABLE, written)
    shared_answers.cache_clear()
    assert shared_answers().memory._most_bytes == wanted
    assert shared_answers() is shared_answers()
    shared_answers.cache_clear()
