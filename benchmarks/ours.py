"""Our own engines: alone on women already drawn, and end to end, from the scenario to the estimates."""

from benchmarks.same_queue import Game
from sim.engine import Ledger, play_kernel, play_reference
from sim.experiment import Results, run_experiment
from sim.scenario import Scenario


def play_by_kernel(game: Game) -> Ledger:
    """The compiled engine alone."""
    return play_kernel(game.plan, game.women, game.order_marks)


def play_by_reference(game: Game) -> Ledger:
    """The engine in SimPy alone."""
    return play_reference(game.plan, game.women, game.order_marks)


def run_end_to_end(scenario: Scenario, *, engine: str = "kernel", cores: int = 1) -> Results:
    """Build, draw, play, measure and estimate."""
    return run_experiment(scenario, engine=engine, cores=cores)
