"""Personal numbers (CPR): never wanted, never shown, not even in part. The one guard, for every door text comes in by.

Better a file refused in vain than a personal number read: whatever has the shape is taken for one.
"""

import re
import unicodedata
from collections.abc import Iterator

from sim.texts import say

_DASH = r"\-‐‑‒–—−"
_IN_DATE = rf"(?:[\s./:'_{_DASH}]{{0,3}}|,)"
_BEFORE_SERIAL = rf"[\s./:,;'_(){_DASH}]{{0,3}}"
_SHAPE = re.compile(
    # Day, month and year of birth, then four digits. A spreadsheet takes the 0 from days 1-9, and a temporary number
    # has 60 added to the day.
    rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){_IN_DATE}(?:0[1-9]|1[0-2]){_IN_DATE}\d\d"
    rf"{_BEFORE_SERIAL}\d\d[\s{_DASH}]?\d\d(?!\d)"
)
_DATE_AND_CLOCK = re.compile(
    r"(?<!\d)(?:\d{4}([-./])\d\d?\1\d\d?|\d\d?([-./])\d\d?\2\d{4})(?:T| +(?:kl\.? *)?)\d\d?[:.]\d\d(?:[:.]\d\d)?(?!\d)"
)
_NAMES = re.compile(r"(?<![a-zæøå])cpr|person(?:lig)?[\s_-]*(?:nummer|nr|id)(?![a-zæøå])")
_LEAST_DIGITS = 9
HIDDEN = "(hidden)"
"""What stands in place of a personal number."""
PERSONAL_NUMBER = (
    say("allowed.no_personal_number"),
    say("got.ten_digits"),
    say("remedy.remove_it_from_the_file"),
)
"""What is allowed, what we got and what to do, where there is one."""


def holds_personal_number(value: object) -> bool:
    """Tell whether something has the shape of a personal number, or has one in it."""
    if isinstance(value, bool):
        return False
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return 10**8 <= value < 10**10 and _SHAPE.search(str(value)) is not None
    return isinstance(value, str) and any(True for _ in _spans(value))


def names_personal_numbers(text: str) -> bool:
    """Tell whether the name of a column says that personal numbers stand in it."""
    return _NAMES.search("".join(_visible(text)).casefold()) is not None


def without_personal_numbers(text: str) -> str:
    """Hide whatever in a text has the shape of a personal number."""
    parts, end = [], 0
    for first, last in _spans(text):
        parts += [text[end:first], HIDDEN]
        end = last
    return "".join([*parts, text[end:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text each begins and ends."""
    if len(text) < _LEAST_DIGITS:
        return
    seen = text if text.isascii() else "".join(visible := _visible(text))
    if seen != text:
        place = [number for number, shown in enumerate(visible) for _ in shown]
    for found in _SHAPE.finditer(_DATE_AND_CLOCK.sub(lambda clock: " " * len(clock[0]), seen)):
        first, last = found.start(), found.end() - 1
        yield (first, last + 1) if seen == text else (place[first], place[last] + 1)


def _visible(text: str) -> list[str]:
    """What is seen of each character: nothing of those that show nothing, and one kind of digits and spaces."""
    return [
        ""
        if unicodedata.category(character) == "Cf"
        else str(unicodedata.decimal(character))
        if character.isdecimal()
        else unicodedata.normalize("NFKC", character)
        for character in text
    ]
