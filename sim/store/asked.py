"""What was asked for, by name: lists that say which scenario has which result, and how sweeps varied it."""

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sim.scenario import Case, content_hash
from sim.store.faults import StoreError
from sim.store.keys import content_key, versions
from sim.store.own_files import ASKED, own_files
from sim.store.writing import write_whole
from sim.texts import say


class Asked(NamedTuple):
    """One scenario that was asked for."""

    name: str  # of the scenario
    title_da: str  # its name for people
    title_en: str
    result: str  # key of its result
    hash: str  # of its content
    engine: str  # which engine was asked to play
    seed: int  # of the scenario
    replications: str  # the number, or the precision wanted
    designs: str  # names of the designs, with commas between
    changes: str  # what a sweep or table set, as JSON by path
    rules: str  # version of the rules and digest of the measures


_SCHEMA = pa.schema([(word, pa.int64() if word == "seed" else pa.string()) for word in Asked._fields])


def current_rules() -> str:
    """Name the rules and measures of this version of the program."""
    return f"{versions()['rules']}-{versions()['measures']}"


def asked_of(case: Case, engine: str) -> Asked:
    """Describe a scenario that is asked for."""
    scenario, content = case.scenario, case.content()
    wanted = scenario.replications
    return Asked(
        name=scenario.name,
        title_da=scenario.title.da,
        title_en=scenario.title.en,
        result=content_key(content, engine),
        hash=content_hash(content),
        engine=engine,
        seed=scenario.seed,
        replications=str(wanted) if isinstance(wanted, int) else f"precision {wanted.precision:g}",
        designs=", ".join(design.name for design in scenario.designs),
        changes=json.dumps(case.changes, ensure_ascii=False, default=str),
        rules=current_rules(),
    )


def write_asked(asked: Iterable[Asked], store: Path, *, when: float | None = None) -> None:
    """Write a list of what was asked for, under a name made of what it says."""
    lines = list(dict.fromkeys(asked))
    if not lines:
        return
    name = hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:32]
    path = store / ASKED / f"{name}.parquet"
    if not path.exists():
        write_whole(path, _list_bytes(lines), store=store)
    with contextlib.suppress(OSError):  # asked again: what it names is the newest of its name
        os.utime(path, None if when is None else (when, when))


def _list_bytes(lines: list[Asked]) -> bytes:
    file = io.BytesIO()
    columns = [pa.array(column, field.type) for column, field in zip(zip(*lines, strict=True), _SCHEMA, strict=True)]
    pq.write_table(pa.table(columns, schema=_SCHEMA), file, compression="zstd", write_page_checksum=True)
    return file.getvalue()


def read_asked(store: Path) -> tuple[dict[Asked, float], list[StoreError]]:
    """Read all lists of a store."""
    found: dict[Asked, float] = {}
    damaged = []
    for path in own_files(store, ASKED):
        try:
            when = path.stat().st_mtime
            found |= {line: max(when, found.get(line, when)) for line in read_list(path)}
        except StoreError as error:
            damaged.append(error)
    return dict(sorted(found.items())), damaged


def read_list(path: Path) -> list[Asked]:
    """Read one list."""
    try:
        content = pa.BufferReader(path.read_bytes())
        rows: list[dict[str, Any]] = pq.read_table(content, page_checksum_verification=True).to_pylist()
        return [Asked(**row) for row in rows]
    except (pa.ArrowException, OSError, TypeError, ValueError):
        remedy = say("remedy.remove_it_with_doegnplads")
        raise StoreError(path.name, say("allowed.a_whole_list_of"), say("got.a_damaged_file"), remedy) from None
