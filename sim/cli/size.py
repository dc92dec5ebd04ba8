"""The command ``size``: how many places each design needs for a target, or can have for a budget."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.outputs import check_outputs
from sim.cli.plain import Keeping, spoken
from sim.cli.streams import console
from sim.cli.tables import print_table, write_measure
from sim.files import write_rows, write_whole
from sim.scenario import find_scenario, load_scenario, load_views, scenario_text, with_values
from sim.texts import NOTHING, Texts, load_texts

if TYPE_CHECKING:
    from sim.sizing import Sized, Sizing, ViewSized
    from sim.sizing.change import Estimated

_FILES = ("size.json", "size.csv", "changes.csv", "curve.csv", "scenario.yaml")


@click.command()
@click.argument("scenario", type=SCENARIO)
@click.option("--design", "designs", multiple=True, help="Name of a design; all if left out. May come again.")
@click.option("--target", help='What must be reached, such as "admitted_within_14_days >= 0.9".')
@click.option("--budget", help='What it may cost, such as "cost_per_year <= 40e6".')
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 0.999),
    default=0.9,
    show_default=True,
    help="How sure it should be that the number found is the right one.",
)
@click.option(
    "--over", type=click.Choice(["chance"]), default="chance", show_default=True, help="What makes it unsure."
)
@click.option("--replications", type=click.IntRange(min=20), help="Most replications played to be that sure.")
@click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenario's.")
@click.option("--views", type=click.Choice(["all"]), help="Size for each published estimate of need too.")
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=f"Folder for {', '.join(_FILES)}.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON and nothing else.")
def size(
    scenario: str,
    designs: tuple[str, ...],
    target: str | None,
    budget: str | None,
    confidence: float,
    over: str,  # noqa: ARG001 - one word so far
    replications: int | None,
    seed: int | None,
    views: str | None,
    cores: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Find how many places each design of SCENARIO needs for a target, or a budget allows.

    The fewest places, unit by unit, with the probability that the number is the right one; what a little more or less
    does; and the textbook's number beside it. With --budget alone, the same money is spent in each design.
    """
    from sim.sizing import size as find_sizes  # noqa: PLC0415 - slow to load

    file = find_scenario(scenario)
    check_outputs({f"--out, {name}": (out / name, "") for name in _FILES} if out else {}, [file])
    asked = load_scenario(file)
    if seed is not None:
        asked = with_values(asked, {"seed": seed})
    further: dict[str, Any] = {} if replications is None else {"replications": replications}
    found = find_sizes(
        asked,
        target,
        budget=budget,
        designs=designs,
        confidence=confidence,
        views=views is not None,
        cores=cores,
        **further,
    )
    keeping = Keeping()
    with keeping:
        if out is not None:
            _save(found, out)
    texts = load_texts(spoken())
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, allow_nan=False))
    else:
        _print(found, texts)
    keeping.tell()
    if out is not None:
        click.echo(texts("size.files", folder=out), err=as_json)


