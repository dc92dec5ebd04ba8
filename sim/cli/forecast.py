"""The command ``forecast``: places in use over the coming months, and how past forecasts did."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim.cli.lazily import SCENARIO
from sim.cli.outputs import check_outputs, check_pictures, save_page
from sim.cli.plain import Keeping, lang_option
from sim.cli.progress import show_progress
from sim.cli.streams import console
from sim.cli.tables import print_table
from sim.faults import counted
from sim.files import safe_name, write_rows, write_whole
from sim.scenario import Scenario, find_scenario, load_scenario, scenario_hash, scenario_text

if TYPE_CHECKING:
    from rich.table import Table

    from sim.looks.forecast import Forecast
    from sim.looks.over_time import Bands
    from sim.looks.past_forecasts import Horizon, Observation, Score

MOST_MONTHS = 120
POOLS_SIDE_BY_SIDE = 5
_TABLES = ("forecast.csv", "forecast.json", "scores.csv", "horizons.csv")
SMALL_NUMBERS = "Numbers this small may point to single persons: guard the forecast as you guard the list."


class Told(NamedTuple):
    """What a forecast command found."""

    forecasts: "list[Forecast]"  # one for each scenario
    scores: "list[Score]"  # of all counts that fall in the time of a forecast
    horizons: "tuple[Horizon, ...]"  # the same summed up


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=SCENARIO)
@click.option("--months", type=click.IntRange(1, MOST_MONTHS), default=12, show_default=True, help="How far ahead.")
@click.option("--design", help="Design that is shown and held against counts; the first if left out.")
@click.option(
    "--observed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table (CSV or Excel) of counts made since: date, living and, unless all are meant, site.",
)
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenario's.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for forecast.csv, forecast.json, scores.csv and the scenarios in full.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="File for a picture of the first scenario: one page of HTML that needs no network.",
)
@lang_option("da", about="Language of the picture.")
@click.option("--json", "as_json", is_flag=True, help="Print the forecast as JSON and nothing else.")
def forecast(
    scenarios: tuple[str, ...],
    months: int,
    design: str | None,
    observed: Path | None,
    replications: int | None,
    out: Path | None,
    picture: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Look ahead month by month from the opening day of SCENARIOS.

    A scenario that names the women who are there (today) starts from them, otherwise from empty units. With counts made
    since (--observed), each scenario is held against them: so it is seen how earlier forecasts did.
    """
    check_pictures(picture)
    files = [find_scenario(name) for name in scenarios]
    asked = [load_scenario(file) for file in files]
    owners = [*[""] * len(_TABLES), *(f" of {file}" for file in files)]
    paths = [] if out is None else zip(_paths(out, asked), owners, strict=True)
    written = {f"--out, {path.name}{owner}": (path, "") for path, owner in paths}
    check_outputs({"--picture": (picture, "html"), **written}, [*files, observed])
    counts = _read_counts(observed, asked, design)
    told = _find(asked, counts, months=months, design=design, replications=replications)
    keeping = Keeping()
    with keeping:
        if out is not None:
            _save(told, out)
    with keeping:
        if picture is not None:
            first = told.forecasts[0]
            save_page("forecast", picture, lang, first, _design_of(first, design), counts)
    if as_json:
        click.echo(json.dumps(_as_json(told), ensure_ascii=False, allow_nan=False))
    else:
        _print(told, design, has_counts=observed is not None)
    keeping.tell()
    if out is not None:
        click.echo(f"The forecast is in {out}/", err=as_json)
    if picture is not None:
        click.echo(f"The picture is in {picture}", err=as_json)


def _read_counts(path: Path | None, asked: list[Scenario], design: str | None) -> "tuple[Observation, ...]":
    from sim.looks.naming import find_design  # noqa: PLC0415 - other commands need not wait for it
    from sim.looks.past_forecasts import read_observations  # noqa: PLC0415

    if path is None:
        return ()
    return read_observations(path, [(scenario, find_design(scenario, design)) for scenario in asked])


