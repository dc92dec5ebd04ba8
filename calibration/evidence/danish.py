"""The registry in Danish: quantities, caveats and the words around the numbers.

They stand in tables beside the registry, not in the catalogue of texts: a catalogue has every text in both languages
under a key, and the English would then stand twice, in the registry, where it tells rows apart, and in the catalogue.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from calibration.data import read_table
from calibration.evidence.rows import EvidenceRow

Kind = Literal["unit", "period", "geography", "view", "section", "strength"]


@lru_cache(maxsize=1)
def _labels() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["english"]): row["danish"] for row in read_table("labels_da")}


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in read_table("quantities_da")}


def label_in(language: str, kind: Kind, text: str) -> str:
    """Say a word of the tables in a language.

    Parameters
    ----------
    language : str
        ``da`` or ``en``.
    kind : {"unit", "period", "geography", "view", "section", "strength"}
        Which column it stands in.
    text : str
        As in the table, in English.

    Returns
    -------
    str
        The text itself where it is the same in Danish, such as ``2019``.
    """
    return _labels().get((kind, text), text) if language == "da" else text


def row_in(language: str, row: EvidenceRow) -> EvidenceRow:
    """Say a row in a language.

    Parameters
    ----------
    language : str
        ``da`` or ``en``.
    row : EvidenceRow
        Of the registry.

    Returns
    -------
    EvidenceRow
        With its texts in that language. Locators are quotations and stay as they are; so does the topic.
    """
    if language != "da":
        return row
    danish = _rows()[row.id]
    return row._replace(
        quantity=danish["quantity"],
        caveat=danish["caveat"],
        unit=label_in(language, "unit", row.unit),
        period=label_in(language, "period", row.period),
        geography=label_in(language, "geography", row.geography),
        source=f"{row.document}; {label_in(language, 'section', row.section)}",
        view=label_in(language, "view", row.view),
    )
