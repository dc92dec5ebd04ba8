"""Files of users: read with a limit, written whole or not at all. The one way in and the one way out.

Takes paths. Gives bytes, or a fault that names the file in plain words. Leaves out what stands in them.
"""

import csv
import errno
import io
import os
import secrets
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from sim.faults import Fault, FileError, shown_text
from sim.texts import Sayable, say

_REMEDIES = {
    errno.ENOSPC: say("remedy.free_some_space"),
    errno.EDQUOT: say("remedy.free_some_of_your_quota"),
    errno.EFBIG: say("remedy.raise_the_limit"),
    errno.EROFS: say("remedy.choose_another_folder"),
    errno.EACCES: say("remedy.check_your_rights"),
    errno.EPERM: say("remedy.check_your_rights"),
    errno.ENOTDIR: say("remedy.choose_a_folder"),
    errno.EEXIST: say("remedy.choose_a_folder"),
    errno.EISDIR: say("remedy.choose_a_file"),
    errno.ENOENT: say("remedy.check_the_path"),
}
_SAVE_IT = say("remedy.save_it_as_a_file")
_REASONS = {errno.ENOSPC: say("got.the_disk_is_full"), errno.EDQUOT: say("got.the_quota_is_used_up")}

_LONGEST_PATH = 240
_SPLIT = say("remedy.keep_only_what_is")
_DEVICES = {"aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def read_file(path: Path, *, kind: Sayable, most_bytes: int, remedy: Sayable = _SPLIT) -> bytes:
    """Read a file."""
    try:
        file = existing(path)
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            got = say("got.a_folder") if stat.S_ISDIR(mode) else say("got.a_device_or_pipe")
            raise _wrong(path, kind, got, say("remedy.give_the_path") if stat.S_ISDIR(mode) else _SAVE_IT)
        with file.open("rb") as stream:
            content = stream.read(most_bytes + 1)
    except FileNotFoundError:
        raise _wrong(path, kind, say("got.no_such_file"), say("remedy.check_the_path")) from None
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise unusable(Path(path.name), say("allowed.a_file_that"), error) from None
    if len(content) > most_bytes:
        allowed = say("allowed.a_file_of_at_most", n=most_bytes / 1e6)
        raise _wrong(path, allowed, say("got.a_larger_one"), remedy)
    return content


def existing(path: Path) -> Path:
    """Give the path of a file as the disk spells it, where letters are composed in another way there."""
    if path.exists() or path.parent == path:
        return path
    folder, name = existing(path.parent), unicodedata.normalize("NFC", path.name)
    if name.isascii() or not folder.is_dir():
        return folder / path.name
    same = [entry for entry in folder.iterdir() if unicodedata.normalize("NFC", entry.name) == name]
    return same[0] if same else path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that it is there whole or not at all, whatever happens."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            target = path.resolve()
            write_draft(target.with_name(_draft_name()), target, data)
    except OSError as error:
        raise unusable(path, say("allowed.a_file_that_can_be"), error) from None


def write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a CSV file for programs, with commas and decimal points, whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if value != value else value for value in row] for row in rows)  # noqa: PLR0124 - not a number
    write_whole(path, text.getvalue())


def write_draft(draft: Path, target: Path, data: bytes, *, hold: Callable[[int], object] = lambda _: None) -> None:
    """Write a draft, make it safe on the disk, and only then give it its name."""
    try:
        with draft.open("xb") as file:
            hold(file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            if sys.platform != "win32":
                draft.replace(target)
        if sys.platform == "win32":  # an open file cannot be given another name there
            draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def check_writable(folder: Path) -> None:
    """See before the work is done that files can be written to a folder; it is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / _draft_name()
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise unusable(folder, say("allowed.a_folder_that_can"), error) from None


def safe_name(name: str) -> str:
    """Make the name of a scenario one that every system takes for a file."""
    first, *rest = name.split(".")
    kept = ".".join([f"{first}_" if first.casefold() in _DEVICES else first, *rest])
    return f"{kept[:-1]}_" if kept.endswith(".") else kept


def unusable(path: Path, allowed: Sayable, error: Exception) -> FileError:
    """Say in plain words what the file system refused."""
    number = getattr(error, "errno", None) or 0
    got = _REASONS.get(number) or (getattr(error, "strerror", None) or str(error)).lower()
    where = shown_text(str(path), length=_LONGEST_PATH)
    return FileError(
        [Fault(where, None, "", allowed, got, _REMEDIES.get(number, say("remedy.check_the_path_and_disk")))]
    )


def _draft_name() -> str:
    return f".doegnplads-{secrets.token_hex(8)}"


def _wrong(path: Path, allowed: Sayable, got: Sayable, remedy: Sayable) -> FileError:
    name = str(path) if str(path).startswith(("/dev/", "/proc/")) else path.name or str(path)
    return FileError([Fault(shown_text(name), None, "", allowed, got, remedy)])
