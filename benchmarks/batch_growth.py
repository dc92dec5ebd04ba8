"""How long batches take, how that grows with the number of scenarios, and what store and scheduling add to playing.

Run with: python benchmarks/batch_growth.py [--quick] [--cores 2] [--replications 200] [--scenarios 250 500 1000]
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

from sim.batch import gather, local_crew, plan_batch, run_batch
from sim.experiment import available_cores, run_experiment
from sim.scenario import find_scenario, load_scenario, save_scenario, scenario_from, scenario_values, with_values
from sim.store import Store


def swept(folder: Path, n: int, replications: int) -> Path:
    """A sweep over the five regions: every point has other women, so that nothing is remembered."""
    base = with_values(load_scenario(find_scenario("today-regions")), {"replications": replications})
    file = folder / f"sweep-{n}.yaml"
    save_scenario(base, file)
    with file.open("a", encoding="utf-8") as more:
        more.write(
            "sweep:\n  - demand.need_per_year: {low: 60, high: 90}\n  - acceptance.base: {low: 0.3, high: 0.5}\n"
        )
        more.write(f"samples: {n}\n")
    return file


def processor_seconds() -> float:
    """What this process and those it has waited for have used; other people's work does not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def batch_seconds(folder: Path, file: Path, cores: int) -> float:
    """From files to a full store, as the command does it, loading of the program apart."""
    with tempfile.TemporaryDirectory(dir=folder) as store_folder:
        begin = time.perf_counter()
        store = Store(store_folder)
        report = run_batch(plan_batch(gather([str(file)]).cases, store), store, local_crew(cores))
        assert not report.failed
        return time.perf_counter() - begin


def play(values: dict[str, object]) -> None:
    run_experiment(scenario_from(values), cores=1)


def playing_seconds(file: Path, cores: int) -> float:
    """The same scenarios, played in as many processes, results thrown away."""
    asked = [scenario_values(case.scenario) for case in gather([str(file)]).cases]
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        pool.map(play, asked[:cores], chunksize=1)
        begin = time.perf_counter()
        for _ in pool.imap_unordered(play, asked, chunksize=1):
            pass
        seconds = time.perf_counter() - begin
        pool.close()
        pool.join()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer scenarios: a minute or two.")
    parser.add_argument("--cores", type=int, default=available_cores())
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--scenarios", type=int, nargs="+")
    asked = parser.parse_args()
    sizes = asked.scenarios or ([20, 40, 80] if asked.quick else [250, 500, 1000])
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in sizes:
            file = swept(folder, n, asked.replications)
            used = [processor_seconds()]
            playing = playing_seconds(file, asked.cores)
            used.append(processor_seconds())
            batch = batch_seconds(folder, file, asked.cores)
            used.append(processor_seconds())
            row = {"scenarios": n, "cores": asked.cores, "replications": asked.replications}
            row |= {"batch_seconds": round(batch, 1), "playing_seconds": round(playing, 1)}
            row |= {"per_minute": round(60 * n / batch), "overhead": round(batch / playing - 1, 3)}
            row |= {"processor_overhead": round((used[2] - used[1]) / (used[1] - used[0]) - 1, 3)}
            rows.append(row)
            print(json.dumps(row), flush=True)
    if len(rows) > 1:
        small, large = rows[0], rows[-1]
        slope = (large["batch_seconds"] - small["batch_seconds"]) / (large["scenarios"] - small["scenarios"])
        print(f"Each further scenario takes {1000 * slope:.0f} ms; the rest is starting the workers.")


if __name__ == "__main__":
    main()
