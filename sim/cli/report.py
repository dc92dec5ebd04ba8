"""The command ``report``: what a steering group takes away, from stored results, as a page, a workbook or PDF."""

import json
import shlex
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.lazily import SCENARIO
from sim.cli.options import cores_option, replications_option, seed_option, with_options
from sim.cli.outputs import check_outputs
from sim.cli.plain import CannotBeDoneError, by_option, lang_option
from sim.cli.results import RESULTS, STORE_NAME
from sim.files import safe_name, write_whole

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.looks.bills import ScenarioBills
    from sim.report import ReportSource
    from sim.scenario import Scenario
    from sim.store import Store

FORMAT_NAMES = ("html", "pdf", "xlsx")
"""Names of `sim.report.FORMATS`, which is slow to load."""
REPORTS = RESULTS / "reports"
_LINKS, _HOST = "dashboard.ask.state", "http://localhost:8501/"


@click.command()
@click.argument("result", metavar="RESULT|SCENARIO", type=SCENARIO)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMAT_NAMES),
    multiple=True,
    default=("html",),
    show_default=True,
    help="May be given several times.",
)
@lang_option("da", about="Language of the report and of messages.")
@replications_option
@seed_option
@by_option
@click.option("--bills", "has_bills", is_flag=True, help="Also what each municipality pays for the places.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"File of the report; under {REPORTS}/ if left out.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Your own template, for formats that take one.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    default=RESULTS / STORE_NAME,
    show_default=True,
    help="Store to answer from; what is not there is computed and kept.",
)
@click.option("--dashboard", default=_HOST, show_default=True, help="Where the link in the report leads.")
@cores_option
def report(
    result: str,
    formats: tuple[str, ...],
    lang: str,
    replications: int | None,
    seed: int | None,
    level: str | None,
    has_bills: bool,
    out: Path | None,
    template: Path | None,
    store: Path,
    dashboard: str,
    cores: int | None,
) -> None:
    """Write what a steering group takes away from RESULT or SCENARIO: a page, a workbook, PDF.

    RESULT is a name, or the first digits of a hash, in the store. A report has the answer in three sentences, the
    designs in each field, what may be said of differences, what the numbers rest on and how to make them again.
    """
    from sim.report import FORMATS, build_report, check_template, write_report  # noqa: PLC0415 - slow to load
    from sim.texts import load_texts  # noqa: PLC0415

    wanted = tuple(dict.fromkeys(formats))
    for name in wanted:
        check_template(name, template)
    if "pdf" in wanted:
        import_module("sim.report.printing").check_browser()
    if out is not None and len(wanted) > 1:
        raise CannotBeDoneError("--out: one file, for one --format. Leave it out, or give one format.")
    asked, question, file = _find(result, store)
    asked = with_options(asked, {"replications": replications, "seed": seed})
    files = {name: out or REPORTS / f"{safe_name(asked.name)}-{lang}{FORMATS[name].ending}" for name in wanted}
    inputs = [path for path in (file, template) if path is not None]
    check_outputs({("--out" if out else path.name): (path, name) for name, path in files.items()}, inputs)
    given = {"--replications": replications, "--seed": seed, "--by": level}
    extra = [word for option, value in given.items() if value is not None for word in (option, str(value))]
    extra += ["--bills"] if has_bills else []
    source = _gather(asked, store, level=level, has_bills=has_bills, cores=cores)._replace(
        question=question if lang == "en" or not _is_ready(file) else "",
        command=shlex.join([*_command(result, asked, wanted, lang), *extra]),
        link=_link(asked, lang, dashboard),
    )
    content = build_report(source, load_texts(lang))
    for name, path in files.items():
        write_whole(path, write_report(content, name, template))
        click.echo(str(path))


def _find(name: str, store: Path) -> "tuple[Scenario, str, Path | None]":
    """A scenario by its name or file, else by the name or hash of a result; its leading comment; its file."""
    from sim.report import leading_comment  # noqa: PLC0415 - slow to load
    from sim.scenario import find_scenario, load_scenario, ready_scenarios  # noqa: PLC0415

    if Path(name).is_file() or name in ready_scenarios():
        file = find_scenario(name)
        return load_scenario(file), leading_comment(file.read_text(encoding="utf-8")), file
    from sim.store.own_files import is_store  # noqa: PLC0415

    if not is_store(store):
        return load_scenario(find_scenario(name)), "", None  # which says what is wrong with the name
    from sim.store import Store  # noqa: PLC0415
    from sim.store.catalogue import results_named  # noqa: PLC0415

    return results_named(Store(store), name).scenario, "", None


