"""How many places each design needs, in words: a line of a table, and what is to be said beside it."""

from collections.abc import Iterator

from dashboard.say.labels import pool_label
from dashboard.say.measure_words import measure_label
from sim.sizing import Sized, Sizing
from sim.sizing.change import Estimated
from sim.texts import NOTHING, Texts, design_label

_MILLION = 1e6


def sized_head(found: Sizing, texts: Texts) -> list[str]:
    """Name the columns of the table."""
    words = [texts(f"size.{word}") for word in ("design", "places")]
    words += [texts("many.by_unit"), measure_label(found.target.measure, texts)]
    return words + [texts(f"size.{word}") for word in ("years", "sure", "textbook", "cost")]


def sized_line(sized: Sized, texts: Texts) -> list[str]:
    """Write the line of a design."""
    textbook = sized.textbook.total if sized.textbook else None
    return [
        design_label(sized.design, texts),
        _written_total(sized, texts),
        NOTHING if sized.places is None else _by_unit(sized, sized.places, texts),
        _access(sized.target, texts),
        texts.percent(sized.met_in_years),
        NOTHING if sized.chances is None else texts.percent(sized.chances.this),
        NOTHING if textbook is None else texts.number(textbook),
        texts.number(sized.cost_per_year.mean / _MILLION, 1),
    ]


def tell_sized(found: Sizing, sized: Sized, texts: Texts) -> Iterator[str]:
    """Say what is to be said of a design, sentence by sentence."""
    name = design_label(sized.design, texts)
    if not sized.units:
        yield texts("size.no_places", design=name)
        return
    if sized.places is None:
        best = NOTHING if sized.with_room_for_all is None else _access(sized.with_room_for_all, texts)
        yield texts("size.not_met", design=name, best=best)
    if sized.chances is not None:
        chances = {word: texts.percent(share) for word, share in sized.chances._asdict().items()}
        played = texts.number(sized.replications)
        yield texts("size.sure_of", design=name, n=_written_total(sized, texts), replications=played, **chances)
    yield from _tell_textbook(sized, texts)
    yield from _tell_budget(found, sized, texts)


def _tell_textbook(sized: Sized, texts: Texts) -> Iterator[str]:
    textbook, name = sized.textbook, design_label(sized.design, texts)
    if textbook is None:
        return
    why = "; ".join(texts(f"size.why.{code}") for code in textbook.why)
    if textbook.rule is None or textbook.total is None:
        yield texts("size.no_rule", design=name, why=why)
        return
    about = {"rule": texts(f"size.rule.{textbook.rule}"), "erlangs": texts.number(textbook.erlangs, 1)}
    yield texts("size.by_rule", design=name, total=texts.number(textbook.total), why=why, **about)


def _tell_budget(found: Sizing, sized: Sized, texts: Texts) -> Iterator[str]:
    if found.budget is None or sized.affordable is None:
        return
    point, name, budget = sized.affordable.point, design_label(sized.design, texts), texts.money(found.budget.value)
    if point is None:
        yield texts("size.budget.none", design=name, budget=budget)
    else:
        yield texts(
            "size.budget.most",
            design=name,
            n=texts.number(point.total),
            budget=budget,
            places=_by_unit(sized, point.places, texts),
            measure=measure_label(found.target.measure, texts),
            value=_access(point.target, texts),
            cost=texts.number(point.cost_per_year.mean / _MILLION, 1),
        )
    yield texts("size.budget.both" if found.holds_both(sized) else "size.budget.not_both", design=name)


def _written_total(sized: Sized, texts: Texts) -> str:
    if not sized.units:
        return NOTHING
    return texts("size.no_number") if sized.total is None else texts.number(sized.total)


def _by_unit(sized: Sized, places: tuple[int, ...], texts: Texts) -> str:
    most = sized.named(places, is_most=True)
    written = []
    for name, n in sized.named(places).items():
        own = texts.number(n)
        if most[name] != n:
            own = texts("size.up_to", places=own, most=texts.number(most[name]))
        written.append(f"{pool_label(name, texts)} {own}")
    return "; ".join(written)


def _access(share: Estimated, texts: Texts) -> str:
    """A share, and how sure chance lets it be."""
    low, high = (texts.number(100 * end, 1) for end in (share.low, share.high))
    interval = "" if NOTHING in (low, high) else f" {texts('size.interval', low=low, high=high)}"
    return texts.percent(share.mean, 1) + interval
