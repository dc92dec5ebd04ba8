"""The command ``bills``: who pays what for the places of a design, municipality by municipality."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.outputs import check_outputs
from sim.cli.plain import Keeping, lang_option
from sim.cli.progress import show_progress
from sim.cli.streams import console
from sim.cli.tables import print_table
from sim.files import write_rows
from sim.scenario import Scenario, find_scenario, load_scenario, scenario_hash
from sim.texts import Texts, load_texts

if TYPE_CHECKING:
    from rich.table import Table

    from sim.looks.bills import DesignBills, ScenarioBills

_AREAS = ("municipality", "council", "region")
_FILES = ("bills.csv", "accounts.csv", "payers.csv", "months.csv", "flows.csv")


@click.command()
@click.argument("scenario", type=SCENARIO)
@click.option("--design", help="Design whose bills are sent; all if left out.")
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenario's.")
@click.option(
    "--by", type=click.Choice(_AREAS), default="region", show_default=True, help="What the bills are added up by."
)
@click.option("--months", is_flag=True, help="Also the first three years month by month.")
@click.option("--flows", is_flag=True, help="Also whose women live in whose places, and who pays for them.")
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Folder for {', '.join(_FILES)}, in DKK.",
)
@lang_option()
@click.option("--json", "as_json", is_flag=True, help="Print the bills as JSON and nothing else.")
def bills(
    scenario: str,
    design: str | None,
    replications: int | None,
    by: Any,
    months: bool,
    flows: bool,
    cores: int | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Send the bills for the places of SCENARIO: what each municipality pays, and how much it swings.

    How municipalities share is said by `financing` in the scenario: takst, objektiv, delt, abonnement or solidarisk.
    """
    file = find_scenario(scenario)
    if out is not None:
        check_outputs({f"--out, {name}": (out / name, "csv") for name in _FILES}, [file])
    asked = load_scenario(file)
    from sim.looks.bills import bill_scenario  # noqa: PLC0415 - the other commands need not wait for it

    with show_progress(asked.name) as on_progress:
        found = bill_scenario(asked, design=design, replications=replications, cores=cores, on_progress=on_progress)
    keeping = Keeping()
    with keeping:
        if out is not None:
            for name, header, rows in tables_of_bills(found, by):
                write_rows(out / name, header, rows)
    if as_json:
        click.echo(json.dumps(told_of_bills(found, by), ensure_ascii=False, allow_nan=False))
    else:
        _print(found, by, load_texts(lang), has_months=months, has_flows=flows)
    keeping.tell()
    if out is not None:
        click.echo(f"The bills are in {out}/ ({', '.join(_FILES)})", err=as_json)


# -- told in the terminal --------------------------------------------------------------------------------------------


def sentence_of(own: "DesignBills", texts: Texts) -> str:
    """Say the rule of a design."""
    from sim.financing import rule_sentence  # noqa: PLC0415

    return rule_sentence(own.financing, own.price_dkk, texts, has_units=bool(own.cooperations))


def _print(found: "ScenarioBills", by: Any, texts: Texts, *, has_months: bool, has_flows: bool) -> None:
    from sim.financing import rests_on  # noqa: PLC0415
    from sim.looks.bills import payers_of_design  # noqa: PLC0415

    screen, scenario = console(120), found.scenario
    for own in found.designs.values():
        heading = texts(
            "financing.table.heading",
            title=getattr(scenario.title, texts.language) or scenario.name,
            design=own.name,
            replications=texts.counted("table.replications", found.replications),
            first=scenario.measure_from_year,
            last=scenario.horizon_years,
            year=scenario.economics.price_year,
        )
        click.echo(f"\n{heading}\n{sentence_of(own, texts)}\n{rests_on(own.financing, texts)}")
        paid = payers_of_design(own, scenario)
        told = {
            name: _thousands(paid[name], texts) for name in ("municipality", "region", "state", "refund", "operator")
        }
        click.echo(
            texts(
                "financing.table.payers",
                municipalities=told["municipality"],
                regions=told["region"],
                state=told["state"],
                refund=told["refund"],
                owed=told["operator"],
            )
            + "\n"
        )
        print_table(screen, _areas_table(own, scenario, by, texts))
        click.echo()
        if own.cooperations:
            print_table(screen, _accounts_table(own, texts))
            click.echo()
        if has_months:
            print_table(screen, _months_table(own, scenario, by, found.replications, texts))
            click.echo()
        if has_flows:
            for table in _flows_tables(own, found, texts):
                print_table(screen, table)
                click.echo()
    screen.print(texts("financing.table.about"), highlight=False)


def _table(columns: Sequence[str]) -> "Table":
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left")
    return table


def _areas_table(own: "DesignBills", scenario: Scenario, by: Any, texts: Texts) -> "Table":
    from sim.looks.bills import area_bills  # noqa: PLC0415

    words = ("area", "bill", "by_use", "by_key", "bought", "refund", "empty", "sd", "low", "high")
    table = _table([texts(f"financing.table.{word}") for word in words])
    for row in area_bills(own, scenario, by):
        table.add_row(row.area, *(_thousands(amount, texts) for amount in row[1:-1]))
    return table


