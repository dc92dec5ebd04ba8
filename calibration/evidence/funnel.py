"""The funnel of published numbers: each on its step, and which of them contradict each other."""

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from calibration.data import read_table
from calibration.evidence.rows import EvidenceRow, load_evidence
from calibration.evidence.who import who_says

STEPS = ("wider", "need", "found", "offered", "accepts", "admitted", "stays")
"""Steps of the funnel, after the wider groups that are not on it."""

JUDGED_STEPS = ("need",)
"""Steps where a number is a judgement; on the others women are counted, and years differ because years do."""

LEAST_GAP = 0.1
"""Numbers nearer than this share of the larger do not contradict each other: some are rounded."""

NEAR_YEARS = 1
"""Numbers of different definitions are held against each other when their years are at most so far apart."""

Role = Literal["estimate", "repeat", "derived", "part", "single", "share", "about"]
Difference = Literal["same", "definition", "period"]


class FunnelRow(NamedTuple):
    """A row of the registry on its step.

    Attributes
    ----------
    row : EvidenceRow
        The row.
    step : str
        One of `STEPS`.
    definition : str
        What is counted: rows of the same definition claim to count the same; empty where nothing is counted.
    role : str
        ``estimate``; ``repeat`` of another row; ``derived`` by us; ``part`` of another row's women; ``single``
        municipality or case; ``share`` of something; ``about`` the step, without a number of women.
    who : str
        Who says it.
    from_year, to_year : int or None
        Years it is said to hold for.
    per_year : float
        What its numbers are multiplied by to give women a year.
    made_from : tuple of str
        Ids of rows whose women it counts too.
    """

    row: EvidenceRow
    step: str
    definition: str
    role: Role
    who: str
    from_year: int | None
    to_year: int | None
    per_year: float
    made_from: tuple[str, ...]

    @property
    def women_per_year(self) -> tuple[float, float] | None:
        """Lowest and highest number [women a year]; None where the row has none."""
        span = self.row.span
        if span is None or self.role in ("share", "about"):
            return None
        return span[0] * self.per_year, span[1] * self.per_year


class Contradiction(NamedTuple):
    """Two numbers on the same step that lie apart.

    Attributes
    ----------
    one, other : FunnelRow
        The two, in the order of the table.
    kind : str
        ``same``: same definition, same time. ``definition``: same time, but they count different things.
        ``period``: same definition, judged at another time.
    """

    one: FunnelRow
    other: FunnelRow
    kind: Difference

    @property
    def reason(self) -> str:
        """Key of the text that says why they may differ: the definitions in alphabetical order."""
        definitions = sorted({self.one.definition, self.other.definition})
        return "_and_".join(definitions) + ("_over_time" if self.kind == "period" else "")


@lru_cache(maxsize=1)
def load_funnel() -> Mapping[str, FunnelRow]:
    """Load every row that is about a step of the funnel.

    Returns
    -------
    mapping of str to FunnelRow
        By id, in the order of the table. Not to be changed.
    """
    rows = load_evidence()
    return {entry["id"]: _funnel_row(entry, rows[entry["id"]]) for entry in read_table("funnel")}


def funnel_table(*, roles: Iterable[Role] = ("estimate", "derived")) -> tuple[FunnelRow, ...]:
    """List the published numbers of women, step by step.

    Parameters
    ----------
    roles : iterable of str
        Which rows, by role.

    Returns
    -------
    tuple of FunnelRow
        In the order of the steps, and of the definitions in the table; the latest first.
    """
    wanted = set(roles)
    rows = [row for row in load_funnel().values() if row.role in wanted and row.women_per_year is not None]
    definitions = list(dict.fromkeys(row.definition for row in load_funnel().values()))
    return tuple(
        sorted(
            rows,
            key=lambda row: (STEPS.index(row.step), definitions.index(row.definition), -(row.to_year or 0)),
        )
    )


def find_contradictions(rows: Iterable[FunnelRow] | None = None) -> tuple[Contradiction, ...]:
    """Find published numbers on the same step that lie apart.

    Parameters
    ----------
    rows : iterable of FunnelRow, optional
        Numbers with their years; all published estimates, if left out.

    Returns
    -------
    tuple of Contradiction
        The wider groups are many groups and are not held against each other.
    """
    looked_at = funnel_table(roles=("estimate",)) if rows is None else rows
    found = []
    for one, other in itertools.combinations((row for row in looked_at if row.step != "wider"), 2):
        kind = _kind(one, other)
        if one.step == other.step and kind is not None and _lie_apart(one, other):
            found.append(Contradiction(one, other, kind))
    return tuple(found)


def _kind(one: FunnelRow, other: FunnelRow) -> Difference | None:
    """How two rows can be held against each other, if at all."""
    years_between = _years_between(one, other)
    if one.definition != other.definition:
        return "definition" if years_between <= NEAR_YEARS else None
    if years_between <= 0:
        return "same"
    return "period" if one.step in JUDGED_STEPS else None


def _years_between(one: FunnelRow, other: FunnelRow) -> int:
    """Years from the end of the one to the beginning of the other; 0 or less if they overlap."""
    if None in (one.from_year, one.to_year, other.from_year, other.to_year):
        raise ValueError(f"funnel.csv, {one.row.id}, {other.row.id}: years; got none. Give estimates their years.")
    return max(one.from_year or 0, other.from_year or 0) - min(one.to_year or 0, other.to_year or 0)


def _lie_apart(one: FunnelRow, other: FunnelRow) -> bool:
    spans = sorted(span for span in (one.women_per_year, other.women_per_year) if span is not None)
    (_, top), (bottom, _) = spans
    return bottom - top > LEAST_GAP * bottom


def _funnel_row(entry: Mapping[str, str], row: EvidenceRow) -> FunnelRow:
    role: Role = entry["role"]  # type: ignore[assignment]  # a test goes through all of them
    return FunnelRow(
        row=row,
        step=entry["step"],
        definition=entry["definition"],
        role=role,
        who=who_says(row),
        from_year=int(entry["from_year"]) if entry["from_year"] else None,
        to_year=int(entry["to_year"]) if entry["to_year"] else None,
        per_year=float(Fraction(entry["per_year"])) if entry["per_year"] else 1.0,
        made_from=tuple(entry["made_from"].split()),
    )
