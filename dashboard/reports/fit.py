"""The report of a fit by simulation: one page of HTML that asks nothing of any other machine."""

import html
from collections.abc import Iterable, Sequence

from calibration.from_totals import Fit, Foretold, Marginal
from dashboard.draw.chart import Chart
from dashboard.draw.fit.convergence import draw_convergence
from dashboard.draw.fit.foretold import draw_foretold
from dashboard.draw.fit.pairs import draw_pairs
from dashboard.draw.fit.prior_posterior import draw_prior_posterior
from dashboard.draw.theme import FONT, LIGHT, Theme, chart_config
from dashboard.say.fit_words import (
    is_share,
    parameter_label,
    product_words,
    target_label,
    write_interval,
    write_number,
)
from dashboard.say.labels import view_label
from sim.texts import Texts

_STYLE = """
body { font-family: FONT; color: TEXT; background: BACKGROUND; line-height: 1.5 }
main { max-width: 980px; margin: 0 auto; padding: 16px }
table { border-collapse: collapse; margin: 8px 0 16px; width: 100% }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid GRID; vertical-align: top }
.verdict { background: SURFACE; padding: 10px 14px; border-left: 6px solid GOOD }
.verdict.bad { border-left-color: BAD }
.outside { color: BAD; font-weight: 600 } .wide { overflow-x: auto }
"""


def build_fit_page(fits: Sequence[Fit], texts: Texts, theme: Theme = LIGHT) -> str:
    """Write the report of a fit, or of one for each estimate of need: HTML that opens without a network."""
    title = texts("fit.page.title", name=fits[0].drawn.question.name)
    parts = [f"<h1>{_plain(title)}</h1>", _paragraph(texts("fit.page.lead"))]
    if len(fits) > 1:
        parts += [f"<h2>{_plain(texts('fit.page.views'))}</h2>", _views_table(fits, texts)]
    for number, fit in enumerate(fits):
        parts += _fit_parts(fit, texts, theme, is_first=number == 0)
    parts += [f"<h2>{_plain(texts('fit.page.notes'))}</h2>", _list(_notes(fits[0], texts))]
    parts.append(_paragraph(texts("fit.page.method")))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_plain(title)}</title>'
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>{head}<style>{_style(theme)}</style></head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def what_is_known(fit: Fit, texts: Texts) -> list[str]:
    """Say in plain sentences what the numbers know and what they cannot tell apart."""
    n_all = len(fit.learnt)
    word = {0: "combinations_none", n_all: "combinations_all"}.get(fit.n_combinations, "combinations")
    lines = [texts(f"fit.say.{word}", known=fit.n_combinations, all=n_all)]
    names = [parameter_label(one.free.path, texts) for one in fit.learnt]
    for first, second in fit.confounded:
        correlation = texts.number(float(fit.correlation[first, second]), 2)
        lines.append(texts("fit.say.confounded", one=names[first], other=names[second], correlation=correlation))
    if fit.product is not None:
        as_share = all(is_share(one.free.path) for one in fit.learnt)
        before = write_interval(fit.product.prior_median, fit.product.prior_interval, texts, as_share=as_share)
        after = write_interval(fit.product.median, fit.product.interval, texts, as_share=as_share)
        words = product_words(fit.product, fit, texts)
        lines.append(texts("fit.say.product", product=words, before=before, after=after))
    for name, one in zip(names, fit.learnt, strict=True):
        if one.is_hardly_learnt:
            lines.append(texts("fit.say.hardly", parameter=name, left=texts.percent(one.sd_ratio)))
        if one.end:
            lines.append(texts(f"fit.say.end_{one.end}", parameter=name))
    if fit.is_unlikely:
        lines.append(texts("fit.say.surprise", probability=texts.percent(fit.surprise, 1)))
    return lines


def _fit_parts(fit: Fit, texts: Texts, theme: Theme, *, is_first: bool) -> list[str]:
    parts = []
    if fit.view:
        parts.append(f"<h2>{_plain(texts('fit.page.under_view', view=view_label(fit.view, texts)))}</h2>")
    parts += [_verdict(fit, texts), f"<h3>{_plain(texts('fit.page.learnt'))}</h3>", _parameter_table(fit, texts)]
    parts.append(_drawing(draw_prior_posterior(fit, texts, theme), texts, has_library=is_first))
    parts += [f"<h3>{_plain(texts('fit.page.apart'))}</h3>", _list(what_is_known(fit, texts))]
    if len(fit.learnt) > 1:
        parts.append(_drawing(draw_pairs(fit, texts, theme), texts))
    parts += [f"<h3>{_plain(texts('fit.page.foretold'))}</h3>", _foretold_table(fit, texts)]
    parts.append(_drawing(draw_foretold(fit, texts, theme), texts))
    parts += [f"<h3>{_plain(texts('fit.page.trust'))}</h3>"]
    parts.append(_drawing(draw_convergence(fit, texts, theme), texts))
    return parts


