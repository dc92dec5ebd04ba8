"""What the parameters and numbers of a fit are called, and how their values are written."""

import math

from calibration.by_simulation import Fit, Product, Target
from dashboard.texts import NOTHING, Texts
from sim.scenario import parameter_of

_SHARES = ("share", "probability")
_DIGITS = 3


def parameter_label(path: str, texts: Texts) -> str:
    """Name a parameter.

    Parameters
    ----------
    path : str
        Word of the scenario.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Its label, or the path where it has none.
    """
    parameter = parameter_of(path)
    key = f"parameters.{parameter.id}.label" if parameter else ""
    return texts(key) if key in texts else path


def is_share(path: str) -> bool:
    """Tell whether a parameter is written as per cent.

    Parameters
    ----------
    path : str
        Word of the scenario.

    Returns
    -------
    bool
        Whether the table of parameters says it is a share or a probability.
    """
    parameter = parameter_of(path)
    return parameter is not None and parameter.unit in _SHARES


def write_number(value: float, texts: Texts, *, as_share: bool) -> str:
    """Write a value with as many digits as tell something.

    Parameters
    ----------
    value : float
        Any.
    texts : Texts
        In the reader's language.
    as_share : bool
        Whether it is written as per cent.

    Returns
    -------
    str
        Such as ``43 %`` or ``0,245``.
    """
    if not math.isfinite(value):
        return NOTHING
    if as_share:
        return texts.percent(value, 1 if abs(value) < 0.1 else 0)
    return texts.number(value, _decimals(value))


def write_interval(value: float, interval: tuple[float, float], texts: Texts, *, as_share: bool) -> str:
    """Write a value with its interval in brackets.

    Parameters
    ----------
    value : float
        The value.
    interval : tuple of float
        Its ends.
    texts : Texts
        In the reader's language.
    as_share : bool
        Whether they are written as per cent.

    Returns
    -------
    str
        Such as ``43 % (26 % til 65 %)``.
    """
    low, high = (write_number(end, texts, as_share=as_share) for end in interval)
    return f"{write_number(value, texts, as_share=as_share)} ({texts.interval(low, high)})"


def target_label(target: Target, texts: Texts) -> str:
    """Name an observed number.

    Parameters
    ----------
    target : Target
        The number.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Measure and scope.
    """
    return texts("fit.target", measure=measure_label(target.measure, texts), scope=scope_label(target, texts))


def measure_label(measure: str, texts: Texts) -> str:
    """Name a measure, or give its word where it has no label."""
    key = f"measures.{measure}.label"
    return texts(key) if key in texts else measure


def scope_label(target: Target, texts: Texts) -> str:
    """Name what a number is divided by: a year, a region, a unit, or the whole period."""
    region = f"common.region.{target.key}"
    key = texts(region) if target.by == "region" and region in texts else target.key
    return texts(f"fit.scope.{target.by}", key=key)


def view_label(view: str, texts: Texts) -> str:
    """Name an estimate of need, or give its id where it has no label."""
    key = f"views.{view}.label"
    return texts(key) if key in texts else view


def product_words(product: Product, fit: Fit, texts: Texts) -> str:
    """Write a product of powers of the parameters.

    Parameters
    ----------
    product : Product
        The product.
    fit : Fit
        For the parameters' names.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Powers of 0.8 to 1.2 are written as 1, and those within 0.1 of nothing are left out.
    """
    parts = []
    for one, power in zip(fit.learnt, product.exponents, strict=True):
        label = (
            f"»{parameter_label(one.free.path, texts)}«"
            if texts.language == "da"
            else (f"“{parameter_label(one.free.path, texts)}”")
        )
        if abs(power) >= 0.1:
            parts.append(label if 0.8 <= power <= 1.2 else f"{label}^{texts.number(power, 1)}")
    return " × ".join(parts)


def _decimals(value: float) -> int:
    if value == 0 or float(value).is_integer():
        return 0
    return max(0, _DIGITS - 1 - math.floor(math.log10(abs(value))))
