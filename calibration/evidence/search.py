"""Looking rows up: by parameter, view, step, period and words."""

import re

from calibration.evidence.danish import row_in
from calibration.evidence.funnel import STEPS, load_funnel
from calibration.evidence.rows import EvidenceRow, load_evidence
from calibration.evidence.sources import load_parameter_sources
from calibration.evidence.who import ids_said_by
from calibration.faults import CalibrationError, unknown
from sim.scenario import Fault, parameter_of
from sim.texts import say

_YEARS = re.compile(r"(\d{4})(?:\s*-\s*(\d{4}))?")


def find_evidence(
    *,
    parameter: str | None = None,
    view: str | None = None,
    step: str | None = None,
    period: str | None = None,
    text: str | None = None,
) -> tuple[EvidenceRow, ...]:
    """Find rows that fit all that is asked.

    Parameters
    ----------
    parameter : str, optional
        A parameter's id, or the path of its word in a scenario: rows it rests on, and others about the same.
    view : str, optional
        Who says it, such as ``regions``, or part of a name as it stands in the registry, in English or Danish.
    step : str, optional
        One of `STEPS`.
    period : str, optional
        A year, years such as ``2017-2019``, or words of the period.
    text : str, optional
        Words that must all stand in the row, in English or Danish; part of a word will do.

    Returns
    -------
    tuple of EvidenceRow
        In the order of the registry.

    Raises
    ------
    CalibrationError
        For every parameter, view and step that is not known.
    """
    wanted: list[frozenset[str]] = []
    faults: list[Fault] = []
    asked = ((parameter, _ids_about), (view, ids_said_by), (step, _ids_on), (period, _ids_in), (text, _ids_saying))
    for word, ids_of in asked:
        if word is not None:
            try:
                wanted.append(ids_of(word))
            except CalibrationError as error:
                faults.extend(error.faults)
    if faults:
        raise CalibrationError(faults)
    return tuple(row for row in load_evidence().values() if all(row.id in ids for ids in wanted))


def find_parameter(word: str) -> str:
    """Find a parameter by its id or by the path of its word in a scenario.

    Parameters
    ----------
    word : str
        Such as ``need_per_year`` or ``demand.need_per_year``.

    Returns
    -------
    str
        The parameter's id.

    Raises
    ------
    CalibrationError
        If there is none, naming the nearest there is.
    """
    sources = load_parameter_sources()
    wanted = word.strip()
    if wanted in sources:
        return wanted
    by_path = parameter_of(wanted)
    if by_path is None:
        listed = "See doegnplads evidence --list parameters."
        raise unknown("parameter", word, sources, noun="a parameter of the model", listed=listed)
    return by_path.id


def _ids_about(parameter: str) -> frozenset[str]:
    source = load_parameter_sources()[find_parameter(parameter)]
    return frozenset((*source.used, *source.see_also))


def _ids_on(step: str) -> frozenset[str]:
    if step not in STEPS:
        raise unknown("step", step, STEPS, noun=f"one of {', '.join(STEPS)}", listed=say("remedy.choose_one_of_them"))
    return frozenset(row.row.id for row in load_funnel().values() if row.step == step)


def _ids_in(period: str) -> frozenset[str]:
    asked = _YEARS.fullmatch(period.strip())
    if asked is None:
        folded = period.strip().casefold()
        texts = {row.id: f"{row.period} {row_in('da', row).period}" for row in load_evidence().values()}
        return frozenset(row_id for row_id, text in texts.items() if folded in text.casefold())
    first, last = int(asked[1]), int(asked[2] or asked[1])
    spans = {row.id: row.years for row in load_evidence().values()}
    return frozenset(row_id for row_id, years in spans.items() if years and years[0] <= last and years[1] >= first)


def _ids_saying(text: str) -> frozenset[str]:
    words = text.casefold().split()
    return frozenset(row.id for row in load_evidence().values() if all(word in _said(row) for word in words))


def _said(row: EvidenceRow) -> str:
    return " ".join(str(part) for part in (*row, *row_in("da", row))).casefold()
