"""Faults in words: what keeps a question from being answered, said in the reader's language.

Takes the error and the question. Gives a sentence for each fault: those that the controls can bring about are said in
the words of the controls, others in the rules' own words.
"""

import re

from dashboard.control_words import full_label
from dashboard.controls import Control
from dashboard.design_controls import controls_by_path, unit_label
from dashboard.fault_phrases import phrase_fault
from dashboard.limits import TooLargeError
from dashboard.question import Question, base_scenario, value_at
from dashboard.scales import Scale
from dashboard.texts import Texts
from sim.scenario import Fault, ScenarioError, scenario_values

_ENDS = re.compile(r"(a whole number|whole days)?(?:a number)? ?from (-?[\d.,]+) to (-?[\d.,]+).*")


def describe_faults(error: ScenarioError, question: Question, texts: Texts) -> tuple[str, ...]:
    """Say what is wrong."""
    if isinstance(error, TooLargeError):
        return (texts(f"plan.fault.{error.code}"),)
    return tuple(dict.fromkeys(_describe(fault, question, texts) for fault in error.faults))


def describe_refusal(error: ScenarioError, question: Question, control: Control, scale: Scale, texts: Texts) -> str:
    """Say why the number of a control cannot be used, if it is that number by itself."""
    if isinstance(error, TooLargeError):
        return " ".join(describe_faults(error, question, texts))
    names = [design["name"] for design in scenario_values(base_scenario(question))["designs"]]
    if not {_named(fault.path, names) for fault in error.faults} <= {control.path, *control.also}:
        return ""
    found = _ENDS.fullmatch(error.faults[0].allowed)
    if found is None:
        return " ".join(describe_faults(error, question, texts))
    ends = sorted((float(found[2].replace(",", "")), float(found[3].replace(",", ""))), key=scale.to_shown)
    low, high = (scale.text(end, texts) for end in ends)
    return texts("common.typed.whole" if found[1] else "common.typed.number", low=low, high=high)


def _describe(fault: Fault, question: Question, texts: Texts) -> str:
    base = scenario_values(base_scenario(question))
    path = _named(fault.path, [design["name"] for design in base["designs"]])
    controls = controls_by_path(base)
    label = full_label(controls[path], texts) if path in controls else path or texts("plan.base.label")
    if ".flexible.max_places." in path:
        design, unit = path.split(".")[1], path.rsplit(".", 1)[-1]
        fixed_path = f"designs.{design}.places.{unit}"
        fixed = dict(question.changes).get(fixed_path, value_at(base, fixed_path))
        return texts("plan.fault.max_places", unit=unit_label(unit, ()), fixed=fixed, label=label)
    if path == "measure_from_year":
        return texts("plan.fault.measure_from_year", label=label)
    if path == "demand.view":
        return texts("plan.fault.reach")
    if path.startswith("stay.days"):
        return texts("plan.fault.stay")
    said = phrase_fault(fault, texts)
    if fault.line is not None:
        label = texts("plan.fault.line", label=label, line=fault.line)
    return texts("plan.fault.other", label=label, allowed=said.allowed, got=said.got, remedy=said.remedy)


def _named(path: str, names: list[str]) -> str:
    """A fault's path with names in place of numbers: `designs[2].places` becomes `designs.flexible.places`."""
    if not path.startswith("designs["):
        return path
    number, _, rest = path.removeprefix("designs[").partition("]")
    return f"designs.{names[int(number)]}{rest}" if int(number) < len(names) else path
