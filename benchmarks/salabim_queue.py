"""The same queue in salabim: a component for each woman, a resource for each unit, ``fail_at`` for patience.

salabim knows two ways to write a process: as a generator, or "yieldless" on greenlets. Both are here; the second needs
the package greenlet.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import salabim

from benchmarks.same_queue import Admissions, Queue, Woman, no_admissions

HAS_GREENLETS = find_spec("greenlet") is not None


class Visitor(salabim.Component):
    """A woman who may ask for a place, live there and leave; what she must know is set after she is made."""

    woman: Woman
    unit: Any
    turnaround_days: float
    page: Admissions

    def note(self) -> float:
        """Note her admission, and tell when her place is free again."""
        woman, now = self.woman, self.env.now()
        self.page.pool[woman.number], self.page.day[woman.number] = woman.pool, now
        return woman.leaves(now) + self.turnaround_days


class GeneratorVisitor(Visitor):
    def process(self) -> Iterator[Any]:
        if not self.woman.is_willing:
            return
        yield self.request(self.unit, fail_at=self.woman.limit_day)
        if not self.failed():
            yield self.hold(till=self.note())
            self.release()


class GreenletVisitor(Visitor):
    def process(self) -> None:
        if not self.woman.is_willing:
            return
        self.request(self.unit, fail_at=self.woman.limit_day)
        if not self.failed():
            self.hold(till=self.note())
            self.release()


def play_by_salabim(queue: Queue, *, is_yieldless: bool = False) -> Admissions:
    """Play every replication."""
    page = no_admissions(queue.n_women)
    for women in queue.replications:
        _play_one(queue, women, page, is_yieldless=is_yieldless)
    return page


def _play_one(queue: Queue, women: Sequence[Woman], page: Admissions, *, is_yieldless: bool) -> None:
    env = salabim.Environment(trace=False, yieldless=is_yieldless)
    kind = GreenletVisitor if is_yieldless else GeneratorVisitor
    units = [salabim.Resource("unit", capacity=places, monitor=False, env=env) for places in queue.places]
    for woman in women:
        visitor = kind("woman", at=woman.referral_day, env=env)
        visitor.woman, visitor.page = woman, page
        visitor.unit, visitor.turnaround_days = units[woman.pool], queue.turnaround_days[woman.pool]
    env.run(till=queue.horizon_days)
