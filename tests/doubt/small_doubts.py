"""A scenario small enough to be explored in a test, and functions whose shares of variance are published."""

import numpy as np
import numpy.typing as npt

from sim.scenario import Scenario, read_scenario

Floats = npt.NDArray[np.float64]

SMALL = """
name: small
horizon_years: 2
demand: {need_per_year: 40}
designs:
  - {name: few, kind: national, sites: [AAR], places: 4}
  - {name: many, kind: national, sites: [AAR], places: 8}
  - {name: elsewhere, kind: external}
"""
TWO = "doubt: {parameters: {acceptance.base: plausible, demand.found_share: {uniform: {low: 0.5, high: 1}}}}\n"


def small(doubt: str = TWO) -> Scenario:
    return read_scenario(SMALL + doubt)


def ishigami(u: Floats) -> Floats:
    """Ishigami and Homma (1990), with 7 and 0.1."""
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)

SOBOL_G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])


def sobol_g(u: Floats) -> Floats:
    """Saltelli and Sobol (1995)."""
    return np.prod((np.abs(4 * u - 2) + SOBOL_G) / (1 + SOBOL_G), axis=1)


def sobol_g_shares() -> tuple[Floats, Floats]:
    """First-order and total shares, by their formulas."""
    own = 1 / 3 / (1 + SOBOL_G) ** 2
    whole = np.prod(1 + own) - 1
    return own / whole, own * np.prod(1 + own) / (1 + own) / whole
