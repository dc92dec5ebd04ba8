"""What was learnt as a scenario to run, as a table of scenarios, and as rows to look at."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from calibration.fitted_file import annotated, rounded
from calibration.from_rows.estimates.estimate import PRIOR_ONLY, ParameterEstimate
from calibration.from_rows.estimates.pregnancy import cuts
from calibration.from_rows.fit import Learnt, Left
from calibration.from_rows.suppression import fewer_than_least
from calibration.parts import PARTS
from sim.files import write_rows, write_whole
from sim.scenario import PLACES, Scenario, in_field, with_values

DIGITS = 4
"""Significant digits of a value in a scenario."""
_SHARES_OF_ONE = ("demand.regional_shares.", "demand.household.")
ESTIMATE_COLUMNS = (
    "path",
    "parameter",
    "prior_mean",
    "prior_low",
    "prior_high",
    "data_estimate",
    "data_low",
    "data_high",
    "mean",
    "low",
    "high",
    "learnt_share",
    "rows",
    "method",
    "effective_draws",
    "note",
)
LEFT_AS_IT_WAS = "left as in the scenario"
HARDLY = "hardly learnt: what was assumed still holds"
OUTSIDE = "the data alone point outside what was expected"
"""What is to be known of an estimate whose data have nothing in common with what was believed."""
_LEFT = {
    "asked": LEFT_AS_IT_WAS,
    "undated": f"{LEFT_AS_IT_WAS}: too many days of referral are not known",
}


def scenario_changes(values: Mapping[str, float], scenario: Scenario) -> dict[str, Any]:
    """Put values by path together where words change as one: shares that sum to 1, and distributions."""
    changes: dict[str, Any] = {}
    for path, value in values.items():
        parts = path.split(".")
        if path.startswith(_SHARES_OF_ONE):
            changes.setdefault(".".join(parts[:2]), {})[parts[2]] = value
        elif len(parts) == 4:
            changes.setdefault(".".join(parts[:2]), {parts[2]: {}})[parts[2]][parts[3]] = value
        else:
            changes[path] = value
    for path, change in changes.items():
        if isinstance(change, dict) and "normal" in change:
            low, high = cuts(scenario, path.rpartition(".")[2])
            change["normal"] |= {"low": low, "high": high}
    return changes


def fitted_values(learnt: Learnt) -> dict[str, float]:
    """Take the value of each word that goes into the fitted scenario."""
    values = {path: rounded(_centre(estimate), DIGITS) for path, estimate in learnt.estimates.items()}
    for prefix in _SHARES_OF_ONE:
        group = [path for path in values if path.startswith(prefix)]
        if group:
            largest = max(group, key=values.__getitem__)
            others = sum(values[path] for path in group if path != largest)
            values[largest] = round(1.0 - others, 6)
    return values


def _centre(estimate: ParameterEstimate) -> float:
    if estimate.path.endswith("weibull.scale"):
        return float(np.exp(np.log(estimate.draws).mean()))
    return estimate.mean


def fitted_scenario(scenario: Scenario, learnt: Learnt, *, name: str) -> Scenario:
    """Put what was learnt into a scenario.

    Parameters
    ----------
    scenario : Scenario
        Everything that was not learnt.
    learnt : Learnt
        What was learnt.
    name : str
        Of the fitted scenario.

    Returns
    -------
    Scenario
        Complete and checked; without fields, whose numbers of places belong to the need they were found for.
    """
    changes = scenario_changes(fitted_values(learnt), scenario)
    return with_values(in_field(scenario, PLACES), {"name": name, "title": {}, **changes}, source="fitted values")


def fitted_text(scenario: Scenario, learnt: Learnt, *, about: Iterable[str]) -> str:
    """Write a fitted scenario with where each value comes from.

    Parameters
    ----------
    scenario : Scenario
        From `fitted_scenario`.
    learnt : Learnt
        What was learnt.
    about : iterable of str
        Lines on what it was learnt from.

    Returns
    -------
    str
        YAML 1.2, comments first.
    """
    lines = [*about, "", "Value of each word learnt, its 95 % interval, and the rows of the file it rests on:"]
    for path, value in fitted_values(learnt).items():
        estimate = learnt.estimates[path]
        low, high = (rounded(end, DIGITS) for end in (estimate.low, estimate.high))
        lines.append(f"  {path}: {value:g} ({low:g} to {high:g}), {_rests_on(estimate)}")
        if estimate.is_outside and estimate.data is not None:
            alone, least, most = (rounded(value, DIGITS) for value in estimate.data)
            lines.append(f"    {OUTSIDE}: {alone:g} ({least:g} to {most:g})")
    lines += [f"  {one.path}: {_LEFT[one.reason]}" for one in learnt.left]
    lines.append("Everything else is as in the scenario it was fitted from.")
    return annotated(scenario, lines)


def _rests_on(estimate: ParameterEstimate) -> str:
    if estimate.method == PRIOR_ONLY:
        return "no data: the plausible range stands"
    if fewer_than_least(estimate.n_least):
        return "rows not shown: small numbers"
    return f"{estimate.n_rows} rows"


def save_draws(learnt: Learnt, path: Path, *, n_rows: int) -> None:
    """Write draws as a table of scenarios, one column a word.

    Parameters
    ----------
    learnt : Learnt
        What was learnt.
    path : Path
        CSV file; ``doegnplads batch`` reads it with ``--base`` and the fitted scenario.
    n_rows : int
        How many draws; at most as many as there are.
    """
    columns = {path: estimate.draws[:n_rows] for path, estimate in learnt.estimates.items()}
    titles = _titles(learnt)
    draws = enumerate(zip(*columns.values(), strict=True), start=1)
    rows = ([f"draw-{number}", *titles.values(), *(f"{value:.8g}" for value in values)] for number, values in draws)
    write_rows(path, ["name", *titles, *columns], rows)


def _titles(learnt: Learnt) -> dict[str, str]:
    """What must be known of all draws, as their title, which goes with them wherever they are run."""
    paths = [path for path, estimate in learnt.estimates.items() if estimate.is_outside]
    if not paths:
        return {}
    names = ", ".join(paths)
    return {"title.en": f"Draw; {OUTSIDE}: {names}", "title.da": f"Trækning; data alene peger udenfor: {names}"}


def estimate_rows(learnt: Learnt) -> list[dict[str, Any]]:
    """Write the estimates as plain rows, small numbers suppressed.

    Parameters
    ----------
    learnt : Learnt
        What was learnt.

    Returns
    -------
    list of dict
        With `ESTIMATE_COLUMNS`; None for what is not known or not shown.
    """
    rows = {estimate.path: _estimate_row(estimate) for estimate in learnt.estimates.values()}
    rows |= {one.path: _left_row(one) for one in learnt.left}
    places = {part: place for place, part in enumerate(PARTS)}
    part = dict(learnt.part) | {one.path: one.part for one in learnt.left}
    return sorted(rows.values(), key=lambda row: places[part[row["path"]]])


def _left_row(left: Left) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(ESTIMATE_COLUMNS)
    return row | {"path": left.path, "parameter": left.parameter, "method": LEFT_AS_IT_WAS, "note": _LEFT[left.reason]}


def _estimate_row(estimate: ParameterEstimate) -> dict[str, Any]:
    is_small = estimate.method != PRIOR_ONLY and fewer_than_least(estimate.n_least)
    data = (None,) * 3 if is_small or estimate.data is None else estimate.data
    numbers = (*estimate.prior, *data, estimate.mean, estimate.low, estimate.high, estimate.learnt_share)
    rows = None if is_small or estimate.method == PRIOR_ONLY else estimate.n_rows
    values = (estimate.path, estimate.parameter, *map(_plain, numbers), rows, estimate.method)
    note = OUTSIDE if estimate.is_outside else HARDLY if estimate.is_hardly_learnt else None
    return dict(zip(ESTIMATE_COLUMNS, (*values, round(estimate.effective_draws), note), strict=True))


def _plain(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else rounded(value, DIGITS)


def save_estimates(learnt: Learnt, path: Path) -> None:
    """Write the estimates as CSV, or as JSON if the file is called so.

    Parameters
    ----------
    learnt : Learnt
        What was learnt.
    path : Path
        The file.
    """
    rows = estimate_rows(learnt)
    if path.suffix.lower() == ".json":
        write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    else:
        write_rows(path, ESTIMATE_COLUMNS, (row.values() for row in rows))
