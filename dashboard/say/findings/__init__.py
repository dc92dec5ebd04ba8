"""Findings in plain sentences, written from the numbers, in either language.

Takes results, and what was played at the ends of the assumptions' ranges. Gives sentences, the most important first:
what the chosen design does, and for each other design how it differs, what that hangs on, who pays, and which regions
lose. What may be said of a difference is the model's verdict (`sim.findings`). Leaves out what to do about it.
"""

from dashboard.answer.estimates import chosen_design, compared_designs
from dashboard.say.findings.comparing import TOPICS, compare_designs, tell_without_places
from dashboard.say.findings.money import tell_break_even, tell_one_more, tell_payers, tell_paying_occupancy
from dashboard.say.findings.regions import tell_losers
from dashboard.say.findings.sentence import LEAD, MATTERS, NOT_SURE, SMALL, Sentence
from dashboard.say.measure_words import estimate_of, with_one_stop, write_bare, write_estimate, write_interval
from sim.experiment import Results
from sim.findings import Sensitivity, judge_all
from sim.texts import Texts, design_label

__all__ = ["LEAD", "MATTERS", "NOT_SURE", "SMALL", "Sentence", "write_findings"]

_ORDER = (
    "lead",
    "too_few",
    "unequal",
    *(word for topic in TOPICS for word in ((topic, "payers", "one_more") if topic == "cost_per_year" else (topic,))),
    *("losers_admitted", "losers_wait", "losers_travel", "break_even", "paying_occupancy"),
)


def write_findings(results: Results, texts: Texts, tried: Sensitivity | None = None) -> tuple[Sentence, ...]:
    """Write what was found."""
    if not results.designs:
        return ()
    against = chosen_design(results)
    sentences = [_lead(results, against, texts), *tell_paying_occupancy(results, against, texts)]
    if results.replications < 2:
        return (sentences[0], Sentence("too_few", against, NOT_SURE, texts("findings.too_few")))
    verdicts, without_places = judge_all(results, TOPICS, tried), tell_without_places(results, texts)
    sentences += without_places.values()
    for design, pair in compared_designs(results).items():
        if not {design, against} & without_places.keys():
            own = tuple(verdict for verdict in verdicts if verdict.pair == pair)
            counting = {verdict.measure: verdict.mean for verdict in own if verdict.counts}
            sentences += compare_designs(design, own, results, texts)
            sentences += tell_one_more(results, design, against, counting, texts)
            sentences += tell_break_even(results, design, against, counting, texts)
            sentences += tell_losers(results, design, against, texts)
        sentences += tell_payers(results, design, against, texts)
        sentences += tell_paying_occupancy(results, design, texts)
    sentences = [sentence._replace(text=with_one_stop(sentence.text)) for sentence in sentences]
    return tuple(sorted(sentences, key=lambda sentence: (-sentence.level, _ORDER.index(sentence.topic))))


def _lead(results: Results, design: str, texts: Texts) -> Sentence:
    """What the chosen design does."""
    comparison, need = results.designs[design], round(results.funnel.need_per_year, 6)
    admitted, refused = (estimate_of(comparison, measure) for measure in ("admitted_per_year", "refused_share"))
    text = texts(
        "findings.lead" if refused.n else "findings.lead_nobody",
        design=design_label(design, texts),
        need=texts.number(need, 0 if need == round(need) else 1),
        admitted=write_bare(admitted, "admitted_per_year", texts),
        interval=write_interval(admitted, "admitted_per_year", texts),
        refused=write_estimate(refused, "refused_share", texts),
        cost=write_estimate(estimate_of(comparison, "cost_per_year"), "cost_per_year", texts),
    )
    return Sentence("lead", design, LEAD, text)
