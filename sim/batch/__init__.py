"""Batches: many scenarios, worked off by many processes, into one store.

Takes files, folders, tables and sweeps. Gives results in a store, and says what could not be run. Whatever is in the
store already is not computed again; a batch that was stopped takes up where it stopped.
"""

from sim.batch.estimate import estimate_seconds
from sim.batch.gathering import GatheredCases, gather
from sim.batch.local import local_crew
from sim.batch.pieces import Answer, Begun, Crew, Piece, compute_piece
from sim.batch.run import Batch, Event, Report, plan_batch, run_batch

__all__ = [
    "Answer",
    "Batch",
    "Begun",
    "Crew",
    "Event",
    "GatheredCases",
    "Piece",
    "Report",
    "compute_piece",
    "estimate_seconds",
    "gather",
    "local_crew",
    "plan_batch",
    "run_batch",
]
