"""How long: patience while waiting, planned stays, and the time until women leave of their own accord."""

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.special import gammainc, gammaincc, gammaln

from calibration.from_rows.estimates.estimate import LEAST_ROWS, Chance, ParameterEstimate, sampled_estimates
from calibration.from_rows.estimates.importance import Coordinate, Model
from calibration.from_rows.estimates.observed import Times
from calibration.from_rows.referrals import Floats
from calibration.priors.early_leaving import SHAPE_AND_SCALE, leaving_prior, shape_and_scale
from calibration.priors.parameters import parameter_prior

HALF_A_DAY = 0.5
"""Dates know the day, not the hour: a time of d days lies between d - 1/2 and d + 1/2 [days]."""
_TINY = 1e-300


def patience_estimate(waited: Times, chance: Chance, *, width: float = 1.0) -> tuple[ParameterEstimate, ...]:
    """Estimate the mean patience of an exponential distribution: one: the mean [days]."""
    ended, days = int(waited.is_seen.sum()), float(waited.days.sum())

    def evaluate(values: Floats) -> Floats:
        total: Floats = -ended * np.log(values[:, 0]) - days / values[:, 0]
        return total

    prior = parameter_prior("patience_mean", width=width)
    coordinate = Coordinate("waiting.patience_days.exponential.mean", "patience_mean", prior, "log")
    counted = int((waited.days > 0).sum())
    (found,) = sampled_estimates(
        Model((coordinate,), evaluate, 1), chance, n_rows=counted, n_least=min(ended, counted - ended)
    )
    alone = None
    if ended and days and counted >= LEAST_ROWS:
        low, high = stats.chi2.ppf(0.025, 2 * ended) / 2, stats.chi2.ppf(0.975, 2 * ended + 2) / 2
        alone = (days / ended, float(days / high), float(days / low))
    return (found._replace(data=alone),)


def stay_estimates(
    stayed: Times, chance: Chance, *, is_from_birth: bool, width: float = 1.0
) -> tuple[ParameterEstimate, ...]:
    """Estimate the planned stay, a gamma distribution: mean and standard deviation [days]."""
    days, is_seen = np.maximum(stayed.days, HALF_A_DAY), stayed.is_seen

    def evaluate(values: Floats) -> Floats:
        mean, sd = values[:, [0]], values[:, [1]]
        shape, scale = (mean / sd) ** 2, sd**2 / mean
        log_density = (shape - 1) * np.log(days) - days / scale - gammaln(shape) - shape * np.log(scale)
        log_tail = np.log(np.maximum(gammaincc(shape, days / scale), _TINY))
        total: Floats = np.where(is_seen, log_density, log_tail).sum(axis=1)
        return total

    mean = parameter_prior("stay_after_birth" if is_from_birth else "stay_from_admission", width=width)
    coordinates = (
        Coordinate("stay.days.gamma.mean", "stay_mean", mean, "log"),
        Coordinate("stay.days.gamma.sd", "stay_sd", parameter_prior("stay_spread", width=width), "log"),
    )
    n, seen = len(days), int(is_seen.sum())
    return sampled_estimates(Model(coordinates, evaluate, n), chance, n_rows=n, n_least=min(seen, n - seen))


def early_leaving_estimates(lived: Times, chance: Chance, *, width: float = 1.0) -> tuple[ParameterEstimate, ...]:
    """Estimate the Weibull distribution of the days until women leave of their own accord."""
    is_seen, days = lived.is_seen, np.maximum(lived.days, 0.0)
    earliest, latest = np.maximum(days - HALF_A_DAY, 0.0), days + HALF_A_DAY

    def evaluate(values: Floats) -> Floats:
        shape, scale = values[:, [0]], values[:, [1]]
        begin, end, cut_off = ((t / scale) ** shape for t in (earliest, latest, days))
        log_seen = -begin + np.log(np.maximum(-np.expm1(begin - end), _TINY))
        total: Floats = np.where(is_seen, log_seen, -cut_off).sum(axis=1)
        return total

    coordinates = tuple(
        Coordinate(f"stay.early_leaving_days.weibull.{word}", parameter, leaving_prior(parameter, width=width), "log")
        for word, parameter in zip(("shape", "scale"), SHAPE_AND_SCALE, strict=True)
    )
    n, seen = len(days), int(is_seen.sum())
    mixture = tuple((way.weight, way.log_density) for way in shape_and_scale(width=width))
    model = Model(coordinates, evaluate, n, mixture=mixture)
    return sampled_estimates(model, chance, n_rows=n, n_least=min(seen, n - seen))


def gone_by(day: npt.ArrayLike, shape: float | Floats, scale: float | Floats) -> Floats:
    """Share who would have left of their own accord by some days."""
    return -np.expm1(-((np.asarray(day, dtype=np.float64) / scale) ** shape))


def completed_by(day: npt.ArrayLike, mean: float | Floats, sd: float | Floats) -> Floats:
    """Share of planned stays that would be over by some days."""
    shape, scale = (mean / sd) ** 2, sd**2 / mean
    return np.asarray(gammainc(shape, np.asarray(day, dtype=np.float64) / scale), dtype=np.float64)