def _verdict(fit: Fit, texts: Texts) -> str:
    last = fit.drawn.rounds[-1]
    figures = texts(
        "fit.verdict.figures" if fit.has_converged else "fit.verdict.figures_bad",
        replications=texts.number(fit.drawn.n_replications),
        rounds=len(fit.drawn.rounds),
        reduction=texts.number(max(one.reduction for one in fit.learnt), 3),
        draws=texts.number(min(one.effective_draws for one in fit.learnt)),
        error=texts.percent(last.surface_error),
        shift=texts.number(last.shift, 2),
    )
    verdict = texts("fit.verdict.converged" if fit.has_converged else "fit.verdict.not_converged")
    faults = [texts(f"fit.fault.{code}") for code in fit.faults]
    kind = "verdict" if fit.has_converged else "verdict bad"
    return f'<div class="{kind}"><strong>{_plain(verdict)}</strong> {_plain(" ".join([*faults, figures]))}</div>'


def _views_table(fits: Sequence[Fit], texts: Texts) -> str:
    """One row an estimate: each parameter after, and how likely numbers as far off are."""
    names = [parameter_label(one.free.path, texts) for one in fits[0].learnt]
    head = [texts("fit.page.view"), *names, texts("fit.product_row"), texts("fit.column.probability")]
    rows = [
        [
            view_label(fit.view, texts),
            *(write_interval(one.mean, one.interval, texts, as_share=is_share(one.free.path)) for one in fit.learnt),
            _product(fit, texts),
            texts.percent(fit.surprise, 1 if fit.surprise < 0.1 else 0),
        ]
        for fit in fits
    ]
    return _table(head, rows)


def _product(fit: Fit, texts: Texts) -> str:
    as_share = all(is_share(one.free.path) for one in fit.learnt)
    if fit.product is None:
        return write_number(float("nan"), texts, as_share=False)
    return write_interval(fit.product.median, fit.product.interval, texts, as_share=as_share)


def _parameter_table(fit: Fit, texts: Texts) -> str:
    columns = ("parameter", "before", "after", "left", "chains", "draws")
    return _table([texts(f"fit.column.{word}") for word in columns], [_parameter_row(one, texts) for one in fit.learnt])


def _parameter_row(one: Marginal, texts: Texts) -> list[str]:
    as_share = is_share(one.free.path)
    return [
        parameter_label(one.free.path, texts),
        write_interval(one.prior_mean, one.prior_interval, texts, as_share=as_share),
        write_interval(one.mean, one.interval, texts, as_share=as_share),
        texts.percent(one.sd_ratio),
        texts.number(one.reduction, 3),
        texts.number(one.effective_draws),
    ]


def _foretold_table(fit: Fit, texts: Texts) -> str:
    columns = ("target", "observed", "foretold", "inside", "at_mean", "source")
    rows = [_foretold_row(one, texts) for one in fit.foretold]
    return _table([texts(f"fit.column.{word}") for word in columns], rows, marked=texts("fit.outside"))


def _foretold_row(one: Foretold, texts: Texts) -> list[str]:
    as_share = one.target.unit == "share"
    return [
        target_label(one.target, texts),
        write_number(one.target.value, texts, as_share=as_share),
        write_interval(one.median, one.band, texts, as_share=as_share),
        texts("fit.inside" if one.is_inside else "fit.outside"),
        write_number(one.at_mean, texts, as_share=as_share),
        one.target.source,
    ]


def _notes(fit: Fit, texts: Texts) -> list[str]:
    question = fit.drawn.question
    lines = []
    for circle in question.circles:
        key = f"parameters.{circle.parameter}.label"
        name = texts(key) if key in texts else circle.parameter
        lines.append(texts("fit.say.circle", source=circle.row_id, parameter=name))
    awareness = question.observed.demand.awareness
    if awareness.start < 1 and awareness.ramp_up_years > 0:
        years = texts.number(awareness.ramp_up_years, 1)
        lines.append(texts("fit.say.awareness", start=texts.percent(awareness.start), years=years))
    small = [target_label(target, texts) for target in question.unpublished_few]
    if small:
        lines.append(texts("fit.say.small", targets="; ".join(small)))
    return lines


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], marked: str = "") -> str:
    top = "".join(f'<th scope="col">{_plain(word)}</th>' for word in head)
    lines = "".join("<tr>" + "".join(_cell(word, marked) for word in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>'


def _cell(word: str, marked: str) -> str:
    return f'<td class="outside">{_plain(word)}</td>' if marked and word == marked else f"<td>{_plain(word)}</td>"


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_plain(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _paragraph(text: str) -> str:
    return f"<p>{_plain(text)}</p>"


def _drawing(chart: Chart, texts: Texts, *, has_library: bool = False) -> str:
    drawing: str = chart.figure.to_html(
        full_html=False,
        include_plotlyjs=has_library,
        default_height=f"{chart.figure.layout.height}px",
        config=chart_config(texts, f"fit-{chart.name}"),
    )
    return drawing


def _style(theme: Theme) -> str:
    words = {
        "FONT": FONT,
        "TEXT": theme.text,
        "BACKGROUND": theme.background,
        "SURFACE": theme.surface,
        "GRID": theme.grid,
        "GOOD": theme.primary,
        "BAD": theme.lost,
    }
    style = _STYLE
    for word, value in words.items():
        style = style.replace(word, value)
    return style


def _plain(text: str) -> str:
    return html.escape(text, quote=False)
