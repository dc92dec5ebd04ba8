"""Cells in rows, as they were found in a file, and how many of them are read."""

from typing import NamedTuple

from sim.faults import ScenarioError, one_fault
from sim.personal_numbers import holds_personal_number
from sim.texts import Sayable, say

from .cells import Cell

ERROR_WORDS = frozenset(
    {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
    | {"#REFERENCE!", "#NAVN?", "#VÆRDI!", "#DIVISION/0!", "#I/T", "#NUL!"}
)
"""What spreadsheets show where a formula comes to nothing, in English and Danish."""


class Limits(NamedTuple):
    """How much of a file is read; what has more is left before it takes time or memory.

    Attributes
    ----------
    size_bytes : int
        Of the file.
    rows, columns : int
        That are not empty.
    cells : int
        In all, empty ones of workbooks included.
    unpacked_bytes : int
        Of a workbook.
    """

    size_bytes: int = 20_000_000
    rows: int = 100_000
    columns: int = 500
    cells: int = 2_000_000
    unpacked_bytes: int = 100_000_000


class Grid:
    """The cells of one sheet or file that are not empty, held against the limits as they come."""

    def __init__(self, source: str, limits: Limits, *, title: str = "", is_hidden: bool = False) -> None:
        self.source, self.limits, self.title, self.is_hidden = source, limits, title, is_hidden
        self.rows: dict[int, list[Cell]] = {}
        self.personal: list[tuple[int, int]] = []
        self.hidden_rows: set[int] = set()
        self.has_decimal_comma = False
        self.is_ragged = False
        """Whether rows may lack cells, as in CSV, where what follows may have moved."""
        self.widths: dict[int, int] = {}

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell that is not empty."""
        if column > self.limits.columns:
            raise self.too_much(say("allowed.at_most_columns", n=self.limits.columns), say("remedy.delete_the_others"))
        cells = self.rows.get(row)
        if cells is None:
            if len(self.rows) > self.limits.rows:
                raise self.too_much(say("allowed.at_most_rows", n=self.limits.rows), say("remedy.split_the_table"))
            cells = self.rows[row] = []
        if len(cells) < column:
            cells.extend([""] * (column - len(cells)))
        cells[column - 1] = cell
        if holds_personal_number(cell):
            self.personal.append((row, column))

    def too_much(self, allowed: Sayable, remedy: Sayable) -> ScenarioError:
        """Build the error for a file with more than is read."""
        return one_fault(self.source, allowed, got=say("got.more"), remedy=remedy)
