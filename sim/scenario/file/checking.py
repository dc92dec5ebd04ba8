"""From plain values to a scenario, or to all that is wrong with them.

One pass: what is wrong with single words is told together, and what must hold between words where these are sound.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path as FilePath
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from sim.faults import Fault, Flaw, Path, ScenarioError, did_you_mean, dotted, nearest, shown, shown_words
from sim.personal_numbers import PERSONAL_NUMBER, holds_personal_number
from sim.scenario.file.beside import TodayList, with_table, with_today
from sim.scenario.file.draws import with_draws
from sim.scenario.file.writing import scenario_values
from sim.scenario.words.fields import laid_over
from sim.scenario.words.rules import Day
from sim.scenario.words.scenario import Scenario
from sim.texts import Sayable, say

_MOST_FAULTS = 100
_DEEPEST = 12

Lines = Mapping[Path, int]


def scenario_from(values: Mapping[str, Any], source: Sayable = "values") -> Scenario:
    """Build a scenario from plain values, with the same checks as a file.

    Parameters
    ----------
    values : mapping
        The words of a scenario, nested as in a file. Not changed.
    source : str
        What the values came from, for messages.

    Returns
    -------
    Scenario
        Complete and checked.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    return check_values(values, source=source)


def check_values(
    values: object,
    *,
    source: Sayable,
    lines: Lines | None = None,
    found: tuple[Fault, ...] = (),
    folder: FilePath | None = None,
) -> Scenario:
    """Build a scenario from plain values and say where each fault stands."""
    flaws: list[Flaw] = []
    scenario: Scenario | None = None
    today = TodayList({}, [], [])
    if isinstance(values, Mapping):
        scenario, flaws, today = _check_mapping(values, folder)
    else:
        flaws.append(
            Flaw(
                (),
                say("allowed.words_with_values", known="name, designs"),
                shown(values),
                say("remedy.begin_with_name"),
            )
        )
    told = {fault.path for fault in found}
    flaws = [flaw for flaw in flaws if dotted(flaw.path) not in told]
    faults = [*found, *today.faults, *(_located(flaw, source, lines or {}, today) for flaw in flaws)]
    if faults or scenario is None:
        faults.sort(key=today.order)
        raise ScenarioError(faults[:_MOST_FAULTS])
    return scenario


def _check_mapping(values: Mapping[str, Any], folder: FilePath | None) -> tuple[Scenario | None, list[Flaw], TodayList]:
    flaws: list[Flaw] = []
    plain, table_flaws = with_table(_plain(values, (), flaws), folder)
    plain, draws_flaws = with_draws(plain, folder)
    today = with_today(plain, folder)
    flaws = [*flaws[:_MOST_FAULTS], *table_flaws, *draws_flaws, *today.flaws]
    try:
        scenario = Scenario.model_validate(today.values, context={"start": _start_of(today.values)})
    except ValidationError as error:
        told = [flaw.path for flaw in flaws]
        fresh = islice(_flaws_of(error), _MOST_FAULTS)
        return None, flaws + [flaw for flaw in fresh if not any(_is_related(flaw.path, path) for path in told)], today
    flaws += _flaws_in_fields(scenario)
    return (None if flaws else scenario), flaws, today


