"""Which files of a folder are a store's own, by their names, and whether a folder is a store at all.

Synced folders, file managers and people put other files beside them: those are named, and left alone.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from sim.faults import counted, shown_text
from sim.store.faults import StoreError, unusable
from sim.texts import say

PIECES, ASKED, DRAFTS, CATALOGUE = "pieces", "asked", "drafts", "catalogue.sql"
CATALOGUE_BEGINS = "-- Open this folder in DuckDB"
_HEX = "[0-9a-f]"
_OWN = {
    PIECES: re.compile(rf"(?P<two>{_HEX}{{2}})/(?P=two){_HEX}{{30}}\.parquet"),
    ASKED: re.compile(rf"{_HEX}{{32}}\.parquet"),
    DRAFTS: re.compile(rf"({_HEX}{{32}}\.parquet|{re.escape(CATALOGUE)})\.{_HEX}{{16}}"),
}
GLOBS = {PIECES: f"{PIECES}/{_HEX * 2}/{_HEX * 32}.parquet", ASKED: f"{ASKED}/{_HEX * 32}.parquet"}
"""The same for DuckDB."""
_OF_THE_SYSTEM = re.compile(r"\.DS_Store|\._.*|desktop\.ini|Thumbs\.db|\.directory|\.sync.*|\.dropbox.*", re.IGNORECASE)
"""What systems put into an empty folder by themselves."""
_MOST_SHOWN = 10


def own_files(store: Path, part: str) -> Iterator[Path]:
    """Find the files of one part of a store."""
    for path, is_own in _files(store, part):
        if is_own:
            yield path


def foreign_files(store: Path) -> list[Path]:
    """Find what lies among the files of a store and is not its own."""
    return [path.relative_to(store) for part in _OWN for path, is_own in _files(store, part) if not is_own]


def told_foreign(store: Path) -> list[str]:
    """Say what lies among the files of a store and is not its own."""
    found = foreign_files(store)
    if not found:
        return []
    names = ", ".join(repr(shown_text(path.as_posix(), length=90)) for path in found[:_MOST_SHOWN])
    more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    return [f"{store}: {counted(len(found), 'file')} not made by this program left out: {names}{more}."]


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store of results, by its catalogue."""
    try:
        with (folder / CATALOGUE).open("rb") as file:
            return file.read(len(CATALOGUE_BEGINS)) == CATALOGUE_BEGINS.encode()
    except OSError:
        return False


def check_can_be_store(folder: Path) -> None:
    """See that a folder is a store, or can become one without touching what is not ours.

    Parameters
    ----------
    folder : Path
        Any; it need not be there.

    Raises
    ------
    StoreError
        If it has other files, or is none.
    """
    if is_store(folder):
        return
    try:
        others = [path.name for path in sorted(folder.iterdir()) if not _may_stay(path)] if folder.exists() else []
    except OSError as error:
        raise unusable(str(folder), say("allowed.a_folder_that_can_be"), error) from None
    if others:
        names = ", ".join(shown_text(name) for name in others[:3]) + (", ..." if len(others) > 3 else "")
        allowed = say("allowed.a_store_of_results_or")
        raise StoreError(
            str(folder), allowed, say("got.a_folder_with_other", names=names), say("remedy.choose_another_folder")
        )


def _may_stay(path: Path) -> bool:
    """What may lie in a folder before it is a store: nothing of anybody's; or what a killed batch of ours began."""
    if path.name == DRAFTS and path.is_dir():
        return all(is_own for _, is_own in _files(path.parent, DRAFTS))
    return bool(_OF_THE_SYSTEM.fullmatch(path.name))


def _files(store: Path, part: str) -> Iterator[tuple[Path, bool]]:
    """All files of a part, with whether their names are ours."""
    folder = store / part
    found = [Path(root, name) for root, _, names in os.walk(folder) for name in names]
    for path in sorted(found, key=lambda path: (path.name, path)):
        yield path, _OWN[part].fullmatch(path.relative_to(folder).as_posix()) is not None
