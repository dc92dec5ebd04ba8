"""Designs: the ways to organise places that a scenario compares."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, field_validator, model_validator

from sim.faults import Flaw, Path, all_broken, broken, flaws_of, shown
from sim.geography import REGION_MAPS
from sim.scenario.words.completing import EXAMPLE_PLACES, complete_regions, spread_places
from sim.scenario.words.distributions import Spread
from sim.scenario.words.economics import Financing
from sim.scenario.words.ground import REGION, SITE, confirmed_sites, main_sites, region_words, site_words
from sim.scenario.words.group import Words
from sim.scenario.words.rules import Choice, Day, ListOf, MappingOf, OneOf, Slug, Whole, unknown_word
from sim.scenario.words.supply import (
    ADDED_TO_UNITS,
    DayOrNever,
    Days,
    External,
    Flexible,
    Pool,
    RampUp,
    flaws_of_closing,
)
from sim.texts import say

MOST_PLACES = 200
_COUNT = Whole(0, MOST_PLACES, remedy=say("remedy.use_0_for"))
_BY_REGION = MappingOf(REGION, _COUNT, "{midtjylland: 6, nordjylland: 3}")
_SITE_OR_REGION = Choice("allowed.a_site_or", lambda: site_words() + region_words())
_BY_SITE = OneOf(_COUNT, MappingOf(_SITE_OR_REGION, _COUNT, "{ODE: 6, AAR: 6}"))
_SITES_BY_REGION = MappingOf(REGION, ListOf(SITE, allows_single=True), "{midtjylland: AAR}")

PlacesByRegion = Annotated[dict[str, int], _BY_REGION]
PlacesBySite = Annotated[dict[str, int], _BY_SITE]
SitesByRegion = Annotated[dict[str, tuple[str, ...]], _SITES_BY_REGION]
Sites = Annotated[tuple[str, ...], ListOf(SITE, allows_single=True)]


def _five_places() -> dict[str, int]:
    return {region: EXAMPLE_PLACES[region] for region in main_sites("five")}


def _five_sites() -> dict[str, tuple[str, ...]]:
    return {region: (site,) for region, site in main_sites("five").items()}


Discipline = Literal["fifo", "due_first"]
DISCIPLINES: tuple[Discipline, ...] = get_args(Discipline)
"""Who gets a free place first, in the order of their numbers in a plan."""


class Design(Words):
    """What every design may say."""

    name: Annotated[str, Slug()] = Field(description="Name of the design, its own within the scenario.")
    financing: Financing | None = Field(None, description="Who pays in this design; economics.financing if left out.")
    discipline: Discipline = Field(
        "fifo",
        description="Who gets a free place: the first referred, or the earliest end of pregnancy.",
    )
    home_first: StrictBool = Field(False, description="Whether women of the pool's own region come before others.")
    visitation_days: Spread | None = Field(
        None,
        description="Days from referral to the decision in this design; waiting.visitation_days if left out [days].",
    )

    @classmethod
    def completed(cls, words: dict[str, Any], region_map: str) -> dict[str, Any]:  # noqa: ARG003 - some follow the map
        """Fill in what follows from the scenario's map.

        Parameters
        ----------
        words : dict
            The design as it was written, not yet checked. Not changed.
        region_map : str
            A map of regions.

        Returns
        -------
        dict
            What is not understood is as it was.
        """
        return words

    def regions_named(self) -> list[tuple[Path, str]]:
        """List the regions it names.

        Returns
        -------
        list of (path, region)
            With the places of their names in the design.
        """
        return []


class UnitsDesign(Design):
    """What designs with units may say in common."""

    added = ADDED_TO_UNITS

    opens_on: Annotated[datetime.date, Day()] | None = Field(None, description="Opening day; start if left out.")
    family_places: StrictBool = Field(True, description="Whether partner and children can live in.")
    turnaround_days: Days = Field(3.0, description="Between two stays in a place [days].")
    ramp_up: RampUp = Field(RampUp(), description="How each unit becomes known.")
    closes_on: Annotated[datetime.date, Day()] | None = Field(
        None, description="Day all its units close for good; never if left out."
    )
    closing_notice_days: Days = Field(180.0, description="So long before closes_on nobody is admitted any more [days].")
    may_detain: StrictBool = Field(False, description="Whether its units are approved for detention with consent.")
    external: External | None = Field(None, description="Places bought elsewhere after waiting; none if left out.")

    @property
    def last_opening(self) -> datetime.date | None:
        """Day its last unit opens; None if it follows the scenario's start."""
        return self.opens_on

    @model_validator(mode="after")
    def _check_closing(self) -> "UnitsDesign":
        flaws = flaws_of_closing(self.closes_on, self.last_opening)
        if flaws:
            raise all_broken(flaws)
        return self


class FlexibleByRegion(Flexible):
    """A flexible rule of the units of each region."""

    max_places: PlacesByRegion = Field(
        description="Most places open at once by region, fixed ones among them [places]."
    )


class FlexibleBySite(Flexible):
    """A flexible rule of the unit at each site."""

    max_places: PlacesBySite = Field(description="Most places open at once by site, fixed ones among them [places].")


