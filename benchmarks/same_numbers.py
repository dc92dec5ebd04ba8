"""Whether a change of the program changes what it computes, in every ready scenario.

`python -m benchmarks.same_numbers` compares with the reference that is kept beside this file, as closely as machines
agree with each other: who was admitted where, the day to a thousandth, and every measure of every replication, to a
millionth; new measures are left out. `--write` renews it. Bit for bit, and measure by measure, it is compared on one
machine: `--write before.json` on the old program, `--against before.json` on the new one.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from sim.design import build_designs
from sim.economics import without_places
from sim.engine import Ledger
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER, measure_design
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.measures.parts import Floats
from sim.scenario import load_scenario, ready_scenarios, with_values

REFERENCE = Path(__file__).with_suffix(".json")
REPLICATIONS = 20
BITS = 20
"""So many digits of a number, counted in twos, are the same on every machine."""

Digests = dict[str, dict[str, dict[str, str]]]
"""By scenario, design and what is compared."""


def played(path: Path) -> Iterator[tuple[str, Ledger, Floats]]:
    """Each design of a scenario with its ledger and the measures of each scope and replication."""
    scenario = with_values(load_scenario(path), {"replications": REPLICATIONS})
    women = recall_cohort(scenario, Keys(scenario), block=0, memory=Memory(most_bytes=0))
    first = women.replications(0, REPLICATIONS)
    without = without_places(first, scenario)
    for design in build_designs(scenario):
        ledger = play_design(design, women, scenario, block=0, engine="kernel", n_replications=REPLICATIONS)
        yield design.name, ledger, measure_design(ledger, first, design, scenario, without=without).values


def exact_digests(ledger: Ledger, values: Floats) -> dict[str, str]:
    """A digest of the ledger and of each measure, to the last bit."""
    own = {measure.name: _digest(values[:, number]) for number, measure in enumerate(ALL_MEASURES)}
    return {"ledger": _digest(*ledger), **own}


def rounded_digests(ledger: Ledger, values: Floats, measures: Sequence[str]) -> dict[str, str]:
    """A digest of the admissions and one of some measures, as any machine gives them."""
    columns = [MEASURE_NUMBER[name] for name in measures]
    return {
        "admissions": _digest(ledger.outcome, ledger.pool, np.nan_to_num(ledger.admission_day.round(3), nan=-1.0)),
        "measures": _digest(rounded(values[:, columns])),
    }


def rounded(values: Floats) -> Floats:
    """Numbers to `BITS` digits; -1 where there is none."""
    digits, powers = np.frexp(np.nan_to_num(values, nan=-1.0))
    return np.ldexp(np.rint(np.ldexp(digits, BITS)), powers - BITS)


def differences(before: Digests, after: Digests) -> list[str]:
    """What differs, in a line for each design, or is on one side only."""
    lines = []
    for scenario, design in sorted(
        {(name, design) for side in (before, after) for name in side for design in side[name]}
    ):
        old, new = before.get(scenario, {}).get(design), after.get(scenario, {}).get(design)
        if old is None or new is None:
            lines.append(f"{scenario}, {design}: only {'after' if old is None else 'before'}")
        elif changed := [word for word in old | new if old.get(word) != new.get(word)]:
            lines.append(f"{scenario}, {design}: {', '.join(changed)}")
    return lines


def _digest(*arrays: Any) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def _compare(before: Digests, after: Digests, how: str) -> None:
    lines = differences(before, after)
    print("\n".join(lines) or f"All {sum(map(len, after.values()))} designs equal, {how}.")
    raise SystemExit(1 if lines else 0)


@click.command()
@click.option(
    "--write",
    "out",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=REFERENCE,
    help="Keep exact digests in this file; renew the reference if none is named.",
)
@click.option("--against", type=click.Path(path_type=Path, exists=True), help="Compare with the exact digests in it.")
def main(out: Path | None, against: Path | None) -> None:
    """Compare every ready scenario with the reference, or with what an older program gave."""
    ready = ready_scenarios().items()
    if against or out not in (None, REFERENCE):
        exact = {name: {design: exact_digests(*own) for design, *own in played(path)} for name, path in ready}
        if out:
            out.write_text(json.dumps(exact, indent=1) + "\n", encoding="utf-8")
        if against:
            _compare(json.loads(against.read_text(encoding="utf-8")), exact, "bit for bit")
        return
    kept = None if out else json.loads(REFERENCE.read_text(encoding="utf-8"))
    measures = kept["measures"] if kept else [measure.name for measure in ALL_MEASURES]
    found = {name: {design: rounded_digests(*own, measures) for design, *own in played(path)} for name, path in ready}
    if kept:
        _compare(kept["scenarios"], found, "as far as machines agree")
    REFERENCE.write_text(json.dumps({"measures": measures, "scenarios": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