def _is_ready(file: Path | None) -> bool:
    """Whether a scenario is one of the program's own, whose comments are in English."""
    from sim.scenario import ready_scenarios  # noqa: PLC0415 - slow to load

    return file is not None and file.resolve() in {path.resolve() for path in ready_scenarios().values()}


def _gather(
    asked: "Scenario", folder: Path, *, level: str | None, has_bills: bool, cores: int | None
) -> "ReportSource":
    """Recall the results of each field, or play and keep them; with what was tried of the assumptions."""
    from sim.cli.homes import homes_of  # noqa: PLC0415 - slow to load
    from sim.findings import load_sensitivity  # noqa: PLC0415
    from sim.report import ReportSource  # noqa: PLC0415
    from sim.runnable import check_scenario  # noqa: PLC0415
    from sim.scenario import fields_of, in_field  # noqa: PLC0415
    from sim.store import Store  # noqa: PLC0415

    check_scenario(asked)
    store = Store(folder)
    found = {field: _results(in_field(asked, field), store, cores) for field in fields_of(asked)}
    tried = {field: load_sensitivity(results.scenario, folder.parent) for field, results in found.items()}
    *_, last = found.values()
    homes = (homes_of(last, level, cores=cores),) if level else ()
    bills = _bills(last, cores) if has_bills else None
    return ReportSource(asked, found, {field: own for field, own in tried.items() if own is not None}, homes, bills)


def _bills(results: "Results", cores: int | None) -> "ScenarioBills":
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load
    from sim.looks.bills import bill_scenario  # noqa: PLC0415

    with show_progress(results.scenario.name) as on_progress:
        n = results.replications
        return bill_scenario(results.scenario, replications=n, cores=cores, on_progress=on_progress)


def _results(scenario: "Scenario", store: "Store", cores: int | None) -> "Results":
    recalled = store.recall(scenario)
    if recalled is not None:
        return recalled
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load
    from sim.experiment import run_experiment  # noqa: PLC0415

    store.check_writable()
    with show_progress(scenario.name) as on_progress:
        results = run_experiment(scenario, cores=cores, on_progress=on_progress)
    store.keep(results)
    return results


def _command(result: str, asked: "Scenario", formats: tuple[str, ...], lang: str) -> list[str]:
    """Words of the command that makes the report again; a file is named without its folder."""
    named = f"{asked.name}.yaml" if Path(result).is_file() else result
    return ["doegnplads", "report", named, *(word for name in formats for word in ("--format", name)), "--lang", lang]


def _link(asked: "Scenario", lang: str, dashboard: str) -> str:
    """Write the link to the same in the dashboard; none where it cannot hold it, or names women of today."""
    if asked.today:
        return ""
    from urllib.parse import urlencode  # noqa: PLC0415

    from sim.scenario import ready_scenarios, scenario_hash, scenario_values  # noqa: PLC0415

    links = import_module(_LINKS)
    question = import_module("dashboard.ask.question").Question
    ready = ready_scenarios()
    n = {"replications": asked.replications} if isinstance(asked.replications, int) else {}
    is_ready = asked.name in ready and _hash_of(ready[asked.name], asked) == scenario_hash(asked)
    own = "" if is_ready else json.dumps(scenario_values(asked), ensure_ascii=False, default=str)
    try:
        state = links.State(language=lang, question=question(base=asked.name if is_ready else "", own=own, **n))
        parameters = links.write_link(state)
    except links.LinkError:
        return ""
    return dashboard + (f"?{urlencode(parameters)}" if parameters else "")


def _hash_of(file: Path, asked: "Scenario") -> str:
    """The hash of a ready scenario if it were played as often."""
    from sim.scenario import load_scenario, scenario_hash  # noqa: PLC0415 - slow to load

    return scenario_hash(load_scenario(file).model_copy(update={"replications": asked.replications}))
