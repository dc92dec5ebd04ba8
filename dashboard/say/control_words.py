"""Controls in words: their labels, what they rest on, their values, and what has been moved.

Takes controls, scenarios and questions. Gives sentences in the reader's language. Leaves out the widgets.
"""

from collections.abc import Mapping

from dashboard.ask.controls import (
    Control,
    parameter_behind,
    plausible_ends,
    scale_of_control,
)
from dashboard.ask.design_controls import SHARING, controls_by_path
from dashboard.ask.question import Question, Value, Words, base_scenario, scenario_of, value_at
from sim.scenario import Parameter, ready_scenarios, scenario_values
from sim.texts import Texts, design_label


def control_label(control: Control, texts: Texts) -> str:
    """Name a control."""
    word = f"parameters.word.{control.word.replace('.', '_')}"
    if control.word.endswith("max_places"):  # its neighbour has the same place in its name
        return f"{control.label}: {texts(word)[:1].lower()}{texts(word)[1:]}"
    if control.label:
        return control.label
    parameter = parameter_behind(control)
    return texts(f"parameters.{parameter.id}.label" if parameter is not None and word not in texts else word)


def full_label(control: Control, texts: Texts) -> str:
    """Name a control where its neighbours do not say what it belongs to."""
    label = control_label(control, texts)
    if not control.path.startswith("designs."):
        return label
    names = [path.split(".")[1] for path in (control.path, *control.also)]
    designs = ", ".join(design_label(name, texts) for name in dict.fromkeys(names))
    if control.label:
        word = texts(f"parameters.word.{control.word.replace('.', '_')}")
        return f"{designs}, {control.label}: {word[:1].lower()}{word[1:]}"
    return f"{designs}: {label[:1].lower()}{label[1:]}"


def control_note(control: Control, words: Words, texts: Texts) -> str:
    """Say in a few words what a control rests on and between which values the truth is thought to lie."""
    parameter = parameter_behind(control)
    if parameter is None:
        return ""
    note = texts(f"parameters.strength.{_strength(parameter)}")
    if control.options:
        return note
    scale = scale_of_control(control, words)
    ends = plausible_ends(control, scale)
    if ends is None:
        return note
    low, high = (scale.text(end, texts) for end in ends)
    unit = low.lstrip("-0123456789.,")
    low = low.removesuffix(unit) if unit and high.endswith(unit) else low  # one unit is enough where it comes last
    return f"{note}, {texts('plan.plausible', low=low, high=high)}"


def control_help(control: Control, base: Words, texts: Texts) -> str:
    """Say what a control rests on and where it began."""
    parameter = parameter_behind(control)
    begin = texts("plan.default", value=_written_of(control, base, texts).rstrip("."))
    if parameter is None:
        about = f"parameters.about.{control.word.replace('.', '_')}"
        return f"{texts(about if about in texts else 'plan.no_parameter')} {begin}"
    strength = _strength(parameter)
    source = texts(f"parameters.{parameter.id}.source").rstrip(".")
    if not source:
        return f"{texts('plan.rests_on_nothing')} {begin}"
    key = "plan.rests_on_assumption" if strength == "assumption" else "plan.rests_on"
    return f"{texts(key, strength=texts(f'parameters.strength.{strength}'), source=source)} {begin}"


def _strength(parameter: Parameter) -> str:
    return parameter.strength.split()[0].strip(",;")


def write_value(control: Control, value: Value, words: Words, texts: Texts) -> str:
    """Write a value of a control."""
    if value is None:
        return texts("plan.changes.nothing")
    if control.options or isinstance(value, str):
        return option_label(control, value, texts)
    return scale_of_control(control, words).text(value, texts)


def _written_of(control: Control, words: Words, texts: Texts) -> str:
    value = value_at(words, control.path)
    if control.path == "demand.need_per_year" and value is None:
        return texts(f"views.{words['demand']['view']}.label")
    if control.options:
        return option_label(control, value, texts)
    return write_value(control, value, words, texts)


def option_label(control: Control, value: Value, texts: Texts) -> str:
    """Name an option of a control."""
    word = control.word
    if word == "designs.groups":
        name = next((name for name, ways in SHARING.items() if value in ways), "other")
        return texts(f"plan.option.designs_groups.{name}")
    if value is None:
        return texts("plan.option.designs_financing.as_scenario")
    if isinstance(value, Mapping) and f"financing.name.{next(iter(value), '')}" in texts:
        return texts(f"financing.name.{next(iter(value))}")
    if word == "designs.first":
        return texts(f"common.region.{value}")
    key = f"plan.option.{word.replace('.', '_')}.{value}"
    return texts(key) if key in texts else str(value)


def base_label(question: Question, texts: Texts) -> str:
    """Name the scenario a question begins with."""
    title = base_scenario(question).title
    name = base_scenario(question).name
    written = (title.da if texts.language == "da" else title.en) or name
    return texts("plan.base.own") + f": {written}" if question.own else written


def ready_labels(texts: Texts) -> dict[str, str]:
    """Name the ready scenarios."""
    names = sorted(ready_scenarios(), key=lambda name: (name != "baseline", name))
    return {name: base_label(Question(base=name), texts) for name in names}


def describe_moves(question: Question, since: Question, texts: Texts) -> tuple[str, ...]:
    """Say what has been moved between two questions."""
    lines = []
    if (question.base, question.own) != (since.base, since.own):
        lines.append(texts("plan.changes.base", before=base_label(since, texts), after=base_label(question, texts)))
    lines += _moved_words(question, since, texts)
    for key, now, before in (
        ("added", question.added, since.added),
        ("off", question.off, since.off),
        ("back", since.off, question.off),
    ):
        names = [design_label(name, texts) for name in now if name not in before]
        if names:
            lines.append(texts(f"plan.changes.{key}", names=", ".join(names)))
    if question.replications != since.replications:
        written = [texts.number(one.replications) for one in (since, question)]
        lines.append(texts("plan.changes.replications", before=written[0], after=written[1]))
    return tuple(lines)


def _moved_words(question: Question, since: Question, texts: Texts) -> list[str]:
    now, before = whole_words_of(question), whole_words_of(since)
    known = controls_by_path(now)
    lines: dict[str, None] = {}
    for changed in dict(since.changes) | dict(question.changes):
        path = "demand.need_per_year" if changed == "demand.view" else changed  # the two stand for one thing
        control = known.get(path)
        if control is None:
            pair = [value_at(one, path) for one in (before, now)]
            if pair[0] != pair[1]:
                words = [texts("plan.changes.nothing") if value is None else str(value) for value in pair]
                lines[texts("plan.changes.other", path=path, before=words[0], after=words[1])] = None
            continue
        written = [_written_of(control, one, texts) for one in (before, now)]
        if (
            any(value_at(before, one) != value_at(now, one) for one in (path, *control.also))
            or written[0] != written[1]
        ):
            label = full_label(control, texts)
            lines[texts("plan.changes.one", label=label, before=written[0], after=written[1])] = None
    return list(lines)


def whole_words_of(question: Question) -> Words:
    """Write out the scenario of a question with all its designs, those left out too."""
    return scenario_values(scenario_of(question._replace(off=())))