def _find(
    asked: list[Scenario],
    counts: "tuple[Observation, ...]",
    *,
    months: int,
    design: str | None,
    replications: int | None,
) -> Told:
    from sim.experiment import Memory  # noqa: PLC0415
    from sim.looks.forecast import forecast_places  # noqa: PLC0415
    from sim.looks.past_forecasts import score_forecast, summarise_scores  # noqa: PLC0415

    forecasts: list[Forecast] = []
    scores: list[Score] = []
    memory = Memory()
    for scenario in asked:
        with show_progress(scenario.name) as on_progress:
            found = forecast_places(
                scenario, months=months, replications=replications, memory=memory, on_progress=on_progress
            )
        _design_of(found, design)
        forecasts.append(found)
        within = [seen for seen in counts if scenario.start < seen.date <= found.dates[-1]]
        _tell_left_out(found, counts)
        scores += score_forecast(scenario, within, design=design, replications=replications, memory=memory)
    return Told(forecasts, scores, summarise_scores(scores))


def _tell_left_out(found: "Forecast", counts: "tuple[Observation, ...]") -> None:
    """Say which counts the forecast cannot be held against, line by line."""
    first, last = found.scenario.start, found.dates[-1]
    for seen in counts:
        if not first < seen.date <= last:
            why = (
                f"not after the opening day, {first}"
                if seen.date <= first
                else f"after the last month asked for, {last}"
            )
            click.echo(
                f"{seen.file} row {seen.row}: {seen.date} is {why}; left out for {found.scenario.name}.", err=True
            )


def _design_of(found: "Forecast", design: str | None) -> str:
    """The design asked for, or the first; the words of a fault are those of the model."""
    from sim.looks.naming import find_design  # noqa: PLC0415

    return find_design(found.scenario, design).name


# -- told in the terminal --------------------------------------------------------------------------------------------


def _print(told: Told, design: str | None, *, has_counts: bool) -> None:
    screen = console(100)
    for found in told.forecasts:
        name = _design_of(found, design)
        click.echo("\n".join(_headline(found, name)))
        for table in _months_tables(found, name):
            print_table(screen, table)
            click.echo()
        if found.waiting_lists:
            click.echo(_waiting_line(found, name))
    if told.horizons:
        click.echo("How forecasts did, by months ahead:")
        print_table(screen, _horizons_table(told.horizons))
        click.echo()
    elif has_counts:
        click.echo("No count lies after the opening day and within the months asked for: nothing to hold it against.")
    if any(found.scenario.today for found in told.forecasts):
        click.echo(SMALL_NUMBERS)


def _headline(found: "Forecast", design: str) -> list[str]:
    scenario, over_time = found.scenario, found.over_time
    n_residents = sum(woman.is_resident for woman in scenario.today)
    start = (
        f"from {_living(n_residents)} and {len(scenario.today) - n_residents} who wait"
        if scenario.today
        else "from empty units: the scenario names nobody who is there (today)"
    )
    size = counted(over_time.replications, "replication")
    lines = [
        f"{scenario.title.en or scenario.name}, design {design}: {size} {start}.",
        "Mean, and in brackets the range that holds nine of ten possible futures.",
    ]
    n_elsewhere = round(float(over_time.designs[design].elsewhere.mean[0]))
    if n_elsewhere:
        lines.append(f"Living elsewhere, at no unit of this design: {n_elsewhere}.")
    return lines


def _living(n_women: int) -> str:
    return "1 woman who lives in" if n_women == 1 else f"{n_women} women who live in"


