"""The contenders play the same game as we do, woman by woman, so that comparing their speed is honest."""

import numpy as np
import pytest

from benchmarks.c_limit import Limit, built_limit
from benchmarks.ciw_queue import play_by_ciw
from benchmarks.ours import play_by_kernel, play_by_reference
from benchmarks.salabim_queue import HAS_GREENLETS, play_by_salabim
from benchmarks.same_queue import Game, admissions_of, count_apart, draw_game, queue_of, regional_scenario
from sim.engine import OUTCOMES

pytestmark = pytest.mark.parity

N_REPLICATIONS = 4
PLACES = {"hovedstaden": 3, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}


@pytest.fixture(scope="module")
def game() -> Game:
    """So few places that some wait, some give up and some are admitted late."""
    scenario = regional_scenario(**{"horizon_years": 4, "designs.regional.places": PLACES})
    return draw_game(scenario, n_replications=N_REPLICATIONS)


def test_the_game_has_all_there_is_to_agree_on(game: Game) -> None:
    ledger = play_by_kernel(game)
    assert set(ledger.outcome.tolist()) == set(range(len(OUTCOMES)))
    assert (ledger.admission_day > game.women.referral_day).sum() > 20


def test_our_engines_agree(game: Game) -> None:
    assert count_apart(admissions_of(play_by_kernel(game)), admissions_of(play_by_reference(game))) == 0


@pytest.mark.parametrize("is_everyone", [True, False])
def test_ciw_admits_the_same_women_on_the_same_days(game: Game, is_everyone: bool) -> None:
    theirs = play_by_ciw(queue_of(game, is_everyone=is_everyone))
    assert theirs.n_admitted > 0
    assert count_apart(admissions_of(play_by_kernel(game)), theirs) == 0


@pytest.mark.parametrize("is_yieldless", [False, True])
def test_salabim_admits_the_same_women_on_the_same_days(game: Game, is_yieldless: bool) -> None:
    if is_yieldless and not HAS_GREENLETS:
        pytest.skip("greenlet is not installed")
    theirs = play_by_salabim(queue_of(game, is_everyone=True), is_yieldless=is_yieldless)
    assert theirs.n_admitted > 0
    assert count_apart(admissions_of(play_by_kernel(game)), theirs) == 0


def test_the_c_program_gives_the_same_ledger_of_women(game: Game) -> None:
    ledger = play_by_kernel(game)
    with built_limit() as library:
        if library is None:
            pytest.skip("no C compiler")
        theirs = Limit(library, game)()
        np.testing.assert_array_equal(theirs.outcome, ledger.outcome)
        np.testing.assert_array_equal(theirs.pool, ledger.pool)
        np.testing.assert_array_equal(theirs.admission_day, ledger.admission_day)
        np.testing.assert_array_equal(theirs.discharge_day, ledger.discharge_day)


def test_women_on_whom_contenders_differ_are_counted(game: Game) -> None:
    ours = admissions_of(play_by_kernel(game))
    other = ours._replace(day=ours.day.copy(), pool=ours.pool.copy())
    admitted = np.flatnonzero(ours.pool >= 0)
    other.day[admitted[0]] += 2.0**-20
    other.pool[admitted[1]] = -1
    other.day[admitted[2]] = np.nan
    assert count_apart(ours, other) == 3
    assert count_apart(ours, ours) == 0


def test_a_game_the_contenders_cannot_play_is_refused() -> None:
    scenario = regional_scenario(**{"designs.regional.discipline": "due_first"})
    with pytest.raises(ValueError, match="first come, first served"):
        draw_game(scenario, n_replications=1)
