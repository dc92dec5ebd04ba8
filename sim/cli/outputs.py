"""Files a command writes: refused before anything is computed if they cannot be, or would cost a user another."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sim.cli.plain import CannotBeDoneError
from sim.faults import Fault, FileError, shown_text
from sim.files import check_writable, write_whole
from sim.texts import Sayable, load_texts, say

ENDINGS = {
    "yaml": (".yaml", ".yml"),
    "html": (".html", ".htm"),
    "xlsx": (".xlsx",),
    "pdf": (".pdf",),
    "csv": (".csv",),
    "csv or json": (".csv", ".json"),
    "table": (".csv", ".xlsx", ".parquet"),
}
"""How the names of files may end, by what is in them."""
PAGES = "dashboard.reports.looks"
"""Module that draws pages for commands; it stands above them, and is found by name."""


def check_outputs(outputs: Mapping[str, tuple[Path | None, str]], inputs: Iterable[Path | None] = ()) -> None:
    """See that files can be written, each for itself, and over nothing that is read."""
    found: list[Fault] = []
    read = [path for path in inputs if path is not None]
    seen: dict[str, Path] = {}
    for option, (path, kind) in outputs.items():
        if path is None:
            continue
        if kind and not _is_device(path) and path.suffix.lower() not in ENDINGS[kind]:
            found.append(
                _fault(
                    option,
                    say("allowed.a_name_ending", endings=" or ".join(ENDINGS[kind])),
                    path,
                    say("remedy.write_such_a_name"),
                )
            )
        if any(_is_same(path, other) for other in read):
            found.append(_fault(option, say("allowed.another_file_than_what"), path, say("remedy.choose_another_name")))
        for earlier in [name for name, other in seen.items() if _is_same(path, other)][:1]:
            found.append(
                _fault(option, say("allowed.another_file_than", earlier=earlier), path, say("remedy.give_each_its_own"))
            )
        seen[option] = path
    if found:
        raise FileError(found)
    for path in seen.values():
        if not _is_device(path):  # into one it is written as it comes
            check_writable(path.resolve().parent)


def check_pictures(path: Path | None) -> None:
    """See that pictures can be drawn, if one is asked for."""
    if path is not None and find_spec("plotly") is None:
        message = "--picture: needs plotly; it is not installed. Install the extra: pip install 'doegnplads[dashboard]'"
        raise CannotBeDoneError(message)


def save_page(name: str, path: Path, lang: str, *found: object) -> None:
    """Have what a command found drawn as a page of HTML that needs no network."""
    write_whole(path, getattr(import_module(PAGES), f"build_{name}_page")(*found, load_texts(lang)))


def _fault(option: str, allowed: Sayable, path: Path, remedy: Sayable) -> Fault:
    return Fault(option, None, "", allowed, shown_text(str(path)), remedy)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one regular file, or would on a disk that does not tell capitals apart."""
    if one.exists() and other.exists():
        return one.samefile(other) and not _is_device(one)
    return str(one.resolve()).casefold() == str(other.resolve()).casefold()


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()
