"""The command ``calibrate``: what a file of referrals says of the women, as a scenario to run."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from calibration.parts import PARTS
from sim.cli.outputs import check_outputs
from sim.cli.plain import CannotBeDoneError, Keeping, lang_option, spoken
from sim.cli.streams import console
from sim.cli.tables import print_table
from sim.faults import FAULT_WORDS, counted
from sim.files import write_rows, write_whole
from sim.scenario import FINANCINGS, Scenario, find_scenario, load_scenario

if TYPE_CHECKING:
    from calibration.from_rows.file.reading import Read
    from calibration.from_rows.fit import Learnt

_SHOWN_FAULTS = 20
_EXTRAS = {"lifelines", "statsmodels", "plotly", "babel"}


class _Date(click.ParamType[dt.date]):
    """A date, as 2026-12-31 or 31-12-2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read a date from the command line."""
        from calibration.from_rows.file.cells import EPOCH, read_date  # noqa: PLC0415 - slow to load
        from sim.tables import CellFault  # noqa: PLC0415

        day = read_date(str(value).strip())
        if isinstance(day, CellFault):
            self.fail(f"{day.allowed}; got {day.got}. {day.remedy}", param, ctx)
        return EPOCH + dt.timedelta(days=day)


_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command()
@click.argument("referrals", type=click.Path(path_type=Path))
@click.option("--scenario", default="baseline", show_default=True, help="What is not learnt is taken from here.")
@click.option("--out", type=_FILE, help="Scenario file with the values learnt, for `doegnplads run`.")
@click.option("--report", type=_FILE, help="Report: one page of HTML that needs no network.")
@click.option("--draws", type=_FILE, help="CSV of posterior draws, one column a word, for `doegnplads batch`.")
@click.option("--draw-count", type=click.IntRange(1, 2000), default=200, show_default=True, help="Rows of --draws.")
@click.option("--estimates", type=_FILE, help="Every estimate with its intervals, as .csv or .json.")
@click.option("--faults", type=_FILE, help="CSV of everything that was wrong, row by row. Keep it where the data are.")
@click.option("--from", "first", type=_Date(), help="First day the file covers; its first referral if left out.")
@click.option("--as-of", "last", type=_Date(), help="Last day the file covers; its latest date if left out.")
@click.option(
    "--settle-days",
    type=click.IntRange(0, 365),
    default=30,
    show_default=True,
    help="Women referred in so many last days do not count for numbers and answers, which may still come in.",
)
@click.option("--opened", type=_Date(), help="When the offer opened, if it became known during the record.")
@click.option(
    "--payer", type=click.Choice(FINANCINGS), default="municipal", show_default=True, help="Who paid in the data."
)
@click.option("--without", type=click.Choice(PARTS), multiple=True, help="Leave this as it is in the scenario; repeat.")
@lang_option("da", about="Language of the report.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Start of the random draws.")
@click.option("--json", "as_json", is_flag=True, help="Print the estimates as JSON and nothing else.")
def calibrate(
    referrals: Path,
    scenario: str,
    out: Path | None,
    report: Path | None,
    draws: Path | None,
    draw_count: int,
    estimates: Path | None,
    faults: Path | None,
    first: dt.date | None,
    last: dt.date | None,
    settle_days: int,
    opened: dt.date | None,
    payer: str,
    without: tuple[str, ...],
    lang: str,
    seed: int,
    as_json: bool,
) -> None:
    """Learn from REFERRALS, a CSV or Excel file with one row a referral.

    The columns are described in docs/calibration.md; calibration/examples/template.csv is an empty file to begin with.
    A file with anything shaped like a personal number is refused. What is wrong in a row is said and left out; the rest
    of the row is used.
    """
    with _libraries():
        from calibration.from_rows import Period, Terms, learn, read_referrals  # noqa: PLC0415 - slow to load
        from calibration.from_rows.fitted import estimate_rows  # noqa: PLC0415

        file = find_scenario(scenario)
        files = _Files(out, report, draws, estimates, faults)
        check_outputs(files.by_option(), [referrals, file])
        asked = load_scenario(file)
        read = read_referrals(referrals, asked, Period(first, last))
        if not as_json:
            _tell_reading(read)
        terms = Terms(seed=seed, settle_days=settle_days, opened=opened, payer=payer, without=without)
        found = _Found(asked, read, learn(read.referrals, asked, terms))
        keeping = Keeping()
        _save(files, found, keeping, source=referrals.name, lang=lang, draw_count=draw_count)
    rows = estimate_rows(found.learnt)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, allow_nan=False))
    else:
        _print_estimates(rows)
    keeping.tell()
    if not as_json:
        _tell_written(files)
    if not found.learnt.has_converged:
        click.echo("Some estimates have too few effective draws to trust their ends: see the last column.", err=True)


class _Files(NamedTuple):
    """What is to be written, and where."""

    scenario: Path | None
    report: Path | None
    draws: Path | None
    estimates: Path | None
    faults: Path | None

    def by_option(self) -> dict[str, tuple[Path | None, str]]:
        """Each with the option that names it and what will be in it."""
        options = ("--out", "--report", "--draws", "--estimates", "--faults")
        return dict(zip(options, zip(self, ("yaml", "html", "csv", "csv or json", "csv"), strict=True), strict=True))


class _Found(NamedTuple):
    """What was asked, read and learnt."""

    asked: Scenario
    read: "Read"
    learnt: "Learnt"


@contextmanager
def _libraries() -> Iterator[None]:
    """Say what to install if one of the libraries for learning is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _EXTRAS:
            raise
        extras = "pip install 'doegnplads[calibration,dashboard]'"
        raise CannotBeDoneError(f"calibrate: needs {missing.name}; it is not installed. Install it: {extras}") from None


