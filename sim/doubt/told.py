"""What was found by exploring, as plain values for programs."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.doubt.explored import Explored
from sim.doubt.turning import OneByOne
from sim.experiment.measured import MEASURE_NUMBER


def explored_as_json(found: Explored) -> dict[str, Any]:
    """Write what was found as plain values.

    Parameters
    ----------
    found : Explored
        From `explore`.

    Returns
    -------
    dict
        Ready for ``json.dumps``; ``None`` stands where nothing is known.
    """
    indices: dict[str, dict[str, Any]] = {}
    for measure, name, own in found.all_shares():
        indices.setdefault(measure, {})[name] = {
            parameter: {"first": list(shares.first), "total": list(shares.total)} for parameter, shares in own.items()
        }
    told = {
        "scenario": found.question.scenario.name,
        "seed": found.question.seed,
        "draws": found.n_draws,
        "played": found.n_played,
        "replications": found.question.replications,
        "parameters": {
            one.name: {"paths": list(one.paths), "value": one.value, "low": one.low, "high": one.high}
            for one in found.question.unsure
        },
        "held": {one.name: one.why for one in found.held},
        **_measures_json(found),
        "indices": indices,
        "rules": _rules_json(found),
    }
    if found.one_by_one is not None:
        told |= _one_by_one_json(found.one_by_one)
    as_plain: dict[str, Any] = plain(told)
    return as_plain


def _measures_json(found: Explored) -> dict[str, Any]:
    """Designs and pairs, gone through a measure at a time, as they are read."""
    designs: dict[str, dict[str, Any]] = {design: {} for design in found.designs}
    pairs: dict[str, dict[str, Any]] = {f"{one} - {other}": {} for one, other in found.pairs}
    for measure in MEASURE_NUMBER:
        for design in found.designs:
            split = found.split(measure, design)
            designs[design][measure] = {
                "mean": split.mean,
                "chance": list(split.chance),
                "doubt": list(split.doubt),
                "all": list(split.together),
                "doubt_share_of_variance": split.doubt_share,
            }
        for one, other in found.pairs:
            pair = found.pair(measure, one, other)
            pairs[f"{one} - {other}"][measure] = {
                "mean": pair.split.mean,
                "better_in": pair.better_in,
                "higher_in": pair.higher_in,
                "same_in": pair.same_in,
                "doubt": list(pair.split.doubt),
                "turned_draws": len(pair.turned),
            }
    return {"designs": designs, "pairs": pairs}


def _rules_json(found: Explored) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = {}
    for measure in found.measures:
        for one, other in found.pairs:
            rule = found.rule(measure, one, other)
            if rule is not None:
                is_higher = found.pair(measure, one, other).split.mean <= 0
                told.setdefault(measure, {})[f"{one} - {other}"] = {
                    "says": "higher" if is_higher else "lower",
                    "when": [condition._asdict() for condition in rule.conditions],
                    "true_inside": rule.true_inside,
                    "true_outside": rule.true_outside,
                    "covers": rule.covers,
                }
    return told


def _one_by_one_json(found: OneByOne) -> dict[str, Any]:
    tornado: dict[str, dict[str, dict[str, list[float]]]] = {}
    for swing in found.swings:
        own = tornado.setdefault(swing.measure, {}).setdefault(swing.of, {})
        own[swing.parameter] = [swing.low, swing.high]
    stated: dict[str, dict[str, float]] = {}
    for (measure, name), value in found.stated.items():
        stated.setdefault(measure, {})[name] = value
    return {"stated": stated, "tornado": tornado, "turns": [turn._asdict() for turn in found.turns]}


def plain(value: Any) -> Any:
    """Write values so that JSON can hold them: None for what is not a number."""
    if isinstance(value, Mapping):
        return {word: plain(inside) for word, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inside) for inside in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
