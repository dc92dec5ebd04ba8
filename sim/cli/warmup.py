"""The command ``warmup``: where the start is over, for those who study the long run."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.outputs import check_outputs, check_pictures, save_page
from sim.cli.plain import Keeping, lang_option
from sim.cli.progress import show_progress
from sim.cohort import DAYS_PER_YEAR
from sim.faults import counted
from sim.scenario import Scenario, find_scenario, load_scenario, scenario_hash, with_values

if TYPE_CHECKING:
    from sim.looks.warmup import Warmup, WarmupSeries


@click.command()
@click.argument("scenario", type=SCENARIO)
@click.option("--design", required=True, help="Name of the design.")
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenario's.")
@click.option(
    "--years", type=click.IntRange(1, 50), help="Look so many years ahead; the scenario's horizon if left out."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="File for a picture: one page of HTML that needs no network.",
)
@lang_option("da", about="Language of the picture.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer and the series as JSON.")
def warmup(
    scenario: str,
    design: str,
    replications: int | None,
    years: int | None,
    picture: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Find when the start of a design is over, if the long run is the question.

    A new programme really starts empty, so measures count from the first day. Who studies the long run may leave out
    the first years: this finds how many.
    """
    from sim.experiment import most_replications  # noqa: PLC0415 - the other commands need not wait for it
    from sim.looks.warmup import find_warmup, occupancy_series  # noqa: PLC0415

    check_pictures(picture)
    file = find_scenario(scenario)
    check_outputs({"--picture": (picture, "html")}, [file])
    asked = load_scenario(file)
    played = asked if years is None else with_values(asked, {"horizon_years": years})
    with show_progress(asked.name) as on_progress:
        series = occupancy_series(
            played, design=design, replications=replications or most_replications(asked), on_progress=on_progress
        )
    found = find_warmup(series)
    keeping = Keeping()
    with keeping:
        if picture is not None:
            save_page("warmup", picture, lang, series, found)
    if as_json:
        click.echo(json.dumps(_as_json(asked, series, found), ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(_answer(asked, series, found)))
    keeping.tell()
    if picture is not None:
        click.echo(f"The picture is in {picture}", err=as_json)


def _suggestion(scenario: Scenario, found: "Warmup") -> int | None:
    """First year to count, if there is one within the scenario's own horizon."""
    first = found.measure_from_year
    return first if first is not None and first <= scenario.horizon_years else None


def _answer(scenario: Scenario, series: "WarmupSeries", found: "Warmup") -> list[str]:
    """The answer in plain words, a line for each thing to know."""
    horizon_years = len(series.year_starts) - 1
    lines = [
        f"{scenario.title.en or scenario.name}, design {series.design}: women living in, week by week, mean of "
        f"{counted(series.replications, 'replication')} of {counted(horizon_years, 'year')}.",
        f"MSER-5 cuts after {_years(found.truncation_day)} (day {found.truncation_day:.0f}).",
    ]
    if len(series.living_of_parts) > 1:
        lines.append(
            f"Parts of the replications, each taken alone, are cut after {found.earliest_day / DAYS_PER_YEAR:.1f} to "
            f"{_years(found.latest_day)}: so much is chance."
        )
    if series.ramp_up_days:
        lines.append(f"Referrals rise until day {series.ramp_up_days:.0f}, when the offer is known.")
    return [*lines, *_advice(scenario, series, found)]


def _advice(scenario: Scenario, series: "WarmupSeries", found: "Warmup") -> list[str]:
    """What to do about it, and what the default is and why."""
    first = _suggestion(scenario, found)
    if first is not None:
        lines = [f"For the long run, that suggests measure_from_year: {first}."]
    elif series.trend_per_year:
        lines = [f"The need changes by {series.trend_per_year:+.1%} a year (trend_per_year): there is no steady level."]
    elif found.is_reliable:
        lines = [
            f"That leaves nothing of the scenario's {counted(scenario.horizon_years, 'year')} to measure. "
            "Raise horizon_years."
        ]
    else:
        lines = [
            "That is at the edge of what is searched, the first half: not yet steady, or chance in so short a time. "
            "Nothing is suggested. "
            "Look further ahead with --years, or at the picture with --picture."
        ]
    return [
        *lines,
        "A new programme really starts empty. The default, measure_from_year: 1, counts from the first day; this "
        f"scenario counts from year {scenario.measure_from_year}.",
    ]


def _years(days: float) -> str:
    return f"{days / DAYS_PER_YEAR:.1f} years"


def _as_json(scenario: Scenario, series: "WarmupSeries", found: "Warmup") -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "hash": scenario_hash(scenario),
        "design": series.design,
        "replications": series.replications,
        "horizon_days": series.year_starts[-1],
        "step_days": series.step_days,
        "truncation_day": found.truncation_day,
        "earliest_day": found.earliest_day,
        "latest_day": found.latest_day,
        "ramp_up_days": series.ramp_up_days,
        "trend_per_year": series.trend_per_year,
        "years_to_leave_out": found.years_to_leave_out,
        "is_reliable": found.is_reliable,
        "measure_from_year": _suggestion(scenario, found),
        "day": series.day.tolist(),
        "living": series.living.tolist(),
    }
