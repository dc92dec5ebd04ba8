"""The bed board: one possible future, each place a line, each stay a bar, and below them the women who wait."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.board_lines import LANE, Bar, Lines, in_time, put_in_time, within
from dashboard.figures.canvas import NUMBERS_ROOM, Sheet, Values, build_canvas, build_empty_figure
from dashboard.figures.volume import pool_label
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme, date_ticks, see_through
from sim.experiment.bed_board import BedBoard, OpenSpell, Stay, Wait
from sim.geography import load_municipalities

_PIXELS = 15
_FEWEST_LINES = 4

_COLUMNS = ("woman", "what", "pool", "place", "from", "to", "outcome")

STAY_LOOKS = {"completed": (0, ""), "left_early": (5, "/"), "in_stay": (1, ".")}
"""Colour among the parts, and pattern, of each outcome of a stay."""

GOT_PLACE = "admitted"


class BoardCount(NamedTuple):
    """The board at one instant.

    Attributes
    ----------
    living, open_places, waiting, elsewhere : int
        Women living in the pools, open places, women waiting, and women in places bought elsewhere.
    """

    living: int
    open_places: int
    waiting: int
    elsewhere: int


def count_board(board: BedBoard, *, at_day: float) -> BoardCount:
    """Count who is where at an instant.

    Parameters
    ----------
    board : BedBoard
        One replication.
    at_day : float
        The instant [days]; what happens on it has happened.

    Returns
    -------
    BoardCount
        Whole numbers.
    """

    def now(spells: Sequence[Stay] | Sequence[Wait] | Sequence[OpenSpell]) -> list[Stay | Wait | OpenSpell]:
        return [spell for spell in spells if spell.from_day <= at_day < spell.to_day]

    living = [stay for stay in now(board.stays) if isinstance(stay, Stay)]
    elsewhere = sum(stay.pool == len(board.pools) for stay in living)
    return BoardCount(len(living) - elsewhere, len(now(board.open_spells)), len(now(board.waits)), elsewhere)


def build_bed_board_figure(
    board: BedBoard,
    texts: Texts,
    theme: Theme,
    *,
    start: dt.date,
    window: tuple[float, float] | None = None,
    at_day: float | None = None,
) -> go.Figure:
    """Draw one replication of one design, place by place.

    Parameters
    ----------
    board : BedBoard
        From `sim.experiment.bed_board.bed_board_rows`.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    start : date
        The opening day.
    window : tuple of float, optional
        First and last day that are shown; all if left out [days].
    at_day : float, optional
        Where a line is drawn across the board [days].

    Returns
    -------
    plotly.graph_objects.Figure
        Stays by outcome, places that are closed left blank, turnaround shaded lightly.
    """
    title = texts("figures.bed_board.title", design=design_label(board.design, texts))
    if not board.stays and not board.waits and not board.open_spells:
        return build_empty_figure(texts("figures.bed_board.nothing"), texts, theme, title=title)
    window = window or (0.0, board.horizon_days)
    lines = Lines(board)
    drawn = [*_place_traces(board, lines, window, texts, theme), *_wait_traces(board, lines, window, texts, theme)]
    traces = [put_in_time(trace, start) for trace in drawn]
    drawing = int(_PIXELS * max(lines.bottom, _FEWEST_LINES))
    names = lines.names(texts)
    layout = {
        "barmode": "overlay",
        "xaxis": {"type": "date", "range": [in_time(day, start) for day in window], **date_ticks(texts)},
        "yaxis": {
            "range": [lines.bottom, 0],
            "tickvals": [middle for middle, _ in names],
            "ticktext": [name for _, name in names],
            "showgrid": False,
        },
        "shapes": [*_borders(lines, theme), *_now(at_day, start, theme)],
        "hovermode": "closest",
    }
    shown = tuple(trace["name"] for trace in traces if trace["showlegend"])
    sheet = Sheet(title, texts("figures.bed_board.subtitle"), drawing, below=NUMBERS_ROOM, legend=shown)
    return build_canvas(traces, layout, sheet, texts, theme)


def _place_traces(
    board: BedBoard, lines: Lines, window: tuple[float, float], texts: Texts, theme: Theme
) -> Iterator[Values]:
    """Open places as a ground, turnaround lightly on it, and stays on top."""
    ground = [Bar(lines.of_place(spell.pool, spell.place), spell.from_day, spell.to_day) for spell in board.open_spells]
    yield _bars(within(ground, window), texts("figures.bed_board.open"), color=theme.grid, theme=theme)
    turnaround = [
        Bar(lines.of_place(stay.pool, stay.place), stay.to_day, stay.to_day + board.turnaround_days[stay.pool])
        for stay in board.stays
        if stay.pool < len(board.pools) and stay.outcome != "in_stay"
    ]
    shade = see_through(theme.muted, 0.6)
    yield _bars(within(turnaround, window), texts("figures.bed_board.turnaround"), color=shade, theme=theme)
    for outcome, (number, pattern) in STAY_LOOKS.items():
        bars = [
            Bar(lines.of_place(stay.pool, stay.place), stay.from_day, stay.to_day, _told_of_stay(stay, board, texts))
            for stay in board.stays
            if stay.outcome == outcome
        ]
        name, color = texts(f"common.outcome.{outcome}"), theme.parts[number]
        yield _bars(within(bars, window), name, color=color, theme=theme, pattern=pattern)


def _wait_traces(
    board: BedBoard, lines: Lines, window: tuple[float, float], texts: Texts, theme: Theme
) -> Iterator[Values]:
    """Women waiting: those who got a place, those who did not, and those who still wait."""
    groups = {"got_place": (GOT_PLACE,), "no_place": ("gave_up", "birth_before_place", "pregnancy_ended")}
    groups["still_waiting"] = ("waiting",)
    colors = {"got_place": theme.axis, "no_place": theme.lost, "still_waiting": theme.text}
    for word, outcomes in groups.items():
        bars = [
            Bar(lines.of_lane(wait.lane), wait.from_day, wait.to_day, _told_of_wait(wait, texts))
            for wait in board.waits
            if wait.outcome in outcomes
        ]
        name = texts(f"figures.bed_board.{word}")
        yield _bars(within(bars, window), name, color=colors[word], theme=theme, height=LANE * 0.75)


def _bars(
    bars: Sequence[Bar], name: str, *, color: str, theme: Theme, pattern: str = "", height: float = 0.82
) -> Values:
    trace: Values = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [round(bar.line, 2) for bar in bars],
        "base": [bar.from_day for bar in bars],
        "x": [bar.to_day - bar.from_day for bar in bars],
        "width": height,
        "showlegend": bool(bars),
        "hoverinfo": "text" if any(bar.told for bar in bars) else "skip",
        "marker": {"color": color, "line": {"width": 0.5, "color": theme.background}},
    }
    if any(bar.told for bar in bars):
        trace["hovertext"] = [bar.told for bar in bars]
    if pattern:
        trace["marker"]["pattern"] = {
            "shape": pattern,
            "fgcolor": theme.background,
            "fillmode": "overlay",
            "size": 5,
            "solidity": 0.25,
        }
    return trace


def _told_of_stay(stay: Stay, board: BedBoard, texts: Texts) -> str:
    home = load_municipalities().name[stay.municipality]
    where = (
        texts("figures.bed_board.elsewhere")
        if stay.pool == len(board.pools)
        else texts("figures.bed_board.place", pool=pool_label(board.pools[stay.pool], texts), place=stay.place)
    )
    days = stay.to_day - stay.from_day
    return "<br>".join(
        (
            f"<b>{texts('figures.bed_board.woman', number=stay.woman + 1, home=home)}</b>",
            where,
            texts("figures.bed_board.stayed", days=texts.days(days)),
            texts("figures.bed_board.waited", days=texts.days(stay.wait_days)),
            texts(f"common.outcome.{stay.outcome}"),
        )
    )


def _told_of_wait(wait: Wait, texts: Texts) -> str:
    outcome = "figures.bed_board.got_place" if wait.outcome == GOT_PLACE else f"common.outcome.{wait.outcome}"
    return "<br>".join(
        (
            f"<b>{texts('figures.bed_board.woman_waiting', number=wait.woman + 1)}</b>",
            texts("figures.bed_board.waited", days=texts.days(wait.to_day - wait.from_day)),
            texts(outcome),
        )
    )


def _borders(lines: Lines, theme: Theme) -> list[Values]:
    """Thin lines between pools, and above the waiting list."""
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": {"color": theme.axis, "width": 1}}
    return [across | {"y0": y, "y1": y} for y in lines.borders()]


def _now(at_day: float | None, start: dt.date, theme: Theme) -> list[Values]:
    if at_day is None:
        return []
    at = in_time(at_day, start)
    return [
        {
            "type": "line",
            "yref": "paper",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.text, "width": 2},
        }
    ]


def bed_board_frame(board: BedBoard, texts: Texts, *, start: dt.date) -> pd.DataFrame:
    """Tabulate stays and waits.

    Parameters
    ----------
    board : BedBoard
        One replication.
    texts : Texts
        For the names of columns and outcomes.
    start : date
        The opening day.

    Returns
    -------
    pandas.DataFrame
        A row for each stay, then for each wait, with dates.
    """
    columns = [texts(f"figures.column.{word}") for word in _COLUMNS]
    names = [pool_label(pool, texts) for pool in board.pools] + [texts("figures.bed_board.elsewhere")]
    rows: list[tuple[object, ...]] = [
        (
            stay.woman + 1,
            texts("figures.bed_board.stay"),
            names[stay.pool],
            stay.place,
            _date(stay.from_day, start),
            _date(stay.to_day, start),
            texts(f"common.outcome.{stay.outcome}"),
        )
        for stay in board.stays
    ]
    rows += [
        (
            wait.woman + 1,
            texts("figures.bed_board.wait"),
            "",
            None,
            _date(wait.from_day, start),
            _date(wait.to_day, start),
            texts("common.step.admitted" if wait.outcome == GOT_PLACE else f"common.outcome.{wait.outcome}"),
        )
        for wait in board.waits
    ]
    return pd.DataFrame(rows, columns=columns)


def _date(day: float, start: dt.date) -> str:
    return (start + dt.timedelta(days=int(day))).isoformat()


def describe_bed_board(board: BedBoard, texts: Texts, *, start: dt.date, at_day: float | None = None) -> str:
    """Say what the board shows.

    Parameters
    ----------
    board : BedBoard
        One replication.
    texts : Texts
        In the reader's language.
    start : date
        The opening day.
    at_day : float, optional
        An instant that is told of besides [days].

    Returns
    -------
    str
        Stays and waits in all, and at the instant, for those who do not see it.
    """
    lost = sum(wait.outcome not in (GOT_PLACE, "waiting") for wait in board.waits)
    said = texts(
        "figures.bed_board.described",
        design=design_label(board.design, texts),
        stays=len(board.stays),
        waits=len(board.waits),
        lost=lost,
    )
    if at_day is None:
        return said
    count = count_board(board, at_day=at_day)
    date = texts.date(start + dt.timedelta(days=int(at_day)))
    key = "figures.bed_board.at_elsewhere" if count.elsewhere else "figures.bed_board.at"
    return f"{said} {texts(key, date=date, **count._asdict())}"
