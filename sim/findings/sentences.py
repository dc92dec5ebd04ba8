"""Sentences: what a verdict says in words, the same for `run` and for the page Compare."""

from collections.abc import Iterable

from sim.experiment import Comparison, Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.findings.fields import equal_measure, unequal_designs
from sim.findings.sensitivity import Played
from sim.findings.verdicts import Verdict
from sim.scenario import Fields, load_parameters
from sim.texts import Texts, design_label

_UNITS = {measure.name: measure.unit for measure in ALL_MEASURES}
MOST_NAMED = 3
"""Ends that a sentence names unless more are asked for."""


def tell(verdict: Verdict, results: Results, texts: Texts, *, most_named: int = MOST_NAMED) -> str:
    """Say a verdict.

    Parameters
    ----------
    verdict : Verdict
        On a difference of the results.
    results : Results
        With both designs.
    texts : Texts
        The language.
    most_named : int
        Ends that it names, where it hangs on any; of further ones it says how many.

    Returns
    -------
    str
        A sentence, and after it how far it holds.
    """
    design, against = (_label(name, texts) for name in _names(verdict.pair, results))
    means = [_mean(results.designs[name], verdict.measure) for name in _names(verdict.pair, results)]
    mean, mean_against = write_number(means[0], verdict.measure, texts), write_value(means[1], verdict.measure, texts)
    if not verdict.counts:
        return texts(
            f"verdict.{verdict.kind}",
            label=texts(f"measures.{verdict.measure}.label"),
            least=write_difference(verdict.least, verdict.measure, texts),
            design=design,
            against=against,
            mean=mean,
            mean_against=mean_against,
        )
    clause = texts(
        f"verdict.says.{verdict.measure}.{'more' if verdict.mean > 0 else 'less'}",
        difference=write_difference(abs(verdict.mean), verdict.measure, texts),
        design=design,
        against=against,
        mean=mean,
        mean_against=mean_against,
    )
    return texts(
        f"verdict.{verdict.kind}",
        clause=clause,
        n=texts.number(verdict.n_tried),
        conditions=_conditions(verdict.hangs_on, most_named, texts),
    )


def tell_field(
    results: Results,
    fields: Fields | None,
    field: str,
    verdicts: Iterable[Verdict],
    texts: Texts,
    *,
    most_named: int = MOST_NAMED,
) -> tuple[str, ...]:
    """Say what may be said in a field: a difference that counts in a sentence each, others together, pair by pair.

    Parameters
    ----------
    results : Results
        In that field.
    fields : Fields or None
        Of the scenario that was asked.
    field : str
        Which.
    verdicts : iterable of Verdict
        On its differences.
    texts : Texts
        The language.
    most_named : int
        As in `tell`.

    Returns
    -------
    tuple of str
        First of designs that are not judged in this field.
    """
    off = unequal_designs(results, fields, field)
    lines = [tell_unequal(results, name, fields, field, texts) for name in off]
    of_pair: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        of_pair.setdefault(verdict.pair, []).append(verdict)
    for pair, own in of_pair.items():
        names = _names(pair, results)
        if {*names} & {*off}:
            continue
        lines += [tell(verdict, results, texts, most_named=most_named) for verdict in own if verdict.counts]
        if none := [texts(f"measures.{verdict.measure}.label") for verdict in own if not verdict.counts]:
            design, against = (_label(name, texts) for name in names)
            lines.append(texts("verdict.none", labels="; ".join(none), design=design, against=against))
    return tuple(lines)


def tell_unequal(results: Results, design: str, fields: Fields | None, field: str, texts: Texts) -> str:
    """Say that a design has not what is equal in a field, and is therefore not judged.

    Parameters
    ----------
    results : Results
        In that field.
    design : str
        Which design.
    fields : Fields or None
        Of the scenario that was asked.
    field : str
        Which.
    texts : Texts
        The language.

    Returns
    -------
    str
        A sentence.
    """
    equal = equal_measure(fields, field)
    if equal is None:
        return texts("verdict.unequal.places", design=_label(design, texts))
    measure, target, _ = equal
    return texts(
        f"verdict.unequal.{field}",
        design=_label(design, texts),
        mean=write_value(_mean(results.designs[design], measure), measure, texts),
        target=write_value(target, measure, texts),
    )


def write_difference(size: float, measure: str, texts: Texts) -> str:
    """Write how large a difference is, with its unit.

    Parameters
    ----------
    size : float
        Of the difference, without its sign.
    measure : str
        Of what.
    texts : Texts
        The language.

    Returns
    -------
    str
        Of shares, percentage points.
    """
    unit = _UNITS[measure]
    if unit == "share":
        return texts("verdict.unit.points", number=texts.number(100 * size, 1))
    return write_value(size, measure, texts)


def write_value(value: float, measure: str, texts: Texts) -> str:
    """Write the value of a measure with its unit.

    Parameters
    ----------
    value : float
        As in results.
    measure : str
        Of what.
    texts : Texts
        The language.

    Returns
    -------
    str
        Of women, only the number.
    """
    number, unit = write_number(value, measure, texts), _UNITS[measure]
    if unit.startswith("DKK"):
        return texts("verdict.unit.millions", number=number)
    return texts(f"verdict.unit.{unit}", number=number) if unit in {"days", "minutes"} else number


def write_number(value: float, measure: str, texts: Texts) -> str:
    """Write the value of a measure without its unit.

    Parameters
    ----------
    value : float
        As in results.
    measure : str
        Of what.
    texts : Texts
        The language.

    Returns
    -------
    str
        Amounts in millions with two decimals, all else with one.
    """
    unit = _UNITS[measure]
    if unit == "share":
        return texts.percent(value, 1)
    return texts.number(value / 1e6, 2) if unit.startswith("DKK") else texts.number(value, 1)


def _names(pair: str, results: Results) -> tuple[str, str]:
    """The two designs of a pair, whatever their names hold."""
    against = results.scenario.measures.against or next(iter(results.designs))
    return pair.removesuffix(f" - {against}"), against


def _label(name: str, texts: Texts) -> str:
    return design_label(name, texts)


def _mean(comparison: Comparison, measure: str) -> float:
    return float(comparison.estimates.mean[0, MEASURE_NUMBER[measure]])


def _conditions(ends: tuple[Played, ...], most: int, texts: Texts) -> str:
    """What a difference hangs on: the ends at which it turns."""
    said = [_condition(end, texts) for end in ends[:most]]
    if len(ends) > most:
        said.append(texts.counted("verdict.further", len(ends) - most))
    *first, last = said or [""]
    return texts("verdict.and", first=", ".join(first), last=last) if first else last


def _condition(end: Played, texts: Texts) -> str:
    parameter = load_parameters()[end.parameter]
    value = texts.percent(end.value) if parameter.is_share else texts.plain(end.value)
    return texts(f"verdict.as.{end.end}", label=texts(f"parameters.{end.parameter}.label"), value=value)
