"""What is wrong with a scenario: where, what must be true, what we got, what to do."""

import difflib
import reprlib
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from sim.personal_numbers import without_personal_numbers

_SHOWN_LENGTH = 60
_RULE = "rule"

Path = tuple[str | int, ...]
"""Way to a value from the top of a scenario: words and numbers of list items."""


class Fault(NamedTuple):
    """One thing that is wrong with a scenario.

    Attributes
    ----------
    source : str
        File name, or what the values came from.
    line : int or None
        Line in the file, from 1; None where there are no lines.
    path : str
        Dotted way to the value, such as `designs[2].places.nordjylland`; empty for the file as a whole.
    allowed : str
        What must be true.
    got : str
        What we got, short and on one line.
    remedy : str
        What to do.
    """

    source: str
    line: int | None
    path: str
    allowed: str
    got: str
    remedy: str

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source} line {self.line}"
        where = f"{where}, {self.path}" if self.path else where
        return without_personal_numbers(f"{where}: {self.allowed}; got {self.got}. {self.remedy}".rstrip())


class FaultError(ValueError):
    """Something that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults,)


class ScenarioError(FaultError):
    """A scenario, or a table that goes with one, that cannot be used."""


class FileError(ScenarioError):
    """A file that cannot be read or written."""


class Flaw(NamedTuple):
    """A fault that does not know yet which file it stands in."""

    path: Path  # way to the value from where the rule was checked
    allowed: str  # what must be true
    got: str  # what we got, short and on one line
    remedy: str  # what to do


def one_fault(source: str, allowed: str, *, got: str, remedy: str, line: int | None = None) -> ScenarioError:
    """Build the error for one fault of a file as a whole."""
    return ScenarioError([Fault(shown_text(source), line, "", allowed, got, remedy)])


def broken(allowed: str, value: object, remedy: str = "", *, path: Path = ()) -> PydanticCustomError:
    """Build the error of one rule that does not hold, in the form pydantic passes on."""
    return all_broken([Flaw(path, allowed, shown(value), remedy)])


def all_broken(flaws: Iterable[Flaw]) -> PydanticCustomError:
    """Build one error of several rules that do not hold."""
    found = tuple(flaws)
    text = "; ".join(f"{flaw.allowed}, got {flaw.got}" for flaw in found)
    return PydanticCustomError(_RULE, "{text}", {"text": text, "flaws": found})


def flaws_of(error: PydanticCustomError, *, below: Path = ()) -> list[Flaw]:
    """List the rules an error says do not hold."""
    context: dict[str, Any] = error.context or {}
    return [flaw._replace(path=below + flaw.path) for flaw in context["flaws"]]


def dotted(path: Iterable[str | int]) -> str:
    """Write a path as it is written in sweeps and messages: such as `designs[2].places.nordjylland`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{shown_text(part)}" if text else shown_text(part)
    return shown_text(text, length=4 * _SHOWN_LENGTH)


def shown(value: object) -> str:
    """Show a value in a message: short, on one line, without control characters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return shown_text(_short_repr(value))
    except Exception:  # a stranger's __repr__ may raise anything, and a message must still come
        return f"a {type(value).__name__}"


def shown_text(text: str, *, length: int = _SHOWN_LENGTH) -> str:
    """Cut a text to fit a message, without line breaks, control characters and personal numbers."""
    text = without_personal_numbers(text)
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in cut)


def counted(n: int, noun: str) -> str:
    """Say how many: one without the plural."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def name_character(character: str) -> str:
    """Name a character that is hard to see or to tell from another."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that is nearest to a mistyped one."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word[:_SHOWN_LENGTH].casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else None


class _Short(reprlib.Repr):
    """Hides personal numbers before their spaces are written as codes."""

    def repr_str(self, text: str, level: int) -> str:
        return super().repr_str(without_personal_numbers(text), level)


def _short_repr(value: object) -> str:
    if isinstance(value, str):
        return repr(without_personal_numbers(value)[: 2 * _SHOWN_LENGTH])
    short = _Short()
    short.maxstring = short.maxother = short.maxlong = 2 * _SHOWN_LENGTH
    short.maxlevel, short.maxlist, short.maxdict, short.maxtuple = 3, 8, 8, 8
    return short.repr(value)
