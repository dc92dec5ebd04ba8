"""What the parameters and numbers of a fit are called, and how their values are written."""

import math

from calibration.from_totals import Fit, Product, Target
from dashboard.say.measure_words import measure_label
from sim.scenario import parameter_of
from sim.texts import NOTHING, Texts

_SHARES = ("share", "probability")
_DIGITS = 3


def parameter_label(path: str, texts: Texts) -> str:
    """Name a word of the scenario, or give it as it is where it has no label."""
    parameter = parameter_of(path)
    key = f"parameters.{parameter.id}.label" if parameter else ""
    return texts(key) if key in texts else path


def is_share(path: str) -> bool:
    """Tell whether a word of the scenario is written as per cent."""
    parameter = parameter_of(path)
    return parameter is not None and parameter.unit in _SHARES


def write_number(value: float, texts: Texts, *, as_share: bool) -> str:
    """Write a value with as many digits as tell something."""
    if not math.isfinite(value):
        return NOTHING
    if as_share:
        return texts.percent(value, 1 if abs(value) < 0.1 else 0)
    return texts.number(value, _decimals(value))


def write_interval(value: float, interval: tuple[float, float], texts: Texts, *, as_share: bool) -> str:
    """Write a value with its interval in brackets, such as ``43 % (26 % til 65 %)``."""
    low, high = (write_number(end, texts, as_share=as_share) for end in interval)
    return f"{write_number(value, texts, as_share=as_share)} ({texts.interval(low, high)})"


def target_label(target: Target, texts: Texts) -> str:
    """Name an observed number by measure and scope."""
    return texts("fit.target", measure=measure_label(target.measure, texts), scope=scope_label(target, texts))


def scope_label(target: Target, texts: Texts) -> str:
    """Name what a number is divided by: a year, a region, a unit, or the whole period."""
    region = f"common.region.{target.key}"
    key = texts(region) if target.by == "region" and region in texts else target.key
    return texts(f"fit.scope.{target.by}", key=key)


def product_words(product: Product, fit: Fit, texts: Texts) -> str:
    """Write a product of powers; those of 0.8 to 1.2 stand as 1, those within 0.1 of nothing are left out."""
    left, right = "»«" if texts.language == "da" else "“”"
    parts = []
    for one, power in zip(fit.learnt, product.exponents, strict=True):
        label = f"{left}{parameter_label(one.free.path, texts)}{right}"
        if abs(power) >= 0.1:
            parts.append(label if 0.8 <= power <= 1.2 else f"{label}^{texts.number(power, 1)}")
    return " × ".join(parts)


def _decimals(value: float) -> int:
    if value == 0 or float(value).is_integer():
        return 0
    return max(0, _DIGITS - 1 - math.floor(math.log10(abs(value))))
