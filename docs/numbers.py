"""The numbers of docs/assumptions.md, from the table of parameters: ``python -m docs.numbers`` writes them."""

import re
from pathlib import Path

from sim.scenario import load_parameters

PAGE = Path(__file__).with_name("assumptions.md")
_ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|[^|]*\|", re.MULTILINE)


def with_numbers(page: str) -> str:
    """Write default and plausible range into every row of a page that begins with a parameter."""
    return _ROW.sub(_row, page)


def _row(found: re.Match[str]) -> str:
    row = load_parameters()[found[1]]
    span = "" if row.low is None else f" {row.low:.10g} to {row.high:.10g}"
    return f"| `{row.id}` | {row.default:.10g} |{span} |"


if __name__ == "__main__":
    PAGE.write_text(with_numbers(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
