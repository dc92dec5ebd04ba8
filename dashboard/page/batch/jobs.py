"""Runs of a session: begin one, follow it, stop it, and see what came of it."""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard.ask.question import own_question
from dashboard.batches.archive import MOST_SHEET_ROWS, export_table, table_rows, write_archive
from dashboard.batches.desk import Desk, NoRoomError, shared_room
from dashboard.batches.jobs import Job
from dashboard.batches.reading import Reading
from dashboard.batches.results import (
    ROWS_PER_PAGE,
    ScenarioRow,
    build_results_table,
    designs_of,
    measure_with_unit,
    read_rows,
    results_frame,
    row_labels,
    sort_rows,
)
from dashboard.batches.words import (
    describe_end,
    describe_in_hand,
    describe_limits,
    describe_progress,
    job_title,
)
from dashboard.draw.designs.series import MOST_DRAWN, draw_scenarios, draw_series, find_series
from dashboard.page.plan import open_plan
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice_of_measure
from dashboard.widgets.downloads import csv_of, render_download
from dashboard.widgets.keys import Fragment, Key
from dashboard.widgets.lists import render_list, render_pages
from dashboard.widgets.plain import bold, listed, plain, stacked
from dashboard.widgets.session import ask, current_texts, room_theme
from sim.scenario import Scenario, scenario_hash
from sim.store import Store
from sim.texts import Texts, design_label

LOOK_EVERY_SECONDS = 1.0
"""How often the page looks how far runs are [seconds]."""

_CANCEL_SECONDS = 3.0


def render_start(desk: Desk, reading: Reading, texts: Texts) -> None:
    """Draw the button that begins a run, and how much may be run."""
    st.header(texts("batch.run.heading"), anchor=False)
    st.button(
        plain(texts("batch.run.start", scenarios=texts.counted("batch.check.scenarios", len(reading.cases)))),
        key=Key.RUN,
        on_click=_begin,
        args=(desk, reading),
        disabled=not reading.cases,
        type="primary",
        icon=":material/play_arrow:",
    )
    limits = shared_room().limits
    fault = st.session_state.pop(Key.RUN_FAULT, "")
    if fault:
        st.warning(plain(texts(f"batch.run.{fault}", n=texts.number(limits.jobs))), icon=":material/block:")
    st.caption(plain(describe_limits(limits, texts)))


def _begin(desk: Desk, reading: Reading) -> None:
    try:
        desk.begin(reading.cases)
    except NoRoomError as error:
        st.session_state[Key.RUN_FAULT] = error.code


def render_jobs(desk: Desk, texts: Texts) -> None:
    """Draw the runs of a session: those under way, which are drawn again by themselves, then those that ended."""
    shared_room().sweep()
    active = [number for number, job in desk.jobs.items() if not job.progress.is_ended]
    if active:
        st.header(texts("batch.jobs.active"), anchor=False)
        st.fragment(_render_active, run_every=LOOK_EVERY_SECONDS, key=Fragment.JOBS)(desk, active)
    ended = [number for number in reversed(desk.jobs) if number not in active]
    if ended:
        st.header(texts("batch.jobs.ended"), anchor=False)
    for number in ended:
        with st.container(border=True, key=f"job-{number}"):
            st.fragment(_render_ended, key=f"{Fragment.JOB_RESULTS}:{number}")(desk, number)


def _render_active(desk: Desk, numbers: list[int]) -> None:
    """How far runs are; the whole page is drawn again when one has ended."""
    texts = current_texts()
    for number in numbers:
        job = desk.jobs.get(number)
        progress = job.progress if job is not None else None
        if job is None or progress is None or progress.is_ended:
            st.rerun(scope="app")
        with st.container(border=True, key=f"job-{number}"):
            st.subheader(plain(job_title(number, job.cases, texts)), anchor=False)
            st.progress(progress.share, plain(describe_progress(progress, texts)))
            st.caption(plain(describe_in_hand(progress, texts)))
            st.button(
                texts("batch.jobs.cancel"),
                key=f"{Key.CANCEL_JOB}:{number}",
                on_click=job.cancel,
                args=(_CANCEL_SECONDS,),
                disabled=progress.state == "stopping",
                help=texts("batch.jobs.cancel_help"),
                icon=":material/stop:",
            )


def _render_ended(desk: Desk, number: int) -> None:
    """How a run ended, and its results."""
    texts, job = current_texts(), desk.jobs.get(number)
    if job is None:
        st.rerun(scope="app")
        return
    progress = job.progress
    st.subheader(plain(job_title(number, job.cases, texts)), anchor=False)
    tell = st.success if progress.state == "done" and not progress.failed else st.warning
    tell(describe_end(progress, shared_room().limits, texts))
    if progress.failed:
        lines = listed(f"{name}: {fault.splitlines()[0]}" for name, fault in progress.failed.items())
        st.markdown(stacked(texts("batch.end.failed_scenarios"), lines))
    if progress.done:
        _render_results(number, job, texts)
    elif not progress.failed:
        st.markdown(texts("batch.results.none"))
    st.button(
        texts("batch.jobs.remove"),
        key=f"{Key.REMOVE_JOB}:{number}",
        on_click=_remove,
        args=(desk, number),
        help=texts("batch.jobs.remove_help"),
        type="tertiary",
        icon=":material/delete:",
    )