def _save(found: "Sizing", folder: Path) -> None:
    everything, *tables, written = (folder / name for name in _FILES)
    write_whole(written, scenario_text(found.sized_scenario()))
    write_whole(everything, json.dumps(found.as_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    for path, rows in zip(tables, (found.rows(), found.change_rows(), found.curve_rows()), strict=True):
        _write_table(path, list(rows))


def _write_table(path: Path, rows: list[dict[str, Any]]) -> None:
    if rows:
        write_rows(path, rows[0], (map(_plain, row.values()) for row in rows))


def _plain(value: object) -> object:
    return "" if value is None or value != value else value  # noqa: PLR0124 - not a number


# -- told in the terminal --------------------------------------------------------------------------------------------


def _print(found: "Sizing", texts: Texts) -> None:
    title = getattr(found.scenario.title, texts.language) or found.scenario.name
    if found.has_target:
        click.echo(texts("size.title", title=title, target=found.target))
    else:
        click.echo(texts("size.title_budget", title=title, budget=found.budget))
    click.echo(texts("size.brackets"))
    for view in (found.own, *found.views.values()):
        click.echo(f"\n{_need(view, texts)}\n")
        _print_view(found, view, texts)


def _need(view: "ViewSized", texts: Texts) -> str:
    need = texts.number(view.need_per_year, 1)
    if not view.view:
        return texts("size.need", need=need)
    return texts("size.view", who=load_views()[view.view].who, view=view.view, need=need)


def _print_view(found: "Sizing", view: "ViewSized", texts: Texts) -> None:
    screen = console(120)
    if found.has_target:
        print_table(screen, _designs_table(found, view, texts))
        click.echo()
    for sized in view.designs.values():
        for line in _about(found, sized, texts):
            click.echo(line)
    if not view.view:
        click.echo(f"\n{texts('size.curve')}")
        print_table(screen, _curve_table(found, view, texts))


def _designs_table(found: "Sizing", view: "ViewSized", texts: Texts) -> Any:
    table = _table(
        texts,
        ("design", "places"),
        texts(f"measures.{found.target.measure}.label"),
        ("years", "sure", "textbook", "cost"),
    )
    for sized in view.designs.values():
        table.add_row(
            sized.design,
            texts("size.no_number") if sized.total is None else str(sized.total),
            _spread(sized.target, found, texts),
            texts.percent(sized.met_in_years),
            NOTHING if sized.chances is None else texts.percent(sized.chances.this),
            str(sized.textbook.total) if sized.textbook and sized.textbook.total else NOTHING,
            _millions(sized.cost_per_year, texts),
        )
    return table


def _curve_table(found: "Sizing", view: "ViewSized", texts: Texts) -> Any:
    is_unbeaten = {
        (point.design, point.total) for point, own in zip(view.curve.points, view.curve.is_unbeaten, strict=True) if own
    }
    table = _table(
        texts,
        ("design", "change", "places"),
        texts(f"measures.{found.target.measure}.label"),
        ("admitted", "occupancy", "cost"),
    )
    for sized in view.designs.values():
        for point in sized.changes:
            mark = " *" if (point.design, point.total) in is_unbeaten else ""
            table.add_row(
                point.design,
                point.change,
                str(point.total) + mark,
                _spread(point.target, found, texts),
                texts.number(point.admitted_per_year.mean, 1),
                texts.percent(point.occupancy.mean),
                _millions(point.cost_per_year, texts),
            )
    return table


def _table(texts: Texts, first: Iterable[str], measure: str, others: Iterable[str]) -> Any:
    from rich.table import Table  # noqa: PLC0415 - slow to load

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (*(texts(f"size.{word}") for word in first), measure, *(texts(f"size.{word}") for word in others)):
        table.add_column(name, no_wrap=True)
    return table


def _about(found: "Sizing", sized: "Sized", texts: Texts) -> Iterator[str]:
    """What is to be said of one design, line by line."""
    name = sized.design
    if not sized.units:
        yield texts("size.no_places", design=name)
        return
    if sized.places is not None:
        yield texts("size.split", design=name, places=_places(sized, sized.places, texts))
    elif found.has_target:
        best = NOTHING if sized.with_room_for_all is None else _spread(sized.with_room_for_all, found, texts)
        yield texts("size.not_met", design=name, best=best)
    if sized.chances is not None:
        chances = {word: texts.percent(value) for word, value in sized.chances._asdict().items()}
        yield texts("size.sure_of", design=name, n=sized.total, replications=sized.replications, **chances)
    if sized.textbook is not None:
        why = "; ".join(texts(f"size.why.{code}") for code in sized.textbook.why)
        if sized.textbook.rule is None or sized.textbook.total is None:
            yield texts("size.no_rule", design=name, why=why)
        else:
            rule, erlangs = texts(f"size.rule.{sized.textbook.rule}"), texts.number(sized.textbook.erlangs, 1)
            yield texts("size.by_rule", design=name, total=sized.textbook.total, rule=rule, erlangs=erlangs, why=why)
    yield from _about_budget(found, sized, texts)


def _about_budget(found: "Sizing", sized: "Sized", texts: Texts) -> Iterator[str]:
    if found.budget is None or sized.affordable is None:
        return
    point, name = sized.affordable.point, sized.design
    if point is None:
        yield texts("size.budget.none", design=name, budget=found.budget)
    else:
        yield texts(
            "size.budget.most",
            design=name,
            n=point.total,
            budget=found.budget,
            places=_places(sized, point.places, texts),
            measure=texts(f"measures.{found.target.measure}.label"),
            value=_spread(point.target, found, texts),
            cost=texts.number(point.cost_per_year.mean / 1e6, 1),
        )
    if found.has_target:
        yield texts("size.budget.both" if found.holds_both(sized) else "size.budget.not_both", design=name)


def _places(sized: "Sized", places: tuple[int, ...], texts: Texts) -> str:
    most = sized.named(places, is_most=True)
    told = []
    for unit, n in sized.named(places).items():
        label = texts(f"common.region.{unit}") if f"common.region.{unit}" in texts else unit
        written = str(n) if most[unit] == n else texts("size.up_to", places=n, most=most[unit])
        told.append(f"{label} {written}")
    return ", ".join(told)


def _spread(own: "Estimated", found: "Sizing", texts: Texts) -> str:
    """Mean and interval, as the measure is written."""
    write = write_measure(found.target.measure, found.target.defined.unit, texts.language)
    if own.low != own.low:
        return write(own.mean)
    low, high = (write(end).removesuffix(" %") for end in (own.low, own.high))
    return f"{write(own.mean)} {texts('size.interval', low=low, high=high)}"


def _millions(own: "Estimated", texts: Texts) -> str:
    return texts.number(own.mean / 1e6, 1)
