"""Where each default comes from: the rows, and the arithmetic from them; or the word assumption."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from calibration.data import read_table
from calibration.evidence.arithmetic import evaluate
from sim.scenario import Parameter, load_parameters

Basis = Literal["evidence", "outside", "assumption"]
ENDS = ("default", "low", "high")
"""The three numbers of a parameter."""


class ParameterSource(NamedTuple):
    """A parameter and what it rests on.

    Attributes
    ----------
    parameter : Parameter
        Default, range, strength and why.
    basis : {"evidence", "outside", "assumption"}
        ``evidence``: worked out from rows of the registry; ``outside``: from the source named, which is not in the
        registry; ``assumption``: our judgement, even where numbers bound it.
    used : tuple of str
        Ids of rows that the default or its range was worked out from or bounded by. It may never be checked against
        these.
    see_also : tuple of str
        Ids of other rows about the same thing.
    expressions : mapping of str to str
        Arithmetic to ``default``, ``low`` and ``high``, where there is any; see `calibration.evidence.arithmetic`.
    tolerance : float
        How far the default may stand from it: defaults are rounded.
    arithmetic : mapping of str to str
        The same in words, by language.
    meaning_da : str
        What the parameter is, in Danish.
    """

    parameter: Parameter
    basis: Basis
    used: tuple[str, ...]
    see_also: tuple[str, ...]
    expressions: Mapping[str, str]
    tolerance: float
    arithmetic: Mapping[str, str]
    meaning_da: str

    def computed(self, end: str) -> float | None:
        """Work out one of the three numbers from the rows.

        Parameters
        ----------
        end : {"default", "low", "high"}
            Which.

        Returns
        -------
        float or None
            In the parameter's unit; None where there is no arithmetic to it.
        """
        return evaluate(self.expressions[end]) if end in self.expressions else None


@lru_cache(maxsize=1)
def load_parameter_sources() -> Mapping[str, ParameterSource]:
    """Load what each parameter rests on.

    Returns
    -------
    mapping of str to ParameterSource
        By the parameter's id, in the order of the table of parameters. Not to be changed.
    """
    parameters = load_parameters()
    rows = {row["parameter"]: row for row in read_table("parameter_sources")}
    return {name: _source(parameter, rows[name]) for name, parameter in parameters.items()}


def _source(parameter: Parameter, row: Mapping[str, str]) -> ParameterSource:
    basis: Basis = row["basis"]  # type: ignore[assignment]  # a test goes through all of them
    return ParameterSource(
        parameter=parameter,
        basis=basis,
        used=tuple(row["evidence"].split()),
        see_also=tuple(row["see_also"].split()),
        expressions={end: row[end] for end in ENDS if row[end]},
        tolerance=float(row["tolerance"] or 0),
        arithmetic={"en": row["arithmetic"], "da": row["arithmetic_da"]},
        meaning_da=row["meaning_da"],
    )
