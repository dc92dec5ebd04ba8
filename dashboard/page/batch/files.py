"""Files of a run: put in, written, corrected, and checked whenever they change."""

from collections.abc import Sequence
from importlib import resources

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.batches.desk import Desk, shared_room
from dashboard.batches.files import KNOWN_ENDINGS, MOST_BYTES, MOST_FILES, Files, add_file, is_text
from dashboard.batches.reading import Reading, read_files
from dashboard.batches.tables import MOST_FAULTS, build_fault_table, build_file_table
from dashboard.page.batch.editor import open_editor, render_editor
from dashboard.widgets.downloads import render_download
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list
from dashboard.widgets.plain import plain
from dashboard.widgets.session import change_state, current_scenario, current_state
from dashboard.widgets.uploads import render_upload
from sim.batch.finding import SCENARIO_ENDINGS
from sim.scenario import Fault, ready_scenarios, scenario_hash, scenario_text
from sim.texts import Texts

REPLICATIONS = (20, 50, 100, 200, 500, 1000, 2000)
_MEGABYTE = 1_000_000
_NEW = "serie.yaml"
_BASE_CHOICE, _REPLICATIONS_CHOICE = "batch.base", "batch.replications"


def current_desk() -> Desk:
    """Give what this session has in hand."""
    if Key.DESK not in st.session_state:
        st.session_state[Key.DESK] = shared_room().open_desk()
    desk: Desk = st.session_state[Key.DESK]
    return desk


def current_reading(texts: Texts) -> Reading:
    """Read the files of this session, unless that has been done."""
    files, base, replications = current_desk().files, _chosen_base(), _chosen_replications()
    known = st.session_state.get(Key.READING)
    if known is not None and known[0] is files and known[1:3] == (base, replications):
        reading: Reading = known[3]
        return reading
    with st.spinner(texts("batch.check.reading")):
        reading = read_files(files, shared_room().limits, base=base or None, replications=replications or None)
    st.session_state[Key.READING] = (files, base, replications, reading)
    return reading


def render_files(texts: Texts) -> Reading:
    """Draw the files and what they come to."""
    st.header(texts("batch.files.heading"), anchor=False)
    _render_ways_in(texts)
    desk = current_desk()
    reading = current_reading(texts)
    render_editor(desk, reading, texts)
    if not desk.files.contents:
        st.info(texts("batch.files.empty"), icon=":material/folder_open:")
        return reading
    render_list(build_file_table(reading.checks, texts))
    _render_choice_of_file(desk, texts)
    _render_settings(reading, texts)
    _render_check(reading, texts)
    return reading


def _render_ways_in(texts: Texts) -> None:
    render_upload(
        texts("batch.files.upload"),
        [*KNOWN_ENDINGS, ".zip"],
        Key.UPLOAD,
        _take_uploads,
        accept_multiple_files=True,
        help=texts(
            "batch.files.upload_help",
            most_files=texts.number(MOST_FILES),
            megabytes=texts.number(MOST_BYTES / _MEGABYTE),
        ),
    )
    with st.container(horizontal=True):
        st.button(texts("batch.files.from_plan"), key=Key.FROM_PLAN, on_click=_take_from_plan, icon=":material/input:")
        st.button(
            texts("batch.files.series"),
            key=Key.NEW_SERIES,
            on_click=_write_series,
            args=(texts("batch.series.comment"),),
            icon=":material/edit_note:",
        )
    _render_left_out(st.session_state.pop(Key.EDITOR_FAULT, ()), texts)


def _render_left_out(faults: tuple[Fault, ...], texts: Texts) -> None:
    """What could not be taken in."""
    if faults:
        render_list(build_fault_table(faults, texts))


def _take_uploads(uploads: Sequence[UploadedFile]) -> None:
    """Put what was uploaded among the files."""
    desk = current_desk()
    faults: list[Fault] = []
    for upload in uploads:
        desk.files, found = add_file(desk.files, upload.name, upload.getvalue())
        faults += found
    st.session_state[Key.EDITOR_FAULT] = tuple(faults)


def _take_from_plan() -> None:
    scenario = current_scenario()
    name = f"{scenario.name}-{scenario_hash(scenario)}.yaml"
    desk = current_desk()
    desk.files, st.session_state[Key.EDITOR_FAULT] = add_file(desk.files, name, scenario_text(scenario).encode())


