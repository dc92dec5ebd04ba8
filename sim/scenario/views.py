"""Published estimates of need: each with the step of the funnel it measures and whose it is."""

import csv
import io
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple


class View(NamedTuple):
    """One published estimate.

    Attributes
    ----------
    id : str
        Row of the evidence table it comes from.
    value : float
        Women a year [women/year].
    step : str
        What it counts: "need" (women who need a place) or "admitted" (stays that took place).
    who : str
        Whose estimate it is.
    statement : str
        What it says.
    """

    id: str
    value: float
    step: str
    who: str
    statement: str


@lru_cache(maxsize=1)
def load_views() -> Mapping[str, View]:
    """Load the published estimates of need.

    Returns
    -------
    mapping of str to View
        By id, in the order of the table. Not to be changed.
    """
    text = (resources.files("sim.scenario") / "data" / "views.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row["id"]: View(row["id"], float(row["value"]), row["step"], row["who"], row["statement"]) for row in rows}
