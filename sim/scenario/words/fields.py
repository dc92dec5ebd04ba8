"""Fields: the same designs with other numbers of places, so that equal access or an equal budget is compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from sim.faults import broken
from sim.scenario.words.group import Words
from sim.scenario.words.rules import MappingOf, Number, Rule, Slug
from sim.texts import say

_EXAMPLE = "{regional: {places: {nordjylland: 3}}}"
_MOST_DKK = 1e10


@dataclass(frozen=True)
class DesignWords(Rule):
    """Words of a design that differ from it; the design with them is checked as any other."""

    def check(self, value: object) -> dict[str, Any]:  # noqa: D102 - said by Rule
        if not isinstance(value, Mapping) or not value:
            example = "{places: {nordjylland: 3}}"
            raise broken(say("allowed.a_mapping_such", example=example), value, say("remedy.write_as", example=example))
        return {str(word): _kept(item) for word, item in value.items()}

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "object", "minProperties": 1, "not": {"anyOf": [{"required": [word]} for word in FIXED]}}


FIXED = ("name", "kind")
"""Words that make a design the one it is, and cannot differ."""

Differing = Annotated[dict[str, dict[str, Any]], MappingOf(Slug(), DesignWords(), _EXAMPLE)]


def _kept(value: object) -> object:
    """A value as scenarios keep it: lists as tuples."""
    if isinstance(value, Mapping):
        return {str(word): _kept(item) for word, item in value.items()}
    return tuple(map(_kept, value)) if isinstance(value, list | tuple) else value


class AccessField(Words):
    """Numbers of places that give all designs the same access."""

    target: Annotated[float, Number(0, 1)] = Field(description="Access that the places give, a share.")
    of: Annotated[str, Slug()] = Field("admitted_within_14_days", description="Measure of access, a share.")
    designs: Differing = Field(description="By design, the words that differ.")


class BudgetField(Words):
    """Numbers of places that cost the same in all designs."""

    target: Annotated[float, Number(0, _MOST_DKK, "DKK/year")] = Field(description="Cost of places [DKK/year].")
    designs: Differing = Field(description="By design, the words that differ.")


class Fields(Words):
    """What designs are compared at; the designs as they stand are the field of the same places."""

    access: AccessField | None = Field(None, description="The same access: what it costs.")
    budget: BudgetField | None = Field(None, description="The same budget: whom it reaches.")

    def given(self) -> Iterator[tuple[str, AccessField | BudgetField]]:
        """Go through the fields that are given."""
        for name, field in (("access", self.access), ("budget", self.budget)):
            if field is not None:
                yield name, field


def laid_over(written: Any, words: Any) -> Any:
    """Lay words over a design as it was written: mappings word by word, pools by their id, all else as a whole."""
    if not isinstance(words, Mapping):
        return words
    if isinstance(written, Mapping):
        return {**written, **{word: laid_over(written.get(word), item) for word, item in words.items()}}
    if isinstance(written, list) and all(isinstance(item, Mapping) and "id" in item for item in written):
        known = {item["id"] for item in written}
        if known >= words.keys():
            return [laid_over(item, words.get(item["id"], {})) for item in written]
    return words
