"""Whether a change of the program changes what it computes: every ready scenario, bit for bit.

`python -m benchmarks.same_numbers --write before.json` on the old program, `--against before.json` on the new one. What
is compared of each design: the ledgers (who was admitted where and when) and every measure of every replication.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import numpy as np

from sim.design import build_designs
from sim.economics import without_places
from sim.experiment.measured import ALL_MEASURES, measure_design
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.scenario import load_scenario, ready_scenarios, with_values

REPLICATIONS = 20


def digests_of(path: Path) -> dict[str, dict[str, str]]:
    """A digest of the ledgers and of each measure, by design."""
    scenario = with_values(load_scenario(path), {"replications": REPLICATIONS})
    women = recall_cohort(scenario, Keys(scenario), block=0, memory=Memory(most_bytes=0))
    first = women.replications(0, REPLICATIONS)
    without = without_places(first, scenario)
    found = {}
    for design in build_designs(scenario):
        ledger = play_design(design, women, scenario, block=0, engine="kernel", n_replications=REPLICATIONS)
        values = measure_design(ledger, first, design, scenario, without=without).values
        found[design.name] = {
            "ledger": _digest(*ledger),
            **{measure.name: _digest(values[:, number]) for number, measure in enumerate(ALL_MEASURES)},
        }
    return found


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
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


@click.command()
@click.option("--write", "out", type=click.Path(path_type=Path), help="Keep the digests in this file.")
@click.option("--against", type=click.Path(path_type=Path, exists=True), help="Compare with the digests in this file.")
def main(out: Path | None, against: Path | None) -> None:
    """Digest every ready scenario; keep the digests, or compare them."""
    found = {name: digests_of(path) for name, path in ready_scenarios().items()}
    if out:
        out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if against:
        lines = differences(json.loads(against.read_text(encoding="utf-8")), found)
        print("\n".join(lines) or f"All {sum(map(len, found.values()))} designs equal, bit for bit.")
        raise SystemExit(1 if lines else 0)


if __name__ == "__main__":
    main()