def _save(files: _Files, found: _Found, keeping: Keeping, *, source: str, lang: str, draw_count: int) -> None:
    from calibration.from_rows.fitted import save_draws, save_estimates  # noqa: PLC0415 - slow to load

    with keeping:
        if files.scenario is not None:
            _save_fitted(found, files.scenario, source=source)
    with keeping:
        if files.draws is not None:
            save_draws(found.learnt, files.draws, n_rows=draw_count)
    with keeping:
        if files.estimates is not None:
            save_estimates(found.learnt, files.estimates)
    with keeping:
        if files.faults is not None:
            _save_faults(found.read, files.faults)
    with keeping:
        if files.report is not None:
            _save_report(found, files.report, lang=lang)


def _tell_reading(read: "Read") -> None:
    from calibration.from_rows.file.cells import date_of  # noqa: PLC0415 - slow to load

    for note in read.notes:
        click.echo(note, err=True)
    for fault in read.faults[:_SHOWN_FAULTS]:
        click.echo(fault.said(spoken()), err=True)
    if len(read.faults) > _SHOWN_FAULTS:
        left = len(read.faults) - _SHOWN_FAULTS
        click.echo(f"... and {left} more. All of them: --faults FILE.", err=True)
    referrals = read.referrals
    begin, end = date_of(referrals.first_day), date_of(referrals.last_day)
    in_part = f"{read.n_in_part} of them in part, " if read.n_in_part else ""
    click.echo(
        f"{read.n_used} of {read.n_rows} rows are used, {in_part}from {begin} to {end}. "
        f"{counted(len(read.faults) - read.n_duplicates, 'cell')} and "
        f"{counted(read.n_duplicates, 'repeated row')} were left out."
    )
    if read.n_later:
        click.echo(f"Rows of women referred after {end}, who are not in the record: {read.n_later}.")
    if read.n_not_yet:
        click.echo(f"Rows of which something happened after {end}, and counts as not yet: {read.n_not_yet}.")
    if read.n_undated:
        click.echo(f"Women whose day of referral is not known, and who are missing from the need: {read.n_undated}.")
    if not referrals.is_first_counted:
        click.echo("The record is taken to begin with its first referral. If it began earlier, say so with --from.")
    if read.unknown_columns:
        click.echo(f"Columns that are not used: {', '.join(read.unknown_columns)}.")


