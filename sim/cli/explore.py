"""The command ``explore``: what the answer comes to whichever assumptions are right."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.plain import Keeping, spoken
from sim.cli.results import RESULTS
from sim.files import check_writable, write_rows, write_whole
from sim.geography import REGION_MAPS
from sim.scenario import Scenario, find_scenario, load_scenario, load_views
from sim.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from sim.doubt import Explored
    from sim.doubt.regret import Empty

DOUBT_NAME = "doubt"
"""Folder of what was played, beside the store of runs."""
ALL_VIEWS = "all"
REGIONS = tuple(dict.fromkeys(region for regions in REGION_MAPS.values() for region in regions))


@click.command()
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--draws", type=click.IntRange(2, 1_000_000), default=256, show_default=True, help="Draws; best 2, 4, 8 ..."
)
@click.option(
    "--replications", type=click.IntRange(2, 10_000), default=20, show_default=True, help="Plays of each draw."
)
@click.option("--seed", type=click.IntRange(min=0), help="Of the draws and the women; the scenario's if left out.")
@click.option("--views", multiple=True, help="View of need to explore as well; all for all of them.")
@click.option("--measure", "measures", multiple=True, help="Measure of which it is asked what decides it.")
@click.option("--willingness", type=float, help="Kroner a further woman admitted is worth, for the worth of knowing.")
@click.option(
    "--trial",
    type=(click.Choice(REGIONS), click.IntRange(1, 200), click.IntRange(1, 20)),
    metavar="REGION PLACES YEARS",
    help="What a trial there, so large and so long, is worth.",
)
@click.option(
    "--indices", type=click.IntRange(4, 100_000), help="Shares of variance from N (d + 2) plays of their own."
)
@click.option(
    "--turns/--no-turns", default=True, show_default=True, help="Move each number alone; find where it turns."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for plays and tables; without it plays are kept in results/doubt.",
)
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON and nothing else.")
def explore(
    scenario: str,
    draws: int,
    replications: int,
    seed: int | None,
    views: tuple[str, ...],
    measures: tuple[str, ...],
    willingness: float | None,
    trial: tuple[str, int, int] | None,
    indices: int | None,
    turns: bool,
    out: Path | None,
    cores: int | None,
    as_json: bool,
) -> None:
    """Draw what is unsure in SCENARIO and play its designs at each draw, on the same women.

    Says how much of the spread is chance and how much the assumptions', which design is better and how often, what
    decides it, when it turns, and what it would be worth to know. Stopped or killed, the same command goes on.
    """
    asked = load_scenario(find_scenario(scenario))
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load, and a faulty scenario does not need it
    from sim.doubt import explore as explored  # noqa: PLC0415
    from sim.doubt.explored import JUDGED, check_measures  # noqa: PLC0415
    from sim.doubt.saltelli import indices_by_design  # noqa: PLC0415
    from sim.doubt.told import explored_as_json  # noqa: PLC0415

    chosen = measures or JUDGED
    check_measures(chosen)
    wanted = _views(views)
    folder = out or RESULTS / DOUBT_NAME
    check_writable(folder)
    options: dict[str, Any] = {"draws": draws, "replications": replications, "seed": seed, "measures": chosen}
    options |= {"folder": folder, "cores": cores}
    with show_progress(asked.name) as on_progress:
        found = explored(asked, with_turns=turns, on_progress=on_progress, **options)
        if indices is not None:
            own = indices_by_design(found.question, chosen, indices, cores=cores, on_progress=on_progress)
            found = found.with_indices(own)
    by_view, empty = _by_view(asked, wanted, options)
    told = (
        explored_as_json(found) | _views_json(by_view, empty, chosen) | _knowing_json(found, willingness, trial, cores)
    )
    keeping = Keeping()
    with keeping:
        if out is not None:
            _save(found, told, out)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
    else:
        from sim.cli.explored import print_explored  # noqa: PLC0415 - slow to load

        print_explored(found, told, spoken())
    keeping.tell()


def _views(given: tuple[str, ...]) -> tuple[str, ...]:
    from sim.faults import did_you_mean, one_fault, shown  # noqa: PLC0415

    if ALL_VIEWS in given:
        return tuple(load_views())
    for view in given:
        if view not in load_views():
            known = sorted(load_views())
            remedy = did_you_mean(view, known, say("remedy.write_one_of_these_words"))
            raise one_fault("--views", say("allowed.one_of", known=", ".join(known)), got=shown(view), remedy=remedy)
    return given


def _by_view(
    asked: Scenario, views: tuple[str, ...], options: Mapping[str, Any]
) -> "tuple[dict[str, Explored], dict[str, Empty]]":
    """What is found under each view, and why some are not used."""
    from sim.cli.progress import show_progress  # noqa: PLC0415
    from sim.doubt import explore as explored  # noqa: PLC0415
    from sim.doubt.regret import why_empty, with_view  # noqa: PLC0415

    found: dict[str, Explored] = {}
    empty: dict[str, Empty] = {}
    for view in views:
        why = why_empty(asked, view)
        if why is not None:
            empty[view] = why
            continue
        with show_progress(view) as on_progress:
            found[view] = explored(with_view(asked, view), on_progress=on_progress, **options)
    return found, empty


def _views_json(
    by_view: "Mapping[str, Explored]", empty: "Mapping[str, Empty]", measures: tuple[str, ...]
) -> dict[str, Any]:
    from sim.doubt.regret import need_of, regret_of  # noqa: PLC0415
    from sim.doubt.told import plain  # noqa: PLC0415
    from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER  # noqa: PLC0415

    if not by_view and not empty:
        return {}
    told: dict[str, Any] = {view: {"empty": why.why, "parameter": why.parameter} for view, why in empty.items()}
    for view, found in by_view.items():
        told[view] = {
            "need_per_year": need_of(found),
            "played": found.n_played,
            "designs": {
                design: {
                    measure: {"mean": split.mean, "doubt": list(split.doubt)}
                    for measure in measures
                    for split in (found.split(measure, design),)
                }
                for design in found.designs
            },
        }
    judged = [measure for measure in measures if ALL_MEASURES[MEASURE_NUMBER[measure]].direction]
    regrets = {measure: regret_of(by_view, measure) for measure in judged} if by_view else {}
    regret = {
        measure: {
            "regrets": one.regrets,
            "largest": one.largest,
            "least": one.least,
            "tips": [tip._asdict() for tip in one.tips],
        }
        for measure, one in regrets.items()
    }
    ordered = {view: told[view] for view in load_views() if view in told}
    found_plain: dict[str, Any] = plain({"views": ordered, "regret": regret})
    return found_plain


def _knowing_json(
    found: "Explored", willingness: float | None, trial: tuple[str, int, int] | None, cores: int | None
) -> dict[str, Any]:
    from sim.doubt import worth, worth_of_trial  # noqa: PLC0415
    from sim.doubt.told import plain  # noqa: PLC0415

    known = worth(found, willingness=willingness)
    tried = None
    if trial is not None:
        region, places, years = trial
        own = worth_of_trial(found, region=region, places=places, years=years, willingness=willingness, cores=cores)
        tried = {"region": region, "places": places, "years": years, **own._asdict()}
    told: dict[str, Any] = plain(
        {
            "knowing": {
                "unit": "women/year" if willingness is None else "DKK/year",
                "willingness": willingness,
                "chosen": found.designs[known.best],
                "everything": known.everything,
                "parts": dict(sorted(known.parts.items(), key=lambda part: -part[1])),
                "trial": tried,
            }
        }
    )
    return told


def _save(found: "Explored", told: dict[str, Any], out: Path) -> None:
    write_whole(out / "explored.json", json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
    frames = {"designs": found.designs_frame(), "pairs": found.pairs_frame(), "draws": found.draws}
    for name, frame in frames.items():
        _save_frame(frame, out / f"{name}.csv")


def _save_frame(frame: "pd.DataFrame", path: Path) -> None:
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    write_rows(path, map(str, frame.columns), (["" if cell is None else cell for cell in row] for row in rows))
