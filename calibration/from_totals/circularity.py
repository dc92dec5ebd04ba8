"""Circles: fitting a parameter to the number it was derived from says nothing.

A target that names its evidence is held against the registry, which knows what each parameter's default and range were
worked out from or bounded by.
"""

from collections.abc import Iterable

from calibration.evidence import circular_pairs
from calibration.from_totals.question import Circle, Free
from sim.scenario import parameter_of


def find_circles(sources: Iterable[str], free: Iterable[Free]) -> tuple[Circle, ...]:
    """Find targets and free parameters that are not independent."""
    stated = {parameter.id: one.is_stated for one in free if (parameter := parameter_of(one.path)) is not None}
    wanted = set(sources)
    return tuple(
        Circle(pair.row_id, pair.parameter, is_refused=pair.row_id == pair.through and stated[pair.parameter])
        for pair in circular_pairs()
        if pair.row_id in wanted and pair.parameter in stated
    )
