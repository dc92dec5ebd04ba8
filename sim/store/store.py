"""A store: a folder of results that the command line, batches, sliders and notebooks share."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.experiment import Results
from sim.files import check_writable
from sim.scenario import Case, Scenario
from sim.store.asked import Asked, asked_of, read_asked, write_asked
from sim.store.faults import StoreError
from sim.store.keys import piece_key
from sim.store.own_files import (
    ASKED,
    CATALOGUE,
    CATALOGUE_BEGINS,
    GLOBS,
    PIECES,
    check_can_be_store,
    is_store,
    own_files,
)
from sim.store.piece import piece_bytes, read_piece, results_of_piece
from sim.store.writing import left_drafts, write_whole

_MAGIC = b"PAR1"
_CATALOGUE = f"""\
{CATALOGUE_BEGINS} with: duckdb -init {CATALOGUE}
-- The patterns fit the names of the store's own files, not copies that synced folders make.
CREATE OR REPLACE VIEW estimates AS SELECT * FROM read_parquet('{GLOBS[PIECES]}');
CREATE OR REPLACE VIEW asked AS SELECT DISTINCT * FROM read_parquet('{GLOBS[ASKED]}');
"""


class Store:
    """Results on disk; each under a key made of what was asked.

    Nothing is written until something is kept, so a store on a disk that can only be read serves for reading.

    Parameters
    ----------
    path : str or path
        Folder of the store.

    Attributes
    ----------
    path : Path
        Folder of the store.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def recall(self, scenario: Scenario, engine: str = "kernel") -> Results | None:
        """Give what was computed before.

        Parameters
        ----------
        scenario : Scenario
            What is asked.
        engine : str
            Which engine is to play.

        Returns
        -------
        Results
            Bit for bit as they were kept, under the scenario's own name; None if there are none, or if the file is
            damaged: computing and keeping them again heals it.
        """
        path = self.piece_path(piece_key(scenario, engine))
        try:
            return results_of_piece(path, scenario) if path.exists() else None
        except StoreError:
            return None

    def keep(self, results: Results) -> str | None:
        """Keep results under the name of their scenario.

        Parameters
        ----------
        results : Results
            What was found.

        Returns
        -------
        str or None
            Their key; None if they are partial, which are not kept.

        Raises
        ------
        StoreError
            If they cannot be written.
        """
        if results.is_partial:
            return None
        key = piece_key(results.scenario, results.engine)
        self.note([Case(results.scenario, {})], results.engine)
        if not self.has(key):
            self.put(key, piece_bytes(results))
        return key

    def note(self, cases: Iterable[Case], engine: str = "kernel") -> None:
        """Write down what is asked for, before it is computed.

        Parameters
        ----------
        cases : iterable of Case
            Scenarios with what a sweep or table set in them.
        engine : str
            Which engine is to play.
        """
        self.note_asked([asked_of(case, engine) for case in cases])

    def note_asked(self, asked: Iterable[Asked]) -> None:
        """Write down what is asked for, as it stands in lists.

        Parameters
        ----------
        asked : iterable of Asked
            The lines.

        Raises
        ------
        StoreError
            If the folder holds other files and is no store, or cannot be written.
        """
        if not is_store(self.path):
            check_can_be_store(self.path)
            write_whole(self.path / CATALOGUE, _CATALOGUE.encode(), store=self.path)
        write_asked(asked, self.path)

    def check_writable(self) -> None:
        """See, before anything is computed, that results can be kept here; the folder is made if there is none.

        Raises
        ------
        StoreError
            If the folder holds other files and is no store.
        FileError
            If it cannot be written.
        """
        check_can_be_store(self.path)
        check_writable(self.path)

    def put(self, key: str, content: bytes) -> None:
        """Write a piece whole.

        Parameters
        ----------
        key : str
            Of the result.
        content : bytes
            As from `piece_bytes`.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        write_whole(self.piece_path(key), content, store=self.path)

    def has(self, key: str) -> bool:
        """Tell whether a result is there, and its file not cut short.

        Parameters
        ----------
        key : str
            Of the result.

        Returns
        -------
        bool
            False also for an empty or broken-off file, so that it is computed again.
        """
        try:
            with self.piece_path(key).open("rb") as file:
                starts = file.read(4) == _MAGIC
                file.seek(-4, os.SEEK_END)
                return starts and file.read(4) == _MAGIC
        except OSError:
            return False

    def piece_path(self, key: str) -> Path:
        """Say where a result lies, or would lie.

        Parameters
        ----------
        key : str
            Of the result.

        Returns
        -------
        Path
            Its file.
        """
        return self.path / PIECES / key[:2] / f"{key}.parquet"

    def pieces(self) -> Iterator[Path]:
        """Find all results.

        Yields
        ------
        Path
            Their files, in the order of their keys.
        """
        yield from own_files(self.path, PIECES)

    def check(self) -> list[StoreError]:
        """Read everything and say what is damaged.

        Returns
        -------
        list of StoreError
            One for each damaged file.
        """
        _, damaged = read_asked(self.path)
        for path in self.pieces():
            try:
                read_piece(path, path.name)
            except StoreError as error:
                damaged.append(error)
        return damaged

    def sweep_drafts(self) -> None:
        """Remove the drafts of writers that were killed."""
        for draft in left_drafts(self.path) if is_store(self.path) else ():
            draft.unlink(missing_ok=True)
