"""The report on what referrals say: one page that needs no network, with nothing about single women.

Takes what was read and learnt, and the reader's language. Gives HTML with plotly.js inside.
"""

import html
from collections.abc import Iterable, Iterator
from importlib.metadata import version

import numpy as np

from calibration.from_rows.curves import (
    acceptance_fit,
    answers_by_travel,
    gestation_bins,
    planned_fit,
    planned_seen,
    quarter_fit,
    quarters,
    stay_curves,
    stay_kept,
    stay_kept_fit,
)
from calibration.from_rows.estimates.acceptance import answers
from calibration.from_rows.estimates.estimate import EXACT, PRIOR_ONLY, SAMPLED, ParameterEstimate
from calibration.from_rows.estimates.importance import LEAST_EFFECTIVE
from calibration.from_rows.estimates.observed import early_leaving, planned_stays, stay_ends
from calibration.from_rows.estimates.referral_rate import arrivals
from calibration.from_rows.file.cells import date_of
from calibration.from_rows.file.columns import COLUMNS
from calibration.from_rows.file.reading import Read
from calibration.from_rows.fit import Learnt
from calibration.from_rows.suppression import fewer_than_least
from dashboard.draw.chart import Chart
from dashboard.draw.learning.acceptance import draw_acceptance
from dashboard.draw.learning.ends import draw_ends
from dashboard.draw.learning.forest import draw_forest
from dashboard.draw.learning.gestation import draw_gestation
from dashboard.draw.learning.quarters import draw_quarters
from dashboard.draw.learning.times import draw_times
from dashboard.draw.theme import LIGHT, chart_config
from dashboard.reports.calibration_words import (
    ROUNDED_TO,
    about_rows,
    estimate_name,
    forest_row,
    parameter_name,
    said_in_short,
    write_interval,
)
from sim.scenario import Scenario
from sim.texts import Texts

_STYLE = """
:root { color-scheme: light; }
body { font-family: 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif; color: #1b2733;
  background: #ffffff; margin: 0 auto; max-width: 64rem; padding: 1.5rem 1.25rem 4rem; line-height: 1.5; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0 1rem; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .6rem; }
p.lead { font-size: 1.1rem; } .quiet, figcaption { color: #52606d; font-size: .95rem; }
figure { margin: 1.5rem 0 2rem; } li { margin: .3rem 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: #52606d; padding-bottom: .5rem; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid #dde3e8; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 13rem; }
thead th { border-bottom: 2px solid #7b8794; white-space: normal; vertical-align: bottom; }
tr.group th { background: #f4f6f8; text-align: left; font-weight: 600; }
th.name { font-weight: 400; } td strong { color: #1d3f6e; } .outside { color: #a8481c; font-weight: 600; }
@media print { figure, table { break-inside: avoid; } }
"""


def write_calibration_report(read: Read, learnt: Learnt, scenario: Scenario, texts: Texts) -> str:
    """Write the report."""
    say = _Said(texts)
    first, last = (texts.date(date_of(day)) for day in (read.referrals.first_day, read.referrals.last_day))
    body = [
        f"<h1>{say('title')}</h1>",
        f'<p class="lead">{say("lead", first=first, last=last)}</p>',
        f'<p class="quiet">{say("privacy")}</p>',
        f"<h2>{say('short.title')}</h2>",
        _list(said_in_short(learnt, scenario, texts)),
        f'<p class="quiet">{say("interval_note")}</p>',
        *_estimates(learnt, say),
        *_figures(read, learnt, scenario, say),
        *_used(read, learnt, say),
        f"<h2>{say('cannot.title')}</h2>",
        _list(_cannot(scenario, texts)),
        f"<h2>{say('method.title')}</h2>",
        _list(_method(learnt, scenario, texts)),
    ]
    title = html.escape(texts("calibration.title"))
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><main>\n"
        + "\n".join(body)
        + "\n</main></body>\n</html>\n"
    )


