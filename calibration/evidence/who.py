"""Who says it: fifty-odd voices of the documents, gathered into a few."""

from collections.abc import Mapping
from functools import lru_cache

from calibration.data import read_table
from calibration.evidence.danish import label_in
from calibration.evidence.rows import EvidenceRow, load_evidence
from calibration.faults import unknown
from sim.texts import say


@lru_cache(maxsize=1)
def _voices() -> Mapping[str, str]:
    return {row["view"]: row["who"] for row in read_table("who")}


def who_says(row: EvidenceRow) -> str:
    """Find who a row belongs to.

    Parameters
    ----------
    row : EvidenceRow
        Of the registry, in English.

    Returns
    -------
    str
        Such as ``agency`` or ``municipalities``. Who quotes somebody else's number counts as the one who is
        quoted, except that the municipalities' reading of the agency is the municipalities'.
    """
    return _voices()[row.view]


def list_who() -> Mapping[str, tuple[str, ...]]:
    """List who says something, and how they are named in the registry.

    Returns
    -------
    mapping of str to tuple of str
        Names by who, in the order of the registry.
    """
    found: dict[str, list[str]] = {}
    for view, who in _voices().items():
        found.setdefault(who, []).append(view)
    return {who: tuple(views) for who, views in found.items()}


def ids_said_by(view: str) -> frozenset[str]:
    """Find the ids of the rows of who says it, or of all whose name in the registry, in either language, holds this."""
    wanted = view.strip().casefold()
    if wanted in list_who():
        return frozenset(row.id for row in load_evidence().values() if who_says(row) == wanted)
    names = {name: (name.casefold(), label_in("da", "view", name).casefold()) for name in _voices()}
    said_by = {name for name, folded in names.items() if wanted and any(wanted in text for text in folded)}
    if not said_by:
        known = (*list_who(), *names, *(label_in("da", "view", name) for name in names))
        raise unknown("view", view, known, noun="who says it", listed=say("remedy.see_doegnplads_evidence_list"))
    return frozenset(row.id for row in load_evidence().values() if row.view in said_by)
