"""The bed board: one possible future, each place a line, each stay a bar, and below them the women who wait."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import NUMBERS_ROOM, Canvas, Values, build_canvas, build_empty_figure, hatch, legend_names
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.places.board_lines import LANE, Bar, Lines, in_milliseconds, in_time, within
from dashboard.draw.theme import Theme, date_ticks, see_through
from dashboard.say.labels import pool_label
from sim.geography import load_municipalities
from sim.looks.bed_board import BedBoard, OpenSpell, StaySpell, WaitSpell
from sim.texts import Texts, design_label

_PIXELS = 15
_FEWEST_LINES = 4

STAY_LOOKS = {"completed": (0, ""), "left_early": (5, "/"), "in_stay": (1, ".")}
"""Colour among the parts, and pattern, of each outcome of a stay."""

GOT_PLACE = "admitted"


class Shown(NamedTuple):
    """What of a board is shown."""

    start: dt.date  # the opening day
    window: tuple[float, float] | None = None  # first and last day; all if left out [days]
    at_day: float | None = None  # where a line is drawn across, and which instant is told of besides [days]


def draw_bed_board(board: BedBoard, texts: Texts, theme: Theme, *, shown: Shown) -> Chart:
    """Draw one replication of one design: stays by outcome; closed places are blank, turnaround is shaded lightly."""
    figure, sentence = _figure(board, shown, texts, theme), _in_words(board, shown, texts)
    return Chart("board", figure, sentence, lambda: _frame(board, shown.start, texts))


class BoardCount(NamedTuple):
    """The board at one instant."""

    living: int  # in the pools
    open_places: int
    waiting: int
    elsewhere: int  # women in places bought elsewhere


def count_board(board: BedBoard, *, at_day: float) -> BoardCount:
    """Count who is where at an instant [days]; what happens on it has happened."""

    def now(spell: StaySpell | WaitSpell | OpenSpell) -> bool:
        return spell.from_day <= at_day < spell.to_day

    living = [stay for stay in board.stays if now(stay)]
    elsewhere = sum(stay.pool == len(board.pools) for stay in living)
    n_open, n_waiting = sum(map(now, board.open_spells)), sum(map(now, board.waits))
    return BoardCount(len(living) - elsewhere, n_open, n_waiting, elsewhere)


def _figure(board: BedBoard, shown: Shown, texts: Texts, theme: Theme) -> go.Figure:
    title = texts("figures.bed_board.title", design=design_label(board.design, texts))
    if not board.stays and not board.waits and not board.open_spells:
        return build_empty_figure(texts("figures.bed_board.nothing"), texts, theme, title=title)
    window = shown.window or (0.0, board.horizon_days)
    lines = Lines(board)
    bars = [*_place_bars(board, lines, texts, theme), *_wait_bars(board, lines, texts, theme)]
    traces = [_trace(within(own, window), look, shown.start, theme) for own, look in bars]
    names = lines.names(texts)
    layout = {
        "barmode": "overlay",
        "xaxis": {"type": "date", "range": [in_time(day, shown.start) for day in window], **date_ticks(texts)},
        "yaxis": {
            "range": [lines.bottom, 0],
            "tickvals": [middle for middle, _ in names],
            "ticktext": [name for _, name in names],
            "showgrid": False,
        },
        "shapes": [*_borders(lines, theme), *_now(shown, theme)],
        "hovermode": "closest",
    }
    drawing = int(_PIXELS * max(lines.bottom, _FEWEST_LINES))
    subtitle = texts("figures.bed_board.subtitle")
    sheet = Canvas(title, subtitle, drawing, below=NUMBERS_ROOM, legend=legend_names(traces))
    return build_canvas(traces, layout, sheet, texts, theme)


class _Look(NamedTuple):
    """How bars of a kind look."""

    name: str
    color: str
    pattern: str = ""
    height: float = 0.82


_Bars = Iterator[tuple[list[Bar], _Look]]


def _place_bars(board: BedBoard, lines: Lines, texts: Texts, theme: Theme) -> _Bars:
    """Open places as a ground, turnaround lightly on it, and stays on top."""
    ground = [Bar(lines.of_place(spell.pool, spell.place), spell.from_day, spell.to_day) for spell in board.open_spells]
    yield ground, _Look(texts("figures.bed_board.open"), theme.grid)
    turnaround = [
        Bar(lines.of_place(stay.pool, stay.place), stay.to_day, stay.to_day + board.turnaround_days[stay.pool])
        for stay in board.stays
        if stay.pool < len(board.pools) and stay.outcome != "in_stay"
    ]
    yield turnaround, _Look(texts("figures.bed_board.turnaround"), see_through(theme.muted, 0.6))
    for outcome, (number, pattern) in STAY_LOOKS.items():
        stays = [
            Bar(lines.of_place(stay.pool, stay.place), stay.from_day, stay.to_day, _told_of_stay(stay, board, texts))
            for stay in board.stays
            if stay.outcome == outcome
        ]
        yield stays, _Look(texts(f"common.outcome.{outcome}"), theme.parts[number], pattern)


def _wait_bars(board: BedBoard, lines: Lines, texts: Texts, theme: Theme) -> _Bars:
    """Women waiting: those who got a place, those who did not, and those who still wait."""
    groups = (
        ("got_place", (GOT_PLACE,), theme.axis),
        ("no_place", ("gave_up", "birth_before_place", "pregnancy_ended"), theme.lost),
        ("still_waiting", ("waiting",), theme.text),
    )
    for word, outcomes, color in groups:
        waits = [
            Bar(lines.of_lane(wait.lane), wait.from_day, wait.to_day, _told_of_wait(wait, texts))
            for wait in board.waits
            if wait.outcome in outcomes
        ]
        yield waits, _Look(texts(f"figures.bed_board.{word}"), color, height=LANE * 0.75)


def _trace(bars: Sequence[Bar], look: _Look, start: dt.date, theme: Theme) -> Values:
    marker: Values = {"color": look.color, "line": {"width": 0.5, "color": theme.background}}
    if look.pattern:
        marker["pattern"] = hatch(look.pattern, theme, size=5, solidity=0.25)
    told: Values = {"hoverinfo": "skip"}
    if any(bar.told for bar in bars):
        told = {"hoverinfo": "text", "hovertext": [bar.told for bar in bars]}
    return {
        "type": "bar",
        "orientation": "h",
        "name": look.name,
        "y": [round(bar.line, 2) for bar in bars],
        "base": [in_time(bar.from_day, start) for bar in bars],
        "x": [in_milliseconds(bar.to_day - bar.from_day) for bar in bars],
        "width": look.height,
        "showlegend": bool(bars),
        "marker": marker,
        **told,
    }


def _told_of_stay(stay: StaySpell, board: BedBoard, texts: Texts) -> str:
    home = load_municipalities().name[stay.municipality]
    where = (
        texts("figures.bed_board.elsewhere")
        if stay.pool == len(board.pools)
        else texts("figures.bed_board.place", pool=pool_label(board.pools[stay.pool], texts), place=stay.place)
    )
    lines = (
        f"<b>{texts('figures.bed_board.woman', number=stay.woman + 1, home=home)}</b>",
        where,
        texts("figures.bed_board.stayed", days=texts.days(stay.to_day - stay.from_day)),
        texts("figures.bed_board.waited", days=texts.days(stay.wait_days)),
        texts(f"common.outcome.{stay.outcome}"),
    )
    return "<br>".join(lines)


def _told_of_wait(wait: WaitSpell, texts: Texts) -> str:
    outcome = "figures.bed_board.got_place" if wait.outcome == GOT_PLACE else f"common.outcome.{wait.outcome}"
    lines = (
        f"<b>{texts('figures.bed_board.woman_waiting', number=wait.woman + 1)}</b>",
        texts("figures.bed_board.waited", days=texts.days(wait.to_day - wait.from_day)),
        texts(outcome),
    )
    return "<br>".join(lines)


def _borders(lines: Lines, theme: Theme) -> list[Values]:
    """Thin lines between pools, and above the waiting list."""
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": {"color": theme.axis, "width": 1}}
    return [across | {"y0": y, "y1": y} for y in lines.borders()]


def _now(shown: Shown, theme: Theme) -> list[Values]:
    if shown.at_day is None:
        return []
    at = in_time(shown.at_day, shown.start)
    line = {"color": theme.text, "width": 2}
    return [{"type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1, "line": line}]


def _frame(board: BedBoard, start: dt.date, texts: Texts) -> pd.DataFrame:
    """A row for each stay, then for each wait, with dates."""

    def dates(spell: StaySpell | WaitSpell) -> dict[str, str]:
        ends = {"from": spell.from_day, "to": spell.to_day}
        return {word: (start + dt.timedelta(days=int(day))).isoformat() for word, day in ends.items()}

    names = [*(pool_label(pool, texts) for pool in board.pools), texts("figures.bed_board.elsewhere")]
    rows: list[dict[str, object]] = [
        {
            "woman": stay.woman + 1,
            "what": texts("figures.bed_board.stay"),
            "pool": names[stay.pool],
            "place": stay.place,
            "outcome": texts(f"common.outcome.{stay.outcome}"),
            **dates(stay),
        }
        for stay in board.stays
    ]
    for wait in board.waits:
        outcome = "common.step.admitted" if wait.outcome == GOT_PLACE else f"common.outcome.{wait.outcome}"
        what = {"woman": wait.woman + 1, "what": texts("figures.bed_board.wait"), "pool": ""}
        rows.append({**what, "outcome": texts(outcome), **dates(wait)})
    return build_table(rows, ("woman", "what", "pool", "place", "from", "to", "outcome"), texts)


def _in_words(board: BedBoard, shown: Shown, texts: Texts) -> str:
    """Stays and waits in all, and at the instant."""
    lost = sum(wait.outcome not in (GOT_PLACE, "waiting") for wait in board.waits)
    said = texts(
        "figures.bed_board.described",
        design=design_label(board.design, texts),
        stays=len(board.stays),
        waits=len(board.waits),
        lost=lost,
    )
    if shown.at_day is None:
        return said
    count = count_board(board, at_day=shown.at_day)
    date = texts.date(shown.start + dt.timedelta(days=int(shown.at_day)))
    key = "figures.bed_board.at_elsewhere" if count.elsewhere else "figures.bed_board.at"
    return f"{said} {texts(key, date=date, **count._asdict())}"