def _print_estimates(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table  # noqa: PLC0415 - slow to load

    from calibration.from_rows.fitted import LEFT_AS_IT_WAS, OUTSIDE  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Word of the scenario", no_wrap=True)
    for name in ("before", "data alone", "after", "rows", "draws"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        before, alone, after = (
            _interval(*(row[name] for name in names))
            for names in (
                ("prior_mean", "prior_low", "prior_high"),
                ("data_estimate", "data_low", "data_high"),
                ("mean", "low", "high"),
            )
        )
        n = "none" if row["method"] == "prior only" else "-" if row["rows"] is None else str(row["rows"])
        if row["method"] == LEFT_AS_IT_WAS:
            table.add_row(row["path"], "", "", "as in the scenario", "", "")
            continue
        mark = " *" if row["note"] == OUTSIDE else ""
        table.add_row(row["path"], before, alone + mark, after, n, str(row["effective_draws"]))
    screen = console(150)
    screen.print()
    print_table(screen, table)
    screen.print(
        "Mean or estimate, and 95 % interval. before: the plausible range. '-': not known from the data alone, or not "
        "shown because numbers are small (fewer than 5). draws: effective draws.",
        highlight=False,
    )
    if any(row["note"] == OUTSIDE for row in rows):
        screen.print(
            f"*: {OUTSIDE}. See whether the rows are right, or whether the assumption should change.", highlight=False
        )
    for note in dict.fromkeys(row["note"] for row in rows if row["note"] not in (None, OUTSIDE)):
        names = ", ".join(row["path"] for row in rows if row["note"] == note)
        screen.print(f"{note[0].upper()}{note[1:]}: {names}.", highlight=False)
    screen.print()


def _interval(middle: float | None, low: float | None, high: float | None) -> str:
    if middle is None:
        return "-"
    if low is None or high is None:
        return _number(middle)
    return f"{_number(middle)} ({_number(low)} to {_number(high)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _tell_written(files: _Files) -> None:
    for what, path in files._asdict().items():
        if path is not None:
            click.echo(f"{what.capitalize()}: {path}")


def _save_fitted(found: _Found, out: Path, *, source: str) -> None:
    from calibration.from_rows.file.cells import date_of  # noqa: PLC0415 - slow to load
    from calibration.from_rows.fitted import fitted_scenario, fitted_text  # noqa: PLC0415

    name = re.sub(r"[^a-z0-9]+", "-", out.stem.casefold()).strip("-") or "fitted"
    begin, end = date_of(found.read.referrals.first_day), date_of(found.read.referrals.last_day)
    about = [
        f"Learnt by doegnplads calibrate {version('doegnplads')} from {source}, {begin} to {end}.",
        f"Seed {found.learnt.terms.seed}. Fitted from the scenario {found.asked.name}.",
    ]
    fitted = fitted_scenario(found.asked, found.learnt, name=name)
    write_whole(out, fitted_text(fitted, found.learnt, about=about))


def _save_faults(read: "Read", path: Path) -> None:
    said = [fault.parts(spoken()) for fault in read.faults]
    write_rows(
        path, ["where", "column", "allowed", "got", "remedy"], ([fault[word] for word in FAULT_WORDS] for fault in said)
    )


def _save_report(found: _Found, report: Path, *, lang: str) -> None:
    from dashboard.reports.calibration import write_calibration_report  # noqa: PLC0415 - slow to load
    from sim.texts import load_texts  # noqa: PLC0415

    page = write_calibration_report(found.read, found.learnt, found.asked, load_texts(lang))
    write_whole(report, page)
