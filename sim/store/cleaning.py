"""Cleaning a store: drafts left behind, damaged files, results of other versions."""

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from sim.store.asked import asked_files, current_rules
from sim.store.faults import StoreError, unusable
from sim.store.piece import read_piece
from sim.store.writing import left_drafts

if TYPE_CHECKING:
    from sim.store.store import Store


def clean(store: "Store", *, old: bool, is_dry: bool) -> dict[str, list[str]]:
    """Remove what is of no use from a store.

    Parameters
    ----------
    store : Store
        The store.
    old : bool
        Whether to remove results of other versions of the rules or measures as well.
    is_dry : bool
        Whether only to say what would be removed.

    Returns
    -------
    dict of str to list of str
        Names of files: ``drafts``, ``damaged``, ``old``.
    """
    found: dict[str, list[Path]] = {"drafts": list(left_drafts(store.path)), "damaged": [], "old": []}
    for path in store.pieces():
        try:
            about, _ = read_piece(path, path.name)
        except StoreError:
            found["damaged"].append(path)
            continue
        if old and f"{about['versions']['rules']}-{about['versions']['measures']}" != current_rules():
            found["old"].append(path)
    for path in asked_files(store.path):
        rules = _rules_of_list(path)
        if rules is None:
            found["damaged"].append(path)
        elif old and current_rules() not in rules:
            found["old"].append(path)
    if not is_dry:
        _remove([path for paths in found.values() for path in paths])
    return {kind: [path.name for path in paths] for kind, paths in found.items()}


def _rules_of_list(path: Path) -> set[str] | None:
    try:
        table = pq.read_table(pa.BufferReader(path.read_bytes()), page_checksum_verification=True)
        return set(table["rules"].to_pylist())
    except (pa.ArrowException, OSError, KeyError):
        return None


def _remove(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unusable(str(path), "a file that can be removed", error) from None