def values_in_field(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The words of a scenario whose designs have those of a field laid over them."""
    differing = values["fields"][field]["designs"]
    designs = [laid_over(design, differing.get(design["name"], {})) for design in values["designs"]]
    return {word: value for word, value in values.items() if word != "fields"} | {"designs": designs}


def _flaws_in_fields(scenario: Scenario) -> Iterator[Flaw]:
    """What is wrong with designs in a field, by the words there."""
    for field, _ in scenario.fields.given() if scenario.fields else ():
        try:
            Scenario.model_validate(
                values_in_field(scenario_values(scenario), field), context={"start": scenario.start}
            )
        except ValidationError as error:
            for flaw in _flaws_of(error):
                _, number, *below = flaw.path
                name = scenario.designs[int(number)].name
                yield flaw._replace(path=("fields", field, "designs", name, *below))


def _start_of(values: Mapping[str, Any]) -> object:
    """The opening day, which the women of today must fit; None if it cannot be read."""
    try:
        return Day().check(values.get("start", Scenario.model_fields["start"].default))
    except ValueError:
        return None


def _plain(value: Any, path: Path, flaws: list[Flaw]) -> Any:
    """Copy mappings and lists, with text keys and whole letters, and note what no word may have."""
    if value is None:
        flaws.append(Flaw(path, say("allowed.a_value"), say("got.nothing"), say("remedy.write_a_value")))
    is_seed = "seed" in path and isinstance(value, int)  # a number nobody reads, of as many digits as one likes
    if (holds_personal_number(value) and not is_seed) or (path and holds_personal_number(path[-1])):
        flaws.append(Flaw(path, *PERSONAL_NUMBER))
    if len(path) > _DEEPEST:
        return str(shown(value))
    if isinstance(value, Mapping):
        words = [(_key(key), item) for key, item in value.items()]
        return {word: _plain(item, (*path, word), flaws) for word, item in words}
    if isinstance(value, list | tuple):
        return [_plain(item, (*path, index), flaws) for index, item in enumerate(value)]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _key(key: object) -> str:
    return unicodedata.normalize("NFC", key) if isinstance(key, str) else str(shown(key))


def _flaws_of(error: ValidationError) -> Iterator[Flaw]:
    errors = error.errors(include_url=False)
    for found in errors:
        if found["type"] == "too_short" and any(_is_below(other["loc"], found["loc"]) for other in errors):
            continue  # pydantic does not count items that are wrong
        path = tuple(part for part in found["loc"] if not (isinstance(part, str) and part.startswith("~")))
        context = found.get("ctx", {})
        if "flaws" in context:
            yield from (flaw._replace(path=path + flaw.path) for flaw in context["flaws"])
        elif found["type"] == "extra_forbidden":
            yield _unknown_word(path, known_words(found["loc"][:-1]))
        else:
            yield _translated(found["type"], path, context, value=found["input"], known=known_words(found["loc"]))


def _translated(kind: str, path: Path, context: Mapping[str, Any], *, value: object, known: tuple[str, ...]) -> Flaw:
    if kind == "missing":
        return Flaw(path, say("allowed.a_word_that"), say("got.nothing"), say("remedy.add_with_its", word=path[-1]))
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        remedy = did_you_mean(value, words, say("remedy.write_one_of_these_words"))
        return Flaw(path, say("allowed.one_of", known=", ".join(words)), shown(value), remedy)
    if kind.startswith("bool"):
        return Flaw(path, say("allowed.true_or_false"), shown(value), say("remedy.write_true_or"))
    if kind in {"too_short", "too_long"}:
        limit = context.get("min_length", context.get("max_length", 0))
        ends = ("least" if limit > 1 else "") if kind == "too_short" else "most"
        allowed = say(f"allowed.a_list_of_at{ends and '_'}{ends}", n=limit)
        return Flaw(path, allowed, str(context.get("actual_length", "")), say("remedy.add_or_remove"))
    if kind in {"tuple_type", "iterable_type", "list_type"}:
        return Flaw(path, say("allowed.a_list"), shown(value), say("remedy.begin_each_item"))
    return Flaw(
        path,
        say("allowed.words_with_values", known=", ".join(known[:6])),
        shown(value),
        say("remedy.write_them_indented"),
    )


def _unknown_word(path: Path, known: tuple[str, ...]) -> Flaw:
    word = str(path[-1])
    near = nearest(word, known)
    elsewhere = _word_homes().get(word)
    if elsewhere:
        remedy = say("remedy.it_belongs_under", word=elsewhere) if elsewhere != "." else say("remedy.it_belongs_at")
    else:
        remedy = say("remedy.did_you_mean", word=near) if near else say("remedy.remove_it_or_write")
    return Flaw(path, say("allowed.a_known_word", known=", ".join(known)), shown(word), remedy)


def known_words(loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """List the words that may stand at a place of a scenario."""
    models: list[tuple[str | None, type[BaseModel]]] = [(None, Scenario)]
    for part in loc:
        if isinstance(part, int):
            continue
        tagged = [(tag, model) for tag, model in models if tag == part]
        if tagged:
            models = [(None, model) for _, model in tagged]
            continue
        fields = [model.model_fields[part] for _, model in models if part in model.model_fields]
        models = [found for field in fields for found in _models_in(field.annotation, None)]
        models += [found for field in fields for item in field.metadata for found in _models_in(item, None)]
    return tuple(dict.fromkeys(word for _, model in models for word in model.model_fields))


def _models_in(annotation: Any, tag: str | None) -> Iterator[tuple[str | None, type[BaseModel]]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield tag, annotation
        return
    inside = get_args(annotation)
    if get_origin(annotation) is Annotated:
        tag = next((item.tag for item in inside[1:] if isinstance(item, Tag)), tag)
        inside = inside[:1]
    for item in inside:
        yield from _models_in(item, tag)


def _word_homes() -> dict[str, str]:
    homes: dict[str, list[str]] = {}
    for word, field in Scenario.model_fields.items():
        homes.setdefault(word, []).append(".")
        model = field.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            for inner in model.model_fields:
                homes.setdefault(inner, []).append(word)
    return {word: places[0] for word, places in homes.items() if len(places) == 1}


def _located(flaw: Flaw, source: Sayable, lines: Lines, today: TodayList) -> Fault:
    path = flaw.path
    if path[:1] == ("today",) and today.source and len(path) > 1 and isinstance(path[1], int):
        return Fault(today.source, None, dotted(path[2:]), *flaw[1:], today.rows[path[1]])
    while path and path not in lines:
        path = path[:-1]
    return Fault(shown_words(source), lines.get(path), dotted(flaw.path), *flaw[1:])


def _is_below(one: Path, other: Path) -> bool:
    return len(one) > len(other) and one[: len(other)] == other


def _is_related(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
