"""Controls of designs: places region by region, and the rules a design has.

Takes a scenario. Gives the controls of one design, or of several that have the same places. A control is there only
where the design has its word.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.ask.controls import GROUPS, Control, controls_of
from dashboard.ask.question import Words, value_at
from sim.geography import REGION_NAMES, load_sites
from sim.scenario import DISCIPLINES, FINANCINGS

Groups = tuple[tuple[str, ...], ...]
"""Regions that share, group by group."""

_WEST = ("syddanmark", "midtjylland", "nordjylland")
_EASTS = (("hovedstaden", "sjaelland"), ("oestdanmark",))
SHARING: Mapping[str, tuple[Groups, ...]] = {
    "all": tuple(((*east, *_WEST),) for east in _EASTS),
    "east_west": tuple((east, _WEST) for east in _EASTS),
    "three": tuple((east, ("syddanmark",), ("midtjylland", "nordjylland")) for east in _EASTS),
}
"""Common ways to share, by name: on the map of five regions and on that of four."""


def design_controls(words: Words, names: Sequence[str], base: Words | None = None) -> tuple[Control, ...]:
    """List the controls of designs that are moved together."""
    design = value_at(words, f"designs.{names[0]}")
    found = [*_places(design, names), *_flexible(design, names[0])]
    if len(names) == 1:
        begun = None if base is None else value_at(base, f"designs.{names[0]}.financing")
        found += _rules(design, names[0], FINANCINGS if begun else (None, *FINANCINGS))
    return tuple(found)


def _places(design: Any, names: Sequence[str]) -> Iterator[Control]:
    by_pool = {pool["id"]: pool["places"] for pool in design.get("pools", ())}
    inner = "pools.{}.places" if by_pool else "places.{}"
    for unit, number in (by_pool or design.get("places", {})).items():
        first, *others = (f"designs.{name}.{inner.format(unit)}" for name in names)
        most = max(12, 2 * number)
        yield Control(
            first, "places", "places", 0, most, also=tuple(others), is_main=True, label=unit_label(unit, by_pool)
        )


def _flexible(design: Any, name: str) -> Iterator[Control]:
    rule = design.get("flexible")
    if not isinstance(rule, Mapping):
        return
    path = f"designs.{name}.flexible"
    for unit, number in rule["max_places"].items():
        most = max(16, 2 * number)
        label = unit_label(unit, ())
        yield Control(f"{path}.max_places.{unit}", "places", "places", 0, most, is_main=True, label=label)
    yield Control(f"{path}.lead_days", "places", "days", 0, 120, 7)
    yield Control(f"{path}.open_at_waiting", "places", "women", 1, 6)
    yield Control(f"{path}.keep_free", "places", "places", 0, 4)
    yield Control(f"{path}.close_after_idle_days", "places", "days", 0, 180, 10)
    yield Control(f"{path}.min_open_days", "places", "days", 0, 365, 15)
    yield Control(f"{path}.failure_probability", "places", "percent", 0, 60, 5)


def _rules(design: Any, name: str, payers: tuple[str | None, ...]) -> Iterator[Control]:
    path = f"designs.{name}"
    if design["kind"] == "shared" and design["groups"]:
        shares = tuple(tuple(group) for group in design["groups"])
        sharing = {region for group in shares for region in group}
        known = (
            way for ways in SHARING.values() for way in ways if {region for group in way for region in group} == sharing
        )
        yield Control(f"{path}.groups", "places", options=tuple(dict.fromkeys((*known, shares))))
        yield Control(f"{path}.home_first", "places", options=(False, True))
    if design["kind"] == "pilot":
        yield Control(f"{path}.first", "places", options=tuple(design["places"]))
    if design["kind"] != "none" and not isinstance(design.get("financing"), Mapping):
        yield Control(f"{path}.financing", "places", options=payers)
    if "turnaround_days" in design:
        yield Control(f"{path}.turnaround_days", "places", "days", 0, 21)
        yield Control(f"{path}.family_places", "places", options=(True, False))
        yield Control(f"{path}.discipline", "places", options=DISCIPLINES)
    if isinstance(design.get("external"), Mapping):
        yield Control(f"{path}.external.after_days", "places", "days", 0, 180, 7, is_main=True)
        yield Control(f"{path}.external.minutes", "places", "minutes", 0, 300, 15, is_main=True)


def unit_label(unit: str, pools: Any) -> str:
    """Name a unit for people: a region, a town, or a pool as it is called."""
    if unit in pools:
        return unit
    return REGION_NAMES.get(unit) or next((site.town for site in load_sites() if site.id == unit), unit)


def same_places(words: Words) -> tuple[tuple[str, ...], ...]:
    """Group designs whose places can be moved together, then each by itself."""
    alike: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for design in words["designs"]:
        if design["kind"] in ("regional", "shared", "pilot") and "flexible" not in design:
            alike.setdefault(tuple(design["places"].items()), []).append(design["name"])
    together = [tuple(names) for names in alike.values() if len(names) > 1]
    return (*together, *((design["name"],) for design in words["designs"]))


def controls_by_path(words: Words) -> dict[str, Control]:
    """List all controls of a scenario by the words they change."""
    found = [control for group in GROUPS for control in controls_of(words, group)]
    for design in words["designs"]:
        found += design_controls(words, (design["name"],))
    return {path: control for control in found for path in (*control.also, control.path)}
