"""Exploring: draw what is unsure, play every design at each draw, and find what the assumptions do."""

import shutil
import weakref
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from sim.doubt.explored import JUDGED, Explored
from sim.doubt.plays import Progress, ask, play_points
from sim.doubt.turning import one_by_one
from sim.doubt.unsure import find_unsure
from sim.scenario import Scenario

DRAWS = 256
REPLICATIONS = 20


def explore(  # noqa: PLR0913 - what is asked, and how
    scenario: Scenario,
    *,
    draws: int = DRAWS,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    measures: Iterable[str] = JUDGED,
    folder: Path | None = None,
    with_turns: bool = False,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> Explored:
    """Explore the doubt of a scenario: what its designs come to whichever assumptions are right.

    Parameters
    ----------
    scenario : Scenario
        With the word `doubt`, or without it: then every parameter with a plausible range is unsure.
    draws : int
        How many futures of the assumptions; best a power of 2.
    replications : int
        How often each is played.
    seed : int, optional
        Of the draws and of the women; the scenario's own if left out.
    measures : iterable of str
        Of which it is asked what decides them.
    folder : Path, optional
        Where the plays are kept, so that the same question is not played again; if left out, they are gone with the
        result.
    with_turns : bool
        Whether to move the parameters one at a time as well, and to find where designs change places.
    cores : int, optional
        How many draws are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called after each draw with the draws done and how many there are.

    Returns
    -------
    Explored
        What was found; most of it is worked out when it is asked for.

    Raises
    ------
    ScenarioError
        With everything that keeps it from being explored.

    Examples
    --------
    >>> from sim.doubt import explore, worth
    >>> from sim.scenario import read_scenario
    >>> scenario = read_scenario('''
    ... name: small
    ... horizon_years: 2
    ... doubt: {parameters: {acceptance.base: plausible, demand.found_share: {uniform: {low: 0.5, high: 1}}}}
    ... designs:
    ...   - {name: one, kind: national, sites: [AAR], places: 6}
    ...   - {name: elsewhere, kind: external}
    ... ''')
    >>> found = explore(scenario, draws=16, replications=5)
    >>> list(found.parameters)
    ['demand.found_share', 'acceptance.base']
    >>> found.designs_frame(["admitted_per_year"])["design"].tolist()
    ['one', 'elsewhere']
    >>> worth(found).frame["part"].tolist()
    ['everything', 'demand.found_share', 'acceptance.base', 'demand', 'acceptance']
    """
    _, held = find_unsure(scenario)
    question = ask(scenario, replications=replications, seed=seed)
    place = Path(mkdtemp(prefix="doegnplads-")) if folder is None else folder
    try:
        kept = play_points(question, draws, place, cores=cores, on_progress=on_progress)
    except BaseException:  # given up, perhaps
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
        raise
    if folder is None:
        weakref.finalize(kept, shutil.rmtree, place, ignore_errors=True)
    judged = tuple(measures)
    alone = one_by_one(question, judged, cores=cores) if with_turns else None
    return Explored(question, kept, draws, held=held, measures=judged, one_by_one=alone)
