"""The command ``fit``: parameters that make the simulator reproduce observed aggregates."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from sim.cli.outputs import check_outputs
from sim.cli.plain import FAULTY, STOPPED, CannotBeDoneError, Keeping, lang_option
from sim.cli.progress import show_progress
from sim.faults import counted
from sim.files import write_whole
from sim.texts import say

if TYPE_CHECKING:
    from calibration.from_totals import Fit, FitQuestion, Foretold, Marginal

_Command = TypeVar("_Command", bound=Callable[..., object])


FAULTS = {
    "partial": "it was stopped before it was done",
    "unsettled": "the posterior still moved from round to round",
    "surface": "the response surface does not foretell fresh plays well enough",
    "spread": "the response surface has the spread by chance wrong",
    "chains": "chains from scattered starts do not agree (R-hat above 1.01)",
    "draws": "there are too few independent draws (below 400)",
    "values": "a target has no value in many plays",
}
"""Why a fit has not converged, by code."""


def _output(name: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(name, type=click.Path(path_type=Path, dir_okay=False, writable=True), help=text)


@click.command()
@click.argument("targets", type=click.Path(path_type=Path, dir_okay=False))
@_output("--out", "File for the scenario with the fitted values; one for each estimate of need, if there are several.")
@_output("--draws", "File for draws of the posterior: CSV with one column a path, which batch can run.")
@_output("--report", "File for a report: one page of HTML that needs no network.")
@lang_option("da", about="Language of the report.")
@click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenario's.")
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON and nothing else.")
def fit(
    targets: Path,
    out: Path | None,
    draws: Path | None,
    report: Path | None,
    lang: str,
    seed: int | None,
    cores: int | None,
    as_json: bool,
) -> None:
    """Fit parameters to the aggregates in TARGETS, by simulation.

    TARGETS says what was observed (so many admitted a year, such an occupancy), in which period, and which parameters
    are free. Ends with exit code 1 if the computation has not converged.
    """
    _check_libraries(needs_pictures=report is not None)
    from calibration.from_totals import fit_question, load_question  # noqa: PLC0415 - the others need not wait for it

    question = _with_seed(load_question(targets), seed)
    scenarios = {
        f"--out {view}".rstrip(): (path, "yaml") for view, path in _scenario_files(out, question.views).items()
    }
    check_outputs({**scenarios, "--draws": (draws, "csv"), "--report": (report, "html")}, [targets, question.base_file])
    try:
        with show_progress(question.name) as on_progress:
            fits = fit_question(question, cores=cores, on_progress=on_progress)
    except KeyboardInterrupt:
        if as_json:
            click.echo("[]")  # whoever reads JSON gets JSON, with nothing in it
        raise
    keeping = Keeping()
    written = _save(fits, keeping, out=out, draws=draws)
    with keeping:
        if report is not None:
            written.append(_save_report(fits, report, lang))
    _print(fits, question, as_json=as_json)
    for file in written:
        click.echo(f"Written: {file}", err=as_json)
    keeping.tell()
    if fits[-1].drawn.is_partial or len(fits) < max(1, len(question.views)):
        sys.exit(STOPPED)
    if not all(one.has_converged for one in fits):
        sys.exit(FAULTY)


def _check_libraries(*, needs_pictures: bool) -> None:
    """Say at once, and not after the play, if a library is missing."""
    for library, extra, is_needed in (("emcee", "calibration", True), ("plotly", "dashboard", needs_pictures)):
        if is_needed:
            try:
                __import__(library)
            except ModuleNotFoundError:
                remedy = say("remedy.install_the_extra_pip_install", extra=extra)
                raise CannotBeDoneError(f"fit: needs {library}; it is not installed. {remedy}") from None


def _with_seed(question: "FitQuestion", seed: int | None) -> "FitQuestion":
    if seed is None:
        return question
    return question._replace(observed=question.observed.model_copy(update={"seed": seed}))


def _save(fits: "tuple[Fit, ...]", keeping: Keeping, *, out: Path | None, draws: Path | None) -> list[Path]:
    from calibration.from_totals import draws_text, fitted_text  # noqa: PLC0415

    scenarios = _scenario_files(out, [one.view for one in fits])
    texts = {path: fitted_text(one) for one, path in zip(fits, scenarios.values(), strict=False)}
    if draws is not None:
        texts[draws] = draws_text(fits)
    written = []
    for file, text in texts.items():
        with keeping:
            write_whole(file, text)
            written.append(file)
    return written


def _scenario_files(out: Path | None, views: "Sequence[str]") -> dict[str, Path]:
    """Where the scenario fitted under each estimate of need is written; under no name if there is only one need."""
    if out is None:
        return {}
    return {view: out.with_stem(f"{out.stem}-{view}") if view else out for view in views or ("",)}


def _save_report(fits: "tuple[Fit, ...]", report: Path, lang: str) -> Path:
    from dashboard.reports.fit import build_fit_page  # noqa: PLC0415 - only who asks for a report needs it
    from sim.texts import load_texts  # noqa: PLC0415

    write_whole(report, build_fit_page(fits, load_texts(lang)))
    return report


def _print(fits: "tuple[Fit, ...]", question: "FitQuestion", *, as_json: bool) -> None:
    from calibration.from_totals import fit_as_json  # noqa: PLC0415

    if as_json:
        click.echo(json.dumps([fit_as_json(one) for one in fits], ensure_ascii=False, allow_nan=False))
        return
    for one in fits:
        click.echo("\n".join([*_verdict(one), "", *_parameters(one), "", *_targets(one), "", *_plainly(one), ""]))
    for line in _notes(question):
        click.echo(line)
    missing = question.views[len(fits) :] if question.views else ()
    if missing:
        click.echo(f"Stopped: nothing was fitted for {', '.join(missing)}.")


def _verdict(fit: "Fit") -> list[str]:
    drawn = fit.drawn
    under = f", {fit.view}" if fit.view else ""
    last = drawn.rounds[-1]
    lines = [
        f"{drawn.question.name}{under}: {len(fit.learnt)} parameters fitted to {len(fit.foretold)} numbers, "
        f"{drawn.n_replications:,} periods played in {len(drawn.rounds)} rounds.",
        f"{'Converged' if fit.has_converged else 'NOT CONVERGED'}: R-hat at most "
        f"{max(one.reduction for one in fit.learnt):.3f}, at least "
        f"{min(one.effective_draws for one in fit.learnt):,.0f} independent draws, surface off by at most "
        f"{last.surface_error:.2f} of the spread by chance, posterior moved {last.shift:.2f} in the last round.",
    ]
    return lines + [f"  Not to be relied on: {FAULTS[code]}." for code in fit.faults]


def _parameters(fit: "Fit") -> list[str]:
    rows: list[tuple[str, ...]] = [("Parameter", "before: mean (95 %)", "after: mean (95 %)", "spread left")]
    rows += [_parameter_row(one) for one in fit.learnt]
    if fit.product is not None:
        product = fit.product
        rows.append(
            (
                "best known product",
                f"{product.prior_median:.4g} ({product.prior_interval[0]:.4g} to {product.prior_interval[1]:.4g})",
                f"{product.median:.4g} ({product.interval[0]:.4g} to {product.interval[1]:.4g})",
                f"{product.sd_ratio:.0%}",
            )
        )
    return _columns(rows)


def _parameter_row(one: "Marginal") -> tuple[str, ...]:
    return (
        one.free.path,
        f"{one.prior_mean:.4g} ({one.prior_interval[0]:.4g} to {one.prior_interval[1]:.4g})",
        f"{one.mean:.4g} ({one.interval[0]:.4g} to {one.interval[1]:.4g})",
        f"{one.sd_ratio:.0%}",
    )


def _targets(fit: "Fit") -> list[str]:
    rows: list[tuple[str, ...]] = [("Observed", "", "foretold: median (90 %)", "", "at the means")]
    rows += [_target_row(one) for one in fit.foretold]
    return _columns(rows)


def _target_row(one: "Foretold") -> tuple[str, ...]:
    return (
        one.target.name,
        f"{one.target.value:g}",
        f"{one.median:.4g} ({one.band[0]:.4g} to {one.band[1]:.4g})",
        "inside" if one.is_inside else "OUTSIDE",
        f"{one.at_mean:.4g}",
    )


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _plainly(fit: "Fit") -> list[str]:
    """What the numbers do not say, in plain words."""
    paths = [one.free.path for one in fit.learnt]
    lines = [
        f"{paths[one]} and {paths[other]} stand in for each other (rank correlation "
        f"{fit.correlation[one, other]:+.2f}): these numbers do not tell them apart."
        for one, other in fit.confounded
    ]
    if fit.n_combinations < len(paths):
        combinations = counted(fit.n_combinations, "combination") if fit.n_combinations else "no combinations"
        lines.insert(0, f"The numbers know {combinations} of the {len(paths)} parameters; the rest is the priors'.")
    if fit.product is not None:
        powers = " x ".join(f"{path}^{power:.2f}" for path, power in zip(paths, fit.product.exponents, strict=True))
        lines.append(f"Best known is the product {powers}.")
    for one in fit.learnt:
        if one.is_hardly_learnt:
            lines.append(
                f"Of {one.free.path} alone next to nothing was learnt: its spread is {one.sd_ratio:.0%} of before."
            )
        if one.end:
            lines.append(
                f"{one.free.path} is pulled to the {one.end} end of its range: look at the prior, or the model."
            )
    if fit.is_unlikely:
        lines.append(
            f"The fitted model hardly gives these numbers together: as far off has probability {fit.surprise:.1%}. "
            "Doubt the need, the ranges or the model."
        )
    return lines


def _notes(question: "FitQuestion") -> list[str]:
    lines = [
        f"Partly circular: {circle.row_id} is behind the range of {circle.parameter}. Do not check one by the other."
        for circle in question.circles
    ]
    awareness = question.observed.demand.awareness
    if awareness.start < 1 and awareness.ramp_up_years > 0:
        lines.append(
            f"The observed period begins with {awareness.start:.0%} of the referrals and rises for "
            f"{awareness.ramp_up_years:g} years. If the arrangement was known already, set changes: "
            "{demand.awareness.start: 1}."
        )
    few = ", ".join(target.name for target in question.unpublished_few)
    if few:
        lines.append(f"Fewer than 5 women: {few}. See that they are published before you pass this on.")
    return lines
