"""Writing files of a store whole or not at all.

A draft is made in the store and locked while it is written. Whoever finds one that nobody holds knows that its writer
was killed.
"""

import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sim.files import write_draft
from sim.store.faults import unusable
from sim.store.own_files import DRAFTS, own_files
from sim.texts import say

if sys.platform != "win32":
    import fcntl

_ATTEMPTS = 5
_OLD_SECONDS = 3600.0
"""Where files cannot be locked, a draft as old as this is taken to be left behind."""


def write_whole(path: Path, content: bytes, *, store: Path) -> None:
    """Write a file of a store so that it is there whole or not at all, whatever happens."""
    try:
        _make_folder(store / DRAFTS, up_to=store)
        _make_folder(path.parent, up_to=store)
        for attempt in range(_ATTEMPTS):
            try:
                draft = store / DRAFTS / f"{path.name}.{secrets.token_hex(8)}"
                write_draft(draft, path, content, hold=_lock)
                _settle(path.parent)
                return
            except (FileNotFoundError, BlockingIOError):  # taken for left behind in the moment before it was locked
                if attempt == _ATTEMPTS - 1:
                    raise
    except OSError as error:
        where = f"{store}, {path.name}"
        raise unusable(where, say("allowed.a_folder_that_can_be"), error) from None


def left_drafts(store: Path) -> Iterator[Path]:
    """Find the drafts of writers that were killed."""
    for draft in own_files(store, DRAFTS):
        try:
            with draft.open("rb") as file:
                if _lock(file.fileno()) or _is_old(draft):
                    yield draft
        except OSError:
            continue  # its writer has just finished, or still holds it


def _lock(descriptor: int) -> bool:
    """Hold a file until it is closed; tell whether this disk and system can."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True


def _is_old(draft: Path) -> bool:
    return time.time() - draft.stat().st_mtime > _OLD_SECONDS


def _make_folder(folder: Path, *, up_to: Path) -> None:
    if folder.is_dir():
        return
    if folder != up_to:
        _make_folder(folder.parent, up_to=up_to)
        folder.mkdir(exist_ok=True)
    else:
        folder.mkdir(parents=True, exist_ok=True)
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network disks cannot; the file itself is safe
    finally:
        os.close(descriptor)
