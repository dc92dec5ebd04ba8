"""The kinds of value a word may have, each of which says in its own words what is allowed.

A rule stands in the annotation of a field, as in `Annotated[float, Number(0, 1)]`. It checks and converts the
value, and describes itself in the JSON Schema.
"""

import datetime
import math
import numbers
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.faults import broken, name_character, nearest, shown

_NAME = re.compile(r"[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå._-]{0,59}\Z")
_NO_FILE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)|.*\.\Z", re.IGNORECASE | re.ASCII)
"""Names that some systems give to no file, and those whose last dot they drop."""
_SHARE_UNITS = ("", "per year")
"""Units of numbers that people also write in per cent."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DANISH = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](20\d\d)\Z", re.ASCII)
_EXAMPLE_DAY = datetime.date(2027, 1, 1)
_DAY_0_OF_SPREADSHEETS = datetime.date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)


class Rule:
    """What a value must be. Each kind of rule says how to check it and how it looks in a JSON Schema."""

    def check(self, value: object) -> Any:
        """Return the value in its proper form."""
        raise NotImplementedError

    def json(self) -> dict[str, Any]:
        """Describe the rule as a JSON Schema."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json()


@dataclass(frozen=True)
class Number(Rule):
    """A number within the range of the possible."""

    low: float  # the range, both ends allowed unless `is_above`
    high: float
    unit: str = ""  # unit for messages; empty for a plain number
    is_above: bool = False  # whether the low end itself is not allowed
    remedy: str = ""  # what to do when the value is out of range

    def check(self, value: object) -> float:  # noqa: D102 - said by Rule
        remedy = self.remedy
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            try:
                number = float(value)
            except OverflowError:
                number = math.inf
            if self._is_in_range(number):
                return number + 0.0  # turns -0.0 into 0.0
            if self.high <= 1 and self.unit in _SHARE_UNITS and self._is_in_range(number / 100):
                remedy = remedy or f"Write {number / 100:g} for {number:g} %."
        elif isinstance(value, str):
            remedy = _number_remedy(value, self.unit)
        raise broken(self.allowed(), value, remedy or f"Choose {self.allowed()}.")

    def allowed(self) -> str:
        """Say what is allowed."""
        return f"a number {self._range()}" if self.is_above else f"a number from {self._range()}"

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        low = "exclusiveMinimum" if self.is_above else "minimum"
        return {"type": "number", low: self.low, "maximum": self.high}

    def _is_in_range(self, number: float) -> bool:
        return self.low <= number <= self.high and not (self.is_above and number == self.low)

    def _range(self) -> str:
        span = (
            f"above {self.low:.10g} and up to {self.high:.10g}"
            if self.is_above
            else f"{self.low:.10g} to {self.high:.10g}"
        )
        return f"{span} {self.unit}".rstrip()


