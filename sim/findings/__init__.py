"""What may be called a finding: the one source of what `run` and the page Compare say of differences.

Takes results, and where the ends of the assumptions' ranges were played, these. Gives a verdict on each difference
between two designs, and its sentence in either language. A difference is a finding if it is larger than what the
scenario says must be passed (`measures.least_difference`) and goes the same way at both ends of the plausible range of
every assumption, one at a time. Leaves out what to do about it.
"""

from sim.findings.ends import End, Ends, ends_of
from sim.findings.fields import FIELD_MEASURES, count_places, is_equal, volume_measures
from sim.findings.sensitivity import Played, Sensitivity, load_sensitivity, play_ends, save_sensitivity
from sim.findings.sentences import tell, write_difference
from sim.findings.verdicts import Verdict, VerdictKind, judge, judge_all

__all__ = [
    "FIELD_MEASURES",
    "End",
    "Ends",
    "Played",
    "Sensitivity",
    "Verdict",
    "VerdictKind",
    "count_places",
    "ends_of",
    "is_equal",
    "judge",
    "judge_all",
    "load_sensitivity",
    "play_ends",
    "save_sensitivity",
    "tell",
    "volume_measures",
    "write_difference",
]
