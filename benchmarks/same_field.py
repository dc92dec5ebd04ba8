"""Places that give each design of a scenario the same access, or that the same budget pays for.

Each design keeps the proportion of its places, by largest remainder, and grows or shrinks as a whole: the fewest
places that give the access, the most that the budget pays for. All are played on the same women. Prints the words
``fields:`` for the scenario's file.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import click

from sim.experiment import Memory, run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import (
    Scenario,
    find_scenario,
    in_field,
    load_scenario,
    scenario_from,
    scenario_text,
    scenario_values,
    with_values,
)
from sim.scenario.words.designs import MOST_PLACES

COST = "cost_per_year"
MOST_TIMES = 5
"""Places tried at most, times those of the scenario."""

Units = dict[str, tuple[int, int]]
"""By unit, its places open for good and the most that may be open."""


def units_of(design: dict[str, Any]) -> Units:
    """Read the places of a design as it is written, unit by unit; nothing where they cannot be sized."""
    if "pools" in design:
        if any("plan" in pool for pool in design["pools"]):
            return {}
        return {pool["id"]: (pool["places"], _most(pool, pool["places"])) for pool in design["pools"]}
    places = design.get("places", {})
    most = _most(design, places)
    return {unit: (few, most[unit]) for unit, few in places.items()}


def _most(words: dict[str, Any], otherwise: Any) -> Any:
    return words["flexible"]["max_places"] if "flexible" in words else otherwise


def words_of(design: dict[str, Any], units: Units) -> dict[str, Any]:
    """Write the words of a design that differ when its units have these places."""
    few = {unit: places for unit, (places, _) in units.items()}
    most = {unit: places for unit, (_, places) in units.items()}
    if "pools" in design:
        flexible = {pool["id"] for pool in design["pools"] if "flexible" in pool}
        return {
            "pools": {
                unit: {"places": few[unit]} | ({"flexible": {"max_places": most[unit]}} if unit in flexible else {})
                for unit in units
            }
        }
    return {"places": few} | ({"flexible": {"max_places": most}} if "flexible" in design else {})


def shared_out(total: int, weights: list[int]) -> list[int]:
    """Share out a whole number in proportion, by largest remainder; of equal ones the first have it."""
    whole = sum(weights)
    parts = [divmod(total * weight, whole) if whole else (0, 0) for weight in weights]
    left = (total - sum(part for part, _ in parts)) if whole else 0
    order = sorted(range(len(weights)), key=lambda number: -parts[number][1])
    return [part + (number in order[:left]) for number, (part, _) in enumerate(parts)]


def resized(units: Units, most_in_all: int) -> Units:
    """Units in the same proportion with so many places in all, at the most."""
    few, most = ([pair[number] for pair in units.values()] for number in (0, 1))
    fixed = shared_out(round(most_in_all * sum(few) / sum(most)), few)
    return {
        unit: (min(own, up_to), up_to)
        for unit, own, up_to in zip(units, fixed, shared_out(most_in_all, most), strict=True)
    }


def fewest(holds: Callable[[int], bool], most: int) -> int | None:
    """Find from where on something holds, up to `most`; none if it does not hold there."""
    if not holds(most):
        return None
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


class Sizing:
    """A scenario whose designs are sized, all on the same women."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self._memory = scenario, Memory()
        self.values = scenario_values(scenario.model_copy(update={"fields": None}))

    def designs(self) -> Iterator[tuple[dict[str, Any], Units]]:
        """Go through the designs, and the places of each."""
        for design in self.values["designs"]:
            units = units_of(design)
            yield design, units if sum(most for _, most in units.values()) else {}

    def measured(self, design: str, differing: dict[str, Any], measure: str) -> float:
        """Play a design with other words and measure it; not a number where there is nothing to measure."""
        fields = {"access": {"target": 0, "designs": {design: differing}}} if differing else {}
        values = {**self.values, **({"fields": fields} if fields else {})}
        values["designs"] = [words for words in values["designs"] if words["name"] == design]
        values["measures"] = {word: value for word, value in values["measures"].items() if word != "against"}
        asked = scenario_from(values)
        found = run_experiment(in_field(asked, "access") if fields else asked, memory=self._memory)
        return float(found.designs[design].estimates.mean[0, MEASURE_NUMBER[measure]])

    def size(self, design: dict[str, Any], units: Units, *, measure: str, target: float) -> dict[str, Any] | None:
        """Words of a design with the fewest places that give the target, or the most that cost no more."""
        now, largest = (whole(most for _, most in units.values()) for whole in (sum, max))
        most_in_all = min(MOST_TIMES * now, now * MOST_PLACES // largest)

        @cache
        def value(number: int) -> float:
            return self.measured(design["name"], words_of(design, resized(units, number)), measure)

        if measure == COST:
            above = fewest(lambda number: number > 0 and value(number) > target, most_in_all)
            number = most_in_all if above is None else above - 1
        else:
            found = fewest(lambda number: number > 0 and value(number) >= target, most_in_all)
            number = found or 0
        return words_of(design, resized(units, number)) if number > 0 else None


def same_fields(scenario: Scenario, *, access: float | None, of: str, budget: float | None) -> tuple[str, list[str]]:
    """Write the words ``fields:``, and say which designs are left as they are."""
    sizing = Sizing(scenario)
    first = scenario.measures.against or scenario.designs[0].name
    access = round(sizing.measured(first, {}, of), 2) if access is None else access
    budget = round(sizing.measured(first, {}, COST), -6) if budget is None else budget
    fields: dict[str, Any] = {}
    told = []
    for field, measure, target in (("access", of, access), ("budget", COST, budget)):
        sized = {}
        for design, units in sizing.designs():
            words = sizing.size(design, units, measure=measure, target=target) if units else None
            if words is None:
                why = "cannot reach it" if units else "has no places that could be sized"
                told.append(f"# {field}: {design['name']} {why}, and is left as it is")
            else:
                sized[design["name"]] = words
        fields[field] = {"target": target, "designs": sized} | ({"of": of} if field == "access" else {})
    whole = scenario_from({**sizing.values, "fields": fields})
    lines = scenario_text(whole).splitlines()
    begin = lines.index("fields:")
    end = next(number for number, line in enumerate(lines) if number > begin and not line.startswith(" "))
    return "\n".join(lines[begin:end]), told


@click.command()
@click.argument("scenario")
@click.option("--access", type=click.FloatRange(0, 1), help="Target; what the first design gives, if left out.")
@click.option("--of", default="admitted_within_14_days", show_default=True, help="Measure of access, a share.")
@click.option("--budget", type=click.FloatRange(0), help="Target [DKK/year]; what the first design costs, if left out.")
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenario's.")
def main(scenario: str, access: float | None, of: str, budget: float | None, replications: int | None) -> None:
    """Find the places that give the designs of SCENARIO the same access, and the same budget."""
    asked = load_scenario(find_scenario(scenario))
    if replications:
        asked = with_values(asked, {"replications": replications})
    if asked.fields and asked.fields.access and access is None:
        access, of = asked.fields.access.target, asked.fields.access.of
    if asked.fields and asked.fields.budget and budget is None:
        budget = asked.fields.budget.target
    text, told = same_fields(asked, access=access, of=of, budget=budget)
    click.echo("\n".join([text, *told]))


if __name__ == "__main__":
    main()
