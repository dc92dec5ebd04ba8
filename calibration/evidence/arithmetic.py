"""Arithmetic from the rows to a default, written so that it can be checked.

An expression holds numbers, ids of rows (their value; ``id.low`` and ``id.high`` are their range), ``+ - * / **``,
and the functions of `FUNCTIONS`. It is read as a tree and worked out node by node; nothing in it is executed.
"""

import ast
import operator
import statistics
from collections.abc import Callable, Mapping

import numpy as np

from calibration.evidence.rows import load_evidence
from calibration.statements import fit_statement
from sim.geography import load_municipalities
from sim.scenario import Weibull, load_parameters
from sim.texts import say

_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def _women_share(region: str) -> float:
    """Share of the country's women aged 15-49 who live in a region of today's five."""
    municipalities = load_municipalities()
    is_there = np.array(municipalities.region("five")) == region
    return float(municipalities.women[is_there].sum() / municipalities.women.sum())


def _weibull(*numbers: float) -> Weibull:
    """The Weibull with two stated shares gone: share, day, share, day."""
    found = fit_statement("weibull", [(numbers[0], numbers[1]), (numbers[2], numbers[3])]).distribution
    if not isinstance(found, Weibull):
        raise TypeError(f"a Weibull; got {found!r}.")
    return found


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "median": lambda *numbers: statistics.median(numbers),
    "parameter": lambda name: load_parameters()[name].default,
    "weibull_scale": lambda *numbers: _weibull(*numbers).scale,
    "weibull_shape": lambda *numbers: _weibull(*numbers).shape,
    "women_share": _women_share,
}
"""What an expression may call. Not to be changed."""


def evaluate(expression: str) -> float:
    """Work out an expression, such as ``(need_dr_2023_70_80.low + need_dr_2023_70_80.high) / 2``."""
    value = _value(ast.parse(expression, mode="eval").body)
    if not isinstance(value, float):
        raise _not_arithmetic(expression)
    return value


def _value(node: ast.expr) -> float | str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return _number(name, "value")
        case ast.Attribute(value=ast.Name(id=name), attr=part):
            return _number(name, part)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](float(_value(left)), float(_value(right)))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return float(FUNCTIONS[name](*map(_value, arguments)))
        case _:
            raise _not_arithmetic(ast.unparse(node))


def _number(row_id: str, part: str) -> float:
    rows = load_evidence()
    number = getattr(rows[row_id], part) if row_id in rows and part in ("value", "low", "high") else None
    if number is None:
        raise ValueError(f"expression: a number of a row; got {row_id}.{part}. Name a row that has one.")
    return float(number)


def _not_arithmetic(text: str) -> ValueError:
    allowed = say("allowed.numbers_ids_of_rows", known=", ".join(sorted(FUNCTIONS)))
    return ValueError(f"expression: {allowed}; got {text}. Write it with these.")
