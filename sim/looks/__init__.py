"""Looks: other questions to what is played than what it comes to.

Takes a scenario. Gives one future woman by woman and place by place (trace, bed board), many day by day (over time,
forecasts and how past ones did, the end of a start), which future is typical, and where women go to.
"""

from sim.looks.trace import Trace, save_trace, trace_replication

__all__ = ["Trace", "save_trace", "trace_replication"]
