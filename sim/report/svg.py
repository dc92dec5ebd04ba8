"""Charts of a report as still pictures: lying bars in SVG, each of which says its number when it is pointed at."""

import math
import textwrap
from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import chain
from typing import NamedTuple

from sim.report.content import ReportChart, ReportSeries
from sim.report.palette import AXIS, GRID, MUTED, TEXT
from sim.texts import Texts

_WIDTH, _RIGHT, _BAR, _GAP, _LINE, _SIZE = 720, 74, 18, 10, 15, 13
"""Of the picture, to the right of the axis, of a bar, between groups, of a line of words, and of letters [px]."""
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!() -/"), frozenset("mwMW@%")
_LONGEST_LABEL, _TICKS, _MOST_DIGITS = 30, 5, 6
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_HATCH, _DOT = 6.0, 2.2
"""Between the lines of a pattern, and the width of a dot [px]."""


class _Scale(NamedTuple):
    """From numbers to places on paper."""

    low: float
    high: float
    step: float
    left: float

    def x(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (_WIDTH - _RIGHT - self.left)

    def ticks(self) -> list[float]:
        return [self.low + number * self.step for number in range(round((self.high - self.low) / self.step) + 1)]


def draw_svg(chart: ReportChart, texts: Texts) -> str:
    """Draw a chart; what cannot be seen is told by its alternative text."""
    labels = _row_labels(chart)
    left = 14 + max((_width(line) for label in labels for line in _lines(label)), default=0)
    scale = _scale(chart, left)
    legend, top = _legend(chart)
    rows = list(_rows(chart, scale, top))
    bottom = top + _height(chart)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom + 44:.0f}" role="img" '
        f'aria-label="{escape(chart.alt)}" font-size="{_SIZE}">',
        *legend,
        *_axis(chart, scale, top, bottom, texts),
        *rows,
        "</svg>",
    ]
    return "".join(parts)


def _row_labels(chart: ReportChart) -> tuple[str, ...]:
    """What stands left of the bars: the series where there is one category, else the categories."""
    is_single = chart.kind == "clustered" and len(chart.categories) == 1
    return tuple(own.label for own in chart.series) if is_single else chart.categories


def _width(text: str) -> float:
    """About how wide a text is in the widest of the fonts [px]."""
    widths = (5.2 if one in _NARROW else 13.0 if one in _WIDE or ord(one) > 0x2FF else 8.6 for one in text)
    return sum(widths)


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, _LONGEST_LABEL, max_lines=3, placeholder="…") or [""]


def _is_single(chart: ReportChart) -> bool:
    return chart.kind == "clustered" and len(chart.categories) == 1


def _group(chart: ReportChart) -> float:
    """Height of a category [px]."""
    return _BAR * (len(chart.series) if chart.kind == "clustered" and not _is_single(chart) else 1) + _GAP


def _height(chart: ReportChart) -> float:
    return _group(chart) * len(_row_labels(chart)) + sum(_LINE * (len(_lines(own)) - 1) for own in _tall(chart))


def _tall(chart: ReportChart) -> tuple[str, ...]:
    """Labels that may be taller than their bars."""
    return _row_labels(chart) if _group(chart) < 3 * _LINE else ()


def _scale(chart: ReportChart, left: float) -> _Scale:
    """Round ends, with 0 among them."""
    if chart.kind == "stacked":
        ends = [sum(own.values[n] or 0.0 for own in chart.series) for n in range(len(chart.categories))]
    else:
        ends = [end for own in chart.series for ends in (own.values, own.lows, own.highs) for end in ends if end]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    width = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(width / _TICKS))
    step = next(step * power for step in _STEPS if step * power * _TICKS >= width * 0.999)
    return _Scale(math.floor(low / step) * step, math.ceil(max(high, step) / step - 1e-9) * step, step, left)


def _axis(chart: ReportChart, scale: _Scale, top: float, bottom: float, texts: Texts) -> Iterator[str]:
    step = scale.step * (100.0 if _is_share(chart) else 1.0)
    digits = next(n for n in range(_MOST_DIGITS + 1) if n == _MOST_DIGITS or abs(round(step, n) - step) < 1e-9)
    for tick in scale.ticks():
        x, color = scale.x(tick), AXIS if abs(tick) < scale.step / 2 else GRID
        written = texts.percent(tick, digits) if _is_share(chart) else texts.number(tick, digits)
        yield f'<path d="M{x:.1f},{top:.1f} V{bottom:.1f}" stroke="{color}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 16:.1f}" text-anchor="middle" fill="{MUTED}">{escape(written)}</text>'
    middle = (scale.left + _WIDTH - _RIGHT) / 2
    place = f'x="{middle:.1f}" y="{bottom + 36:.1f}" text-anchor="middle"'
    yield f'<text {place} fill="{MUTED}">{escape(chart.unit)}</text>'


def _is_share(chart: ReportChart) -> bool:
    return chart.number_format.endswith("%")


def _legend(chart: ReportChart) -> tuple[list[str], float]:
    """A square and a name for each series, in lines; none where the bars are named already."""
    if _is_single(chart):
        return [], 6.0
    parts, x, y = [], 2.0, 4.0
    for own in chart.series:
        label = textwrap.shorten(own.label, 2 * _LONGEST_LABEL, placeholder="…")
        width = 34 + _width(label)
        if x > 2 and x + width > _WIDTH:
            x, y = 2.0, y + 20
        parts.append(_filled(x, y, 14.0, 14.0, own))
        parts.append(f'<text x="{x + 20:.1f}" y="{y + 12:.1f}" fill="{TEXT}">{escape(label)}</text>')
        x += width
    return parts, y + 28


