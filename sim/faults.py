"""What is wrong with something that was given: where, what must be true, what we got, what to do."""

import difflib
import reprlib
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from sim.personal_numbers import without_personal_numbers
from sim.texts import PLAIN, Said, Sayable, say, say_in

_SHOWN_LENGTH = 60
_RULE = "rule"

_CHARACTERS = {
    "\u00a0": "no_break_space",
    "\u202f": "narrow_space",
    "\u2009": "thin_space",
    " ": "space",
    "\u2212": "minus_sign",
    "'": "apostrophe",
    "\u2013": "en_dash",
}
"""Characters that have a name in every language."""

Path = tuple[str | int, ...]
"""Way to a value from the top of a scenario: words and numbers of list items."""


FAULT_WORDS = ("place", "path", "allowed", "got", "remedy")
"""Words of a fault that a table of them has."""


class Fault(NamedTuple):
    """One thing that is wrong.

    Attributes
    ----------
    source : Sayable
        File name, or what the values came from.
    line : int or None
        Line in the file, from 1; None where there are no lines.
    path : str
        Dotted way to the value, such as `designs[2].places.nordjylland`; empty for the file as a whole.
    allowed : Sayable
        What must be true.
    got : Sayable
        What we got, short and on one line.
    remedy : Sayable
        What to do.
    row : int or None
        Row of the table, from 1; None where there are none.
    """

    source: Sayable
    line: int | None
    path: Sayable
    allowed: Sayable
    got: Sayable
    remedy: Sayable
    row: int | None = None

    def __str__(self) -> str:
        return self.said(PLAIN)

    @property
    def place(self) -> Sayable:
        """File, with the line or row."""
        if self.line is not None:
            return say("fault.line", where=self.source, line=str(self.line))
        return self.source if self.row is None else say("fault.row", where=self.source, row=str(self.row))

    def said(self, language: str) -> str:
        """Say it on one line, without personal numbers.

        Parameters
        ----------
        language : str
            One of `sim.texts.LANGUAGES`.

        Returns
        -------
        str
            Place, rule, what we got and what to do.
        """
        where = say("fault.path", where=self.place, path=self.path) if self.path else self.place
        whole = say("fault.whole", where=where, allowed=self.allowed, got=self.got, remedy=self.remedy)
        return without_personal_numbers(say_in(language, whole).rstrip())

    def parts(self, language: str) -> dict[str, Any]:
        """Say it word by word, for tables, without personal numbers.

        Parameters
        ----------
        language : str
            One of `sim.texts.LANGUAGES`.

        Returns
        -------
        dict
            A text for each attribute and the place; line and row as they are; and the codes that were said.
        """
        said = {
            name: without_personal_numbers(say_in(language, getattr(self, name))) for name in ("source", *FAULT_WORDS)
        }
        codes = [part.code for part in (self.allowed, self.got, self.remedy) if isinstance(part, Said)]
        return {**said, "line": self.line, "row": self.row, "codes": codes}


class FaultError(ValueError):
    """Something that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return self.said(PLAIN)

    def said(self, language: str) -> str:
        """Say everything that is wrong, a line each.

        Parameters
        ----------
        language : str
            One of `sim.texts.LANGUAGES`.

        Returns
        -------
        str
            Without personal numbers.
        """
        return "\n".join(fault.said(language) for fault in self.faults)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults,)


class ScenarioError(FaultError):
    """A scenario, or a table that goes with one, that cannot be used."""


class FileError(ScenarioError):
    """A file that cannot be read or written."""


class Flaw(NamedTuple):
    """A fault that does not know yet which file it stands in."""

    path: Path  # way to the value from where the rule was checked
    allowed: Sayable  # what must be true
    got: Sayable  # what we got, short and on one line
    remedy: Sayable  # what to do


def one_fault(
    source: str, allowed: Sayable, *, got: Sayable, remedy: Sayable, line: int | None = None
) -> ScenarioError:
    """Build the error for one fault of a file as a whole."""
    return ScenarioError([Fault(shown_words(source), line, "", allowed, got, remedy)])


def broken(allowed: Sayable, value: object, remedy: Sayable = "", *, path: Path = ()) -> PydanticCustomError:
    """Build the error of one rule that does not hold, in the form pydantic passes on."""
    return all_broken([Flaw(path, allowed, shown(value), remedy)])


def all_broken(flaws: Iterable[Flaw]) -> PydanticCustomError:
    """Build one error of several rules that do not hold."""
    return PydanticCustomError(_RULE, "what the flaws say", {"flaws": tuple(flaws)})


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


def shown(value: object) -> Sayable:
    """Show a value in a message: short, on one line, without control characters."""
    if value is None:
        return say("got.nothing")
    if isinstance(value, Said):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return shown_text(_short_repr(value))
    except Exception:  # a stranger's __repr__ may raise anything, and a message must still come
        return type(value).__name__


def shown_text(text: str, *, length: int = _SHOWN_LENGTH) -> str:
    """Cut a text to fit a message, without line breaks, control characters and personal numbers."""
    text = without_personal_numbers(text)
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in cut)


def shown_words(source: Sayable) -> Sayable:
    """Cut a text of somebody else's to fit a message; what the catalogue says stays."""
    return source if isinstance(source, Said) else shown_text(source)


def counted(n: int, noun: str) -> str:
    """Say how many: one without the plural."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def name_character(character: str) -> Sayable:
    """Name a character that is hard to see or to tell from another."""
    if character in _CHARACTERS:
        return say(f"character.{_CHARACTERS[character]}")
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def did_you_mean(word: object, known: Iterable[str], otherwise: Sayable) -> Sayable:
    """Propose the known word that is nearest to a mistyped one, or else what else to do."""
    near = nearest(word, known) if isinstance(word, str) else None
    return say("remedy.did_you_mean", word=near) if near else otherwise


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
