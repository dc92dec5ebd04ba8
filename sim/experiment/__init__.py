"""Experiments: replications of a scenario, every design on the same women.

Takes a scenario. Gives `Results`: estimates of every measure for every design, and of the differences between designs
replication by replication. Leaves out where results are kept.
"""

from sim.experiment.cores import available_cores
from sim.experiment.memory import Memory
from sim.experiment.play import ENGINES, order_marks, play_block, play_design
from sim.experiment.results import RULES_VERSION, Comparison, Results, Row
from sim.experiment.run import most_replications, run_experiment

__all__ = [
    "ENGINES",
    "RULES_VERSION",
    "Comparison",
    "Memory",
    "Results",
    "Row",
    "available_cores",
    "most_replications",
    "order_marks",
    "play_block",
    "play_design",
    "run_experiment",
]