class ByRegionDesign(UnitsDesign):
    """Units in each region."""

    sites: SitesByRegion = Field(
        default_factory=_five_sites,
        description="Site of each region's unit; a list splits the region's places over sites.",
    )
    places: PlacesByRegion = Field(default_factory=_five_places, description="Places in each region [places].")
    flexible: FlexibleByRegion | None = Field(None, description="Places that open and close; none if left out.")

    @classmethod
    def completed(cls, words: dict[str, Any], region_map: str) -> dict[str, Any]:  # noqa: D102 - said by Design
        return complete_regions(words, region_map)

    def regions_named(self) -> list[tuple[Path, str]]:  # noqa: D102 - said by Design
        found: list[tuple[Path, Mapping[str, Any]]] = [(("places",), self.places), (("sites",), self.sites)]
        if self.flexible:
            found.append((("flexible", "max_places"), self.flexible.max_places))
        return [((*path, region), region) for path, words in found for region in words]

    @model_validator(mode="after")
    def _check_max_places(self) -> "ByRegionDesign":
        _check_at_least(self.flexible, self.places)
        return self


class RegionalDesign(ByRegionDesign):
    """A unit in each region, serving that region only."""

    kind: Literal["regional"] = "regional"


class SharedDesign(ByRegionDesign):
    """The same units, each serving every region of its sharing group."""

    kind: Literal["shared"] = "shared"
    groups: Annotated[tuple[tuple[str, ...], ...], ListOf(ListOf(REGION, at_most=6), at_most=6, is_distinct=False)] = (
        Field(
            default_factory=lambda: (tuple(main_sites("five")),),
            description="Regions that share their places; one group of all if left out.",
        )
    )

    @classmethod
    def completed(cls, words: dict[str, Any], region_map: str) -> dict[str, Any]:  # noqa: D102 - said by Design
        return {"groups": [list(REGION_MAPS[region_map])]} | super().completed(words, region_map)

    def regions_named(self) -> list[tuple[Path, str]]:  # noqa: D102 - said by Design
        grouped = [(("groups", i, j), region) for i, group in enumerate(self.groups) for j, region in enumerate(group)]
        return [*super().regions_named(), *grouped]

    @model_validator(mode="after")
    def _check_groups(self) -> "SharedDesign":
        seen: set[str] = set()
        for number, group in enumerate(self.groups):
            for place, region in enumerate(group):
                if region in seen:
                    path = ("groups", number, place)
                    raise broken(say("allowed.each_region_in"), region, say("remedy.remove_it_from"), path=path)
                seen.add(region)
        return self


class PilotDesign(ByRegionDesign):
    """One region opens first, the others later or never."""

    kind: Literal["pilot"] = "pilot"
    first: Annotated[str, REGION] = Field("midtjylland", description="Region that opens first.")
    others_on: Annotated[datetime.date | Literal["never"], DayOrNever()] = Field(
        "never", description="Day the other regions open, or never."
    )

    @property
    def last_opening(self) -> datetime.date | None:  # noqa: D102 - said by UnitsDesign
        days = [day for day in (self.opens_on, self.others_on) if isinstance(day, datetime.date)]
        return max(days, default=None)

    def regions_named(self) -> list[tuple[Path, str]]:  # noqa: D102 - said by Design
        return [*super().regions_named(), (("first",), self.first)]


class BySiteDesign(UnitsDesign):
    """Units at listed sites."""

    default_places: ClassVar[int]  # where it says none
    is_total: ClassVar[bool]  # whether one number is of all sites together, or of each

    sites: Sites = Field(description="Sites with a unit.")
    places: PlacesBySite = Field({}, description="Places at each site [places].")
    flexible: FlexibleBySite | None = Field(None, description="Places that open and close; none if left out.")

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, values: object) -> object:
        sites = cls.model_fields["sites"].get_default(call_default_factory=True)
        return spread_places(values, sites, default=cls.default_places, is_total=cls.is_total)

    @model_validator(mode="after")
    def _check_sites(self) -> "BySiteDesign":
        _check_listed(self.places, self.sites, self.flexible)
        return self


class LocalDesign(BySiteDesign):
    """A unit at each listed site, serving the municipalities nearest to it."""

    default_places, is_total = 3, False

    kind: Literal["local"] = "local"
    sites: Sites = Field(
        default_factory=confirmed_sites,
        description="Sites with a unit; those confirmed by a source if left out.",
    )
    places: PlacesBySite = Field(
        {},
        description="Places at each site, or of each region to be split over its listed sites, or one "
        "number for every site; 3 if left out [places].",
    )


class NationalDesign(BySiteDesign):
    """One or two sites serving the country."""

    default_places, is_total = sum(_five_places().values()), True

    kind: Literal["national"] = "national"
    sites: Annotated[tuple[str, ...], ListOf(SITE, at_most=2, allows_single=True)] = Field(
        ("ODE",), description="One or two sites."
    )
    places: PlacesBySite = Field(
        {},
        description="Places at each site, or one number to be split; 27 in all if left out [places].",
    )


