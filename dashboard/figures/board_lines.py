"""Lines and bars of a bed board: where each place stands from the top, and what lies in the window.

Takes a board. Gives positions and bars, in days and then in the milliseconds that plotly counts. Leaves out how they
look.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.figures.canvas import Values
from dashboard.figures.volume import pool_label
from dashboard.texts import Texts
from sim.experiment.bed_board import BedBoard

PLACE, LANE = 1.0, 0.6
"""Heights of the line of a place and of a woman who waits, in places."""
_BETWEEN = 0.7


class Bar(NamedTuple):
    """A bar on the board.

    Attributes
    ----------
    line : float
        Its middle, counted from the top.
    from_day, to_day : float
        Its ends [days].
    told : str
        What is told when it is pointed at.
    """

    line: float
    from_day: float
    to_day: float
    told: str = ""


class Lines:
    """Where each place and each lane of the waiting list stands, from the top.

    Parameters
    ----------
    board : BedBoard
        Whose lines.

    Attributes
    ----------
    tops : list of float
        Where each pool begins, and last the places bought elsewhere.
    waiting_top, bottom : float
        Where the waiting list begins and ends.
    n_lanes : int
        Its lanes.
    """

    def __init__(self, board: BedBoard) -> None:
        self._board = board
        self.tops: list[float] = []
        top = 0.0
        for pool in range(len(board.pools) + 1):
            self.tops.append(top)
            places = board.n_places(pool)
            top += places * PLACE + (_BETWEEN if places else 0.0)
        self.waiting_top = top
        self.n_lanes = max((wait.lane for wait in board.waits), default=0)
        self.bottom = top + self.n_lanes * LANE

    def of_place(self, pool: int, place: int) -> float:
        """Find the middle of a place's line.

        Parameters
        ----------
        pool, place : int
            As in `sim.experiment.bed_board.Stay`.

        Returns
        -------
        float
            From the top.
        """
        return self.tops[pool] + (place - 0.5) * PLACE

    def of_lane(self, lane: int) -> float:
        """Find the middle of a lane of the waiting list.

        Parameters
        ----------
        lane : int
            Its number, from 1.

        Returns
        -------
        float
            From the top.
        """
        return self.waiting_top + (lane - 0.5) * LANE

    def names(self, texts: Texts) -> list[tuple[float, str]]:
        """Name pools, places bought and the waiting list.

        Parameters
        ----------
        texts : Texts
            In the reader's language.

        Returns
        -------
        list of tuple of float and str
            The middle and the name of each that has a line.
        """
        words = [pool_label(pool, texts) for pool in self._board.pools] + [texts("figures.bed_board.elsewhere")]
        names = [
            (self.tops[pool] + self._board.n_places(pool) * PLACE / 2, word)
            for pool, word in enumerate(words)
            if self._board.n_places(pool)
        ]
        if self.n_lanes:
            names.append((self.waiting_top + self.n_lanes * LANE / 2, texts("figures.bed_board.waiting")))
        return names

    def borders(self) -> list[float]:
        """Find the middles of the gaps between them.

        Returns
        -------
        list of float
            From the top.
        """
        tops = [top for pool, top in enumerate(self.tops) if self._board.n_places(pool)] + [self.waiting_top]
        return [top - _BETWEEN / 2 for top in tops if top > 0]


def within(bars: Sequence[Bar], window: tuple[float, float]) -> list[Bar]:
    """Choose the bars that can be seen.

    Parameters
    ----------
    bars : sequence of Bar
        Any bars.
    window : tuple of float
        First and last day that are shown [days].

    Returns
    -------
    list of Bar
        Those that reach into it.
    """
    return [bar for bar in bars if bar.to_day > window[0] and bar.from_day < window[1]]


def put_in_time(trace: Values, start: dt.date) -> Values:
    """Turn the bars of a trace from days since the opening to plotly's milliseconds, rounded to the minute.

    Parameters
    ----------
    trace : dict
        With ``base`` and ``x`` [days].
    start : date
        The opening day.

    Returns
    -------
    dict
        The same trace with both [ms].
    """
    base = [in_time(day, start) for day in trace["base"]]
    return trace | {"base": base, "x": [round(days * 1440.0) * 60_000 for days in trace["x"]]}


def in_time(day: float, start: dt.date) -> int:
    """Turn a day since the opening to plotly's milliseconds.

    Parameters
    ----------
    day : float
        The day [days].
    start : date
        The opening day.

    Returns
    -------
    int
        Milliseconds since 1970, rounded to the minute.
    """
    minutes = (start - dt.date(1970, 1, 1)).days * 1440 + round(day * 1440.0)
    return minutes * 60_000
