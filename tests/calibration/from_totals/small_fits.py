"""Questions small enough to be fitted in seconds."""

import json
from pathlib import Path
from typing import Any

from calibration.from_totals import Effort, FitQuestion, load_question

LIGHT = Effort(first_sets=64, fresh_sets=48, wider_sets=24, most_rounds=4, n_steps=150)

ROOM_FOR_ALL: dict[str, Any] = {
    "name": "room-for-all",
    "demand": {"need_per_year": 40, "offered_share": 1, "awareness": {"start": 1, "ramp_up_years": 0}},
    "acceptance": {"base": 1, "decay_per_hour": 0},
    "designs": [
        {
            "name": "one",
            "kind": "pools",
            "pools": [{"id": "unit", "site": "AAR", "places": 120, "home_regions": ["midtjylland"]}],
        }
    ],
}
"""Everybody is admitted at once: admissions are Poisson with the need as their mean."""

TIGHT: dict[str, Any] = ROOM_FOR_ALL | {
    "name": "tight",
    "acceptance": {"base": 0.5, "decay_per_hour": 0},
    "designs": [
        {
            "name": "one",
            "kind": "pools",
            "pools": [{"id": "unit", "site": "AAR", "places": 14, "home_regions": ["midtjylland"]}],
        }
    ],
}
"""One unit for the country, nearly always full."""


def write_question(folder: Path, **words: Any) -> Path:
    """Write a file of targets; what is not said is ordinary."""
    ordinary: dict[str, Any] = {
        "name": "small",
        "scenario": ROOM_FOR_ALL,
        "design": "one",
        "period": {"start": "2020-01-01", "years": 3, "warm_up_years": 0},
        "targets": [{"measure": "admitted_per_year", "value": 50}],
        "free": {"demand.need_per_year": {"gamma": {"mean": 40, "sd": 12}}},
    }
    file = folder / "targets.yaml"
    chosen = {word: value for word, value in (ordinary | words).items() if value is not None}
    file.write_text("".join(f"{word}: {json.dumps(value)}\n" for word, value in chosen.items()), encoding="utf-8")
    return file


def a_question(folder: Path, **words: Any) -> FitQuestion:
    """Load a question; what is not said is ordinary."""
    return load_question(write_question(folder, **words))
