"""The panel of controls: moves words of the scenario on screen.

Every widget shows the draft and changes it in a callback. Most callbacks draw only the answer again, so that a slider
is as quick as the model; those that let other controls come or go draw the whole page.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.ask.controls import (
    GROUPS,
    NUMBER_OR_WORD,
    OWN_NUMBER,
    Control,
    controls_of,
    scale_of_control,
    slider_values,
)
from dashboard.ask.design_controls import design_controls, same_places
from dashboard.ask.question import (
    ADDABLE,
    Question,
    Value,
    Words,
    base_scenario,
    scenario_of,
    value_at,
    with_changes,
    without_changes,
)
from dashboard.ask.scales import Conversion
from dashboard.say.control_words import (
    base_label,
    control_help,
    control_label,
    control_note,
    option_label,
    ready_labels,
)
from dashboard.say.fault_words import describe_refusal
from dashboard.widgets.keys import Fragment, Key, control_key, typed_key
from dashboard.widgets.number_box import NumberBox, render_number_box
from dashboard.widgets.own_file import render_own_file
from dashboard.widgets.plain import plain
from dashboard.widgets.session import (
    ask,
    change_state,
    current_draft,
    current_state,
    current_texts,
)
from sim.cohort import funnel_of
from sim.scenario import Scenario, ScenarioError, load_views, scenario_values
from sim.texts import Texts, design_label

REPLICATIONS = (100, 200, 500, 1000, 2000)
_OWN = "own"


def render_controls() -> None:
    """Draw the panel."""
    texts, draft = current_texts(), current_draft()
    scenario = _scenario_on_screen()
    words, base = scenario_values(scenario), scenario_values(base_scenario(draft))
    _render_base(draft, texts)
    for group in GROUPS:
        with st.expander(texts(f"plan.group.{group}"), expanded=group == "women", key=f"group-{group}"):
            if group == "women":
                _render_estimate(scenario, words, texts)
            if group == "places":
                _render_designs(draft, scenario, texts)
                _render_places(words, base, texts)
            if group == "calculation":
                _render_calculation(draft, scenario, texts)
            controls = [one for one in controls_of(words, group) if one.path != "demand.need_per_year"]
            _render_group(controls, words, base, texts)


def _render_group(controls: Sequence[Control], words: Words, base: Words, texts: Texts) -> None:
    for control in controls:
        if control.is_main:
            render_control(control, words, base, texts)
    others = [control for control in controls if not control.is_main]
    if others:
        with st.expander(texts("plan.group.more"), type="compact", key=f"more-{others[0].path}"):
            for control in others:
                render_control(control, words, base, texts)


def render_control(control: Control, words: Words, base: Words, texts: Texts) -> None:
    """Draw one control."""
    label, note = control_label(control, texts), control_note(control, words, texts)
    help_text, key, value = control_help(control, base, texts), control_key(control.path), value_at(words, control.path)
    if control.path in NUMBER_OR_WORD:
        _render_number_or_word(control, value, label=label, note=note, help_text=help_text)
    elif control.options:
        options = control.options if value in control.options else (value, *control.options)
        st.session_state[key] = value
        st.selectbox(
            plain(label),
            options,
            format_func=lambda option: option_label(control, option, texts),
            key=key,
            help=plain(help_text),
            on_change=_move,
            args=(control, key),
        )
        _render_note(control, note)
    else:
        _render_slider(control, label=label, note=note, help_text=help_text)


def _render_note(control: Control, note: str) -> None:
    """What a control rests on, below it: in its label it would be read aloud each time."""
    if note:
        with st.container(key=f"note-{control.path}"):
            st.caption(plain(note))


def _render_slider(control: Control, *, label: str, note: str, help_text: str) -> None:
    """A slider and a box for the same number, drawn again by themselves."""
    st.fragment(_render_number, key=_part(control))(control, label, note, help_text)


def _part(control: Control) -> str:
    return f"number-{control.path}"


def _render_number(control: Control, label: str, note: str, help_text: str) -> None:
    texts, key, session = current_texts(), control_key(control.path), st.session_state
    is_moved = session.pop(Key.MOVED, "") == control.path
    words, base = scenario_values(_scenario_on_screen()), scenario_values(base_scenario(current_draft()))
    scale = scale_of_control(control, words)
    shown, begun = value_at(words, control.path), value_at(base, control.path)
    known = [value for value in (begun, shown) if isinstance(value, int | float)]  # a view may stand for a number
    if not known:
        return
    values = slider_values(control, scale, known, texts)
    value = next(value for value in values if scale.text(value, texts) == scale.text(known[-1], texts))
    if not is_moved or session[key] != value:  # told what it has said, a slider that was moved on would jump back
        session[key] = value
    with st.container(key=f"pair-{control.path}"):
        st.select_slider(
            plain(label),
            values,
            format_func=lambda value: scale.text(value, texts),
            key=key,
            help=plain(help_text),
            on_change=_move,
            args=(control, key),
        )
        name, parts = texts("plan.typed.label", label=label), (Fragment.ANSWER, _part(control))
        box = NumberBox(name, typed_key(control.path), is_beside=True, parts=parts)
        render_number_box(box, scale.shown(known[-1]), partial(_type, control, scale), texts)
        _render_note(control, note)


def _scenario_on_screen() -> Scenario:
    """The scenario the controls show, with all its designs."""
    try:
        return scenario_of(current_draft()._replace(off=()))
    except ScenarioError:
        return scenario_of(current_state().question._replace(off=()))


def _move(control: Control, key: str) -> None:
    """Take what a widget says into the draft, and draw what follows from it."""
    value, draft = st.session_state[key], current_draft()
    if value is None:
        ask(without_changes(draft, (control.path, *control.also)))
    else:
        ask(with_changes(draft, dict.fromkeys((control.path, *control.also), value)))
    if control.options and not control.is_structural:
        st.rerun(Fragment.ANSWER)
    if not control.options:
        st.session_state[Key.MOVED] = control.path
        st.rerun([Fragment.ANSWER, _part(control)])


def _type(control: Control, scale: Conversion, typed: float) -> str:
    """Take a number that was typed into the draft; gives a sentence where it cannot be used."""
    texts, paths = current_texts(), (control.path, *control.also)
    if st.session_state.get(Key.MOVED) == control.path:
        return ""  # the slider has just been moved: a browser that has not heard of it yet still says the old number
    try:
        asked = with_changes(current_draft(), dict.fromkeys(paths, scale.typed_value(typed)))
    except (ValueError, ArithmeticError):
        return texts("plan.typed.impossible")
    try:
        scenario_of(asked)
    except ScenarioError as error:
        refusal = describe_refusal(error, asked, control, scale, texts)
        if refusal:
            return refusal
    ask(asked)
    return ""


def _render_number_or_word(control: Control, value: Value, *, label: str, note: str, help_text: str) -> None:
    texts, key = current_texts(), f"{control_key(control.path)}:preset"
    presets = (*NUMBER_OR_WORD[control.path], _OWN)
    st.session_state[key] = value if isinstance(value, str) else _OWN
    st.selectbox(
        plain(label),
        presets,
        format_func=lambda word: texts("plan.preset.number") if word == _OWN else option_label(control, word, texts),
        key=key,
        help=plain(help_text),
        on_change=_choose_preset,
        args=(control.path, key),
    )
    if not isinstance(value, str):
        own = texts("plan.preset.label", label=control_label(control, texts))
        _render_slider(control, label=own, note=note, help_text=help_text)
    else:
        _render_note(control, note)


def _choose_preset(path: str, key: str) -> None:
    word = st.session_state[key]
    ask(with_changes(current_draft(), {path: OWN_NUMBER[path] if word == _OWN else word}))


def _render_base(draft: Question, texts: Texts) -> None:
    with st.expander(texts("plan.base.group"), key="group-base"):
        labels = ready_labels(texts)
        if draft.own:
            labels = {_OWN: base_label(draft, texts), **labels}
        st.session_state[Key.BASE] = _OWN if draft.own else draft.base
        st.selectbox(
            texts("plan.base.label"),
            tuple(labels),
            format_func=labels.__getitem__,
            key=Key.BASE,
            help=texts("plan.base.help"),
            on_change=_choose_base,
        )
        render_own_file(texts)


def _choose_base() -> None:
    name = st.session_state[Key.BASE]
    if name in ready_labels(current_texts()):  # else the words for a file of one's own
        ask(Question(base=name, replications=current_draft().replications))


def _render_estimate(scenario: Scenario, words: Words, texts: Texts) -> None:
    views, demand = load_views(), scenario.demand
    st.session_state[Key.ESTIMATE] = demand.view or _OWN
    st.selectbox(
        texts("plan.estimate.label"),
        (*views, _OWN),
        format_func=lambda view: texts("plan.estimate.own") if view == _OWN else texts(f"views.{view}.label"),
        key=Key.ESTIMATE,
        help=texts("plan.estimate.help"),
        on_change=_choose_estimate,
    )
    if demand.view is None:
        (control,) = (one for one in controls_of(words, "women") if one.path == "demand.need_per_year")
        render_control(control, words, words, texts)
        return
    view = views[demand.view]
    said = {word: texts(f"views.{view.id}.{word}") for word in ("who", "statement")}
    try:
        need = texts.number(funnel_of(scenario).need_per_year)
    except ScenarioError:
        need = texts.number(float("nan"))
    st.caption(plain(texts("plan.estimate.need", need=need, **said)))
    if view.step == "admitted":
        st.caption(texts("plan.estimate.step_admitted"))


def _choose_estimate() -> None:
    view = st.session_state[Key.ESTIMATE]
    if view != _OWN:
        ask(with_changes(current_draft(), {"demand.view": view}))
        return
    try:
        need = round(funnel_of(scenario_of(current_draft())).need_per_year)
    except ScenarioError:
        need = OWN_NUMBER["demand.need_per_year"]
    ask(with_changes(current_draft(), {"demand.need_per_year": need}))


def _render_designs(draft: Question, scenario: Scenario, texts: Texts) -> None:
    names = [design.name for design in scenario.designs]
    st.session_state[Key.DESIGNS] = [name for name in names if name not in draft.off]
    st.pills(
        texts("plan.designs.shown"),
        names,
        selection_mode="multi",
        format_func=lambda name: plain(design_label(name, texts)),
        key=Key.DESIGNS,
        help=texts("plan.designs.help"),
        on_change=_choose_designs,
        args=(names,),
    )
    further = [name for name in ADDABLE if name not in names]
    if further:
        st.session_state[Key.ADD_DESIGN] = None
        st.selectbox(
            texts("plan.designs.add"),
            further,
            format_func=lambda name: f"{design_label(name, texts)}: {texts(f'common.kind.{name}')}",
            key=Key.ADD_DESIGN,
            placeholder=texts("plan.designs.add_placeholder"),
            help=texts("plan.designs.add_help"),
            on_change=_add_design,
        )


def _choose_designs(names: Sequence[str]) -> None:
    chosen = st.session_state[Key.DESIGNS]
    if chosen:  # one must stay
        ask(current_draft()._replace(off=tuple(name for name in names if name not in chosen)))


def _add_design() -> None:
    name, draft = st.session_state[Key.ADD_DESIGN], current_draft()
    if name is not None:
        ask(draft._replace(added=(*draft.added, name)))
        change_state(lambda state: state.with_choice("plan.places_of", name))


def _render_places(words: Words, base: Words, texts: Texts) -> None:
    groups = {"+".join(names): names for names in same_places(words)}
    chosen = current_state().choice("plan.places_of", next(iter(groups)))
    chosen = chosen if chosen in groups else next(iter(groups))
    st.session_state[Key.PLACES_OF] = chosen

    def label(group: str) -> str:
        labels = ", ".join(design_label(name, texts) for name in groups[group])
        return texts("plan.places_of.together", names=labels) if len(groups[group]) > 1 else labels

    st.selectbox(
        texts("plan.places_of.label"),
        tuple(groups),
        format_func=label,
        key=Key.PLACES_OF,
        help=texts("plan.places_of.help"),
        on_change=_choose_places_of,
    )
    controls = design_controls(words, groups[str(chosen)], base)
    is_flexible = any(control.word.endswith("max_places") for control in controls)
    for control in controls:
        if is_flexible and control in (controls[0], next(one for one in controls if "max_places" in one.path)):
            heading = "fixed" if control is controls[0] else "flexible"
            st.caption(texts(f"plan.places_of.{heading}_heading"))
        if control.is_main:
            render_control(control, words, base, texts)
    _render_group([control for control in controls if not control.is_main], words, base, texts)


def _choose_places_of() -> None:
    chosen = st.session_state[Key.PLACES_OF]
    change_state(lambda state: state.with_choice("plan.places_of", chosen))


def _render_calculation(draft: Question, scenario: Scenario, texts: Texts) -> None:
    values = sorted({*REPLICATIONS, draft.replications})
    st.session_state[Key.REPLICATIONS] = draft.replications
    st.select_slider(
        texts("plan.replications.label"),
        values,
        format_func=texts.number,
        key=Key.REPLICATIONS,
        help=texts("plan.replications.help"),
        on_change=_choose_replications,
    )
    names = [design.name for design in scenario.designs if design.name not in draft.off]
    chosen = scenario.measures.against
    st.session_state[Key.AGAINST] = chosen if chosen in names else names[0]
    st.selectbox(
        texts("plan.designs.against"),
        names,
        format_func=lambda name: design_label(name, texts),
        key=Key.AGAINST,
        help=texts("plan.designs.against_help"),
        on_change=_choose_against,
        args=(names[0],),
    )


def _choose_replications() -> None:
    ask(current_draft()._replace(replications=st.session_state[Key.REPLICATIONS]))
    st.rerun(Fragment.ANSWER)


def _choose_against(first: str) -> None:
    name = st.session_state[Key.AGAINST]
    draft = current_draft()
    ask(
        without_changes(draft, ("measures.against",))
        if name == first
        else with_changes(draft, {"measures.against": name})
    )
    st.rerun(Fragment.ANSWER)
