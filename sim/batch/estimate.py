"""How long a batch would take: a few replications of a few scenarios, and multiplication."""

import time

from sim.batch.pieces import Piece
from sim.experiment import most_replications, run_experiment

_SAMPLED = 3
_COUNTED = 1000
_REPLICATIONS = 20
_SHARE_OF_START = 0.01
"""Time a piece takes besides replications: reading, writing [seconds]."""


def estimate_seconds(pieces: tuple[Piece, ...], workers: int) -> float:
    """Estimate how long pieces will take.

    Parameters
    ----------
    pieces : tuple of Piece
        What is missing.
    workers : int
        How many are worked on at the same time.

    Returns
    -------
    float
        From a few replications of at most three of them, played now, and from the sizes of a thousand [seconds]. A
        precision in place of a number of replications counts with the most it may take.
    """
    if not pieces:
        return 0.0
    step = max(1, len(pieces) // _SAMPLED)
    sampled = pieces[::step][:_SAMPLED]
    _play(sampled[0], 1)  # whatever is loaded or compiled only once
    costs = []
    for piece in sampled:
        n_replications = min(_REPLICATIONS, most_replications(piece.scenario))
        costs.append(_play(piece, n_replications) / n_replications / len(piece.scenario.designs))
    each = sum(costs) / len(costs)
    counted = [piece.scenario for piece in pieces[:: max(1, len(pieces) // _COUNTED)]]
    plays = sum(most_replications(scenario) * len(scenario.designs) for scenario in counted) / len(counted)
    return len(pieces) * (each * plays + _SHARE_OF_START) / min(workers, len(pieces))


def _play(piece: Piece, n_replications: int) -> float:
    """Seconds that some replications take."""
    begin = time.perf_counter()
    few = piece.scenario.model_copy(update={"replications": n_replications})
    run_experiment(few, engine=piece.engine, cores=1)
    return time.perf_counter() - begin
