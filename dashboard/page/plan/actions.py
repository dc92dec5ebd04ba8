"""What can be done with the question on screen: take back, keep, compare with what was kept, share, download."""

import html
from collections.abc import Callable

import streamlit as st

from dashboard.ask.file_names import one_spelling
from dashboard.ask.question import Question, scenario_to_save
from dashboard.ask.state import MOST_KEPT, KeptQuestion, State
from dashboard.widgets.downloads import render_download
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import bold, plain
from dashboard.widgets.session import ask, can_undo, change_state, current_state, current_texts, undo
from sim.personal_numbers import holds_personal_number
from sim.scenario import scenario_hash, scenario_text
from sim.texts import Texts

_LONGEST_NAME = 60
_COPY = """
<script>
for (const share of document.querySelectorAll(".dp-share")) {
  const button = share.querySelector("button"), field = share.querySelector("input");
  field.value = window.location.href;
  button.onclick = async () => {
    field.value = window.location.href;
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = button.dataset.done;
  };
}
</script>
"""


def render_actions(texts: Texts) -> None:
    """Draw the row of actions."""
    state = current_state()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            texts("plan.actions.undo"),
            key=Key.UNDO,
            on_click=_and_redraw,
            args=(undo,),
            disabled=not can_undo(),
            icon=":material/undo:",
        )
        st.button(
            texts("plan.actions.reset"),
            key=Key.RESET,
            on_click=_and_redraw,
            args=(_reset,),
            icon=":material/restart_alt:",
        )
        with st.popover(texts("plan.actions.keep"), icon=":material/bookmark:", key="keeping"):
            _render_keeping(state, texts)
        with st.popover(texts("plan.actions.share"), icon=":material/link:", key="sharing"):
            _render_sharing(texts)
        _render_file(state, texts)
        if state.kept:
            _render_compared(state, texts)


def _and_redraw(act: Callable[..., None], *names: str) -> None:
    """Act, and draw the whole page again: controls follow."""
    act(*names)
    st.rerun()


def _reset() -> None:
    question = current_state().question
    ask(Question(base=question.base, own=question.own))


def _render_keeping(state: State, texts: Texts) -> None:
    st.caption(texts("plan.actions.keep_help"))
    if len(state.kept) < MOST_KEPT:
        st.text_input(
            texts("plan.actions.keep_name"),
            key=Key.KEEP_NAME,
            max_chars=_LONGEST_NAME,
            placeholder=texts("plan.actions.keep_placeholder"),
        )
        refusal = st.session_state[Key.TYPED].get(Key.KEEP_NAME)
        if refusal:
            st.error(plain(refusal[1]))
        st.button(texts("plan.actions.keep"), key=Key.KEEP, on_click=_and_redraw, args=(_keep,), type="primary")
    else:
        st.caption(plain(texts("plan.actions.keep_full", most=MOST_KEPT)))
    for kept in reversed(state.kept):
        with st.container(horizontal=True, vertical_alignment="center", key=f"kept-{kept.name}"):
            st.markdown(bold(kept.name))
            for word, act in (("recall", _recall), ("forget", _forget)):
                st.button(
                    texts(f"plan.actions.{word}"),
                    key=f"{Key(word)}:{kept.name}",
                    on_click=_and_redraw,
                    args=(act, kept.name),
                    type="tertiary",
                )


def _keep() -> None:
    session, state, texts = st.session_state, current_state(), current_texts()
    printable = "".join(one for one in one_spelling(session[Key.KEEP_NAME]) if one.isprintable())
    written = " ".join(printable.split())[:_LONGEST_NAME].strip() or str(len(state.kept) + 1)
    session[Key.KEEP_NAME] = ""
    session[Key.TYPED].pop(Key.KEEP_NAME, None)
    if holds_personal_number(written):
        session[Key.TYPED][Key.KEEP_NAME] = ("", texts("common.typed.personal"))
        return
    if written.casefold() == texts("plan.numbers.start").casefold():
        written = f"{written} 2"  # what one begins with is called so already
    others = tuple(kept for kept in state.kept if kept.name != written)
    change_state(lambda state: state._replace(kept=(*others, KeptQuestion(written, state.question)), compared=written))


def _recall(name: str) -> None:
    ask(next(kept.question for kept in current_state().kept if kept.name == name))


def _forget(name: str) -> None:
    change_state(
        lambda state: state._replace(
            kept=tuple(kept for kept in state.kept if kept.name != name),
            compared="" if state.compared == name else state.compared,
        )
    )


def _render_sharing(texts: Texts) -> None:
    st.caption(texts("plan.actions.share_help"))
    label, done = (html.escape(texts(f"plan.actions.{word}")) for word in ("copy", "copied"))
    st.html(
        f'<div class="dp-share"><input type="text" readonly aria-label="{html.escape(texts("plan.actions.share"))}">'
        f'<button type="button" data-done="{done}">{label}</button></div>{_COPY}',
        unsafe_allow_javascript=True,
    )


def _render_file(state: State, texts: Texts) -> None:
    scenario = scenario_to_save(state.question)
    name = scenario_hash(scenario)
    render_download(
        texts("plan.actions.file"),
        scenario_text(scenario),
        f"{scenario.name}-{name}.yaml",
        key=Key.SCENARIO_FILE,
        help_text=texts("plan.actions.file_help", hash=name),
    )


def _render_compared(state: State, texts: Texts) -> None:
    st.session_state[Key.COMPARED] = state.compared
    st.selectbox(
        texts("plan.actions.compared"),
        ("", *(kept.name for kept in reversed(state.kept))),
        format_func=lambda name: name or texts("plan.numbers.start"),
        key=Key.COMPARED,
        on_change=_choose_compared,
        width=240,
    )


def _choose_compared() -> None:
    name = st.session_state[Key.COMPARED]
    change_state(lambda state: state._replace(compared=name))
