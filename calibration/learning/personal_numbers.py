"""Finding what looks like a Danish personal number (CPR), so that a file with one is refused.

Better a file refused in vain than a personal number read: whatever has the shape is taken for one. What is found is
never shown, not even in part.
"""

import re
import unicodedata

_SEPARATOR = r"[\s./\-‐‑‒–—−_]{0,3}"
_SHAPE = re.compile(
    # Day, month and year of birth, then four digits. A spreadsheet takes the 0 from days 1-9, and a temporary number
    # has 60 added to the day. Ten digits in a row count, and so does a date with marks in it.
    rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){_SEPARATOR}(?:0[1-9]|1[0-2]){_SEPARATOR}\d\d"
    rf"{_SEPARATOR}\d{{4}}(?!\d)"
)
_NAMES = re.compile(r"(?<![a-zæøå])cpr|person(?:lig)?[\s_-]*(?:nummer|nr|id)(?![a-zæøå])")


def holds_personal_number(text: str) -> bool:
    """Tell whether something in a text has the shape of a personal number.

    Parameters
    ----------
    text : str
        A cell, a name of a column or of a file.

    Returns
    -------
    bool
        True for six digits of a date and four more, with or without marks between.
    """
    return _SHAPE.search(_visible(text)) is not None


def names_personal_numbers(text: str) -> bool:
    """Tell whether the name of a column says that personal numbers stand in it.

    Parameters
    ----------
    text : str
        The name.

    Returns
    -------
    bool
        True for such as CPR or personnummer.
    """
    return _NAMES.search(_visible(text).casefold()) is not None


def _visible(text: str) -> str:
    """Without characters that show nothing, and with one kind of digits."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in plain
        if unicodedata.category(character) != "Cf"
    )
