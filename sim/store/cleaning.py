"""Cleaning a store: drafts left behind, damaged files, results of other versions, scenarios that are not wanted.

Only files with names of the store's own making are ever removed, and only from a store.
"""

from pathlib import Path

from sim.faults import did_you_mean
from sim.store.asked import Asked, current_rules, read_list, write_asked
from sim.store.catalogue import all_asked, fitting
from sim.store.faults import StoreError, unusable
from sim.store.own_files import ASKED, CATALOGUE, is_store, own_files
from sim.store.piece import read_piece
from sim.store.store import Store
from sim.store.writing import left_drafts
from sim.texts import say


def clean(store: Store, *, old: bool = False, is_dry: bool = False) -> dict[str, list[str]]:
    """Remove drafts of killed writers, damaged files and, if asked, results of other versions; give their names."""
    _check_is_store(store.path)
    found: dict[str, list[Path]] = {"drafts": list(left_drafts(store.path)), "damaged": [], "old": []}
    for path in store.pieces():
        try:
            about, _ = read_piece(path, path.name)
        except StoreError:
            found["damaged"].append(path)
            continue
        if old and f"{about['versions']['rules']}-{about['versions']['measures']}" != current_rules():
            found["old"].append(path)
    for path in own_files(store.path, ASKED):
        try:
            lines = read_list(path)
        except StoreError:
            found["damaged"].append(path)
            continue
        if old and all(line.rules != current_rules() for line in lines):
            found["old"].append(path)
    if not is_dry:
        _remove([path for paths in found.values() for path in paths])
    return {kind: [path.name for path in paths] for kind, paths in found.items()}


def forget(store: Store, name: str, *, older: bool = False, is_dry: bool = False) -> list[Asked]:
    """Remove a scenario, by name or the first digits of a hash, and the results that no other name shares."""
    _check_is_store(store.path)
    lines, _ = all_asked(store)
    chosen = fitting(lines, name)
    if not chosen:
        remedy = did_you_mean(name, [line.name for line in lines], say("remedy.doegnplads_results_list_old"))
        raise StoreError(str(store.path), say("allowed.a_scenario_of_this"), repr(name), remedy)
    if older:
        newest = max(chosen, key=lambda line: lines[line])
        chosen = [line for line in chosen if line.result != newest.result]
    if not is_dry:
        _strike(store.path, set(chosen))
        left = {line.result for line in lines if line not in chosen}
        _remove([store.piece_path(line.result) for line in chosen if line.result not in left])
    return chosen


def _strike(store: Path, chosen: set[Asked]) -> None:
    """Take lines out of the lists, which keep their times."""
    for path in own_files(store, ASKED):
        try:
            lines = read_list(path)
        except StoreError:
            continue  # damaged: clean removes it
        kept = [line for line in lines if line not in chosen]
        if len(kept) < len(lines):
            write_asked(kept, store, when=path.stat().st_mtime)
            _remove([path])


def _check_is_store(folder: Path) -> None:
    if not is_store(folder):
        got = say("got.a_folder_without_one") if folder.is_dir() else say("got.no_such_folder")
        raise StoreError(
            str(folder),
            say("allowed.a_store_of_results_with", catalogue=CATALOGUE),
            got,
            say("remedy.name_the_folder_of"),
        )


def _remove(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unusable(str(path), say("allowed.a_file_that_can_be_removed"), error) from None
