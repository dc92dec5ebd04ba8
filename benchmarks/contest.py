"""The same queue in all programs: first that they agree, then how long each takes."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from benchmarks.c_limit import Limit, built_limit
from benchmarks.ciw_queue import play_by_ciw
from benchmarks.ours import play_by_kernel, play_by_reference, run_end_to_end
from benchmarks.salabim_queue import HAS_GREENLETS, play_by_salabim
from benchmarks.same_queue import (
    Admissions,
    Game,
    admissions_of,
    count_apart,
    draw_game,
    queue_of,
    regional_scenario,
)
from benchmarks.timing import Turn, ratios, spread_of, time_in_turns
from sim.engine import Ledger

OURS, KERNEL, REFERENCE, REFERENCE_ALONE = "ours", "kernel", "reference", "reference_alone"
CIW, CIW_WILLING, C_PROGRAM = "ciw", "ciw_willing", "c"
SALABIM, SALABIM_YIELDLESS = "salabim", "salabim_yieldless"

WHAT = {
    OURS: "ours, end to end: build, draw, play in the kernel, measure, estimate",
    KERNEL: "our kernel alone, on women drawn",
    REFERENCE: "ours, end to end, played in SimPy",
    REFERENCE_ALONE: "our SimPy reference alone, on women drawn",
    CIW: "Ciw alone, all women, those who say no balk",
    CIW_WILLING: "Ciw alone, only women who say yes",
    SALABIM: "salabim alone, all women, processes as generators",
    SALABIM_YIELDLESS: "salabim alone, all women, yieldless",
    C_PROGRAM: "a C program of the same rules alone, arrays laid ready",
}


class Size(NamedTuple):
    """Replications that each kind of contender plays in a turn."""

    end_to_end: int
    in_simpy: int  # end to end
    alone: int  # at most one block
    by_others: int
    rounds: int


def hold_contest(size: Size) -> dict[str, Any]:
    """Check that the contenders agree, and time them."""
    scenario = regional_scenario()
    game = draw_game(scenario, n_replications=size.alone)
    small = draw_game(scenario, n_replications=size.by_others)
    with built_limit() as library:
        limit = None if library is None else Limit(library, game)
        alone = _alone(game, small, limit)
        said = {name: admissions_from(play()) for name, (play, _) in alone.items()}
        turns = {name: Turn(play, own.women.n_replications) for name, (play, own) in alone.items()}
        for name, engine, replications in (
            (OURS, "kernel", size.end_to_end),
            (REFERENCE, "reference", size.in_simpy),
        ):
            asked = regional_scenario(replications=replications)
            turns[name] = Turn(partial(run_end_to_end, asked, engine=engine), replications)
        seconds = time_in_turns(turns, rounds=size.rounds)
        agreement = {
            name: _agreement(admissions, said[KERNEL], limit if name == C_PROGRAM else None, game)
            for name, admissions in said.items()
        }
    women_per_replication = game.women.n_women / game.women.n_replications
    return {
        "design": scenario.designs[0].name,
        "women_per_replication": women_per_replication,
        "contenders": {name: _row(name, turns, seconds, agreement, women_per_replication) for name in WHAT},
        "ratios": _ratios(seconds),
    }


def admissions_from(said: Any) -> Admissions:
    """Bring what a contender says into one form."""
    if isinstance(said, Ledger):
        return admissions_of(said)
    return said if isinstance(said, Admissions) else said.admissions


def _alone(game: Game, small: Game, limit: Limit | None) -> dict[str, tuple[Callable[[], Any], Game]]:
    """Contenders that play women drawn, and which."""
    everyone, willing = queue_of(small, is_everyone=True), queue_of(small, is_everyone=False)
    contenders: dict[str, tuple[Callable[[], Any], Game]] = {
        KERNEL: (partial(play_by_kernel, game), game),
        REFERENCE_ALONE: (partial(play_by_reference, small), small),
        CIW: (partial(play_by_ciw, everyone), small),
        CIW_WILLING: (partial(play_by_ciw, willing), small),
        SALABIM: (partial(play_by_salabim, everyone), small),
    }
    if HAS_GREENLETS:
        contenders[SALABIM_YIELDLESS] = (partial(play_by_salabim, everyone, is_yieldless=True), small)
    if limit is not None:
        contenders[C_PROGRAM] = (limit, game)
    return contenders


def _agreement(said: Admissions, ours: Admissions, limit: Limit | None, game: Game) -> dict[str, int]:
    """Women on whom a contender and our kernel do not agree to the last digit, and women admitted by each."""
    n_women = len(said.pool)
    same = Admissions(ours.pool[:n_women], ours.day[:n_women])
    apart = count_apart(said, same)
    if limit is not None:
        ledger, outcomes = play_by_kernel(game), limit()
        apart += int((outcomes.outcome != ledger.outcome).sum())
        apart += int((~np.isclose(outcomes.discharge_day, ledger.discharge_day, rtol=0, atol=0, equal_nan=True)).sum())
    return {"women": n_women, "admitted": said.n_admitted, "admitted_by_kernel": same.n_admitted, "apart": apart}


def _row(
    name: str,
    turns: dict[str, Turn],
    seconds: dict[str, list[float]],
    agreement: dict[str, dict[str, int]],
    women_per_replication: float,
) -> dict[str, Any]:
    if name not in turns:
        return {"what": WHAT[name], "is_timed": False}
    own = spread_of(seconds[name])
    return {
        "what": WHAT[name],
        "is_timed": True,
        "replications": int(turns[name].n_units),
        "ms_per_replication": own.times(1e3)._asdict(),
        "us_per_woman": own.times(1e6 / women_per_replication)._asdict(),
        "times_ours_end_to_end": ratios(seconds[name], seconds[OURS])._asdict(),
        "times_kernel": ratios(seconds[name], seconds[KERNEL])._asdict(),
        "agreement": agreement.get(name),
    }


def _ratios(seconds: dict[str, list[float]]) -> dict[str, Any]:
    """The ratios that goals are set for; nothing where a contender could not be built."""
    pairs = {
        "reference_to_ours": (REFERENCE, OURS),
        "ciw_to_ours": (CIW, OURS),
        "ciw_willing_to_ours": (CIW_WILLING, OURS),
        "salabim_to_ours": (SALABIM, OURS),
        "kernel_to_c": (KERNEL, C_PROGRAM),
    }
    return {
        name: ratios(seconds[over], seconds[under])._asdict() if {over, under} <= seconds.keys() else None
        for name, (over, under) in pairs.items()
    }
