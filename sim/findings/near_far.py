"""Near and far: what distance does where units for their own region meet units that are shared."""

from sim.experiment import Memory, Results, run_experiment
from sim.scenario import ByRegionDesign, Scenario, load_parameters, with_values

DECAY = "acceptance.decay_per_hour"
NEAR_FAR_MEASURES = ("admitted_per_year", "admitted_within_14_days", "travel_minutes_mean")
"""Measures that are shown for both values. Not to be changed."""
_KINDS = ("regional", "shared")


def near_and_far(
    scenario: Scenario, *, cores: int | None = None, memory: Memory | None = None
) -> dict[float, Results] | None:
    """Play regional and shared designs of fixed places with distance at both ends of what it may do.

    Parameters
    ----------
    scenario : Scenario
        In one field.
    cores : int, optional
        All there are, if left out.
    memory : Memory, optional
        What has been drawn and played before.

    Returns
    -------
    dict of float to Results or None
        By `acceptance.decay_per_hour`, the low end of its range first; none unless both kinds of design are there.
    """
    designs = tuple(design for design in scenario.designs if isinstance(design, ByRegionDesign) and _is_plain(design))
    if {getattr(design, "kind", "") for design in designs} != set(_KINDS):
        return None
    measures = scenario.measures.model_copy(update={"against": None})
    both = scenario.model_copy(update={"designs": designs, "measures": measures, "fields": None})
    parameter = load_parameters()["acceptance_decay_per_hour"]
    ends = [end for end in (parameter.low, parameter.high) if end is not None]
    return {end: run_experiment(with_values(both, {DECAY: end}), cores=cores, memory=memory) for end in ends}


def _is_plain(design: ByRegionDesign) -> bool:
    return design.flexible is None and getattr(design, "kind", "") in _KINDS
