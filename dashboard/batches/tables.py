"""What is said about the files of a run: a line a file, and a line a fault."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.batches.limits import RUN
from dashboard.batches.reading import FileCheck
from dashboard.say.line_table import build_line_table
from sim.scenario import Fault
from sim.texts import Texts

MOST_FAULTS = 100
"""Faults that are shown; whoever has more begins with these."""


def build_file_table(checks: Sequence[FileCheck], texts: Texts) -> str:
    """Write what each file holds."""
    rows = [
        (check.name, texts(f"batch.kinds.{check.kind}"), texts.number(check.n_scenarios), _state(check, texts))
        for check in checks
    ]
    return build_line_table(texts("batch.files.list"), [texts(f"batch.files.{word}") for word in _FILE_COLUMNS], rows)


def build_fault_table(faults: Sequence[Fault], texts: Texts, *, about: str = "") -> str:
    """Write what is wrong."""
    said = [fault.parts(texts.language) for fault in faults[:MOST_FAULTS]]
    rows = [(_place(fault, texts), fault["allowed"], fault["got"], fault["remedy"]) for fault in said]
    label = " ".join(filter(None, (texts("batch.check.heading"), about)))
    return build_line_table(label, [texts(f"batch.check.{word}") for word in _FAULT_COLUMNS], rows)


_FILE_COLUMNS = ("name", "kind", "scenarios", "state")
_FAULT_COLUMNS = ("where", "allowed", "got", "remedy")


def _state(check: FileCheck, texts: Texts) -> str:
    if check.n_faults:
        return texts.counted("batch.state.faults", check.n_faults)
    return texts("batch.state.belongs" if check.kind == "travel" else "batch.state.sound")


def _place(fault: Mapping[str, Any], texts: Texts) -> str:
    source = texts("batch.check.run") if fault["source"] == RUN else fault["source"]
    row = texts("evidence.page.learning.row", row=fault["row"]) if fault["row"] else ""
    row = "" if row and row.casefold() in source.casefold() else row  # the source may say it already
    line = "" if fault["line"] is None else texts("batch.check.line", line=fault["line"])
    return ", ".join(part for part in (source, row, line, fault["path"]) if part)
