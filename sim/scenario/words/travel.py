"""How travel time is reckoned, and times that are known better."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from sim.faults import broken
from sim.geography import MAX_MINUTES, TRAVEL_LIMITS
from sim.scenario.words.ground import CODE, SITE
from sim.scenario.words.group import Words
from sim.scenario.words.rules import MappingOf, Number
from sim.texts import say

MINUTES = MappingOf(CODE, MappingOf(SITE, Number(0, MAX_MINUTES, "minutes"), "{AAR: 95.5}"), '{"0751": {AAR: 12.5}}')
_TABLE = {
    "type": "string",
    "description": "A CSV file beside the scenario, with minutes from each municipality to each site.",
}


def _constant(name: str, unit: str = "") -> Number:
    low, high = TRAVEL_LIMITS[name]
    return Number(low, high, unit)


def _offer_table(schema: dict[str, Any]) -> None:
    schema["properties"]["table"] = _TABLE
    schema["not"] = {"required": ["table", "minutes"]}


class Travel(Words):
    """Minutes by car and ferry, one way, from distance; `minutes` are used as they stand where given."""

    model_config = ConfigDict(json_schema_extra=_offer_table)

    detour: Annotated[float, _constant("detour")] = Field(
        1.2, description="Road distance / distance as the crow flies."
    )
    base_minutes: Annotated[float, _constant("base_minutes", "minutes")] = Field(
        10.0, description="Of every journey [minutes]."
    )
    local_km: Annotated[float, _constant("local_km", "km")] = Field(50.0, description="Driven at local speed [km].")
    local_speed_kmh: Annotated[float, _constant("local_speed_kmh", "km/h")] = Field(
        75.0, description="Speed on the first part [km/h]."
    )
    trunk_speed_kmh: Annotated[float, _constant("trunk_speed_kmh", "km/h")] = Field(
        95.0, description="Speed beyond local_km [km/h]."
    )
    ferry_wait_minutes: Annotated[float, _constant("ferry_wait_minutes", "minutes")] = Field(
        30.0, description="Wait for each ferry [minutes]."
    )
    minutes: Annotated[dict[str, dict[str, float]], MINUTES] = Field(
        {},
        description="Known travel times by municipality code and site, in place of the reckoned [minutes].",
    )

    @model_validator(mode="before")
    @classmethod
    def _refuse_table(cls, values: object) -> object:
        if isinstance(values, Mapping) and "table" in values:
            remedy = say("remedy.save_the_scenario")
            raise broken(say("allowed.no_table_where"), values["table"], remedy, path=("table",))
        return values
