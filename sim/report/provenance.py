"""Where a report comes from: enough to make it again."""

from collections.abc import Iterable

from sim.experiment import Results
from sim.report.content import ReportFact
from sim.report.source import ReportSource
from sim.report.today import without_today
from sim.scenario import Scenario, scenario_text
from sim.store.keys import versions
from sim.texts import Texts


def write_provenance(source: ReportSource, texts: Texts) -> tuple[ReportFact, ...]:
    """List what the numbers are made of and by, the command that makes the report again, and the link."""
    return tuple(ReportFact(texts(f"report.made.{word}"), text) for word, text in _facts(source, texts) if text)


def _facts(source: ReportSource, texts: Texts) -> Iterable[tuple[str, str]]:
    main = source.main
    scenario = main.scenario
    yield "scenario", source.asked.name
    yield "result", "; ".join(_result(field, results, texts) for field, results in source.found.items())
    yield "seed", str(scenario.seed)  # a name, not an amount
    yield "engine", main.engine
    yield "period", texts("report.period", start=texts.date(scenario.start), years=texts.number(scenario.horizon_years))
    yield "prices", str(scenario.economics.price_year)
    yield "versions", ", ".join(f"{what} {version}" for what, version in versions().items())
    yield "command", source.command
    yield "link", source.link


def _result(field: str, results: Results, texts: Texts) -> str:
    return f"{texts(f'report.field.{field}')}: {results.hash} ({texts.number(results.replications)})"


def written_scenario(scenario: Scenario) -> str:
    """Write the scenario as a file, without the women of today."""
    return scenario_text(without_today(scenario))