def _remove(desk: Desk, number: int) -> None:
    desk.remove(number)
    st.rerun()


def _render_results(number: int, job: Job, texts: Texts) -> None:
    left, right = st.columns(2)
    with left:
        measure = render_choice_of_measure(
            texts("batch.results.measure_choice"), name="batch.measure", key=f"{Key.JOB_MEASURE}:{number}", texts=texts
        )
    rows = _rows(job.store.path, measure)
    with right:
        shown = sort_rows(rows, _render_choice_of_order(number, rows, texts))
    first = render_pages(f"{Key.JOB_PAGE}:{number}", len(shown), ROWS_PER_PAGE, texts)
    on_page = shown[first : first + ROWS_PER_PAGE]
    st.markdown(bold(measure_with_unit(on_page, measure, texts)))
    render_list(build_results_table(on_page, measure, texts))
    st.caption(
        plain(texts("batch.results.caption", definition=texts(f"measures.{measure}.definition").rstrip(".") + "."))
    )
    _render_picture(number, rows, on_page, measure, texts)
    _render_downloads(number, job, texts)
    render_download(
        texts("batch.download.sheet"),
        lambda: csv_of(results_frame(rows, measure, texts), texts),
        f"doegnplads-{number}-{measure}.csv",
        key=f"{Key.JOB_DOWNLOAD}:{number}:sheet",
    )
    _render_opening(number, job, rows, texts)


def _render_picture(
    number: int, rows: tuple[ScenarioRow, ...], on_page: Sequence[ScenarioRow], measure: str, texts: Texts
) -> None:
    """A line for each design where one number alone was varied; else the scenarios below each other."""
    series = find_series(rows)
    if series is not None:
        chart = draw_series(series, texts, room_theme(), measure=measure)
    else:
        chart = draw_scenarios(on_page[:MOST_DRAWN], texts, room_theme(), measure=measure)
    render_chart(chart._replace(name=f"series-{number}"), texts, is_of_scenario=False)


def _render_choice_of_order(number: int, rows: tuple[ScenarioRow, ...], texts: Texts) -> str:
    order: str = st.selectbox(
        texts("batch.results.sort"),
        ("", *designs_of(rows)),
        format_func=partial(_order_label, texts=texts),
        key=f"{Key.JOB_ORDER}:{number}",
    )
    return order


def _order_label(name: str, texts: Texts) -> str:
    if not name:
        return texts("batch.results.sort_name")
    return texts("batch.results.sort_design", design=design_label(name, texts))


def _render_downloads(number: int, job: Job, texts: Texts) -> None:
    """Tables and everything; each file is made when it is asked for."""
    path = job.store.path
    begin = f"doegnplads-{number}"
    kinds = ["csv", "parquet"]
    if table_rows(job.store) <= MOST_SHEET_ROWS:
        kinds.insert(0, "excel")
    else:
        st.caption(texts("batch.download.no_excel"))
    st.markdown(texts("batch.download.heading"))
    with st.container(horizontal=True):
        for kind in kinds:
            ending = ".xlsx" if kind == "excel" else f".{kind}"
            name = f"{begin}{ending}"
            make = partial(_table, path, ending)
            render_download(texts(f"batch.download.{kind}"), make, name, key=f"{Key.JOB_DOWNLOAD}:{number}:{name}")
        render_download(
            texts("batch.download.archive"),
            partial(_archive, job, texts),
            f"{begin}.zip",
            key=f"{Key.JOB_DOWNLOAD}:{number}:{begin}.zip",
            help_text=texts("batch.download.archive_help"),
        )


def _table(path: Path, ending: str) -> bytes:
    return export_table(Store(path), "all", ending)


def _archive(job: Job, texts: Texts) -> bytes:
    with TemporaryDirectory(prefix="doegnplads-archive-") as folder:
        path = Path(folder) / "all.zip"
        write_archive(job.store, job.cases, texts, path)
        return path.read_bytes()


def _render_opening(number: int, job: Job, rows: tuple[ScenarioRow, ...], texts: Texts) -> None:
    """A scenario of the run can be gone on with on the page Plan."""
    labels = row_labels(rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            texts("batch.results.open_choice"),
            list(labels),
            format_func=labels.__getitem__,
            key=f"{Key.JOB_SCENARIO}:{number}",
            width=320,
        )
        if st.button(texts("batch.results.open"), key=f"{Key.JOB_OPEN}:{number}", icon=":material/open_in_new:"):
            ask(own_question(next(case.scenario for case in job.cases if _identity(case.scenario) == chosen)))
            open_plan()


def _identity(scenario: Scenario) -> tuple[str, str]:
    return scenario.name, scenario_hash(scenario)


@lru_cache(maxsize=32)
def _rows(path: Path, measure: str) -> tuple[ScenarioRow, ...]:
    """Rows of a run that has ended; its folder has a name that nobody else can know."""
    return read_rows(Store(path), measure)
