"""The kinds of value that hold other values: lists, mappings, and either of two kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from sim.faults import Flaw, all_broken, broken, flaws_of, shown
from sim.texts import say

from .rules import Rule

MOST_FLAWS = 100
"""Faults of one value after which no more are looked for, so that nonsense costs no time."""


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
                    say("remedy.write_it_as_2", example="[a, b]"),
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
                say("remedy.write_it_as_2", example=self.example),
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
