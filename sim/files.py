"""Files of users: read with a limit, written whole or not at all. The one way in and the one way out.

Takes paths. Gives bytes, or a fault that names the file in plain words. Leaves out what stands in them.
"""

import errno
import os
import secrets
import stat
import unicodedata
from pathlib import Path

from sim.faults import Fault, FileError, shown_text

_REMEDIES = {
    errno.ENOSPC: "Free some space and give the same command again.",
    errno.EDQUOT: "Free some of your quota and give the same command again.",
    errno.EFBIG: "Raise the limit and give the same command again.",
    errno.EROFS: "Choose another folder.",
    errno.EACCES: "Check your rights to it, or choose another folder.",
    errno.EPERM: "Check your rights to it, or choose another folder.",
    errno.ENOTDIR: "Choose a folder, not a file.",
    errno.EEXIST: "Choose a folder, not a file.",
    errno.EISDIR: "Choose a file, not a folder.",
    errno.ENOENT: "Check the path.",
}
_SAVE_IT = "Save it as a file and give its path; <(...) and - give no file."
_REASONS = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the quota is used up"}


def read_file(
    path: Path, *, kind: str, most_bytes: int, remedy: str = "Keep only what is asked for, or split it."
) -> bytes:
    """Read a file.

    Parameters
    ----------
    path : Path
        Its name may be written with whole or taken-apart letters.
    kind : str
        What it should be, such as `a scenario file`.
    most_bytes : int
        Longest that is read [bytes].
    remedy : str
        What to do with a longer one.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    FileError
        If there is none, it cannot be read, is too large, or is a folder, a device or a pipe.
    """
    try:
        file = existing(path)
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            got = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
            raise _wrong(path, kind, got, "Give the path of a file." if stat.S_ISDIR(mode) else _SAVE_IT)
        with file.open("rb") as stream:
            content = stream.read(most_bytes + 1)
    except FileNotFoundError:
        raise _wrong(path, kind, "no such file", "Check the path.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise unusable(path, "a file that can be read", error) from None
    if len(content) > most_bytes:
        allowed = f"a file of at most {most_bytes / 1e6:g} MB"
        raise _wrong(path, allowed, "a larger one", remedy)
    return content


def existing(path: Path) -> Path:
    """Give the path of a file as the disk spells it, where letters are composed in another way there.

    Parameters
    ----------
    path : Path
        As somebody wrote it.

    Returns
    -------
    Path
        The file's, or the same path if there is none.
    """
    if path.exists() or path.parent == path:
        return path
    folder, name = existing(path.parent), unicodedata.normalize("NFC", path.name)
    if name.isascii() or not folder.is_dir():
        return folder / path.name
    same = [entry for entry in folder.iterdir() if unicodedata.normalize("NFC", entry.name) == name]
    return same[0] if same else path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that it is there whole or not at all, whatever happens.

    Parameters
    ----------
    path : Path
        The file; an old one is replaced, its folder is made. Into a device or pipe it is written as it comes.
    content : bytes or str
        All of it; text as UTF-8, with its own line ends.

    Raises
    ------
    FileError
        If the disk is full or the folder cannot be written. Nothing is left of the draft then.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()
        draft = target.with_name(f".doegnplads-{secrets.token_hex(8)}")
        try:
            _write_draft(draft, data)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unusable(path, "a file that can be written, with room for it", error) from None


def unusable(path: Path, allowed: str, error: Exception) -> FileError:
    """Say in plain words what the file system refused.

    Parameters
    ----------
    path : Path
        The file or folder.
    allowed : str
        What must be true.
    error : Exception
        What it answered.

    Returns
    -------
    FileError
        To be raised.
    """
    number = getattr(error, "errno", None) or 0
    got = _REASONS.get(number) or (getattr(error, "strerror", None) or str(error)).lower()
    return _wrong(path, allowed, got, _REMEDIES.get(number, "Check the path and the disk."))


def _write_draft(draft: Path, data: bytes) -> None:
    with draft.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _wrong(path: Path, allowed: str, got: str, remedy: str) -> FileError:
    name = str(path) if str(path).startswith(("/dev/", "/proc/")) else path.name or str(path)
    return FileError([Fault(shown_text(name), None, "", allowed, got, remedy)])
