"""Numbers as people type them, there and back: with the decimal sign of the language, or with the other one.

Takes what stands in a box. Gives the number, or nothing where it could be read in two ways or in none. What is written
back has every digit that was typed.
"""

import re
from decimal import Decimal

from sim.texts import Texts

_MOST_LETTERS = 40
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[-\u2212]?(?:\d+[.,]?\d*|[.,]\d+)\Z")


def read_number(typed: str, texts: Texts) -> float | None:
    """Read a number."""
    text = typed.strip()[: _MOST_LETTERS + 1]
    if len(text) > _MOST_LETTERS:
        return None
    text = _SPACES.sub("", text)
    thousands = "." if texts.language == "da" else ","
    if re.fullmatch(rf"[-\u2212]?[1-9]\d{{0,2}}(?:\{thousands}\d{{3}})+(?:[.,]\d*)?", text):
        head, mark, rest = text, "", ""
        decimal = "," if thousands == "." else "."
        if decimal in text:
            head, mark, rest = text.partition(decimal)
        text = head.replace(thousands, "") + mark + rest
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", ".").replace("\u2212", "-"))
    return int(number) if number.is_integer() else number


def write_number(number: float, texts: Texts) -> str:
    """Write a number with all its digits."""
    text = format(Decimal(repr(number)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", "," if texts.language == "da" else ".")
