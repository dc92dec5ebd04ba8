"""Names of the scenarios of a batch: each for one content, and told apart on any machine."""

import unicodedata

from sim.faults import Fault, shown, shown_words
from sim.scenario import Case, scenario_hash
from sim.texts import Sayable, say

_RENAME = say("remedy.give_one_of_them")


class Names:
    """The scenarios of a batch, taken one after the other."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self._known: dict[str, Case] = {}

    def take(self, case: Case, source: Sayable) -> list[Fault]:
        """Take a scenario if its name will do."""
        fault = self._fault(case)
        if fault is None:
            self.cases.append(case)
            return []
        return [fault._replace(source=shown_words(source))]

    def _fault(self, case: Case) -> Fault | None:
        name = case.name
        first = self._known.setdefault(unicodedata.normalize("NFC", name).casefold(), case)
        if first is case or (first.name == name and scenario_hash(first.scenario) == scenario_hash(case.scenario)):
            return None
        if first.name == name:
            return Fault(
                "", None, "name", say("allowed.a_name_for_one"), say("got.name_again", name=shown(name)), _RENAME
            )
        allowed = say("allowed.a_name_that_differs")
        return Fault("", None, "name", allowed, say("got.beside", one=shown(name), other=shown(first.name)), _RENAME)
