"""Everything of a job as one archive: tables, the scenarios written out, and the store itself."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.scenario import Case, scenario_hash, scenario_text
from sim.store import Store
from sim.store.catalogue import estimates_frame, query
from sim.store.export import export_frame
from sim.texts import Texts

SCOPES = ("all", "region", "year", "pool")
MOST_ROWS = 700_000
"""Longest table that is written out; longer ones are in the store, from which they can be taken [rows]."""

MOST_SHEET_ROWS = 100_000
"""Longest table that is written as a workbook, which takes a computer seconds [rows]."""

_STAMP = (1980, 1, 1, 0, 0, 0)


def export_table(store: Store, by: str, ending: str) -> bytes:
    """Write a table of a store as a file."""
    return _exported(estimates_frame(store, by, differences=True), ending)


def table_rows(store: Store, by: str = "all") -> int:
    """Count the rows of a table without making it."""
    return _lengths(store).get(by, 0)


def write_archive(store: Store, cases: Sequence[Case], texts: Texts, path: Path) -> None:
    """Write everything of a job to one file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, texts("batch.archive.file"), texts("batch.archive.explained").encode())
        for name, scenario in _scenario_files(cases):
            _put(archive, f"scenarios/{name}", scenario)
        for scope, rows in _lengths(store).items():
            if rows > MOST_ROWS:
                continue
            frame = estimates_frame(store, scope, differences=True)
            has_sheet = scope == SCOPES[0] and rows <= MOST_SHEET_ROWS
            for ending in (".csv", ".parquet", *([".xlsx"] if has_sheet else [])):
                _put(archive, f"tables/{scope}{ending}", _exported(frame, ending))
        for file in sorted(store.path.rglob("*")):
            if file.is_file() and file.parent.name != "drafts":
                _put(archive, f"store/{file.relative_to(store.path).as_posix()}", file.read_bytes(), is_packed=True)


def _lengths(store: Store) -> dict[str, int]:
    """Rows of each table."""
    found = query(store, 'SELECT "by", count(*) AS n FROM asked JOIN estimates USING (result) GROUP BY ALL')
    rows = dict(zip(found["by"], found["n"], strict=True))
    return {scope: int(rows[scope]) for scope in SCOPES if scope in rows}


def _scenario_files(cases: Sequence[Case]) -> Iterator[tuple[str, bytes]]:
    """Scenarios written out; the hash tells those of the same name apart."""
    different = {(case.scenario.name, scenario_hash(case.scenario)): case.scenario for case in cases}
    names = Counter(name.casefold() for name, _ in different)  # some disks know no capitals
    for (name, content), scenario in different.items():
        ending = f"-{content}" if names[name.casefold()] > 1 else ""
        yield f"{name}{ending}.yaml", scenario_text(scenario).encode()


def _exported(frame: pd.DataFrame, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="doegnplads-export-") as folder:
        path = Path(folder) / f"table{ending}"
        export_frame(frame, path)
        return path.read_bytes()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, *, is_packed: bool = False) -> None:
    """Add a file that says nothing of when it was made."""
    kind = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    archive.writestr(zipfile.ZipInfo(name, _STAMP), content, kind)
