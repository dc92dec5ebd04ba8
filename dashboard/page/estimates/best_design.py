"""Which design does best under which estimate of need, in plain sentences."""

import pandas as pd

from dashboard.say.labels import view_label
from dashboard.say.measure_words import BETTER, measure_label
from sim.texts import Texts, design_label


def tell_best(frame: pd.DataFrame, texts: Texts, *, measure: str) -> tuple[str, ...]:
    """Say under how many, and under which, estimates each design does best."""
    best = frame[frame["best"]]
    if best.empty and measure in BETTER:
        return (texts("estimates.best.alike"),)
    if best.empty:
        return (texts("estimates.best.none", measure=measure_label(measure, texts)),)
    n_views = frame["view"].nunique()
    sentences = []
    for design, rows in sorted(best.groupby("design", sort=False), key=lambda pair: -len(pair[1])):
        label = design_label(str(design), texts)
        if len(rows) == n_views:
            sentences.append(texts("estimates.best.everywhere", design=label))
            continue
        names = "; ".join(view_label(str(view), texts) for view in rows["view"])
        sentences.append(
            texts("estimates.best.some", design=label, n=texts.number(len(rows)), of=texts.number(n_views), names=names)
        )
    tied = frame[frame["is_tied"]]
    if not tied.empty:
        names = "; ".join(view_label(str(view), texts) for view in dict.fromkeys(tied["view"]))
        sentences.append(texts("estimates.best.tied", names=names))
    return tuple(sentences)