def _months_tables(found: "Forecast", design: str) -> "Iterator[Table]":
    """All units together, then unit by unit, as many at a time as stand well beside each other."""
    places = found.over_time.designs[design]
    series = {"Living in": places.living, "Waiting": places.waiting, "Open places": places.open_places}
    if places.elsewhere.mean.any():
        series["Elsewhere"] = places.elsewhere
    yield _months_table("Date", found, series)
    pools = list(places.pools) if len(places.pools) > 1 else []
    for start in range(0, len(pools), POOLS_SIDE_BY_SIDE):
        beside = pools[start : start + POOLS_SIDE_BY_SIDE]
        yield _months_table("Living in", found, {pool: places.pools[pool].living for pool in beside})


def _months_table(first: str, found: "Forecast", series: "dict[str, Bands]") -> "Table":
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for name in series:
        table.add_column(name, justify="right", no_wrap=True)
    for number, date in enumerate(found.dates):
        table.add_row(date.isoformat(), *(_cell(bands, number) for bands in series.values()))
    return table


def _cell(bands: "Bands", number: int) -> str:
    return f"{bands.mean[number]:.1f} ({bands.p05[number]:.0f}-{bands.p95[number]:.0f})"


def _waiting_line(found: "Forecast", design: str) -> str:
    fate = found.waiting_lists[design]
    days = "" if math.isnan(fate.days_to_place) else f", after {fate.days_to_place:.0f} days on average"
    return (
        f"Of the {fate.n_women} who wait, {fate.admitted:.1f} get a place by {found.dates[-1]}{days}; "
        f"{fate.stopped:.1f} stop waiting and {fate.waiting:.1f} still wait.\n"
    )


def _horizons_table(horizons: "Sequence[Horizon]") -> "Table":
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Months ahead", "Counts", "In the band", "Expected", "Bias", "Mean error", "CRPS"):
        table.add_column(name, justify="right")
    for own in horizons:
        table.add_row(
            str(own.months_ahead or "all"),
            str(own.n),
            f"{100 * own.coverage:.0f} %",
            f"{100 * own.expected_coverage:.0f} %",
            f"{own.bias:+.1f}",
            f"{own.mean_absolute_error:.1f}",
            f"{own.crps:.2f}",
        )
    return table


# -- written down ----------------------------------------------------------------------------------------------------


def _as_json(told: Told) -> dict[str, Any]:
    return {
        "forecasts": [
            {
                "scenario": found.scenario.name,
                "hash": scenario_hash(found.scenario),
                "replications": found.over_time.replications,
                "dates": [date.isoformat() for date in found.dates],
                "rows": [_plain(row._asdict()) for row in found.rows()],
                "waiting_lists": {name: _plain(fate._asdict()) for name, fate in found.waiting_lists.items()},
            }
            for found in told.forecasts
        ],
        "scores": [_plain(score._asdict()) for score in told.scores],
        "horizons": [_plain(own._asdict()) for own in told.horizons],
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Dates as text, and nothing where nothing is known."""
    return {
        word: None if isinstance(value, float) and math.isnan(value) else str(value) if word == "date" else value
        for word, value in values.items()
    }


def _paths(folder: Path, asked: list[Scenario]) -> list[Path]:
    """Where tables, and then scenarios, are written."""
    return [*(folder / name for name in _TABLES), *(folder / f"{safe_name(scenario.name)}.yaml" for scenario in asked)]


def _save(told: Told, folder: Path) -> None:
    rows = [{"scenario": found.scenario.name, **row._asdict()} for found in told.forecasts for row in found.rows()]
    table, everything, scores, horizons, *scenarios = _paths(folder, [found.scenario for found in told.forecasts])
    _write_table(table, rows)
    if told.scores:
        _write_table(scores, [score._asdict() for score in told.scores])
        _write_table(horizons, [own._asdict() for own in told.horizons])
    write_whole(everything, json.dumps(_as_json(told), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    for path, found in zip(scenarios, told.forecasts, strict=True):
        write_whole(path, scenario_text(found.scenario))


def _write_table(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    plain = [_plain(row) for row in rows]
    write_rows(path, plain[0], (row.values() for row in plain))
