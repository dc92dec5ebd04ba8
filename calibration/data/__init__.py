"""Tables of the registry; README.md says what they hold and where it comes from."""

import csv
import io
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=16)
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Read one table."""
    text = (resources.files("calibration.data") / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))