def _accounts_table(own: "DesignBills", texts: Texts) -> "Table":
    """All cooperations together, year by year."""
    from sim.looks.bills import years_of_accounts  # noqa: PLC0415

    words = ("year", "price", "occupancy", "cost", "paid", "balance", "outstanding")
    table = _table([texts(f"financing.table.{word}") for word in words])
    for row in years_of_accounts(own):
        if not row.cooperation:
            amounts = (row.cost, row.by_use + row.by_key, row.balance, row.outstanding)
            prices = (texts.number(row.price), texts.percent(row.occupancy))
            table.add_row(str(row.year), *prices, *(_thousands(amount, texts) for amount in amounts))
    return table


def _thousands(amount: float, texts: Texts) -> str:
    return texts.number(amount / 1000)


def _months_table(own: "DesignBills", scenario: Scenario, by: Any, replications: int, texts: Texts) -> "Table":
    from sim.looks.bills import months_of  # noqa: PLC0415

    names, months = months_of(own, scenario, by, replications)
    table = _table([texts("financing.table.month"), *names])
    for month in range(months.shape[2]):
        table.add_row(str(month + 1), *(_thousands(amount, texts) for amount in months[:, :, month].sum(axis=0)))
    return table


def _flows_tables(own: "DesignBills", found: "ScenarioBills", texts: Texts) -> "Iterator[Table]":
    from sim.looks.bills import flows_of  # noqa: PLC0415

    flows = flows_of(own, found.scenario, found.replications)
    places = [*flows.areas, texts("financing.table.elsewhere")]
    lived, paid = (_table([texts(f"financing.table.{key}"), *places]) for key in ("flows_days", "flows_paid"))
    for number, area in enumerate(flows.areas):
        lived.add_row(area, *(texts.number(days) for days in flows.days[number]))
        paid.add_row(area, *(_thousands(amount, texts) for amount in flows.paid[number]))
    paid.add_row(texts("financing.table.unit_cost"), *(_thousands(amount, texts) for amount in flows.cost), "")
    yield lived
    yield paid


# -- files -----------------------------------------------------------------------------------------------------------


def _rounded(amount: float, digits: int = 2) -> float | str:
    return round(amount, digits) + 0.0 if math.isfinite(amount) else ""


def tables_of_bills(found: "ScenarioBills", by: Any) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    """List each file's name, header and rows."""
    from sim.looks.bills import (  # noqa: PLC0415
        AreaBill,
        YearOfAccount,
        area_bills,
        flows_of,
        months_of,
        payers_of_design,
        years_of_accounts,
    )

    scenario, n, designs = found.scenario, found.replications, found.designs.values()

    def told(name: str, row: Sequence[Any]) -> list[object]:
        return [name, *(_rounded(cell, 4) if isinstance(cell, float) else cell for cell in row)]

    yield (
        "bills.csv",
        ("design", *AreaBill._fields),
        (told(own.name, row) for own in designs for row in area_bills(own, scenario, by)),
    )
    yield (
        "accounts.csv",
        ("design", *YearOfAccount._fields),
        (told(own.name, row) for own in designs for row in years_of_accounts(own)),
    )
    payers = {own.name: payers_of_design(own, scenario) for own in designs}
    yield (
        "payers.csv",
        ("design", *next(iter(payers.values()))),
        (told(name, [*row.values()]) for name, row in payers.items()),
    )
    yield (
        "months.csv",
        ("design", "area", "month", "by_use", "by_key"),
        (
            told(own.name, (area, month + 1, float(months[0, number, month]), float(months[1, number, month])))
            for own in designs
            for names, months in (months_of(own, scenario, by, n),)
            for number, area in enumerate(names)
            for month in range(months.shape[2])
        ),
    )
    yield (
        "flows.csv",
        ("design", "from", "to", "days", "paid"),
        (
            told(own.name, (area, to, float(flows.days[row, column]), float(flows.paid[row, column])))
            for own in designs
            for flows in (flows_of(own, scenario, n),)
            for row, area in enumerate(flows.areas)
            for column, to in enumerate((*flows.areas, "elsewhere"))
        ),
    )


def told_of_bills(found: "ScenarioBills", by: Any, files: Sequence[str] = _FILES) -> dict[str, Any]:
    """Write the bills, as far as they are in some of the files, as plain values."""
    scenario = found.scenario
    tables: dict[str, dict[str, list[dict[str, object]]]] = {name: {} for name in found.designs}
    for file, header, rows in tables_of_bills(found, by):
        for row in rows if file in files else ():
            told = {word: (None if cell == "" else cell) for word, cell in zip(header, row, strict=True)}
            tables[str(told.pop("design"))].setdefault(file.removesuffix(".csv"), []).append(told)
    return {
        "scenario": scenario.name,
        "hash": scenario_hash(scenario),
        "replications": found.replications,
        "by": by,
        "designs": {
            name: {
                "rule": {language: sentence_of(own, load_texts(language)) for language in ("da", "en")},
                **tables[name],
            }
            for name, own in found.designs.items()
        },
    }
