"""From results to what a report says of them."""

from collections.abc import Iterable

from sim.experiment import Results
from sim.experiment.measured import MEASURE_NUMBER
from sim.findings import (
    ACCESS,
    BUDGET,
    FIELD_MEASURES,
    Sensitivity,
    equal_measure,
    judge_all,
    tell_field,
    unequal_designs,
    volume_measures,
    write_number,
    write_value,
)
from sim.report.answer import judged_pairs, write_answer
from sim.report.assumptions import assumptions_table, views_table, write_need
from sim.report.bills import bills_table
from sim.report.charts import draw_measure, draw_payers, draw_regions
from sim.report.content import ReportContent, ReportDesign, ReportFact, ReportSection
from sim.report.palette import design_look
from sim.report.provenance import write_provenance, written_scenario
from sim.report.source import ReportSource
from sim.report.tables import IN_ALL, designs_table, differences_table, everything_table, place_tables, places_of
from sim.report.today import told_today
from sim.scenario import PLACES, load_views
from sim.texts import Texts, design_label

VOLUME = "volume"
_METHOD = ("need", "women", "play", "numbers", "fields", "findings", "left_out")


def build_report(source: ReportSource, texts: Texts) -> ReportContent:
    """Say what results come to, in a language.

    Parameters
    ----------
    source : ReportSource
        The results, and what else is known of them.
    texts : Texts
        The language.

    Returns
    -------
    ReportContent
        Ready to be written in any format.
    """
    main = source.main
    sections = tuple(_sections(source, texts))
    shown = {*IN_ALL, *volume_measures(), *FIELD_MEASURES[PLACES]}
    return ReportContent(
        language=texts.language,
        title=getattr(source.asked.title, texts.language) or source.asked.name,
        question=source.question or _question(main, texts),
        need=write_need(source.asked, main.funnel.need_per_year, texts),
        answer=write_answer(source, texts),
        designs=tuple(_designs(main, texts)),
        sections=sections,
        doubt=tuple(_doubt(source, texts)),
        views=views_table(source.asked, texts),
        assumptions=assumptions_table(source.asked, main.funnel.need_per_year, texts),
        method=tuple(texts(f"report.method.{word}") for word in _METHOD),
        definitions=tuple(
            ReportFact(texts(f"measures.{measure}.label"), texts(f"measures.{measure}.definition"))
            for measure in MEASURE_NUMBER
            if measure in shown
        ),
        provenance=write_provenance(source, texts),
        scenario_text=written_scenario(source.asked),
        everything=everything_table(source.found, texts),
    )


def _question(results: Results, texts: Texts) -> str:
    """The question that every comparison asks, with its designs."""
    *first, last = (texts("common.quoted", name=design_label(name, texts)) for name in results.designs)
    named = texts("verdict.and", first=", ".join(first), last=last) if first else last
    key = "report.question" if first else "report.question_one"
    return texts(key, designs=named, need=texts.number(results.funnel.need_per_year, 1))


def _designs(results: Results, texts: Texts) -> Iterable[ReportDesign]:
    places = places_of(results)
    for number, design in enumerate(results.scenario.designs):
        kind = texts(f"common.kind.{'flexible' if getattr(design, 'flexible', None) else design.kind}")
        label = design_label(design.name, texts)
        yield ReportDesign(design.name, label, kind, places[design.name], *design_look(number))


def _sections(source: ReportSource, texts: Texts) -> Iterable[ReportSection]:
    for field, results in source.found.items():
        tried = source.tried.get(field)
        if field == PLACES:
            yield _of_places(source, results, tried, texts)
        else:
            yield _of_field(source, field, results, tried, texts)
        if field == ACCESS:
            yield _of_volume(source, results, tried, texts)


def _of_field(
    source: ReportSource, field: str, results: Results, tried: Sensitivity | None, texts: Texts
) -> ReportSection:
    """What is equal, what is compared, what it costs; designs that have not what is equal are not drawn."""
    fields = source.asked.fields
    measure, target, _ = equal_measure(fields, field) or ("", 0.0, 0.0)
    said = {"target": write_value(target, measure, texts), "label": texts(f"measures.{measure}.label")}
    title = texts(f"table.field.{field}", **said)
    worst = volume_measures()[2:] if field == BUDGET else ()
    measures = (*dict.fromkeys((measure, *FIELD_MEASURES[field], "cost_per_year")), *worst)
    judged = judged_pairs(results, fields, field)
    compared = FIELD_MEASURES[field]
    drawn = [name for name in results.designs if name not in unequal_designs(results, fields, field)]
    tables = [designs_table(field, _titled(field, "designs_compared", texts), results, measures, texts)]
    if judged:
        tables.append(
            differences_table(
                f"{field}_differences", _titled(field, "differences", texts), results, compared, judged, tried, texts
            )
        )
    verdicts = judge_all(results, compared, tried)
    return ReportSection(
        field,
        title,
        told_size(results, texts),
        tuple(tables),
        (draw_measure(f"{field}_{compared[0]}", compared[0], results, drawn, texts),) if drawn else (),
        tell_field(results, fields, field, verdicts, texts),
    )