class ExternalDesign(Design):
    """No pools: municipalities buy single places elsewhere, as today."""

    kind: Literal["external"] = "external"
    external: External = Field(External(), description="The places bought.")


class AmbulatoryDesign(Design):
    """No places at all: ambulatory courses only. Written `kind: none`."""

    kind: Literal["none"] = "none"
    external: ClassVar[None] = None


class PoolsDesign(Design):
    """Pools written out one by one."""

    kind: Literal["pools"] = "pools"
    pools: tuple[Pool, ...] = Field(min_length=1, max_length=200, description="The pools.")
    external: External | None = Field(None, description="Places bought elsewhere after waiting; none if left out.")

    @classmethod
    def completed(cls, words: dict[str, Any], region_map: str) -> dict[str, Any]:  # noqa: D102 - said by Design
        pools = words.get("pools")
        if not isinstance(pools, list | tuple):
            return words
        serves = {"serves": list(REGION_MAPS[region_map])}
        return words | {"pools": [serves | dict(pool) if isinstance(pool, Mapping) else pool for pool in pools]}

    def regions_named(self) -> list[tuple[Path, str]]:  # noqa: D102 - said by Design
        named: list[tuple[Path, str]] = []
        for number, pool in enumerate(self.pools):
            named += [(("pools", number, "serves"), word) for word in pool.serves if not word.isdigit()]
            named += [(("pools", number, "home_regions"), word) for word in pool.home_regions or ()]
        return named

    @field_validator("pools")
    @classmethod
    def _check_ids(cls, pools: tuple[Pool, ...]) -> tuple[Pool, ...]:
        flaws = repeated([pool.id for pool in pools], "id")
        if flaws:
            raise all_broken(flaws)
        return pools


def repeated(names: list[str], key: str) -> list[Flaw]:
    """Find names that come more than once in a list."""
    return [
        Flaw((number, key), say("allowed.a_name_that"), shown(name), say("remedy.give_it_another"))
        for number, name in enumerate(names)
        if name in names[:number]
    ]


def _check_listed(places: Mapping[str, int], sites: tuple[str, ...], flexible: FlexibleBySite | None) -> None:
    given: list[tuple[Path, str]] = [(("places", site), site) for site in places]
    given += [(("flexible", "max_places", site), site) for site in (flexible.max_places if flexible else ())]
    allowed = say("allowed.a_site_listed", known=", ".join(sites))
    flaws = [Flaw(path, allowed, shown(site), say("remedy.add_it_to")) for path, site in given
             if site not in sites]  # fmt: skip
    if flaws:
        raise all_broken(flaws)
    _check_at_least(flexible, places)


def _check_at_least(flexible: FlexibleByRegion | FlexibleBySite | None, places: Mapping[str, int]) -> None:
    if flexible is None:
        return
    flaws = [
        Flaw(
            ("flexible", "max_places", unit),
            say("allowed.at_least_the_places", n=places[unit]),
            str(most),
            say("remedy.raise_max_places"),
        )
        for unit, most in flexible.max_places.items()
        if most < places.get(unit, 0)
    ]
    if flaws:
        raise all_broken(flaws)


def _kind_of(value: object) -> str:
    return f"~{value.get('kind') if isinstance(value, Mapping) else getattr(value, 'kind', '')}"


def _check_kind(value: object) -> object:
    if isinstance(value, Design):
        return value
    if not isinstance(value, Mapping):
        raise broken(say("allowed.a_design"), value, say("remedy.write_as", example="{name: north, kind: regional}"))
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in DESIGNS:
        flaw = unknown_word(kind, tuple(DESIGNS), allowed="allowed.a_kind_of")
        raise all_broken(found._replace(path=("kind",)) for found in flaws_of(flaw))
    return value


AnyDesign = Annotated[
    Annotated[RegionalDesign, Tag("~regional")]
    | Annotated[SharedDesign, Tag("~shared")]
    | Annotated[NationalDesign, Tag("~national")]
    | Annotated[LocalDesign, Tag("~local")]
    | Annotated[PilotDesign, Tag("~pilot")]
    | Annotated[ExternalDesign, Tag("~external")]
    | Annotated[AmbulatoryDesign, Tag("~none")]
    | Annotated[PoolsDesign, Tag("~pools")],
    Discriminator(_kind_of),
    BeforeValidator(_check_kind),
]
"""A design of any kind."""

DESIGNS: Mapping[str, type[Design]] = {
    design.model_fields["kind"].default: design
    for design in (get_args(tagged)[0] for tagged in get_args(get_args(AnyDesign)[0]))
}
"""Class of each design by its kind. Not to be changed."""


def completed_design(design: object, region_map: str) -> object:
    """Fill in what follows from the scenario's map, in a design as it was written."""
    kind = design.get("kind") if isinstance(design, Mapping) else None
    if not isinstance(design, Mapping) or not isinstance(kind, str) or kind not in DESIGNS:
        return design
    return DESIGNS[kind].completed(dict(design), region_map)
