"""Published numbers beside what the model predicts: inside or outside, and how far out."""

from collections.abc import Collection
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from calibration.checks.prediction import Prediction, Progress, predict_counts
from calibration.checks.series import Check, load_checks
from calibration.evidence import load_evidence, same_women
from calibration.faults import CalibrationError, fault, unknown
from calibration.priors.today import PRIOR_PATHS, draw_priors
from sim.faults import Fault
from sim.texts import say

Ints = npt.NDArray[np.int64]
Verdict = Literal["inside_50", "inside_90", "outside", "bound_kept", "bound_broken", "refused"]

LEAST_TAIL = 0.05
"""A bound is broken when fewer predictions than this share keep to it."""

OWN_DATA = "own-data"
"""What draws were fitted to when it is nothing of the registry."""


class Checked(NamedTuple):
    """A published number beside its prediction.

    Attributes
    ----------
    check : Check
        What is compared.
    verdict : str
        ``inside_50``, ``inside_90`` or ``outside`` the band; ``bound_kept`` or ``bound_broken``; or ``refused``.
    median : float
        Of the predictions [women]; not a number if refused, as are the four that follow.
    low_50, high_50, low_90, high_90 : float
        Ends of the bands that hold 50 and 90 % of the predictions.
    tail_probability : float
        Share of the predictions at or beyond the number, on the side where fewer are; of a bound, the share that keeps
        to it.
    opened : tuple of str
        Parameters whose range was set aside, since it was made from this number.
    from_draws : tuple of str
        Parameters whose range was made from this number, but whose values come from the draws that were given.
    refused_for : tuple of str
        Parameters, or rows the draws were fitted to, because of which the check is refused.
    """

    check: Check
    verdict: Verdict
    median: float = np.nan
    low_50: float = np.nan
    high_50: float = np.nan
    low_90: float = np.nan
    high_90: float = np.nan
    tail_probability: float = np.nan
    opened: tuple[str, ...] = ()
    from_draws: tuple[str, ...] = ()
    refused_for: tuple[str, ...] = ()


class Checks(NamedTuple):
    """All published numbers beside their predictions.

    Attributes
    ----------
    rows : tuple of Checked
        In the order of the table of checks.
    n_draws : int
        How many pasts were played.
    fitted_to : tuple of str
        What the draws were fitted to; empty if they come from stated ranges.
    given : tuple of str
        Ids of the parameters whose values come from the draws that were given.
    """

    rows: tuple[Checked, ...]
    n_draws: int
    fitted_to: tuple[str, ...]
    given: tuple[str, ...]


