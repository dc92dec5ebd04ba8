"""Names of columns: known whichever way they are spelt, and told where they are not in the first row."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.faults import Fault, ScenarioError, nearest, shown, shown_text
from sim.texts import Sayable, say

from .cells import CellFault
from .sheet import Sheet

_SPACES = re.compile(r"[\s_\-]+")
_UNIT = re.compile(r"\s*(\([^()]*\)|(?<=\s)\[[^\[\]]*\])\s*\Z")


class Columns(NamedTuple):
    """Which columns a table has.

    Attributes
    ----------
    places : dict of str to int
        Place of each known column, from 0, by its name in the program.
    unknown : tuple of str
        The others, as they were written, each with the name it may be meant for.
    twice : tuple of Fault
        Columns that come twice.
    strange : tuple of Fault
        The unknown, for a table that may have none.
    """

    places: dict[str, int]
    unknown: tuple[str, ...]
    twice: tuple[Fault, ...]
    strange: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong with the names, from the left."""
        return tuple(sorted((*self.twice, *self.strange), key=lambda fault: _column_of(fault.path)))


def plain_word(text: str) -> str:
    """Write a word so that its spellings compare equal.

    Parameters
    ----------
    text : str
        As it stands in a cell.

    Returns
    -------
    str
        In small letters, with single spaces for spaces, line breaks, hyphens and underscores.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def bare_heading(text: str) -> str:
    """Take the unit in brackets off the name of a column.

    Parameters
    ----------
    text : str
        Such as ``minutter (en vej)``, also over two lines.

    Returns
    -------
    str
        Such as ``minutter``.
    """
    return _UNIT.sub("", text).strip()


def find_columns(sheet: Sheet, words: Mapping[str, str]) -> Columns:
    """Find the columns of a table.

    Parameters
    ----------
    sheet : Sheet
        As it was read.
    words : mapping of str to str
        Name of a column in the program by each name it may have.

    Returns
    -------
    Columns
        By their names in the program.

    Raises
    ------
    ScenarioError
        If the names of the columns are not in the first row that is filled in, but further down.
    """
    by_word = {plain_word(word): name for word, name in words.items()}
    refuse_title(sheet, lambda text: _known(text, by_word) != "")
    places: dict[str, int] = {}
    unknown: list[str] = []
    twice: list[Fault] = []
    strange: list[Fault] = []
    for place, written in enumerate(sheet.header):
        name, where = _known(written, by_word), say("column.column", n=place + 1)
        if not name and written:
            near = nearest(plain_word(bare_heading(written).partition("\n")[0]), by_word)
            allowed = say("allowed.one_of", known=", ".join(dict.fromkeys(words.values())))
            remedy = say("remedy.did_you_mean", word=near) if near else say("remedy.remove_the_column")
            unknown.append(f"{_one_line(written)} (did you mean {near}?)" if near else _one_line(written))
            strange.append(sheet.fault(sheet.header_row, where, CellFault(allowed, shown(written), remedy)))
        elif name in places:
            got = say("got.it_twice_in", n=places[name] + 1, m=place + 1)
            allowed = say("allowed.each_column_once", column=name)
            twice.append(sheet.fault(sheet.header_row, where, CellFault(allowed, got, say("remedy.delete_one_of"))))
        elif name:
            places[name] = place
    return Columns(places, tuple(unknown), tuple(twice), tuple(strange))


def refuse_title(sheet: Sheet, is_known: Callable[[str], bool]) -> None:
    """Refuse a table with something above the names of its columns.

    Parameters
    ----------
    sheet : Sheet
        As it was read.
    is_known : callable
        Whether a text is the name of a column.

    Raises
    ------
    ScenarioError
        With the row in which the names seem to be.
    """
    if any(is_known(text) for text in sheet.header):
        return
    for number, texts in sheet.beginning:
        if sum(map(is_known, texts)) >= min(2, len(texts)):
            got, remedy = say("got.something_else_the", row=str(number)), say("remedy.delete_the_rows")
            wrong = CellFault(say("allowed.the_names_of_the_columns"), got, remedy)
            raise ScenarioError([sheet.fault(sheet.header_row, "", wrong)])


def _known(written: str, by_word: Mapping[str, str]) -> str:
    spellings = (written, bare_heading(written), bare_heading(written.partition("\n")[0]))
    return next((by_word[word] for word in map(plain_word, spellings) if word in by_word), "")


def _column_of(path: Sayable) -> int:
    return int(str(path).rpartition(" ")[2])


def _one_line(text: str) -> str:
    return shown_text(" ".join(text.split()), length=30)