def _write_series(comment: str) -> None:
    series = (resources.files("dashboard.batches") / "series.yaml").read_text(encoding="utf-8")
    open_editor(_NEW, f"# {comment}\n{series}")


def _render_choice_of_file(desk: Desk, texts: Texts) -> None:
    names = list(desk.files.contents)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(texts("batch.files.choose"), names, key=Key.FILE, width=320)
        st.button(
            texts("batch.files.edit"),
            key=Key.EDIT_FILE,
            on_click=_edit,
            args=(name,),
            disabled=not is_text(name),
            icon=":material/edit:",
        )
        file_name = name.rsplit("/", 1)[-1]
        render_download(texts("batch.files.download"), desk.files.contents[name], file_name, key=Key.FILE_DOWNLOAD)
        st.button(
            texts("batch.files.remove"), key=Key.REMOVE_FILE, on_click=_remove, args=(name,), icon=":material/close:"
        )
        st.button(texts("batch.files.remove_all"), key=Key.REMOVE_FILES, on_click=_remove_all, type="tertiary")


def _edit(name: str) -> None:
    content = current_desk().files.contents[name]
    open_editor(name, content.decode("utf-8-sig", errors="replace"))


def _remove(name: str) -> None:
    desk = current_desk()
    desk.files = desk.files.without(name)


def _remove_all() -> None:
    current_desk().files = Files()


def _render_settings(reading: Reading, texts: Texts) -> None:
    """What holds for all scenarios of the run."""
    left, right = st.columns(2)
    st.session_state[Key.RUN_REPLICATIONS] = _chosen_replications()
    left.selectbox(
        texts("batch.files.replications"),
        (0, *REPLICATIONS),
        format_func=lambda n: texts.number(n) if n else texts("batch.files.replications_own"),
        key=Key.RUN_REPLICATIONS,
        help=texts("batch.files.replications_help"),
        on_change=_choose,
        args=(Key.RUN_REPLICATIONS, _REPLICATIONS_CHOICE),
    )
    if any(check.kind == "table" for check in reading.checks):
        st.session_state[Key.TABLE_BASE] = _chosen_base()
        right.selectbox(
            texts("batch.files.base"),
            _bases(),
            format_func=lambda name: name or texts("batch.files.base_none"),
            key=Key.TABLE_BASE,
            help=texts("batch.files.base_help"),
            on_change=_choose,
            args=(Key.TABLE_BASE, _BASE_CHOICE),
        )


def _choose(key: Key, name: str) -> None:
    chosen = st.session_state[key]
    change_state(lambda state: state.with_choice(name, chosen))


def _chosen_base() -> str:
    name = str(current_state().choice(_BASE_CHOICE, ""))
    return name if name in _bases() else ""


def _bases() -> tuple[str, ...]:
    """Scenarios that rows of tables can change: none, the ready ones, and the scenario files of this run."""
    own = [name for name in current_desk().files.contents if name.lower().endswith(SCENARIO_ENDINGS)]
    return "", *ready_scenarios(), *own


def _chosen_replications() -> int:
    chosen = int(current_state().choice(_REPLICATIONS_CHOICE, 0))
    return chosen if chosen in REPLICATIONS else 0


def _render_check(reading: Reading, texts: Texts) -> None:
    """How much can be run, and what keeps the rest from it."""
    if reading.cases:
        key = "batch.check.ready_partly" if reading.faults else "batch.check.ready"
        scenarios = texts.counted("batch.check.scenarios", len(reading.cases))
        st.success(plain(texts(key, scenarios=scenarios, plays=texts.number(reading.n_plays))), icon=":material/check:")
    else:
        st.warning(texts("batch.check.none"), icon=":material/block:")
    if reading.faults:
        st.subheader(plain(texts.counted("batch.check.faults", len(reading.faults))), anchor=False)
        render_list(build_fault_table(reading.faults, texts))
        if len(reading.faults) > MOST_FAULTS:
            n_faults = texts.number(len(reading.faults))
            st.caption(plain(texts("batch.check.more", shown=texts.number(MOST_FAULTS), n=n_faults)))
        st.caption(texts("batch.check.words"))