class _Said:
    """Texts of this report, safe in HTML."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __call__(self, key: str, **values: object) -> str:
        return html.escape(self.texts(f"calibration.{key}", **values))


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>"


def _estimates(learnt: Learnt, say: _Said) -> list[str]:
    """The table of estimates, group by group."""
    columns = ("name", "before", "alone", "after", "learnt", "rows", "method")
    head = "".join(f'<th scope="col">{say(f"estimates.{column}")}</th>' for column in columns)
    lines, group = [], ""
    for path, estimate in learnt.estimates.items():
        own = say(f"group.{learnt.part[path]}")
        if own != group:
            group = own
            lines.append(f'<tr class="group"><th scope="colgroup" colspan="{len(columns)}">{group}</th></tr>')
        cells = "".join(f"<td>{cell}</td>" for cell in _estimate_cells(estimate, say))
        lines.append(_row(estimate_name(estimate, say.texts), cells))
    for one in learnt.left:
        cell = f'<td colspan="{len(columns) - 1}">{say(f"estimates.left_{one.reason}")}</td>'
        lines.append(_row(parameter_name(one.parameter, say.texts), cell))
    title, rows = say("estimates.title"), "".join(lines)
    caption = f"<caption>{say('estimates.caption')}</caption>"
    return [
        f"<h2>{title}</h2>",
        f'<div class="wide" tabindex="0" role="region" aria-label="{title}">',
        f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>",
    ]


def _row(name: str, cells: str) -> str:
    return f'<tr><th scope="row" class="name">{html.escape(name)}</th>{cells}</tr>'


def _estimate_cells(estimate: ParameterEstimate, say: _Said) -> list[str]:
    texts = say.texts
    before, after = (
        html.escape(write_interval(estimate.parameter, values, texts))
        for values in (estimate.prior, (estimate.mean, estimate.low, estimate.high))
    )
    alone = html.escape(
        texts("calibration.estimates.no_data" if estimate.method == PRIOR_ONLY else "calibration.estimates.hidden")
    )
    is_small = estimate.method != PRIOR_ONLY and fewer_than_least(estimate.n_least)
    if estimate.method != PRIOR_ONLY and not is_small:
        alone = html.escape(write_interval(estimate.parameter, estimate.data, texts))
        if estimate.is_outside:
            alone = f'<span class="outside">{alone} ({say("estimates.outside")})</span>'
    method = {
        EXACT: say("estimates.exact"),
        SAMPLED: texts.number(estimate.effective_draws),
        PRIOR_ONLY: texts.number(estimate.effective_draws),
    }[estimate.method]
    learnt_share = texts.percent(max(0.0, estimate.learnt_share)) if estimate.method != PRIOR_ONLY else texts.percent(0)
    return [before, alone, f"<strong>{after}</strong>", learnt_share, html.escape(about_rows(estimate, texts)), method]


def _figures(read: Read, learnt: Learnt, scenario: Scenario, say: _Said) -> list[str]:
    """Every picture with its caption; plotly.js comes with the first."""
    charts = (*_charts_of_referrals(read, learnt, scenario, say), *_charts_of_stays(read, learnt, scenario, say))
    return [f"<h2>{say('pictures')}</h2>", *(_figure(chart, say, is_first=i == 0) for i, chart in enumerate(charts))]


def _charts_of_referrals(read: Read, learnt: Learnt, scenario: Scenario, say: _Said) -> Iterator[Chart]:
    """All estimates, referrals by quarter, weeks of pregnancy and answers."""
    texts, settle_days, referrals, parts = (
        say.texts,
        learnt.terms.settle_days,
        read.referrals,
        set(learnt.part.values()),
    )
    yield draw_forest([forest_row(estimate, texts) for estimate in learnt.estimates.values()], texts, LIGHT)
    if "need" in parts:
        seen = arrivals(referrals, scenario, settle_days=settle_days, opened=learnt.terms.opened)
        begins, counts = quarters(seen, scenario)
        expected = quarter_fit(counts.edges, learnt, seen, scenario)
        yield draw_quarters(begins, counts, expected, texts, LIGHT, settle_days=settle_days)
    if "gestation" in parts:
        weeks, fit = gestation_bins(referrals.gestation_weeks, scenario, learnt)
        yield draw_gestation(weeks, fit, texts, LIGHT)
    if "acceptance" in parts:
        fits = {word: acceptance_fit(learnt, scenario, is_family=word == "family") for word in ("alone", "family")}
        heard = answers_by_travel(answers(referrals, settle_days=settle_days))
        yield draw_acceptance(fits, heard, texts, LIGHT, free_minutes=scenario.acceptance.free_minutes)


def _charts_of_stays(read: Read, learnt: Learnt, scenario: Scenario, say: _Said) -> Iterator[Chart]:
    """How stays ended, early leaving and planned stays."""
    texts, referrals, anchor, parts = say.texts, read.referrals, scenario.stay.anchor, set(learnt.part.values())
    yield draw_ends(stay_curves(stay_ends(referrals)), texts, LIGHT)
    if "early_leaving" in parts:
        yield draw_times("leaving", stay_kept(early_leaving(referrals)), stay_kept_fit(learnt), texts, LIGHT)
    if "stay" in parts:
        stayed = planned_stays(referrals, is_from_birth=anchor == "birth")
        chart = draw_times("planned", planned_seen(stayed), planned_fit(learnt), texts, LIGHT, anchor=anchor)
        yield chart._replace(sentence=f"{chart.sentence} {_naive(stayed.days[stayed.is_seen], learnt, texts)}")


def _naive(completed_days: np.ndarray, learnt: Learnt, texts: Texts) -> str:
    """Why the mean of the stays that are over is not the answer; only where enough are over."""
    if fewer_than_least(len(completed_days)):
        return ""
    naive, mean = float(completed_days.mean()), learnt.estimates["stay.days.gamma.mean"].mean
    said = {"naive": texts.days(naive), "mean": texts.days(mean)}
    return texts("calibration.planned.naive", **said) if naive < mean else ""


def _figure(chart: Chart, say: _Said, *, is_first: bool) -> str:
    drawing = chart.figure.to_html(
        full_html=False,
        include_plotlyjs=is_first,
        div_id=f"picture-{chart.name}",
        config=chart_config(say.texts, f"calibrate-{chart.name}"),
    )
    return f"<figure>{drawing}<figcaption>{html.escape(chart.sentence)}</figcaption></figure>"


def _used(read: Read, learnt: Learnt, say: _Said) -> list[str]:
    texts, referrals = say.texts, read.referrals
    first, last = (texts.date(date_of(day)) for day in (referrals.first_day, referrals.last_day))
    n_cells = len(read.faults) - read.n_duplicates
    rows = texts.number(ROUNDED_TO * round(read.n_used / ROUNDED_TO))
    items = [
        texts("calibration.used.period", first=first, last=last),
        *([] if referrals.is_first_counted else [texts("calibration.used.first_unknown")]),
        texts("calibration.used.rows", rows=texts("calibration.estimates.about_rows", number=rows)),
        texts("calibration.used.duplicates", number=_few(read.n_duplicates, texts)),
        texts("calibration.used.faults", number=_few(n_cells, texts)),
        *_outside_the_record(read, texts),
        texts("calibration.used.settle", days=texts.days(learnt.terms.settle_days)),
        texts("calibration.used.payer", payer=texts(f"calibration.payer.{learnt.terms.payer}")),
        *_columns(read, texts),
    ]
    return [f"<h2>{say('used.title')}</h2>", _list(items)]


def _outside_the_record(read: Read, texts: Texts) -> list[str]:
    """Who is not in the record, or not in the need, as far as there are any."""
    numbers = {"later": read.n_later, "not_yet": read.n_not_yet, "undated": read.n_undated}
    return [texts(f"calibration.used.{word}", number=_few(n, texts)) for word, n in numbers.items() if n]


def _columns(read: Read, texts: Texts) -> list[str]:
    names = {column.name: column.danish[0] if texts.language == "da" else column.name for column in COLUMNS}
    there = [name for column, name in names.items() if column in read.columns]
    missing = [name for column, name in names.items() if column not in read.columns and column != "id"]
    return [
        texts("calibration.used.columns", names=", ".join(there)),
        texts("calibration.used.missing", names=", ".join(missing) or texts("calibration.used.none")),
    ]


def _few(number: int, texts: Texts) -> str:
    if number == 0:
        return texts("calibration.used.none")
    return texts("calibration.used.few") if fewer_than_least(number) else texts.number(number)


def _cannot(scenario: Scenario, texts: Texts) -> list[str]:
    free = texts.minutes(scenario.acceptance.free_minutes)
    found = texts.percent(scenario.demand.found_share)
    plain = ("awareness", "payers", "loss_stay", "effect", "together", "change", "country", "small")
    return [
        texts("calibration.cannot.found", found=found),
        texts("calibration.cannot.free", free=free),
        *(texts(f"calibration.cannot.{word}") for word in plain),
    ]


def _method(learnt: Learnt, scenario: Scenario, texts: Texts) -> list[str]:
    title = getattr(scenario.title, texts.language) or scenario.name
    seed = texts.number(learnt.terms.seed)
    return [
        texts("calibration.method.prior"),
        texts("calibration.method.censored"),
        texts("calibration.method.sampling", least=texts.number(LEAST_EFFECTIVE)),
        texts("calibration.method.few"),
        texts("calibration.method.seed", seed=seed, version=version("doegnplads"), scenario=title),
    ]
