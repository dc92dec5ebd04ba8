"""What a report is made of."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.experiment import Results
from sim.findings import Sensitivity
from sim.looks.bills import ScenarioBills
from sim.looks.homes import Homes
from sim.scenario import Scenario


class ReportSource(NamedTuple):
    """Results, and what else is known of them.

    Attributes
    ----------
    asked : Scenario
        With its fields.
    found : mapping of str to Results
        By field, in the order in which they are read.
    tried : mapping of str to Sensitivity
        By field, where the ends of the assumptions' ranges were played.
    homes : tuple of Homes
        Results of the last field by where the women live.
    bills : ScenarioBills or None
        What each municipality pays for the places of the last field.
    question : str
        In the user's own words; made of the designs if empty.
    command : str
        That makes the report again.
    link : str
        To the dashboard; none if empty.
    """

    asked: Scenario
    found: Mapping[str, Results]
    tried: Mapping[str, Sensitivity] = {}
    homes: tuple[Homes, ...] = ()
    bills: ScenarioBills | None = None
    question: str = ""
    command: str = ""
    link: str = ""

    @property
    def main(self) -> Results:
        """Those of the same places, or of the last field there is."""
        return list(self.found.values())[-1]


def leading_comment(text: str) -> str:
    """Read what a scenario file says before its first word, as far as the first empty line of it.

    Parameters
    ----------
    text : str
        Of the file.

    Returns
    -------
    str
        Without ``Question:`` before it; empty if there is none.
    """
    lines = []
    for line in text.lstrip("\ufeff").splitlines():
        said = line.strip()
        if not said.startswith("#") or not said.lstrip("# "):
            break
        lines.append(said.lstrip("# "))
    said = " ".join(lines)
    word, colon, rest = said.partition(":")
    return rest.strip() if colon and word.casefold() in {"question", "spørgsmål"} else said
