"""Reading a file of targets: strictly, with everything that is wrong with it at once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from calibration.evidence import Circular, circular_pairs
from calibration.from_totals.observing import RUN_OUT_YEARS, STAYS_RUN_OUT_YEARS
from calibration.from_totals.points import FURTHEST, parameter_values, stated_prior
from calibration.from_totals.question import FitQuestion, Free, ObservedPeriod, Target
from calibration.from_totals.words import PeriodWords, TargetWords, check_prior, check_words
from sim.cohort import anniversary
from sim.design import build_designs
from sim.faults import Flaw, did_you_mean, dotted, shown, shown_text
from sim.files import existing, read_file
from sim.geography import REGION_MAPS
from sim.scenario import (
    Distribution,
    Fault,
    Scenario,
    ScenarioError,
    find_scenario,
    load_scenario,
    load_views,
    parameter_of,
    scenario_from,
    scenario_values,
    with_values,
)
from sim.scenario.file.reading import MOST_BYTES, read_values
from sim.scenario.plausible import Plausible
from sim.texts import Sayable, say

WORDS = ("name", "scenario", "design", "period", "changes", "targets", "free", "views")
STATED = "stated"
MOST_FREE, MOST_TARGETS = 8, 30
_NEEDED = ("name", "scenario", "design", "period", "targets", "free")
_STAYS_THAT_END = ("completed_per_year", "left_early_share")


def load_question(path: str | os.PathLike[str]) -> FitQuestion:
    """Load a file of targets.

    Parameters
    ----------
    path : str or path
        YAML 1.2 in UTF-8. A scenario it names is a ready one, or a file beside it.

    Returns
    -------
    FitQuestion
        Complete and checked.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the file.
    """
    file = Path(path)
    content = read_file(file, kind=say("allowed.a_file_of_targets"), most_bytes=MOST_BYTES)
    values, lines, found = read_values(content, file.name)
    return _Reader(file.name, file.parent, lines, list(found)).read(values)


class _Reader:
    """Reads the words of a file of targets and gathers what is wrong with them."""

    def __init__(self, source: str, folder: Path, lines: Mapping[Any, int], faults: list[Fault]) -> None:
        self._source, self._folder, self._lines = source, folder, lines
        self._faults = faults
        self._base_file: Path | None = None

    def read(self, values: object) -> FitQuestion:
        """Read everything; what can be checked is checked, even if other parts are wrong."""
        words = self._top(values)
        name = self._name(words.get("name"))
        base = self._scenario(words.get("scenario"))
        period = self._period(words.get("period"))
        observed = self._observed(base, words, period)
        targets = self._targets(words.get("targets"), period, observed)
        if observed is not None and period is not None:
            observed = with_values(observed, {"horizon_years": _played_years(period, targets)})
        free = self._free(words.get("free"), observed)
        views = self._views(words.get("views"))
        circles = self._circles(targets, free, observed)
        if self._faults or base is None or observed is None or period is None:
            self._faults.sort(key=lambda fault: fault.line or 0)
            raise ScenarioError(self._faults)
        return FitQuestion(name, base, observed, period, targets, free, views, circles, self._base_file)

    def _top(self, values: object) -> Mapping[str, Any]:
        if not isinstance(values, Mapping):
            self._add(
                (),
                say("allowed.words_with_values", known="name, targets"),
                shown(values),
                say("remedy.begin_with_name_today"),
            )
            raise ScenarioError(self._faults)
        for word in values:
            if word not in WORDS:
                remedy = did_you_mean(word, WORDS, say("remedy.remove_it_or_write"))
                self._add((word,), say("allowed.a_known_word", known=", ".join(WORDS)), shown(word), remedy)
        for word in _NEEDED:
            if values.get(word) is None:
                self._add(
                    (word,), say("allowed.a_word_that"), say("got.nothing"), say("remedy.add_with_its", word=word)
                )
        return values

    def _name(self, value: object) -> str:
        if value is not None and not (isinstance(value, str) and value.isprintable() and 0 < len(value) <= 60):
            self._add(
                ("name",),
                say("allowed.a_name_of_to"),
                shown(value),
                say("remedy.write_in_quotation_marks"),
            )
        return str(value)

    def _scenario(self, value: object) -> Scenario | None:
        try:
            if isinstance(value, Mapping):
                return scenario_from(value, f"{self._source} scenario")
            if isinstance(value, str):
                beside = existing(self._folder / value)
                self._base_file = beside if beside.is_file() else find_scenario(value)
                return load_scenario(self._base_file)
        except ScenarioError as error:
            self._faults += error.faults
            return None
        if value is not None:
            self._add(
                ("scenario",),
                say("allowed.a_name_a_file_or"),
                shown(value),
                say("remedy.write_its_name"),
            )
        return None

    def _period(self, value: object) -> ObservedPeriod | None:
        if value is None:
            return None
        words, flaws = check_words(PeriodWords, value)
        self._take(flaws, ("period",))
        return ObservedPeriod(words.start, words.years, words.warm_up_years or 0) if words is not None else None

    def _observed(
        self, base: Scenario | None, words: Mapping[str, Any], period: ObservedPeriod | None
    ) -> Scenario | None:
        """The scenario as it was in the period: one design, so many years, and what else was different."""
        name, changes = words.get("design"), words.get("changes") or {}
        if not isinstance(changes, Mapping):
            self._add(
                ("changes",),
                say("allowed.paths_with_values"),
                shown(changes),
                say("remedy.write_value", value="demand.need_per_year: 90"),
            )
            changes = {}
        if base is None or name is None:
            return None
        designs = scenario_values(base)["designs"]
        chosen = [design for design in designs if design["name"] == name]
        if not chosen:
            names = [str(design["name"]) for design in designs]
            remedy = did_you_mean(str(name), names, say("remedy.name_one_of_them"))
            self._add(("design",), say("allowed.a_design_of_the", names=", ".join(names)), shown(name), remedy)
            return None
        fixed: dict[str, Any] = {"designs": chosen, "measures.against": str(name), "measure_from_year": 1}
        if period is not None:
            fixed |= {"horizon_years": period.warm_up_years + period.years + RUN_OUT_YEARS}
            fixed["start"] = anniversary(period.start, -period.warm_up_years)
        try:
            observed = with_values(base, fixed | dict(changes), source=f"{self._source} changes")
        except ScenarioError as error:
            self._faults += error.faults
            return None
        self._check_warm_up(observed, words.get("period"))
        return observed

    def _check_warm_up(self, observed: Scenario, period: object) -> None:
        has_pools = any(design.pools for design in build_designs(observed))
        is_said = isinstance(period, Mapping) and period.get("warm_up_years") is not None
        if has_pools and not is_said:
            allowed, remedy = (
                say("allowed.how_long_the_units"),
                say("remedy.write_zero_or_years"),
            )
            self._add(("period", "warm_up_years"), allowed, say("got.nothing"), remedy)

    def _targets(self, value: object, period: ObservedPeriod | None, observed: Scenario | None) -> tuple[Target, ...]:
        if value is None:
            return ()
        if not isinstance(value, list) or not value:
            self._add(("targets",), say("allowed.a_list_of_what"), shown(value), say("remedy.begin_each_with_a"))
            return ()
        targets: list[Target] = []
        for number, item in enumerate(value):
            words, flaws = check_words(TargetWords, item)
            self._take(flaws, ("targets", number))
            if words is None:
                continue
            for key, one in words.by_key().items():
                target = Target(words.measure, words.by, key, one, words.sd, words.rounding, words.source_of(key))
                self._check_key(target, number, period, observed)
                if any(target[:3] == other[:3] for other in targets):
                    self._add(
                        ("targets", number),
                        say("allowed.each_number_once"),
                        say("got.name_again", name=target.name),
                        say("remedy.delete_one_of_the"),
                    )
                targets.append(target)
        if len(targets) > MOST_TARGETS:
            self._add(
                ("targets",),
                say("allowed.at_most_numbers", most_targets=MOST_TARGETS),
                str(len(targets)),
                say("remedy.add_some_of_them"),
            )
        return tuple(targets)

    def _check_key(self, target: Target, number: int, period: ObservedPeriod | None, observed: Scenario | None) -> None:
        known: tuple[str, ...] = ()
        if target.by == "year" and period is not None:
            known = tuple(str(period.start.year + year) for year in range(period.years))
        elif target.by == "region" and observed is not None:
            known = REGION_MAPS[observed.regions]
        elif target.by == "pool" and observed is not None:
            known = tuple(pool.id for design in build_designs(observed) for pool in design.pools)
        if known and target.key not in known:
            remedy = did_you_mean(target.key, known, say("remedy.write_one_of_them"))
            where = ("targets", number, "value", target.key)
            self._add(where, f"a {target.by}: {', '.join(known)}", shown(target.key), remedy)

    def _free(self, value: object, observed: Scenario | None) -> tuple[Free, ...]:
        if value is None:
            return ()
        paths = value
        if isinstance(value, list) and all(isinstance(path, str) for path in value):
            paths = dict.fromkeys(value, STATED)
        if not isinstance(paths, Mapping) or not 1 <= len(paths) <= MOST_FREE:
            allowed = say("allowed.to_paths_each_with", most_free=MOST_FREE, stated=STATED)
            self._add(("free",), allowed, shown(value), say("remedy.write_value", value=f"acceptance.base: {STATED}"))
            return ()
        found = [self._one_free(str(path), prior, observed) for path, prior in paths.items()]
        return tuple(free for free in found if free is not None)

    def _one_free(self, path: str, prior: object, observed: Scenario | None) -> Free | None:
        where = ("free", path)
        found: Distribution | Plausible | None
        if prior == STATED:
            found = stated_prior(path, _value_at(scenario_values(observed), path)) if observed is not None else None
            if found is None and observed is not None:
                allowed = say("allowed.a_path_whose_plausible")
                self._add(
                    where,
                    allowed,
                    shown(path),
                    say("remedy.write_a_prior"),
                )
        else:
            found, flaws = check_prior(prior)
            self._take(flaws, where)
        return self._tried(Free(path, found), observed) if found and observed is not None else None

    def _tried(self, free: Free, observed: Scenario) -> Free | None:
        """Put values of the prior into the scenario, to see that it takes them."""
        for value in parameter_values([free], np.array([[0.0], [-FURTHEST], [FURTHEST]]))[:, 0]:
            try:
                with_values(observed, {free.path: float(value)})
            except ScenarioError as error:
                fault = error.faults[0]
                self._add(("free", free.path), fault.allowed, fault.got, fault.remedy)
                return None
        return free

    def _views(self, value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        known = [view.id for view in load_views().values() if view.step == "need"]
        if not isinstance(value, list) or not value or len(set(map(str, value))) < len(value):
            self._add(
                ("views",),
                say("allowed.a_list_of_estimates"),
                shown(value),
                say("remedy.write_value", value="[need_muni_16, ...]"),
            )
            return ()
        for number, view in enumerate(value):
            if view not in known:
                remedy = did_you_mean(str(view), known, say("remedy.an_estimate_of_a"))
                self._add(
                    ("views", number), say("allowed.an_estimate_of_need", known=", ".join(known)), shown(view), remedy
                )
        return tuple(map(str, value))

    def _circles(
        self, targets: tuple[Target, ...], free: tuple[Free, ...], observed: Scenario | None
    ) -> tuple[Circular, ...]:
        """Fitting a parameter to the number its own prior was derived from says nothing, and is refused."""
        sources = [target.source for target in targets if target.source]
        stated = {parameter.id: one.is_stated for one in free if (parameter := parameter_of(one.path)) is not None}
        circles = tuple(pair for pair in circular_pairs() if pair.row_id in sources and pair.parameter in stated)
        for pair in circles:
            if pair.row_id == pair.through and stated[pair.parameter]:
                allowed = say("allowed.a_target_that_the", parameter=pair.parameter)
                self._add(("targets",), allowed, pair.row_id, say("remedy.leave_it_out_or"))
        view = observed.demand.view if observed is not None else None
        if view is not None and view in sources:
            remedy = say("remedy.set_changes_demand_need")
            self._add(("targets",), say("allowed.a_target_that_the_need"), view, remedy)
        return circles

    def _take(self, flaws: list[Flaw], below: tuple[str | int, ...]) -> None:
        for flaw in flaws:
            self._add(below + flaw.path, flaw.allowed, flaw.got, flaw.remedy)

    def _add(self, path: tuple[str | int, ...], allowed: Sayable, got: Sayable, remedy: Sayable) -> None:
        placed = path
        while placed and placed not in self._lines:
            placed = placed[:-1]
        where = self._lines.get(placed)
        self._faults.append(Fault(shown_text(self._source), where, dotted(path), allowed, got, remedy))


def _played_years(period: ObservedPeriod, targets: tuple[Target, ...]) -> int:
    run_out = STAYS_RUN_OUT_YEARS if any(target.measure in _STAYS_THAT_END for target in targets) else RUN_OUT_YEARS
    return period.warm_up_years + period.years + run_out


def _value_at(values: Any, path: str) -> object:
    """The value of a plain path; None where there is none, or where the path goes by names or numbers of a list."""
    for word in path.split("."):
        values = values.get(word) if isinstance(values, Mapping) else None
    return values
