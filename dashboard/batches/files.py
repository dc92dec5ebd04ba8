"""Files of a session: what has been uploaded or written, by name, within bounds.

Takes bytes of whatever a stranger sends. Gives plain files under plain names. An archive is unpacked; nothing of it can
lie outside the folder it is written to.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from dashboard.ask.file_names import one_spelling, personal_faults
from sim.batch.finding import SCENARIO_ENDINGS
from sim.batch.tables import ENDINGS as TABLE_ENDINGS
from sim.faults import shown_text, shown_words
from sim.files import write_whole
from sim.scenario import Fault
from sim.texts import Sayable, say

MOST_FILES = 200
MOST_BYTES = 20_000_000
"""All files of a session together, unpacked [bytes]."""

ARCHIVE = ".zip"
KNOWN_ENDINGS = (*SCENARIO_ENDINGS, *TABLE_ENDINGS)
_TEXT_ENDINGS = (*SCENARIO_ENDINGS, ".csv")
_LONGEST_NAME = 150
"""So short that every system can write it [bytes]."""
_DEEPEST = 6
_ENCRYPTED = 0x1


class Files(NamedTuple):
    """What there is to be run."""

    contents: Mapping[str, bytes] = MappingProxyType({})

    @property
    def n_bytes(self) -> int:
        """Size of all together [bytes]."""
        return sum(map(len, self.contents.values()))

    def without(self, name: str) -> "Files":
        """Take a file away."""
        return Files({other: content for other, content in self.contents.items() if other != name})


def add_file(files: Files, name: str, content: bytes) -> tuple[Files, tuple[Fault, ...]]:
    """Add what was uploaded or written."""
    name = one_spelling(name)
    refused = personal_faults(name)
    if refused:
        return files, refused
    if not name.lower().endswith(ARCHIVE):
        return _added(files, PurePosixPath(name.replace("\\", "/")).name, content)
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inside, unpacked in _unpacked(archive, MOST_BYTES):
                files, found = _added(files, inside, unpacked)
                faults += found
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        faults.append(_fault(name, say("allowed.a_zip_archive"), say("got.a_damaged_or"), say("remedy.pack_it_again")))
    return files, tuple(faults)


def add_text(files: Files, name: str, text: str) -> tuple[Files, tuple[Fault, ...]]:
    """Add what was written."""
    if not is_text(name) and not personal_faults(name):
        allowed = say("allowed.a_name_ending", endings=", ".join(_TEXT_ENDINGS))
        return files, (_fault(name, allowed, name or say("got.nothing"), say("remedy.give_it_another")),)
    return _added(files, name, text.encode())


def write_files(files: Files, folder: Path) -> None:
    """Write files to a folder."""
    for name, content in files.contents.items():
        write_whole(folder / name, content)


def is_text(name: str) -> bool:
    """Tell whether a file can be edited as text."""
    return name.lower().endswith(_TEXT_ENDINGS)


def _unpacked(archive: zipfile.ZipFile, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Files of an archive that look like scenarios or tables, never more of them than asked."""
    left = most_bytes
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and member.filename.lower().endswith(KNOWN_ENDINGS)
    ]
    for member in members[: MOST_FILES + 1]:
        if member.flag_bits & _ENCRYPTED:
            raise ValueError("locked")
        with archive.open(member) as packed:
            content = packed.read(left + 1)
        left -= len(content)
        yield member.filename.replace("\\", "/"), content
        if left < 0:
            return


def _added(files: Files, name: str, content: bytes) -> tuple[Files, tuple[Fault, ...]]:
    name = one_spelling(name)
    refused = personal_faults(name)
    if refused:
        return files, refused
    plain = _plain_name(name)
    if plain is None:
        remedy = say("remedy.give_it_a")
        return files, (_fault(name, say("allowed.a_name_ending", endings=", ".join(KNOWN_ENDINGS)), name, remedy),)
    return (files, ()) if _is_hidden(plain) else _placed(files, plain, content)


def _placed(files: Files, plain: str, content: bytes) -> tuple[Files, tuple[Fault, ...]]:
    others = files.without(plain)
    if any(_is_within(plain, other) or _is_within(other, plain) for other in others.contents):
        remedy = say("remedy.give_one_of")
        return files, (_fault(plain, say("allowed.a_file_or"), say("got.both"), remedy),)
    if len(others.contents) >= MOST_FILES:
        return files, (
            _fault(plain, say("allowed.at_most_files", n=MOST_FILES), say("got.more"), say("remedy.remove_some_or")),
        )
    if others.n_bytes + len(content) > MOST_BYTES:
        allowed = say("allowed.at_most_mb", n=MOST_BYTES // 1_000_000)
        return files, (_fault(plain, allowed, say("got.more"), say("remedy.remove_some_of")),)
    return Files({**files.contents, plain: content}), ()


def _plain_name(name: str) -> str | None:
    """A name that can only lie below the folder it is written to; None if it cannot be made so."""
    parts = PurePosixPath(name).parts
    is_plain = (
        name.isprintable()
        and 0 < len(name.encode()) <= _LONGEST_NAME
        and 0 < len(parts) <= _DEEPEST
        and not any(part in {"..", "/"} or ":" in part for part in parts)
        and name.lower().endswith(KNOWN_ENDINGS)
    )
    return "/".join(parts) if is_plain else None


def _is_within(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/")


def _is_hidden(name: str) -> bool:
    """What packing programs add, and what a spreadsheet leaves while a file is open."""
    return any(part.startswith((".", "~$", "__MACOSX")) for part in name.split("/"))


def _fault(name: str, allowed: Sayable, got: Sayable, remedy: Sayable) -> Fault:
    return Fault(shown_text(name), None, "", allowed, shown_words(got), remedy)
