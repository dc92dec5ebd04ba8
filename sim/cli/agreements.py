"""What `run` says of agreements between municipalities: a sentence for each, and the bills beside the results."""

from pathlib import Path

from sim.cli.bills import sentence_of, tables_of_bills, told_of_bills
from sim.cli.progress import show_progress
from sim.cli.streams import console
from sim.experiment import Results
from sim.files import write_rows
from sim.looks.bills import DesignBills, ScenarioBills, account_of, bill_scenario, has_agreement
from sim.scenario import Agreement
from sim.texts import PLAIN, Texts, load_texts

BILLS_FILES = ("bills.csv", "accounts.csv")
"""What of the command `bills` stands beside the results."""

REPLICATIONS = 50
"""Billed for a sentence: bills take longer than results, and the mean price of a day is soon known."""


def bills_of(results: Results, *, is_whole: bool, is_told: bool, cores: int | None = None) -> ScenarioBills | None:
    """Send the bills of all replications, or, if agreements are to be told, of as many as sentences need."""
    scenario = results.scenario
    if results.is_partial or not (is_whole or (is_told and has_agreement(scenario))):
        return None
    n = results.replications if is_whole else min(results.replications, REPLICATIONS)
    with show_progress(scenario.name) as on_progress:
        return bill_scenario(scenario, replications=n, engine=results.engine, cores=cores, on_progress=on_progress)


def save_bills(found: ScenarioBills | None, folder: Path) -> tuple[str, ...]:
    """Write each municipality's bill, and the accounts, beside the results, if asked for, and name the files."""
    if found is None:
        return ()
    for name, header, rows in tables_of_bills(found, "municipality"):
        if name in BILLS_FILES:
            write_rows(folder / name, header, rows)
    return BILLS_FILES


def bills_as_json(found: ScenarioBills | None) -> dict[str, object]:
    """Bills as they stand beside the results, if they were asked for."""
    return {"bills": told_of_bills(found, "municipality", BILLS_FILES)["designs"]} if found else {}


def print_agreements(found: ScenarioBills | None, language: str = PLAIN) -> None:
    """Print the rule of each design that has an agreement, with the price of a day and the yearly deficit."""
    agreed = [own for own in found.designs.values() if isinstance(own.financing, Agreement)] if found else []
    if not found or not agreed:
        return
    screen, texts = console(120), load_texts(language)
    n = texts.counted("table.replications", found.replications)
    screen.print("\n" + texts("financing.run.heading", replications=n), style="bold", highlight=False, markup=False)
    for own in agreed:
        screen.print(f"{own.name}: {_sentence(own, texts)}", highlight=False, markup=False)
    screen.print()


def _sentence(own: DesignBills, texts: Texts) -> str:
    account = account_of(own)
    told = sentence_of(own, texts)
    if account is None:
        return told
    if round(account.deficit) <= 0:
        return f"{told} {texts('financing.run.no_deficit')}"
    return f"{told} {texts('financing.run.deficit', amount=texts.money(account.deficit))}"
