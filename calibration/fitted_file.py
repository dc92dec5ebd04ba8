"""A fitted scenario as a file: the values that were found, and above them where they come from."""

from collections.abc import Iterable

from sim.scenario import Scenario, scenario_text


def rounded(value: float, digits: int) -> float:
    """Keep so many significant digits of a value; more would pretend."""
    return float(f"{value:.{digits}g}")


def annotated(scenario: Scenario, notes: Iterable[str]) -> str:
    """Write a scenario with every word, and notes at the top."""
    return "".join(f"# {note}".rstrip() + "\n" for note in notes) + scenario_text(scenario)
