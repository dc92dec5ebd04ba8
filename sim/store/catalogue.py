"""The catalogue: everything in a store as tables, through DuckDB over the files themselves.

There is no database file that batches could fight over: the files are the database.
"""

import json
from collections.abc import Collection, Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiment import Results
from sim.faults import did_you_mean
from sim.store.asked import Asked, current_rules, read_asked
from sim.store.faults import StoreError
from sim.store.own_files import ASKED, own_files, told_foreign
from sim.store.piece import COLUMNS, NUMBERS, read_piece, results_of_piece
from sim.store.store import Store
from sim.texts import say

SCOPES = ("all", "region", "year", "pool", "everything")
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_SHORTEST = 4
_TEXTS = ("result", "design", "by", "key", "measure", "unit")
_PLAIN = pa.schema(
    [
        (
            word,
            pa.string() if word in _TEXTS else {"is_difference": pa.bool_(), "n": pa.int64()}.get(word, pa.float64()),
        )
        for word in COLUMNS
    ]
)
_EMPTY = {
    "estimates": 'result VARCHAR, design VARCHAR, is_difference BOOLEAN, "by" VARCHAR, key VARCHAR, measure VARCHAR, '
    "unit VARCHAR, n BIGINT, " + ", ".join(f"{word} DOUBLE" for word in NUMBERS),
    "asked": ", ".join(f"{word} {'BIGINT' if word == 'seed' else 'VARCHAR'}" for word in Asked._fields),
}


def query(store: Store, sql: str) -> pd.DataFrame:
    """Ask the catalogue in SQL: of ``estimates`` (a row an estimate, by result) and ``asked`` (a row a scenario).

    ``attrs["damaged"]`` of the answer says which files were left out.
    """
    import duckdb  # noqa: PLC0415 - slow to load, and only a question needs it

    pieces = [str(path) for path in store.pieces()]
    asked = [str(path) for path in own_files(store.path, ASKED)]
    try:
        return _answer(sql, pieces, asked)
    except duckdb.Error as error:
        damaged = store.check()
        left_out = {str(part.faults[0].source) for part in damaged}
        if not damaged:
            raise _refused(store, error) from None
    try:
        found = _answer(sql, _without(pieces, left_out), _without(asked, left_out))
    except duckdb.Error as error:
        raise _refused(store, error) from None
    found.attrs["damaged"] = [str(fault) for fault in damaged]
    return found


def _without(files: list[str], left_out: set[str]) -> list[str]:
    return [file for file in files if not any(file.endswith(name) for name in left_out)]


def _refused(store: Store, error: Exception) -> StoreError:
    said = str(error).splitlines()[0]
    return StoreError(
        str(store.path), say("allowed.a_question_the_catalogue"), said, say("remedy.the_views_are_estimates")
    )


def _answer(sql: str, pieces: list[str], asked: list[str]) -> pd.DataFrame:
    import duckdb  # noqa: PLC0415

    with duckdb.connect(":memory:", config=_SETTINGS) as connection:
        for view, files in (("estimates", pieces), ("asked", asked)):
            if files:
                listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
                unique = "DISTINCT " if view == "asked" else ""
                connection.execute(f"CREATE VIEW {view} AS SELECT {unique}* FROM read_parquet([{listed}])")
            else:
                connection.execute(f"CREATE TABLE {view} ({_EMPTY[view]})")
        return connection.execute(sql).df()


def list_asked(store: Store, *, is_old_too: bool = False) -> pd.DataFrame:
    """List what has been asked for: a row a scenario; ``attrs["damaged"]`` says which files were left out."""
    lines, damaged = all_asked(store)
    newest_first = sorted(lines, key=lambda line: (line.name, -lines[line]))
    wanted = [line for line in newest_first if is_old_too or line.rules == current_rules()]
    frame = pd.DataFrame(wanted, columns=list(Asked._fields))
    frame["is_computed"] = [store.has(key) for key in frame["result"]]
    frame.attrs["damaged"] = [str(error) for error in damaged]
    frame.attrs["foreign"] = told_foreign(store.path)
    frame.attrs["n_old"] = sum(line.rules != current_rules() for line in lines)
    return frame


def all_asked(store: Store) -> tuple[dict[Asked, float], list[StoreError]]:
    """List what was asked for, and results that no list names, under their hash."""
    lines, damaged = read_asked(store.path)
    named = {line.result for line in lines}
    for path in store.pieces():
        if path.stem in named:
            continue
        try:
            about, _ = read_piece(path, path.name)
        except StoreError as error:
            damaged.append(error)
            continue
        designs = ", ".join(name for name, _ in about["designs"])
        rules = f"{about['versions']['rules']}-{about['versions']['measures']}"
        who = (about["hash"], "", "", path.stem, about["hash"], about["engine"], about["seed"])
        lines[Asked(*who, str(about["replications"]), designs, "{}", rules)] = 0.0
    return lines, damaged


