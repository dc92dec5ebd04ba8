"""The kinds of value a word may have, each of which says in its own words what is allowed.

A rule stands in the annotation of a field, as in `Annotated[float, Number(0, 1)]`. It checks and converts the
value, and describes itself in the JSON Schema.
"""

import datetime
import math
import numbers
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.faults import Flaw, all_broken, broken, did_you_mean, flaws_of, name_character, shown
from sim.texts import Said, Sayable, say

_NAME = re.compile(r"[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå._-]{0,59}\Z")
_NO_FILE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)|.*\.\Z", re.IGNORECASE | re.ASCII)
"""Names that some systems give to no file, and those whose last dot they drop."""
_SHARE_UNITS = ("", "per year")
"""Units of numbers that people also write in per cent."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DANISH = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](20\d\d)\Z", re.ASCII)
_EXAMPLE_DAY = datetime.date(2027, 1, 1)
_DAY_0_OF_SPREADSHEETS = datetime.date(1899, 12, 30)
MOST_FLAWS = 100
"""Faults of one value after which no more are looked for, so that nonsense costs no time."""
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
    remedy: Sayable = ""  # what to do when the value is out of range

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
                remedy = remedy or say("remedy.write_for_per_cent", n=f"{number / 100:g}", m=f"{number:g}")
        elif isinstance(value, str):
            remedy = _number_remedy(value, self.unit)
        raise broken(self.allowed(), value, remedy or say("remedy.choose_a_number", span=self._span()))

    def allowed(self) -> Said:
        """Say what is allowed."""
        return say("allowed.a_number_of", span=self._span())

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        low = "exclusiveMinimum" if self.is_above else "minimum"
        return {"type": "number", low: self.low, "maximum": self.high}

    def _is_in_range(self, number: float) -> bool:
        return self.low <= number <= self.high and not (self.is_above and number == self.low)

    def _span(self) -> Said:
        return _span("above" if self.is_above else "from", self.low, self.high, self.unit)


@dataclass(frozen=True)
class Whole(Rule):
    """A whole number within the range of the possible."""

    low: int  # the range, both ends allowed
    high: int
    unit: str = ""  # unit for messages; empty for a plain count
    remedy: Sayable = ""  # what to do when the value is not allowed

    def check(self, value: object) -> int:  # noqa: D102 - said by Rule
        remedy = self.remedy
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            number: Any = value
            if self.low <= number <= self.high and number == int(number):
                return int(number)
        elif isinstance(value, str):
            remedy = _number_remedy(value, self.unit)
        raise broken(self.allowed(), value, remedy or say("remedy.choose_a_whole", span=self._span()))

    def allowed(self) -> Said:
        """Say what is allowed."""
        return say("allowed.a_whole_number", span=self._span())

    def _span(self) -> Said:
        return _span("from", self.low, self.high, self.unit)

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
            allowed = say("allowed.a_date_from_to", first=_FIRST_DAY, last=_LAST_DAY)
            raise broken(allowed, value, say("remedy.write_year_month_day", example=_likely_day(value)))
        return day

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "format": "date", "pattern": r"^2[01]\d{2}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class Slug(Rule):
    """A name that can stand in a path and a file name."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if isinstance(value, str) and _NAME.match(value):
            if _NO_FILE.match(value):
                remedy = say("remedy.choose_another")
                raise broken(say("allowed.a_name_that_a_file"), value, remedy)
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            remedy = say("remedy.put_quotes_around", example=f"'{shown(value)}'")
        else:
            remedy = say("remedy.begin_with_a")
        raise broken(say("allowed.a_name_of"), value, remedy)

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
            say("allowed.one_line_of", n=self.longest),
            value,
            say("remedy.shorten_it_or"),
        )

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "maxLength": self.longest}


@dataclass(frozen=True)
class Choice(Rule):
    """One of the known words."""

    allowed: str  # code of what is said of the known words
    words: Callable[[], tuple[str, ...]]  # gives the known words

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        known = self.words()
        if isinstance(value, str) and value in known:
            return value
        raise unknown_word(value, known, allowed=self.allowed)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string", "enum": list(self.words())}


@dataclass(frozen=True)
class ListOf(Rule):
    """A list, or a single item standing for a list of one."""

    item: Rule  # what each item must be
    at_least: int = 1  # number of items
    at_most: int = 200
    is_distinct: bool = True  # whether an item may come only once
    allows_single: bool = False  # whether an item alone will do

    def check(self, value: object) -> tuple[Any, ...]:  # noqa: D102 - said by Rule
        if not isinstance(value, list | tuple):
            if not self.allows_single or isinstance(value, Mapping):
                raise broken(
                    say("allowed.a_list_of", low=self.at_least, high=self.at_most),
                    value,
                    say("remedy.write_as", example="[a, b]"),
                )
            return (self.item.check(value),)
        if not self.at_least <= len(value) <= self.at_most:
            allowed = say("allowed.a_list_of", low=self.at_least, high=self.at_most)
            raise all_broken([Flaw((), allowed, say("got.items", n=len(value)), say("remedy.add_or_remove"))])
        flaws, items = checked_items(enumerate(value), self.item)
        for number, (index, item) in enumerate(items):
            if self.is_distinct and any(item == earlier for _, earlier in items[:number]):
                flaws.append(
                    Flaw((index,), say("allowed.each_item_only"), shown(value[int(index)]), say("remedy.remove_one_of"))
                )
        if flaws:
            raise all_broken(flaws)
        return tuple(item for _, item in items)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        schema = {
            "type": "array",
            "items": self.item.json(),
            "minItems": self.at_least,
            "maxItems": self.at_most,
        }
        if self.is_distinct:
            schema["uniqueItems"] = True
        return {"anyOf": [self.item.json(), schema]} if self.allows_single else schema


