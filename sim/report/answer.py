"""The answer: at most three sentences, chosen by rule from what may be said."""

from collections.abc import Iterator

from sim.experiment import Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.findings import FIELD_MEASURES, Verdict, judge_all, tell, tell_field, unequal_designs, write_value
from sim.report.source import ReportSource
from sim.scenario import Fields
from sim.texts import Texts, design_label

MOST_SENTENCES = 3
_SURENESS = ("finding", "hangs_on", "untried")
_DIRECTION = {measure.name: measure.direction for measure in ALL_MEASURES}


def write_answer(source: ReportSource, texts: Texts) -> tuple[str, ...]:
    """Say the most in the fewest sentences: one for each field, then more of the last, the surest first.

    A field where no difference counts is answered with that.
    """
    counting = {field: counting_verdicts(source, field) for field in source.found}
    said: list[tuple[str, str]] = []
    for field, verdicts in counting.items():
        first = tell(verdicts[0], source.found[field], texts) if verdicts else _say_none(source, field, texts)
        said += [(field, first)] if first else []
    *_, last = source.found
    by_measure = {verdict.measure: verdict for verdict in reversed(counting[last])}
    for verdict in counting[last][1:]:
        if by_measure[verdict.measure] is verdict:
            said.append((last, tell(verdict, source.found[last], texts)))
    if not said:
        return tuple(_describe(source.main, texts))
    return tuple(
        texts("report.in_field", field=texts(f"report.field.{field}"), said=sentence)
        if len(source.found) > 1
        else sentence
        for field, sentence in said[:MOST_SENTENCES]
    )


def judged_pairs(results: Results, fields: Fields | None, field: str) -> dict[str, str]:
    """List the pairs of which both designs have what is equal in a field, with the design that is compared."""
    against = results.scenario.measures.against or next(iter(results.designs))
    off = {*unequal_designs(results, fields, field)}
    pairs = {f"{name} - {against}": name for name in results.designs if name != against and not {name, against} & off}
    return {pair: name for pair, name in pairs.items() if pair in results.differences}


def counting_verdicts(source: ReportSource, field: str) -> list[Verdict]:
    """Sort the differences of a field that count, the surest first; among these by measure, then the largest."""
    results, measures = source.found[field], FIELD_MEASURES[field]
    judged = judged_pairs(results, source.asked.fields, field)
    verdicts = [one for one in judge_all(results, measures, source.tried.get(field)) if one.counts]

    def rank(verdict: Verdict) -> tuple[int, int, bool, float]:
        is_worse = verdict.mean * _DIRECTION[verdict.measure] < 0
        size = abs(verdict.mean) / verdict.least if verdict.least else abs(verdict.mean)
        return _SURENESS.index(verdict.kind), measures.index(verdict.measure), is_worse, -size

    return sorted((verdict for verdict in verdicts if verdict.pair in judged), key=rank)


def _say_none(source: ReportSource, field: str, texts: Texts) -> str:
    """That no difference counts, of the first pair that is judged."""
    results = source.found[field]
    pairs = judged_pairs(results, source.asked.fields, field)
    verdicts = [one for one in judge_all(results, FIELD_MEASURES[field]) if one.pair in pairs]
    if not verdicts:
        return ""
    first = [verdict for verdict in verdicts if verdict.pair == verdicts[0].pair]
    *_, none = tell_field(results, source.asked.fields, field, first, texts)
    return none


def _describe(results: Results, texts: Texts) -> Iterator[str]:
    """What the design others are compared with does, and the last one, where none can be judged."""
    names = list(results.designs)
    for name in dict.fromkeys((results.scenario.measures.against or names[0], names[-1])):
        means = results.designs[name].estimates.mean[0]
        said = {
            word: write_value(float(means[MEASURE_NUMBER[measure]]), measure, texts)
            for word, measure in (("admitted", "admitted_per_year"), ("cost", "cost_per_year"))
        }
        yield texts("report.alone", design=design_label(name, texts), **said)
