"""What one design costs against another: for each further woman admitted, and all in all.

Both need the values of single replications, so those of a few measures are kept: eight bytes a replication, design
and measure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.economics import RatioEstimate, cost_per_extra_admission
from sim.experiment.measured import MEASURE_NUMBER

Floats = npt.NDArray[np.float64]

KEPT = ("cost_per_year", "public_cost_per_year", "admitted_per_year")
KEPT_COLUMNS = [MEASURE_NUMBER[name] for name in KEPT]


class Finding(NamedTuple):
    """What a design costs against the chosen one.

    Attributes
    ----------
    cost_per_extra_admission : RatioEstimate
        Further cost of places for each further woman admitted [DKK].
    public_cost_per_extra_admission : RatioEstimate
        The same with care outside places and later consequences [DKK].
    """

    cost_per_extra_admission: RatioEstimate
    public_cost_per_extra_admission: RatioEstimate


def find(design: Floats, against: Floats) -> Finding:
    """Compare what two designs cost and whom they admit, replication by replication.

    Parameters
    ----------
    design, against : ndarray of float of shape (n_kept, n_replications)
        Values of the measures in `KEPT`.

    Returns
    -------
    Finding
        With 95 % confidence intervals by Fieller's theorem.
    """
    cost, public_cost, admitted = design
    cost_against, public_cost_against, admitted_against = against
    return Finding(
        *(
            cost_per_extra_admission(own, admitted, cost_against=other, admitted_against=admitted_against)
            for own, other in ((cost, cost_against), (public_cost, public_cost_against))
        )
    )
