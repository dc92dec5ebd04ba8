"""The commands ``doegnplads evidence ...``: what the documents say, and what rests on it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.outputs import check_outputs
from sim.cli.plain import CannotBeDoneError, Keeping, PlainGroup, lang_option
from sim.cli.progress import show_progress
from sim.cli.streams import console
from sim.files import write_whole
from sim.texts import Sayable, say

if TYPE_CHECKING:
    import pandas as pd

    from calibration.statements import StatementFit
    from dashboard.draw.chart import Chart
    from sim.texts import Texts

_LISTS = ("parameters", "views")
_LANG = lang_option(about="Language of the answer.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="File for a picture: one page of HTML that needs no network.",
)


def _load_texts(language: str) -> "Texts":
    """The reader's language; says what is missing where there are no texts."""
    try:
        from sim.texts import load_texts  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        remedy = say("remedy.install_the_extra_pip")
        raise CannotBeDoneError(f"evidence: needs {missing.name}; it is not installed. {remedy}") from None
    return load_texts(language)


@click.group(cls=PlainGroup, invoke_without_command=True)
@click.option("--parameter", help="Rows that a parameter rests on, with its default and the arithmetic to it.")
@click.option("--view", help="Rows that somebody says: a name of --list views, or part of one.")
@click.option("--step", help="Rows on a step: wider, need, found, offered, accepts, admitted, stays.")
@click.option("--period", help="Rows of a year, of years such as 2017-2019, or of words such as 'model assumption'.")
@click.option("--search", "text", help="Rows in which all these words stand, in English or Danish.")
@click.option("--list", "listed", type=click.Choice(_LISTS), help="List the parameters, or who says something.")
@click.option("--funnel", is_flag=True, help="Published numbers step by step, and what contradicts what.")
@_OUT
@_LANG
@_JSON
@click.pass_context
def evidence(
    ctx: click.Context,
    parameter: str | None,
    view: str | None,
    step: str | None,
    period: str | None,
    text: str | None,
    listed: Sayable | None,
    funnel: bool,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """See what the documents say: each number with its range, who says it, where, and what to beware of.

    Without an option all rows are printed.
    """
    if ctx.invoked_subcommand is not None:
        return
    if out is not None and not funnel:
        raise click.UsageError("--out: a picture of the funnel; got no --funnel. Add --funnel.")
    check_outputs({"--out": (out, "html")})
    texts = _load_texts(lang)
    from calibration.commands.evidence_findings import show_funnel  # noqa: PLC0415 - the other commands need not wait for them
    from calibration.commands.evidence_rows import find_rows, list_parameters, list_views  # noqa: PLC0415

    if listed:
        answer = list_parameters(texts) if listed == "parameters" else list_views(texts)
    elif funnel:
        answer = show_funnel(texts)
    else:
        asked = {"parameter": parameter, "view": view, "step": step, "period": period, "text": text}
        answer = find_rows(texts, asked)
    keeping = Keeping()
    with keeping:
        if out is not None:
            _draw_funnel(texts, out=out)
    _give(answer, keeping, as_json=as_json, out=out)


def _draw_funnel(texts: "Texts", *, out: Path) -> None:
    from calibration.evidence import funnel_table  # noqa: PLC0415
    from dashboard.draw.evidence.funnel import draw_evidence_funnel  # noqa: PLC0415
    from dashboard.draw.theme import LIGHT  # noqa: PLC0415

    chart = draw_evidence_funnel(funnel_table(), texts, LIGHT)
    _save_picture(chart, texts, notes=[texts("evidence.funnel_note")], out=out)


@evidence.command()
@click.option("--kind", help="Word of the distribution: weibull, exponential, lognormal, gamma, normal, ...")
@click.option(
    "--gone", type=(float, float), multiple=True, help="Share gone, and by which day: 0.15 30. Again for more."
)
@click.option("--range", "span", type=(float, float), help="A printed range: 9 18.")
@click.option(
    "--holding", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.9, show_default=True,
    help="Share of the women inside --range.",
)  # fmt: skip
@click.option("--low", type=float, help="Lowest value, where the distribution has ends.")
@click.option("--high", type=float, help="Highest value.")
@_OUT
@_LANG
@_JSON
def fit(
    kind: str | None,
    gone: tuple[tuple[float, float], ...],
    span: tuple[float, float] | None,
    holding: float,
    low: float | None,
    high: float | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Turn what a document says of a stay or a wait into a word of a scenario.

    Without --kind: what documents say, and the words it gives.

    "15 % gone by day 30, 40 % by day 365": evidence fit --kind weibull --gone 0.15 30 --gone 0.40 365
    """
    check_outputs({"--out": (out, "html")})
    texts = _load_texts(lang)
    from calibration.commands.evidence_findings import show_fit, show_statements  # noqa: PLC0415
    from calibration.statements import fit_statement, range_statements  # noqa: PLC0415

    is_asked = bool(gone) or any(one is not None for one in (span, low, high, out))
    if kind is None and not is_asked:
        _give(show_statements(texts), Keeping(), as_json=as_json)
        return

    stated = [*gone, *(range_statements(*span, holding=holding) if span else ())]
    found = fit_statement(kind or "", stated, low=low, high=high)
    keeping = Keeping()
    with keeping:
        if out is not None:
            _draw_fit(found, texts, out=out)
    _give(show_fit(found, texts), keeping, as_json=as_json, out=out)


def _draw_fit(found: "StatementFit", texts: "Texts", *, out: Path) -> None:
    from dashboard.draw.evidence.statement import draw_statement  # noqa: PLC0415
    from dashboard.draw.theme import LIGHT  # noqa: PLC0415

    _save_picture(draw_statement(found, texts, LIGHT), texts, notes=[], out=out)


@evidence.command()
@click.option("--draws", type=click.IntRange(20, 100_000), default=1000, show_default=True, help="Pasts to play.")
@click.option(
    "--posterior",
    type=click.Path(path_type=Path),
    help="CSV of draws from a fit, one column a path of a scenario; stated ranges if left out.",
)
@click.option(
    "--fitted-to", multiple=True, help="Row that the draws were fitted to, or own-data. Needed with --posterior."
)
@click.option("--seed", type=click.IntRange(min=0), default=20_270_101, show_default=True, help="Seed of the draws.")
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@_OUT
@_LANG
@_JSON
def checks(
    draws: int,
    posterior: Path | None,
    fitted_to: tuple[str, ...],
    seed: int,
    cores: int | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Hold the model against the published numbers: what it would have said, and what was counted.

    Parameters are drawn from their stated ranges, or from a fit. A number is never held against a parameter that was
    made from it.
    """
    check_outputs({"--out": (out, "html")}, [posterior])
    texts = _load_texts(lang)
    from calibration.checks import run_checks  # noqa: PLC0415
    from calibration.commands.evidence_findings import notes_of, show_checks  # noqa: PLC0415

    with show_progress("pasts") as on_progress:
        frame = None if posterior is None else _read_draws(posterior)
        found = run_checks(draws, seed=seed, posterior=frame, fitted_to=fitted_to, cores=cores, on_progress=on_progress)
    keeping = Keeping()
    if out is not None:
        from dashboard.draw.evidence.checks import draw_checks  # noqa: PLC0415
        from dashboard.draw.theme import LIGHT  # noqa: PLC0415

        chart = draw_checks(found, texts, LIGHT)
        with keeping:
            _save_picture(chart, texts, notes=notes_of(found, texts), out=out)
    _give(show_checks(found, texts), keeping, as_json=as_json, out=out)


def _read_draws(path: Path) -> "pd.DataFrame":
    """Draws of parameters, without the columns that are no numbers."""
    import pandas as pd  # noqa: PLC0415

    from sim.faults import Fault, ScenarioError, one_fault  # noqa: PLC0415
    from sim.tables import CellFault, decimal_marks, number_in, read_sheet, refuse_faulty  # noqa: PLC0415

    sheet = read_sheet(path, kind=say("allowed.a_table_of_draws"))
    refuse_faulty(sheet)
    if not sheet.rows:
        raise one_fault(
            sheet.source, say("allowed.a_row_for_each_draw"), got=say("got.none"), remedy=say("remedy.add_rows")
        )
    found: dict[str, list[float]] = {}
    faults: list[Fault] = []
    for place, name in enumerate(sheet.header):
        column = sheet.column(place)
        marks = decimal_marks((cell for _, cell in column), has_decimal_comma=sheet.has_decimal_comma)
        values = [(row, number_in(cell, marks) if isinstance(cell, str) else cell) for row, cell in column]
        faults += [sheet.fault(row, name, value) for row, value in values if isinstance(value, CellFault)]
        numbers = [float(value) for _, value in values if isinstance(value, int | float)]
        if len(numbers) == len(values):
            found[name] = numbers
    if faults:
        raise ScenarioError(faults)
    return pd.DataFrame(found)


def _give(answer: "tuple[list[object], object]", keeping: Keeping, *, as_json: bool, out: Path | None = None) -> None:
    """Print an answer: its parts for people, or its values for programs; and where its picture is."""
    parts, values = answer
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, allow_nan=False))
    else:
        screen = console(130)
        for part in parts:
            screen.print(part, highlight=False, markup=False)
    keeping.tell()
    if out is not None:
        click.echo(f"The picture is in {out}", err=as_json)


def _save_picture(chart: "Chart", texts: "Texts", *, notes: Sequence[str], out: Path) -> None:
    from dashboard.draw.page import build_page  # noqa: PLC0415

    write_whole(out, build_page(chart, texts, notes=[chart.sentence, *notes]))
