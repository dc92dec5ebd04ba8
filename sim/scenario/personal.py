"""Personal numbers: never wanted, never shown."""

import re

_SEPARATOR = r"[-–—. /]"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\d{{6}}{_SEPARATOR}?\d{{4}}|(?:\d{{2}}{_SEPARATOR}){{3}}\d{{4}})(?!\d)",
)
HIDDEN = "(ten digits)"


def holds_personal_number(value: object) -> bool:
    """Tell whether something is shaped like a Danish personal number (CPR), or has one in it.

    Parameters
    ----------
    value : object
        A text or a number, whose leading zero may have been eaten; anything else has none.

    Returns
    -------
    bool
        True for ten digits, with or without a separator before the last four.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return 10**8 <= value < 10**10
    return isinstance(value, str) and _NUMBER.search(value) is not None


def without_personal_numbers(text: str) -> str:
    """Hide whatever in a text is shaped like a personal number.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        The same with `HIDDEN` in place of each.
    """
    return _NUMBER.sub(HIDDEN, text)
