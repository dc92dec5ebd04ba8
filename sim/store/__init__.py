"""Results on disk, under names made of what was asked.

Takes results and gives them back bit for bit, whichever way they were asked for. What is written is written whole or
not at all, and says where it comes from: scenario, seed, versions; never when or on which machine. Gives tables of
everything in a store to DuckDB, pandas and files. Leaves out computing.
"""

from sim.store.faults import StoreError
from sim.store.keys import piece_key
from sim.store.own_files import check_can_be_store
from sim.store.piece import piece_bytes, results_of_piece
from sim.store.store import Store

__all__ = ["Store", "StoreError", "check_can_be_store", "piece_bytes", "piece_key", "results_of_piece"]