def _of_volume(source: ReportSource, results: Results, tried: Sensitivity | None, texts: Texts) -> ReportSection:
    """How many women a unit has, and the worst-off region, at the same access."""
    fields, measures = source.asked.fields, volume_measures()
    verdicts = judge_all(results, measures, tried)
    drawn = [name for name in results.designs if name not in unequal_designs(results, fields, ACCESS)]
    return ReportSection(
        VOLUME,
        texts("table.field.volume"),
        told_size(results, texts),
        (designs_table(VOLUME, _titled(VOLUME, "designs_compared", texts), results, measures, texts),),
        (draw_measure("volume_admissions", measures[0], results, drawn, texts),) if drawn else (),
        tell_field(results, fields, ACCESS, verdicts, texts),
    )


def _of_places(source: ReportSource, results: Results, tried: Sensitivity | None, texts: Texts) -> ReportSection:
    """The designs as they stand: all that a steering group asks first, the regions, who pays."""
    fields, measures = source.asked.fields, FIELD_MEASURES[PLACES]
    judged = judged_pairs(results, fields, PLACES)
    title = texts("table.field.places") if fields else texts("report.designs_compared")
    word = PLACES if fields else ""
    tables = [designs_table(PLACES, _titled(word, "designs_compared", texts), results, IN_ALL, texts)]
    if judged:
        tables.append(
            differences_table(
                "places_differences", _titled(word, "differences", texts), results, measures, judged, tried, texts
            )
        )
    tables += place_tables(results, source.homes, texts)
    if source.bills is not None and (bills := bills_table(source.bills, texts)):
        tables.append(bills)
    designs, payers = list(results.designs), draw_payers("places_payers", results, texts)
    charts = (
        draw_measure("places_admitted", "admitted_per_year", results, designs, texts),
        draw_measure("places_cost", "cost_per_year", results, designs, texts),
        draw_regions("places_regions", "admitted_within_14_days", results, designs, texts),
        *([payers] if len(payers.series) > 1 else []),  # one alone pays what the places cost
    )
    verdicts = judge_all(results, measures, tried)
    return ReportSection(
        PLACES,
        title,
        told_size(results, texts),
        tuple(tables),
        tuple(chart for chart in charts if chart.series),
        tell_field(results, fields, PLACES, verdicts, texts),
    )


def _titled(field: str, what: str, texts: Texts) -> str:
    """The title of a table, with its field where there are several."""
    title = texts(f"report.{what}")
    return texts("report.in_field", field=texts(f"report.field.{field}"), said=title) if field else title


def told_size(results: Results, texts: Texts) -> str:
    """Say how much was played."""
    years = results.scenario.horizon_years - results.scenario.measure_from_year + 1
    size = texts(
        "table.size",
        replications=texts.counted("table.replications", results.replications),
        years=texts.counted("table.years", years),
        need=texts.number(results.funnel.need_per_year, 1),
    )
    return f"{size}. {texts('table.partial')}" if results.is_partial else f"{size}."


def _doubt(source: ReportSource, texts: Texts) -> Iterable[str]:
    """What chance, assumptions and views leave open, each for itself."""
    results = source.main
    name = results.scenario.measures.against or next(iter(results.designs))
    estimates, column = results.designs[name].estimates, MEASURE_NUMBER["admitted_per_year"]
    low, high = (write_number(float(ends[0, column]), "admitted_per_year", texts) for ends in estimates[4:6])
    n = texts.number(results.replications)
    if results.replications > 1:
        yield texts("report.doubt.chance", n=n, design=design_label(name, texts), low=low, high=high)
    else:
        yield texts("report.doubt.one")
    tried = [own for own in source.tried.values() if own.rows]
    if tried:
        n_tried = len({row.parameter for own in tried for row in own.rows if row.parameter})
        yield texts("report.doubt.tried", n=texts.number(n_tried))
    if len(tried) < len(source.found):
        yield texts("report.doubt.untried", command=f"doegnplads sensitivity {source.asked.name}")
    needs = [view.value for view in load_views().values() if view.step == "need"]
    yield texts("report.doubt.views", low=texts.plain(min(needs)), high=texts.plain(max(needs)))
    if source.asked.today:
        yield told_today(source.asked.today, texts)