@dataclass(frozen=True)
class MappingOf(Rule):
    """A mapping from words to values."""

    key: Rule  # what each key must be
    item: Rule  # what each value must be
    example: str  # for the remedy

    def check(self, value: object) -> dict[Any, Any]:  # noqa: D102 - said by Rule
        if not isinstance(value, Mapping) or not value:
            raise broken(
                say("allowed.a_mapping_such", example=self.example),
                value,
                say("remedy.write_as", example=self.example),
            )
        flaws: list[Flaw] = []
        found: dict[Any, Any] = {}
        for key, item in value.items():
            if len(flaws) >= MOST_FLAWS:
                break
            key_flaws, keys = checked_items([(str(key), key)], self.key)
            item_flaws, items = checked_items([(str(key), item)], self.item)
            flaws += key_flaws + item_flaws
            if keys and keys[0][1] in found:
                flaws.append(Flaw((str(key),), say("allowed.each_key_only"), shown(key), say("remedy.remove_one_of")))
            elif keys and items:
                found[keys[0][1]] = items[0][1]
        if flaws:
            raise all_broken(flaws)
        return found

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {
            "type": "object",
            "propertyNames": self.key.json(),
            "additionalProperties": self.item.json(),
            "minProperties": 1,
        }


@dataclass(frozen=True)
class OneOf(Rule):
    """A value of one of two kinds, told apart by whether it is a mapping."""

    plain: Rule  # for everything that is not a mapping
    mapping: Rule  # for mappings

    def check(self, value: object) -> Any:  # noqa: D102 - said by Rule
        return (self.mapping if isinstance(value, Mapping) else self.plain).check(value)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"anyOf": [self.plain.json(), self.mapping.json()]}


def checked_items(
    pairs: Iterable[tuple[str | int, object]], rule: Rule
) -> tuple[list[Flaw], list[tuple[str | int, Any]]]:
    """Check each of several values by one rule."""
    flaws: list[Flaw] = []
    items: list[tuple[str | int, Any]] = []
    for key, value in pairs:
        if len(flaws) >= MOST_FLAWS:
            break
        try:
            items.append((key, rule.check(value)))
        except PydanticCustomError as error:
            flaws += flaws_of(error, below=(key if isinstance(key, int) else str(key),))
    return flaws, items


@dataclass(frozen=True)
class AlsoWritten:
    """Say in the JSON Schema that a group of words has a short form."""

    short: Rule  # the short form

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [self.short.json(), handler(schema)]}


def unknown_word(value: object, known: tuple[str, ...], *, allowed: str) -> PydanticCustomError:
    """Build the error for a word that is not one of the known."""
    remedy = did_you_mean(value, known, say("remedy.write_one_of_these_words"))
    return broken(say(allowed, known=known), value, remedy)


def _likely_day(value: object) -> datetime.date:
    """The day that may be meant by what is no date: a spreadsheet's number of a day, or a day as in Denmark."""
    if isinstance(value, int) and 30_000 < value < 100_000:
        return _DAY_0_OF_SPREADSHEETS + datetime.timedelta(days=value)
    danish = _DANISH.match(value) if isinstance(value, str) else None
    try:
        return datetime.date(int(danish[3]), int(danish[2]), int(danish[1])) if danish else _EXAMPLE_DAY
    except ValueError:
        return _EXAMPLE_DAY


def _number_remedy(text: str, unit: str) -> Said:
    plain, odd = text.strip(), [character for character in text if not character.isascii()]
    if odd and re.search(r"\d", text):
        names = list(dict.fromkeys(map(name_character, odd)))
        return say("remedy.signs_from_the_keyboard", known=names)
    if re.fullmatch(r"[+-]?\d+,\d+", plain):
        return say("remedy.use_a_point")
    share = re.fullmatch(r"([+-]?\d+(?:[.,]\d+)?) ?%", plain)
    if share and unit in _SHARE_UNITS:
        return say("remedy.write_value", value=f"{float(share[1].replace(',', '.')) / 100:g}")
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return say("remedy.write_without_quotes", n=plain)
    if re.match(r"[+-]?\d", plain):
        return say("remedy.write_the_number", unit=_unit(unit)) if unit else say("remedy.write_the_number_alone")
    return say("remedy.write_a_number", unit=_unit(unit)) if unit else say("remedy.write_any_number")


def _span(kind: str, low: float, high: float, unit: str) -> Said:
    if unit:
        return say(f"span.{kind}_in", low=low, high=high, unit=_unit(unit))
    return say(f"span.{kind}", low=low, high=high)


def _unit(unit: str) -> Said:
    return say(f"unit.{re.sub('[^a-z]', '_', unit.lower())}")