def run_checks(
    n_draws: int,
    *,
    seed: int = 20_270_101,
    posterior: pd.DataFrame | None = None,
    fitted_to: Collection[str] = (),
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> Checks:
    """Hold the model against the published numbers.

    Parameters
    ----------
    n_draws : int
        How many pasts to play.
    seed : int
        Where the random numbers begin.
    posterior : pandas.DataFrame, optional
        Draws of parameters from a fit, one column a path of a scenario. The columns of `PRIOR_PATHS` are used: no other
        decides who is admitted today. What they do not say is drawn from its stated range.
    fitted_to : collection of str
        Ids of the rows that the draws were fitted to, or `OWN_DATA`; needed with `posterior`.
    cores : int, optional
        How many pasts are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called with the draws done and how many there are.

    Returns
    -------
    Checks
        With a refused check wherever the comparison would run in a circle.

    Raises
    ------
    CalibrationError
        If it is not said what the draws were fitted to, or that is no row of the registry, or no column of the draws
        can be used.
    ScenarioError
        If a value of the draws is impossible.
    """
    _check_fitted_to(posterior, fitted_to)
    opened = {name for check in load_checks() for name in check.opened}
    draws = draw_priors(n_draws, seed=seed, opened=opened)
    given: tuple[str, ...] = ()
    if posterior is not None:
        given = tuple(name for name, path in PRIOR_PATHS.items() if path in posterior.columns)
        draws = _with_posterior(draws, posterior[[PRIOR_PATHS[name] for name in given]], seed=seed)
    prediction = predict_counts(draws, seed=seed, cores=cores, on_progress=on_progress)
    rows = tuple(judge_check(check, prediction, given=given, fitted_to=fitted_to) for check in load_checks())
    return Checks(rows, n_draws, tuple(fitted_to), given)


def _with_posterior(draws: pd.DataFrame, posterior: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    chosen = np.random.default_rng(seed).integers(len(posterior), size=len(draws))
    rows = posterior.iloc[chosen].reset_index(drop=True)
    return draws.assign(**{str(path): rows[path] for path in rows.columns})


def judge_check(
    check: Check, prediction: Prediction, *, given: Collection[str] = (), fitted_to: Collection[str] = ()
) -> Checked:
    """Hold one published number against a prediction; refused where that would run in a circle."""
    shared = {row_id for row_id in fitted_to if row_id != OWN_DATA for of in check.rows if row_id in same_women(of)}
    barred = tuple(name for name in check.barred_by if name not in given)
    if shared or barred:
        return Checked(check, "refused", refused_for=(*barred, *sorted(shared)))
    counts = prediction.between(check.step, check.from_year, check.to_year)
    found = Checked(
        check,
        "outside",
        **_bands(counts),
        opened=tuple(name for name in check.opened if name not in given),
        from_draws=tuple(name for name in check.circular if name in given),
    )
    at_most, at_least = float(np.mean(counts <= check.observed)), float(np.mean(counts >= check.observed))
    if check.comparison == "at_most":
        verdict: Verdict = "bound_kept" if at_most >= LEAST_TAIL else "bound_broken"
        return found._replace(verdict=verdict, tail_probability=at_most)
    return found._replace(verdict=_place(found), tail_probability=min(at_most, at_least))


def _bands(counts: Ints) -> dict[str, Any]:
    """Quantiles of whole women: each is one that was predicted."""
    names = ("low_90", "low_50", "median", "high_50", "high_90")
    found = np.quantile(counts, (0.05, 0.25, 0.5, 0.75, 0.95), method="inverted_cdf").tolist()
    return dict(zip(names, map(float, found), strict=True))


def _place(found: Checked) -> Verdict:
    if found.low_50 <= found.check.observed <= found.high_50:
        return "inside_50"
    return "inside_90" if found.low_90 <= found.check.observed <= found.high_90 else "outside"


def _check_fitted_to(posterior: pd.DataFrame | None, fitted_to: Collection[str]) -> None:
    faults: list[Fault] = []
    if posterior is not None and not fitted_to:
        remedy = say("remedy.name_the_rows_or", own_data=OWN_DATA)
        faults.append(fault("fitted_to", say("allowed.ids_of_the_rows"), got=None, remedy=remedy))
    if posterior is not None and not len(posterior):
        faults.append(
            fault(
                "posterior",
                say("allowed.at_least_one_draw"),
                got=say("got.none"),
                remedy=say("remedy.check_the_file"),
            )
        )
    if posterior is not None and not set(posterior.columns) & set(PRIOR_PATHS.values()):
        got = ", ".join(map(str, posterior.columns)) or say("got.no_columns")
        allowed = say(
            "allowed.a_column_of", name="of a parameter that decides who is admitted today, such as acceptance.base"
        )
        faults.append(fault("posterior", allowed, got=got, remedy=say("remedy.name_the_columns_by")))
    for row_id in fitted_to:
        if row_id not in load_evidence() and row_id != OWN_DATA:
            known = (OWN_DATA, *load_evidence())
            listed = "See doegnplads evidence --funnel."
            faults += unknown("fitted_to", row_id, known, noun="the id of a row", listed=listed).faults
    if faults:
        raise CalibrationError(faults)
