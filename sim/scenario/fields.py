"""A scenario in one of its fields: the same women, and designs with the numbers of places of that field."""

from collections.abc import Mapping
from typing import Any

from sim.faults import Fault, ScenarioError, did_you_mean, shown_text
from sim.scenario.file.checking import scenario_from, values_in_field
from sim.scenario.file.writing import scenario_values
from sim.scenario.sweeps import named_after
from sim.scenario.words.scenario import Scenario
from sim.texts import say

PLACES = "places"
"""The field of every scenario: the designs as they stand."""


def fields_of(scenario: Scenario) -> tuple[str, ...]:
    """List the fields of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    tuple of str
        In the order in which they are to be read: access, budget, places.
    """
    return (*(name for name, _ in scenario.fields.given()), PLACES) if scenario.fields else (PLACES,)


def in_field(scenario: Scenario, field: str) -> Scenario:
    """Give the designs of a scenario the numbers of places of a field.

    Parameters
    ----------
    scenario : Scenario
        Not changed.
    field : str
        One of `fields_of`.

    Returns
    -------
    Scenario
        An ordinary one, without fields; of another field than places its name ends in the field's.

    Raises
    ------
    ScenarioError
        If it has no such field, or a design of it cannot be built.
    """
    known = fields_of(scenario)
    if field not in known:
        remedy = did_you_mean(field, known, say("remedy.say_with_fields"))
        allowed = say("allowed.one_of", known=", ".join(known))
        raise ScenarioError([Fault(scenario.name, None, "fields", allowed, shown_text(field), remedy)])
    if field == PLACES:
        return scenario.model_copy(update={"fields": None}) if scenario.fields else scenario
    values: Mapping[str, Any] = values_in_field(scenario_values(scenario), field)
    return scenario_from({**values, "name": named_after(scenario.name, field)}, scenario.name)