@dataclass(frozen=True)
class Whole(Rule):
    """A whole number within the range of the possible."""

    low: int  # the range, both ends allowed
    high: int
    unit: str = ""  # unit for messages; empty for a plain count
    remedy: str = ""  # what to do when the value is not allowed

    def check(self, value: object) -> int:  # noqa: D102 - said by Rule
        remedy = self.remedy
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            number: Any = value
            if self.low <= number <= self.high and number == int(number):
                return int(number)
        elif isinstance(value, str):
            remedy = _number_remedy(value, self.unit)
        raise broken(self.allowed(), value, remedy or f"Choose a whole number from {self.low} to {self.high}.")

    def allowed(self) -> str:
        """Say what is allowed."""
        return f"a whole number from {self.low} to {self.high} {self.unit}".rstrip()

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Day(Rule):
    """A date."""

    def check(self, value: object) -> datetime.date:  # noqa: D102 - said by Rule
        day: datetime.date | None = None
        if isinstance(value, datetime.datetime):
            day = value.date() if value.time() == datetime.time() else None
        elif isinstance(value, datetime.date):
            day = value
        elif isinstance(value, str) and _DAY.match(value):
            try:
                day = datetime.date.fromisoformat(value)
            except ValueError:
                day = None
        if day is None or not _FIRST_DAY <= day <= _LAST_DAY:
            allowed = f"a date from {_FIRST_DAY} to {_LAST_DAY}"
            raise broken(allowed, value, f"Write year-month-day, such as {_likely_day(value)}.")
        return day

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "format": "date", "pattern": r"^2[01]\d{2}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class Slug(Rule):
    """A name that can stand in a path and a file name."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if isinstance(value, str) and _NAME.match(value):
            if _NO_FILE.match(value):
                remedy = "Choose another: some systems cannot give it to a file."
                raise broken("a name that a file can have", value, remedy)
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            remedy = f"Put quotes around it: '{shown(value)}'."
        else:
            remedy = "Begin with a letter or digit, and use - in place of a space."
        raise broken("a name of 1 to 60 letters, digits, - _ and .", value, remedy)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        pattern = (
            "^(?!(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|(?:[cC][oO][mM]|[lL][pP][tT])[0-9])(?:[.]|$))"
        )
        return {"type": "string", "pattern": f"{pattern}(?!.*[.]$)[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå._-]{{0,59}}$"}


@dataclass(frozen=True)
class Text(Rule):
    """A line of text for people."""

    longest: int = 200  # most characters

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if isinstance(value, str) and len(value) <= self.longest and value.isprintable():
            return value
        raise broken(
            f"one line of text, up to {self.longest} characters",
            value,
            "Shorten it, or put quotes around it.",
        )

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "maxLength": self.longest}


@dataclass(frozen=True)
class Choice(Rule):
    """One of the known words."""

    noun: str  # what the words name
    words: Callable[[], tuple[str, ...]]  # gives the known words

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        known = self.words()
        if isinstance(value, str) and value in known:
            return value
        raise unknown_word(value, known, noun=self.noun)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "enum": list(self.words())}


@dataclass(frozen=True)
class AlsoWritten:
    """Say in the JSON Schema that a group of words has a short form."""

    short: Rule  # the short form

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [self.short.json(), handler(schema)]}


def unknown_word(value: object, known: tuple[str, ...], *, noun: str) -> PydanticCustomError:
    """Build the error for a word that is not one of the known."""
    near = nearest(value, known) if isinstance(value, str) else None
    remedy = f"Did you mean {near}?" if near else "Write one of these words."
    return broken(f"{noun}: one of {', '.join(known)}", value, remedy)


def _likely_day(value: object) -> datetime.date:
    """The day that may be meant by what is no date: a spreadsheet's number of a day, or a day as in Denmark."""
    if isinstance(value, int) and 30_000 < value < 100_000:
        return _DAY_0_OF_SPREADSHEETS + datetime.timedelta(days=value)
    danish = _DANISH.match(value) if isinstance(value, str) else None
    try:
        return datetime.date(int(danish[3]), int(danish[2]), int(danish[1])) if danish else _EXAMPLE_DAY
    except ValueError:
        return _EXAMPLE_DAY


def _number_remedy(text: str, unit: str) -> str:
    plain, odd = text.strip(), [character for character in text if not character.isascii()]
    if odd and re.search(r"\d", text):
        names = ", ".join(dict.fromkeys(map(name_character, odd)))
        return f"Write it with signs from the keyboard; it holds {names}."
    if re.fullmatch(r"[+-]?\d+,\d+", plain):
        return "Use a point, not a comma, before the decimals."
    share = re.fullmatch(r"([+-]?\d+(?:[.,]\d+)?) ?%", plain)
    if share and unit in _SHARE_UNITS:
        return f"Write {float(share[1].replace(',', '.')) / 100:g}."
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return f"Write {plain}, without quotes."
    if re.match(r"[+-]?\d", plain):
        return f"Write the number alone{f'; its unit is {unit}' if unit else ''}."
    return f"Write a number{f' [{unit}]' if unit else ''}."
