"""Taking out what is wrong, so that the rest of a scenario can be checked for what must hold together."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.faults import Flaw, Path

_PLACEHOLDER = {"name": "unnamed", "kind": "none"}
_COMPANIONS: Mapping[Path, tuple[str, ...]] = {("horizon_years",): ("measure_from_year",)}


def without_flaws(values: dict[str, Any], flaws: Iterable[Flaw]) -> dict[str, Any]:
    """Take out what is wrong without moving the items of a list.

    A word that is wrong goes, so that its default is used; a list with a wrong item goes whole; a design that
    cannot stand without what is wrong is replaced by one without places.
    """
    left: dict[str, Any] = _copied(values)
    for flaw in flaws:
        _take_out(left, flaw.path)
    return left


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _take_out(values: dict[str, Any], path: Path) -> None:
    while path and not _is_placed(values, path):
        path = path[:-1]
    if not path:
        values.setdefault("name", "unnamed")
        values.setdefault("designs", [_PLACEHOLDER])
    elif path[0] == "designs" and _ends_design(path):
        _replace_design(values, path)
    else:
        start = 2 if path[0] == "designs" else 0
        cut = next((at for at, part in enumerate(path) if at >= start and isinstance(part, int)), len(path))
        inside: Any = values
        for part in path[: cut - 1]:
            inside = inside[part]
        del inside[path[cut - 1]]
        for companion in _COMPANIONS.get(path, ()):
            values.pop(companion, None)


def _is_placed(values: Any, path: Path) -> bool:
    inside = values
    for part in path:
        if isinstance(inside, list) and isinstance(part, int):
            is_there = part < len(inside)
        else:
            is_there = isinstance(inside, dict) and part in inside
        if not is_there:
            return False
        inside = inside[part]
    return True


def _ends_design(path: Path) -> bool:
    if len(path) < 3 or path[2] in {"name", "kind"}:
        return True
    has_index = any(isinstance(part, int) for part in path[3:])
    return path[2] in {"places", "sites"} and (len(path) == 3 or has_index)


def _replace_design(values: dict[str, Any], path: Path) -> None:
    designs = values["designs"]
    number = path[1] if len(path) > 1 else None
    if not isinstance(number, int) or not isinstance(designs, list):
        values["designs"] = [_PLACEHOLDER]
        values.pop("measures", None)
        return
    design = designs[number]
    name = design.get("name") if isinstance(design, dict) else None
    if path[2:3] == ("name",) or not isinstance(name, str):
        name = f"unnamed{number}"
        values.pop("measures", None)
    designs[number] = {"name": name, "kind": "none"}
