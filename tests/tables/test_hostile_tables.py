"""Small files made to take much memory are left while they are read: the peak is measured, not the time."""

import tracemalloc
from collections.abc import Callable

import pytest
from made_tables import inline, packed

from sim.faults import ScenarioError
from sim.tables import Limits, sheet_of

MEGABYTE = 1e6
LIMITS = Limits(rows=2_000, columns=200, cells=10_000)


def peak_of(content: bytes, name: str) -> tuple[float, str]:
    """How much memory reading takes at most [MB], and what it says."""
    tracemalloc.start()
    try:
        sheet_of(content, name, LIMITS)
        told = ""
    except ScenarioError as error:
        told = str(error)
    peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    return peak, told


def huge_workbook() -> bytes:
    """Twenty million shared texts in half a megabyte."""
    return packed("", strings=[b"<si/>" * 1_000_000] * 21)


def many_texts() -> bytes:
    return packed("", strings=[b"<si><t>x</t></si>" * 100_000] * 4)


def many_cells() -> bytes:
    return packed("<row>" + "<c/>" * 2_000_000 + "</row>")


def many_rows() -> bytes:
    return packed('<row><c t="b"><v>1</v></c></row>' * 300_000)


def many_columns() -> bytes:
    return b"," * 15_000_000


@pytest.mark.unit
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (huge_workbook, "a workbook of usual size; got a huge one"),
        (many_texts, "at most 10000 cells"),
        (many_cells, "at most 10000 cells"),
        (many_rows, "at most 2000 rows"),
        (many_columns, "at most 200 columns"),
    ],
)
def test_what_is_more_than_a_table_is_left_with_little_memory(make: Callable[[], bytes], message: str) -> None:
    content = make()
    peak, told = peak_of(content, "a.csv" if content[:1] == b"," else "a.xlsx")
    assert message in told
    assert peak < 60


@pytest.mark.unit
def test_a_cell_at_the_far_corner_takes_nothing() -> None:
    rows = f'<row r="1">{inline("A1", "a")}</row><row r="2">{inline("A2", "b")}</row>'
    peak, told = peak_of(packed(rows + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'), "a.xlsx")
    assert (told, peak < 5) == ("", True)