def _rows(chart: ReportChart, scale: _Scale, top: float) -> Iterator[str]:
    """Bars from the top, with their labels."""
    y = top
    for row, label in enumerate(_row_labels(chart)):
        lines = _lines(label)
        height = _group(chart) - _GAP
        extra = _LINE * (len(lines) - 1) if _tall(chart) else 0
        first = y + (_GAP + height + extra) / 2 - _LINE * (len(lines) - 1) / 2 + _SIZE / 3
        for number, line in enumerate(lines):
            place = f'x="{scale.left - 8:.1f}" y="{first + number * _LINE:.1f}" text-anchor="end"'
            yield f'<text {place} fill="{TEXT}">{escape(line)}</text>'
        start = y + (_GAP + extra) / 2
        if _is_single(chart):
            yield _bar(chart, scale, row, 0, start)
        elif chart.kind == "stacked":
            yield from _stack(chart, scale, row, start)
        else:
            for number in range(len(chart.series)):
                yield _bar(chart, scale, number, row, start + number * _BAR)
        y += height + _GAP + extra


def _bar(chart: ReportChart, scale: _Scale, number: int, category: int, y: float) -> str:
    """One bar with its interval and its number."""
    own = chart.series[number]
    value, text = own.values[category], own.texts[category]
    zero = scale.x(0.0)
    if value is None:
        return f'<text x="{zero + 6:.1f}" y="{y + 13:.1f}" fill="{MUTED}">{escape(text)}</text>'
    low = own.lows[category] if own.lows else None
    high = own.highs[category] if own.highs else None
    x, width = min(zero, scale.x(value)), abs(scale.x(value) - zero)
    told = f"{own.label}, {chart.categories[category]}: {text}" if not _is_single(chart) else f"{own.label}: {text}"
    parts = [
        f"<g><title>{escape(told)}</title>",
        _filled(x, y + 1, width, _BAR - 2, own),
    ]
    end = scale.x(max(value, 0.0))
    if low is not None and high is not None:
        middle = y + _BAR / 2
        one, other = scale.x(low), scale.x(high)
        parts.append(
            f'<path d="M{one:.1f},{middle:.1f} H{other:.1f} M{one:.1f},{middle - 4:.1f} v8 M{other:.1f},'
            f'{middle - 4:.1f} v8" stroke="{TEXT}" stroke-width="1.5" fill="none"/>'
        )
        end = max(end, other)
    parts.append(f'<text x="{end + 6:.1f}" y="{y + 13:.1f}" fill="{TEXT}">{escape(text)}</text></g>')
    return "".join(parts)


def _stack(chart: ReportChart, scale: _Scale, category: int, y: float) -> Iterator[str]:
    """The parts of a whole, one after the other; the numbers are told when pointed at, and in the table."""
    x = scale.x(0.0)
    for own in chart.series:
        width = scale.x(own.values[category] or 0.0) - scale.x(0.0)
        if width <= 0:
            continue
        told = escape(f"{chart.categories[category]}, {own.label}: {own.texts[category]}")
        yield f"<g><title>{told}</title>{_filled(x, y + 1, width, _BAR - 2, own)}</g>"
        x += width


def _filled(x: float, y: float, width: float, height: float, own: ReportSeries) -> str:
    """A rectangle in the colour of a series, with the white lines of its pattern: drawn, so that they print sharp."""
    area = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{own.color}"/>'
    lines = "".join(_HATCHES[own.pattern](x, y, width, height)) if own.pattern in _HATCHES else ""
    if not lines:
        return area
    look = f'stroke-width="{_DOT}" stroke-linecap="round"' if own.pattern == "." else 'stroke-width="0.9"'
    return f'{area}<path d="{lines}" stroke="#ffffff" stroke-opacity="0.8" fill="none" {look}/>'


def _steps(length: float) -> list[float]:
    """Places at even distances within a length."""
    return [_HATCH / 2 + number * _HATCH for number in range(max(0, math.floor(length / _HATCH)))]


def _upright(x: float, y: float, width: float, height: float) -> Iterator[str]:
    return (f"M{x + step:.1f},{y:.1f}v{height:.1f}" for step in _steps(width))


def _level(x: float, y: float, width: float, height: float) -> Iterator[str]:
    return (f"M{x:.1f},{y + step:.1f}h{width:.1f}" for step in _steps(height))


def _dots(x: float, y: float, width: float, height: float) -> Iterator[str]:
    return (f"M{x + one:.1f},{y + other:.1f}h0" for one in _steps(width) for other in _steps(height))


def _rising(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Lines from the lower left, cut off at the sides."""
    for foot in _steps(width + height):
        start, end = max(foot - height, 0.0), min(foot, width)
        if end > start:
            bottom = y + height - (start - (foot - height))
            yield f"M{x + start:.1f},{bottom:.1f}l{end - start:.1f},{start - end:.1f}"


def _falling(x: float, y: float, width: float, height: float) -> Iterator[str]:
    for foot in _steps(width + height):
        start, end = max(foot - height, 0.0), min(foot, width)
        if end > start:
            yield f"M{x + start:.1f},{y + start - (foot - height):.1f}l{end - start:.1f},{end - start:.1f}"


_HATCHES: Mapping[str, Callable[[float, float, float, float], Iterator[str]]] = {
    "/": _rising,
    "\\": _falling,
    ".": _dots,
    "x": lambda *place: chain(_rising(*place), _falling(*place)),
    "+": lambda *place: chain(_upright(*place), _level(*place)),
    "-": _level,
    "|": _upright,
}
"""How each pattern is drawn within a rectangle."""
