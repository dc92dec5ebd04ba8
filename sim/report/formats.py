"""Formats of a report: a table from a format to what writes it."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from sim.faults import Fault, FileError
from sim.report.content import ReportContent
from sim.texts import say


class ReportFormat(NamedTuple):
    """How a format is written.

    Attributes
    ----------
    ending : str
        Of its files.
    module, function : str
        What writes it: takes a `ReportContent`, and the path of a template or None where it takes one; gives bytes or
        text. Loaded when it is needed.
    takes_template : bool
        Whether a user's own template can be filled.
    """

    ending: str
    module: str
    function: str
    takes_template: bool = False


FORMATS: Mapping[str, ReportFormat] = {
    "html": ReportFormat(".html", "sim.report.page", "write_page"),
    "pdf": ReportFormat(".pdf", "sim.report.printing", "write_pdf"),
    "xlsx": ReportFormat(".xlsx", "sim.report.workbook", "write_workbook"),
}
"""By name, as the option `--format` takes them. Not to be changed."""


def write_report(content: ReportContent, name: str, template: Path | None = None) -> bytes:
    """Write a report in a format.

    Parameters
    ----------
    content : ReportContent
        What it says.
    name : str
        One of `FORMATS`.
    template : Path, optional
        The user's own, where the format takes one.

    Returns
    -------
    bytes
        Of the file.

    Raises
    ------
    FileError
        If the format takes no template, or cannot be written here.
    """
    check_template(name, template)
    wanted = FORMATS[name]
    write: Callable[..., bytes | str] = getattr(import_module(wanted.module), wanted.function)
    written = write(content, template) if wanted.takes_template else write(content)
    return written.encode("utf-8") if isinstance(written, str) else written


def check_template(name: str, template: Path | None) -> None:
    """See that a format takes a template, if one is given.

    Parameters
    ----------
    name : str
        One of `FORMATS`.
    template : Path or None
        The user's own.

    Raises
    ------
    FileError
        If it takes none.
    """
    if template is not None and not FORMATS[name].takes_template:
        known = ", ".join(other for other, own in FORMATS.items() if own.takes_template) or "-"
        allowed, remedy = say("allowed.a_format_with_a_template", known=known), say("remedy.leave_the_template")
        raise FileError([Fault("--template", None, "", allowed, name, remedy)])
