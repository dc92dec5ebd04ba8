"""Names of the scenarios of a batch: each for one content, and told apart on any machine."""

import unicodedata

from sim.faults import Fault, shown, shown_text
from sim.scenario import Case, scenario_hash

_RENAME = "Give one of them another name."


class Names:
    """The scenarios of a batch, taken one after the other."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self._known: dict[str, Case] = {}

    def take(self, case: Case, source: str) -> list[Fault]:
        """Take a scenario if its name will do."""
        fault = self._fault(case)
        if fault is None:
            self.cases.append(case)
            return []
        return [fault._replace(source=shown_text(source))]

    def _fault(self, case: Case) -> Fault | None:
        name = case.name
        first = self._known.setdefault(unicodedata.normalize("NFC", name).casefold(), case)
        if first is case or (first.name == name and scenario_hash(first.scenario) == scenario_hash(case.scenario)):
            return None
        if first.name == name:
            return Fault("", None, "name", "a name for one content only", f"{shown(name)} again", _RENAME)
        allowed = "a name that differs from others in more than capitals"
        return Fault("", None, "name", allowed, f"{shown(name)} beside {shown(first.name)}", _RENAME)
