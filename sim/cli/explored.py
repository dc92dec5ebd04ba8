"""What ``explore`` found, for the terminal: tables, and sentences for what turns."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.table import Table

from sim.cli.streams import console
from sim.cli.tables import print_table, write_measure
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.scenario import parameter_of
from sim.texts import Texts, load_texts

if TYPE_CHECKING:
    from sim.doubt import Explored

_WIDTH = 130
_MOST_DECIDERS = 4
_LEAST_SHARE = 0.05
_MOST_PARTS = 8


def print_explored(found: "Explored", told: dict[str, Any], language: str) -> None:
    """Print what was found; `told` is the same as JSON."""
    texts, screen = load_texts(language), console(_WIDTH)
    from sim.doubt.regret import need_of  # noqa: PLC0415 - slow to load

    def say(line: str) -> None:
        screen.print(line, highlight=False, markup=False, soft_wrap=True)

    title = found.question.scenario.title
    need = texts.number(need_of(found), 1)
    say(getattr(title, language) or found.question.scenario.name)
    size = {"parameters": len(found.parameters), "replications": found.question.replications, "need": need}
    say(texts("doubt.size_one" if found.n_draws == 1 else "doubt.size", draws=texts.number(found.n_draws), **size))
    left_out = found.n_draws - found.n_played
    if left_out:
        say(texts("doubt.left_out_one" if left_out == 1 else "doubt.left_out", n=left_out))
    if found.held:
        say(texts("doubt.held", names=", ".join(_named(one.name, texts) for one in found.held)))
    say(texts("doubt.about"))
    for heading, table in (
        ("", _designs_table(found, told, texts)),
        ("doubt.pairs", _pairs_table(found, told, texts)),
        ("doubt.decides", _deciders(found, told, texts)),
    ):
        say(f"\n{texts(heading)}" if heading else "")
        print_table(screen, table)
    for heading, lines in (
        ("doubt.turns", _turns(told, texts)),
        ("doubt.rules", _rules(told, texts)),
        ("doubt.views", _views(told, texts)),
        ("doubt.knowing", _knowing(told, texts)),
    ):
        all_lines = list(lines)
        if all_lines:
            say(f"\n{texts(heading)}")
            for line in all_lines:
                say(f"  {line}")


def _designs_table(found: "Explored", told: dict[str, Any], texts: Texts) -> Table:
    table = _table(texts("doubt.design"), found.designs)
    for measure in found.measures:
        write = _writer(measure, texts)
        stated = told.get("stated", {}).get(measure, {})
        cells = []
        for design in found.designs:
            own = told["designs"][design][measure]
            if own["mean"] is None:
                cells.append("-")
                continue
            lines = [write(own["mean"])]
            lines += [
                texts(f"doubt.{band}", low=write(own[band][0]), high=write(own[band][1]))
                for band in ("chance", "doubt")
            ]
            if own["doubt_share_of_variance"] is not None:
                lines.append(texts("doubt.share", share=texts.percent(own["doubt_share_of_variance"])))
            if stated.get(design) is not None:
                lines.append(texts("doubt.stated", value=write(stated[design])))
            cells.append("\n".join(lines))
        table.add_row(texts(f"measures.{measure}.label"), *cells)
    return table


def _pairs_table(found: "Explored", told: dict[str, Any], texts: Texts) -> Table:
    table = _table(texts("doubt.design"), tuple(told["pairs"]))
    for measure in found.measures:
        write = _writer(measure, texts)
        cells = []
        for own in (pair[measure] for pair in told["pairs"].values()):
            if own["mean"] is None:
                cells.append("-")
                continue
            word = "higher" if own["better_in"] is None else "better"
            low, high = own["doubt"]
            by = texts("doubt.by", mean=write(own["mean"]), low=write(low), high=write(high))
            cells.append(f"{texts(f'doubt.{word}', share=texts.percent(own[f'{word}_in']))}\n{by}")
        table.add_row(texts(f"measures.{measure}.label"), *cells)
    return table


def _deciders(found: "Explored", told: dict[str, Any], texts: Texts) -> Table:
    names = (*found.designs, *(f"{one} - {found.designs[0]}" for one in found.designs[1:]))
    table = _table(texts("doubt.design"), names)
    for measure in found.measures:
        cells = []
        for name in names:
            own = told["indices"].get(measure, {}).get(name, {})
            ordered = sorted(own, key=lambda parameter: -own[parameter]["total"][0])[:_MOST_DECIDERS]
            cells.append(
                "\n".join(
                    texts("doubt.decider", parameter=_named(one, texts), share=texts.percent(own[one]["total"][0]))
                    for one in ordered
                    if own[one]["total"][0] >= _LEAST_SHARE
                )
                or "-"
            )
        table.add_row(texts(f"measures.{measure}.label"), *cells)
    return table


def _turns(told: dict[str, Any], texts: Texts) -> Iterator[str]:
    for turn in told.get("turns", ()):
        direction = ALL_MEASURES[MEASURE_NUMBER[turn["measure"]]].direction or -1
        is_rising = turn["value"] >= turn["stated"]
        one, other = turn["pair"].split(" - ")
        beyond = turn["higher"] if is_rising else turn["lower"]
        winner, loser = (one, other) if beyond * direction > 0 else (other, one)
        yield texts(
            "doubt.turn",
            measure=texts(f"measures.{turn['measure']}.label"),
            winner=winner,
            loser=loser,
            parameter=_named(turn["parameter"], texts),
            side=texts("doubt.rises_above" if is_rising else "doubt.falls_below"),
            value=_value(turn["parameter"], turn["value"], texts),
            stated=_value(turn["parameter"], turn["stated"], texts),
        )


def _rules(told: dict[str, Any], texts: Texts) -> Iterator[str]:
    for measure, pairs in told["rules"].items():
        for pair, rule in pairs.items():
            one, other = pair.split(" - ")
            when = ", ".join(
                texts(
                    "doubt.condition_below" if part["is_below"] else "doubt.condition_above",
                    parameter=_named(part["parameter"], texts),
                    value=_value(part["parameter"], part["value"], texts),
                )
                for part in rule["when"]
            )
            yield texts(
                "doubt.rule",
                measure=texts(f"measures.{measure}.label"),
                one=one,
                other=other,
                says=texts(f"doubt.says_{rule['says']}"),
                when=when,
                inside=texts.percent(rule["true_inside"]),
                outside=texts.percent(rule["true_outside"]),
            )


def _views(told: dict[str, Any], texts: Texts) -> Iterator[str]:
    for measure, own in told.get("regret", {}).items():
        write = _writer(measure, texts)
        label = texts(f"measures.{measure}.label")
        if own["least"]:
            regret = write(own["largest"][own["least"]])
            yield texts("doubt.least", measure=label, design=own["least"], regret=regret)
        for tip in own["tips"]:
            (low, high), (one, other) = tip["views"], tip["designs"]
            need = texts.number(tip["need_per_year"])
            yield texts("doubt.tip", measure=label, low=low, high=high, one=one, other=other, need=need)
    for view, own in told.get("views", {}).items():
        if own.get("empty") == "circular":
            yield texts("doubt.empty", view=view, parameter=_label(own["parameter"], texts) or own["parameter"])
        elif own.get("empty"):
            yield texts("doubt.impossible", view=view)


def _knowing(told: dict[str, Any], texts: Texts) -> Iterator[str]:
    own = told["knowing"]
    is_money = own["willingness"] is not None

    def write(worth: float) -> str:
        if is_money:
            return texts("doubt.kroner", amount=texts.money(worth))
        return texts(
            "doubt.women", number=texts.number(worth, 2), measure=texts("measures.admitted_per_year.label").lower()
        )

    trial = own["trial"]
    if trial is not None:
        yield texts(
            "doubt.trial",
            region=texts(f"common.region.{trial['region']}"),
            places=trial["places"],
            years=trial["years"],
            worth=write(trial["worth"]),
            cost=texts.money(trial["cost_per_year"]),
            admitted=texts.number(trial["admitted_per_year"], 1),
        )
    if not own["everything"]:
        yield texts("doubt.nothing", design=own["chosen"])
        return
    yield texts("doubt.everything", worth=write(own["everything"]), design=own["chosen"])
    parts = [(name, worth) for name, worth in own["parts"].items() if worth > 0]
    for name, worth in parts[:_MOST_PARTS]:
        yield texts("doubt.part", parameter=_named(name, texts), worth=write(worth))


def _table(first: str, columns: tuple[str, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first)
    for name in columns:
        table.add_column(name)
    return table


def _writer(measure: str, texts: Texts) -> Any:
    if ALL_MEASURES[MEASURE_NUMBER[measure]].unit.startswith("DKK"):
        return texts.money
    return write_measure(measure, ALL_MEASURES[MEASURE_NUMBER[measure]].unit, texts.language)


def _named(name: str, texts: Texts) -> str:
    """A parameter, or a group of them, in words; its path where there are none."""
    group = f"doubt.group.{name.split('.', maxsplit=1)[0]}"
    if ("." not in name or name == "doubt.draws") and group in texts:
        return texts(group)
    parameter = parameter_of(name.replace("*", "x"))
    return (_label(parameter.id, texts) if parameter else "") or name


def _label(parameter: str, texts: Texts) -> str:
    key = f"parameters.{parameter}.label"
    return texts(key) if key in texts else ""


def _value(name: str, value: float, texts: Texts) -> str:
    parameter = parameter_of(name.replace("*", "x"))
    if parameter is not None and parameter.is_share:
        return texts.percent(value, 1)
    return texts.plain(float(f"{value:.3g}"))
