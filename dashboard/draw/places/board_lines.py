"""Lines and bars of a bed board: where each place stands from the top, what lies in the window, and when."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.say.labels import pool_label
from sim.looks.bed_board import BedBoard
from sim.texts import Texts

PLACE, LANE = 1.0, 0.6
"""Heights of the line of a place and of a woman who waits, in places."""
_BETWEEN = 0.7


class Bar(NamedTuple):
    """A bar on the board."""

    line: float  # its middle, counted from the top
    from_day: float
    to_day: float
    told: str = ""  # when it is pointed at


class Lines:
    """Where each place and each lane of the waiting list stands, from the top."""

    def __init__(self, board: BedBoard) -> None:
        self._board = board
        self.tops: list[float] = []  # where each pool begins, and last the places bought elsewhere
        top = 0.0
        for pool in range(len(board.pools) + 1):
            self.tops.append(top)
            places = board.n_places(pool)
            top += places * PLACE + (_BETWEEN if places else 0.0)
        self.waiting_top = top
        self.n_lanes = max((wait.lane for wait in board.waits), default=0)
        self.bottom = top + self.n_lanes * LANE

    def of_place(self, pool: int, place: int) -> float:
        """Find the middle of the line of a place, numbered as in `sim.looks.bed_board.Stay`."""
        return self.tops[pool] + (place - 0.5) * PLACE

    def of_lane(self, lane: int) -> float:
        """Find the middle of a lane of the waiting list, numbered from 1."""
        return self.waiting_top + (lane - 0.5) * LANE

    def names(self, texts: Texts) -> list[tuple[float, str]]:
        """Name the pools, places bought and the waiting list that have lines, each at its middle."""
        words = [*(pool_label(pool, texts) for pool in self._board.pools), texts("figures.bed_board.elsewhere")]
        names = [
            (self.tops[pool] + self._board.n_places(pool) * PLACE / 2, word)
            for pool, word in enumerate(words)
            if self._board.n_places(pool)
        ]
        if self.n_lanes:
            names.append((self.waiting_top + self.n_lanes * LANE / 2, texts("figures.bed_board.waiting")))
        return names

    def borders(self) -> list[float]:
        """Find the middles of the gaps between them."""
        tops = [top for pool, top in enumerate(self.tops) if self._board.n_places(pool)] + [self.waiting_top]
        return [top - _BETWEEN / 2 for top in tops if top > 0]


def within(bars: Sequence[Bar], window: tuple[float, float]) -> list[Bar]:
    """Choose the bars that reach into a window [days]."""
    return [bar for bar in bars if bar.to_day > window[0] and bar.from_day < window[1]]


def in_time(day: float, start: dt.date) -> int:
    """Turn a day since the opening to plotly's milliseconds since 1970, rounded to the minute."""
    return (start - dt.date(1970, 1, 1)).days * 86_400_000 + in_milliseconds(day)


def in_milliseconds(days: float) -> int:
    """Turn days to milliseconds, rounded to the minute."""
    return round(days * 1440.0) * 60_000
