"""Faults in words: what keeps a question from being answered, said in the reader's language.

Takes the error and the question. Gives a sentence for each fault: those that the controls can bring about are said in
the words of the controls, others in the rules' own words.
"""

from dashboard.ask.controls import Control
from dashboard.ask.design_controls import controls_by_path, unit_label
from dashboard.ask.limits import TooLargeError
from dashboard.ask.question import Question, base_scenario, value_at
from dashboard.ask.scales import Conversion
from dashboard.say.control_words import full_label
from sim.scenario import Fault, ScenarioError, scenario_values
from sim.texts import Said, Texts

_TYPED = {"allowed.a_number_of": "number", "allowed.a_whole_number": "whole"}
"""What is said of a number that was typed, by what is allowed."""


def describe_faults(error: ScenarioError, question: Question, texts: Texts) -> tuple[str, ...]:
    """Say what is wrong."""
    if isinstance(error, TooLargeError):
        return (texts(f"plan.fault.{error.code}"),)
    return tuple(dict.fromkeys(_describe(fault, question, texts) for fault in error.faults))


def describe_link_faults(error: ScenarioError, texts: Texts) -> tuple[str, ...]:
    """Say what is wrong with what a link asks: by the words of the scenario, for its designs may be others."""
    if isinstance(error, TooLargeError):
        return (texts(f"plan.fault.{error.code}"),)
    return tuple(dict.fromkeys(_in_own_words(fault, str(fault.path), texts) for fault in error.faults))


def describe_refusal(
    error: ScenarioError, question: Question, control: Control, scale: Conversion, texts: Texts
) -> str:
    """Say why the number of a control cannot be used, if it is that number by itself."""
    if isinstance(error, TooLargeError):
        return " ".join(describe_faults(error, question, texts))
    names = [design["name"] for design in scenario_values(base_scenario(question))["designs"]]
    if not {_named(str(fault.path), names) for fault in error.faults} <= {control.path, *control.also}:
        return ""
    allowed = error.faults[0].allowed
    if not isinstance(allowed, Said) or allowed.code not in _TYPED:
        return " ".join(describe_faults(error, question, texts))
    span = allowed.value("span")
    low, high = (scale.text(end, texts) for end in sorted((span.value("low"), span.value("high")), key=scale.to_shown))
    return texts(f"common.typed.{_TYPED[allowed.code]}", low=low, high=high)


def _describe(fault: Fault, question: Question, texts: Texts) -> str:
    base = scenario_values(base_scenario(question))
    path = _named(str(fault.path), [design["name"] for design in base["designs"]])
    controls = controls_by_path(base)
    label = full_label(controls[path], texts) if path in controls else path or texts("plan.base.label")
    if ".flexible.max_places." in path:
        design, unit = path.split(".")[1], path.rsplit(".", 1)[-1]
        fixed_path = f"designs.{design}.places.{unit}"
        fixed = dict(question.changes).get(fixed_path, value_at(base, fixed_path))
        return texts("plan.fault.max_places", unit=unit_label(unit, ()), fixed=fixed, label=label)
    if path == "measure_from_year":
        return texts("plan.fault.measure_from_year", label=label)
    if isinstance(fault.allowed, Said) and fault.allowed.code == "allowed.an_estimate_of_women":
        return texts("plan.fault.reach")
    if path.startswith("stay.days"):
        return texts("plan.fault.stay")
    return _in_own_words(fault, label, texts)


def _in_own_words(fault: Fault, label: str, texts: Texts) -> str:
    said = fault.parts(texts.language)
    if fault.line is not None:
        label = texts("plan.fault.line", label=label, line=fault.line)
    return texts("plan.fault.other", label=label, allowed=said["allowed"], got=said["got"], remedy=said["remedy"])


def _named(path: str, names: list[str]) -> str:
    """A fault's path with names in place of numbers: `designs[2].places` becomes `designs.flexible.places`."""
    if not path.startswith("designs["):
        return path
    number, _, rest = path.removeprefix("designs[").partition("]")
    return f"designs.{names[int(number)]}{rest}" if int(number) < len(names) else path
