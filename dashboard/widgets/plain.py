"""Words as they stand: the one way for text to come onto a page where Streamlit would read Markdown.

What the catalogue says has no marks of Markdown, and what comes from outside, such as a name in a link or a title in a
file, must not be read as a link, an image or a heading.
"""

import re
from collections.abc import Iterable

import pandas as pd

_MARKS = re.compile(r"[\\`*\[\]<>~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_FIRST = re.compile(r"^(\s*)(?:([#+=>-])|(\d+)([.)]))")
# What is made into a link, a picture, a colour or an arrow after Markdown has been read, and so whatever is escaped
_LATER = re.compile(r"(?<=:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=-)(?=[->])|(?<=[<>~])(?=\\?[=>-])", re.IGNORECASE)
_NOTHING_THERE = "\u2060"  # word joiner: is not seen, and nothing breaks at it


def plain(text: str) -> str:
    """Write a text so that Markdown gives it back as it stands, in one line."""
    text = _LATER.sub(_NOTHING_THERE, " ".join(text.splitlines()))
    return _FIRST.sub(_escape_first, _MARKS.sub(r"\\\g<0>", text))


def _escape_first(found: re.Match[str]) -> str:
    space, mark, number, stop = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{stop}"


def bold(text: str) -> str:
    """Write a text in bold."""
    return f"**{plain(text.strip())}**"


def listed(lines: Iterable[str]) -> str:
    """Write lines as a list."""
    return "\n".join(f"- {plain(line)}" for line in lines)


def stacked(*blocks: str) -> str:
    """Put what has been written plain, bold or as a list below each other."""
    return "\n\n".join(block for block in blocks if block)


def plain_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Write the words of a table, and its headings, plain."""
    return frame.map(lambda cell: plain(cell) if isinstance(cell, str) else cell).rename(columns=plain)
