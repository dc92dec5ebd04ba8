"""The one reader of tables: CSV and Excel, as people, programs and spreadsheets write them.

Takes a file, or its bytes. Gives rows of cells under their columns, numbered as a spreadsheet shows them, and reads
numbers, dates and weeks in cells, one way for every door. Refuses the whole file if anything in it looks like a
personal number, and what is more than a table before it takes memory. Leaves out which columns there are and what they
mean: each door says that.
"""

from .cells import Cell, CellFault, text_of, unlike
from .dates import month_first, read_date, read_weeks
from .grids import Limits
from .guarding import REFUSED
from .headings import Columns, bare_heading, find_columns, plain_word, refuse_title
from .kinds import OTHER_ENDINGS, WORKBOOK_ENDINGS
from .numbers import Marks, decimal_marks, number_in, read_number, whole_if_whole
from .sheet import Row, Sheet, read_sheet, refuse_faulty, sheet_of

__all__ = [
    "OTHER_ENDINGS",
    "REFUSED",
    "WORKBOOK_ENDINGS",
    "Cell",
    "CellFault",
    "Columns",
    "Limits",
    "Marks",
    "Row",
    "Sheet",
    "bare_heading",
    "decimal_marks",
    "find_columns",
    "month_first",
    "number_in",
    "plain_word",
    "read_date",
    "read_number",
    "read_sheet",
    "read_weeks",
    "refuse_faulty",
    "refuse_title",
    "sheet_of",
    "text_of",
    "unlike",
    "whole_if_whole",
]
