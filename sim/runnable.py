"""Whether a scenario can be run: what its words cannot tell, without waiting for what the scenario does not ask for.

Takes a complete scenario. Gives its designs, or everything that keeps it from being run.
"""

from sim.design import BuiltDesign, build_designs
from sim.faults import did_you_mean
from sim.scenario import PLACES, AccessField, Fault, Precision, Scenario, ScenarioError, fields_of, in_field, load_views
from sim.texts import say


def check_scenario(scenario: Scenario) -> tuple[BuiltDesign, ...]:
    """Check what can only be seen with the measures, the women and the designs at hand."""
    faults = _faults_of_measures(scenario)
    designs: tuple[BuiltDesign, ...] = ()
    for field in reversed(fields_of(scenario)):
        try:
            built = build_designs(in_field(scenario, field))
        except ScenarioError as error:
            faults += error.faults
        else:
            designs = built if field == PLACES else designs
    try:
        if scenario.demand.view is not None and load_views()[scenario.demand.view].step != "need":
            from sim.cohort import funnel_of  # noqa: PLC0415 - compiled, and only an estimate needs it

            funnel_of(scenario)
    except ScenarioError as error:
        faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return designs


def _faults_of_measures(scenario: Scenario) -> list[Fault]:
    """Each measure of which precision or equal access is asked and which does not exist."""
    wanted, access = scenario.replications, scenario.fields and scenario.fields.access
    asked = [("replications.of", name) for name in (wanted.of if isinstance(wanted, Precision) else ())]
    if access and access.of != AccessField.model_fields["of"].default:
        asked.append(("fields.access.of", access.of))
    if not asked:
        return []
    from sim.economics import MONEY_MEASURES  # noqa: PLC0415 - compiled, and only these words need them
    from sim.measures import MEASURES  # noqa: PLC0415

    known = {measure.name for measure in (*MEASURES, *MONEY_MEASURES)}
    faults = []
    for path, name in asked:
        if name not in known:
            remedy = did_you_mean(name, sorted(known), say("remedy.the_measures_are"))
            faults.append(Fault(scenario.name, None, path, say("allowed.the_name_of"), name, remedy))
    return faults