def find_asked(store: Store, name: str) -> tuple[Asked, list[Asked]]:
    """Find what was asked for by name, or by the first digits of a hash or key."""
    everything, _ = all_asked(store)
    lines = {line: when for line, when in everything.items() if line.rules == current_rules()}
    found = fitting(lines, name)
    if not found:
        if fitting(everything, name):
            allowed, got = say("allowed.a_scenario_computed_by"), say("got.one_of_other_rules")
            raise StoreError(name, allowed, got, say("remedy.give_the_batch_again_to"))
        remedy = did_you_mean(name, [line.name for line in lines], say("remedy.doegnplads_results_list_shows"))
        raise StoreError(str(store.path), say("allowed.a_scenario_of_this"), repr(name), remedy)
    by_result: dict[str, Asked] = {}
    for line in sorted(found, key=lambda line: -lines[line]):
        by_result.setdefault(line.result, line)
    newest, *older = by_result.values()
    if older and (newest.name != name or lines[newest] == lines[older[0]]):
        hashes = ", ".join(f"{line.hash} ({line.engine})" for line in (newest, *older[:4]))
        raise StoreError(
            name,
            say("allowed.one_scenario"),
            say("got.of_that_name", n=len(by_result)),
            say("remedy.write_value", value=f"the first digits of one: {hashes}"),
        )
    return newest, older


def fitting(lines: Iterable[Asked], name: str) -> list[Asked]:
    """Find the lines of a name, or else those whose hash or key begins like it."""
    found = [line for line in lines if line.name == name]
    if found or len(name) < _SHORTEST:
        return found
    return [line for line in lines if line.hash.startswith(name) or line.result.startswith(name)]


def told_older(newest: Asked, older: list[Asked]) -> list[str]:
    """Say that there are others of that name."""
    if not older:
        return []
    others = ", ".join(line.hash for line in older)
    return [
        f"{newest.name}: {len(older) + 1} results of that name; this is the newest, {newest.hash}. Older: {others}. "
        f"Forget them with: doegnplads results forget {newest.name} --older"
    ]


def results_named(store: Store, name: str) -> Results:
    """Give the results of a scenario by its name, its hash or the key of its result; of several the newest."""
    asked, _ = find_asked(store, name)
    path = store.piece_path(asked.result)
    if not path.exists():
        remedy = say("remedy.give_the_same_batch")
        raise StoreError(name, say("allowed.a_scenario_that_has"), say("got.one_that_was_only"), remedy)
    found = results_of_piece(path)
    title = found.scenario.title.model_copy(update={"da": asked.title_da, "en": asked.title_en})
    named = found.scenario.model_copy(update={"name": asked.name, "title": title})
    return found._replace(scenario=named)


def estimates_frame(
    store: Store, by: str = "all", *, differences: bool = False, names: Collection[str] = ()
) -> pd.DataFrame:
    """Put together the estimates of all scenarios, or of those named, as one tidy table, with what was varied.

    ``by`` says what the estimates are about, a word of `SCOPES`; ``attrs["damaged"]`` which files were left out.
    """
    if by not in SCOPES:
        raise StoreError(
            "by", say("allowed.one_of", known=", ".join(SCOPES)), repr(by), say("remedy.write_one_of_these_words")
        )
    found = [find_asked(store, name) for name in names]
    listed = pd.DataFrame([newest for newest, _ in found]) if names else list_asked(store)
    if not names:
        listed = listed.sort_values(
            list(Asked._fields), kind="stable", ignore_index=True
        )  # the same whenever it is made
    is_there = [store.has(key) for key in listed["result"]]
    wanted = [store.piece_path(key) for key in dict.fromkeys(listed["result"][is_there])]
    damaged = list(listed.attrs.get("damaged", []))
    parts = []
    for path in wanted:
        try:
            _, table = read_piece(path, path.name)
        except StoreError as error:
            damaged.append(str(error))
            continue
        wanted_rows = pc.equal(table["by"], pa.scalar(by)) if by != "everything" else pa.array([True] * len(table))
        parts.append(table.filter(pc.and_(wanted_rows, pc.or_(pc.invert(table["is_difference"]), differences))))
    frame = _named(listed, parts)
    frame.attrs["damaged"] = damaged
    frame.attrs["foreign"] = told_foreign(store.path)
    frame.attrs["older"] = [line for newest, older in found for line in told_older(newest, older)]
    frame.attrs["n_asked"], frame.attrs["n_old"] = len(listed), listed.attrs.get("n_old", 0)
    frame.attrs["not_computed"] = [name for name, there in zip(listed["name"], is_there, strict=True) if not there]
    return frame


def _named(listed: pd.DataFrame, parts: list[pa.Table]) -> pd.DataFrame:
    """Join estimates with names, hashes and what was varied."""
    columns = ["design", "by", "key", "measure", "unit", "n", *NUMBERS]
    if not parts:
        return pd.DataFrame(columns=["scenario", "hash", *columns])
    changes = pd.DataFrame([json.loads(text) for text in listed["changes"]], index=listed.index)
    who = pd.concat([listed[["name", "hash", "result"]].rename(columns={"name": "scenario"}), changes], axis=1)
    varied = [str(column) for column in changes.columns]
    plain = [part.cast(_PLAIN).replace_schema_metadata() for part in parts]
    estimates = pa.concat_tables(plain).to_pandas()
    joined = who.drop_duplicates(["scenario", "result"]).merge(estimates, on="result", how="inner")
    return joined[["scenario", "hash", *varied, *columns]]
