"""Turns go to those who came first, and to nobody who no longer waits."""

import threading
from collections.abc import Callable

import pytest
from waiting import HANG_SECONDS

from dashboard.answer.turns import Turns


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(2000):
        if is_so():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it never came to pass")


@pytest.mark.unit
def test_first_come_is_first_served_and_one_at_a_time() -> None:
    turns, order, inside, most_inside = Turns(), [], 0, 0

    def work(number: int) -> None:
        nonlocal inside, most_inside
        with turns.turn():
            inside += 1
            most_inside = max(most_inside, inside)
            order.append(number)
            inside -= 1

    threads = []
    with turns.turn():
        for number in range(6):
            thread = threading.Thread(target=work, args=(number,), daemon=True)
            thread.start()
            threads.append(thread)
            wait_until(lambda n=number: turns.n_waiting == n + 1)
    for thread in threads:
        thread.join(HANG_SECONDS)
    assert order == list(range(6))
    assert most_inside == 1
    assert turns.n_waiting == 0


@pytest.mark.unit
def test_who_gives_up_waiting_holds_up_nobody() -> None:
    turns, done = Turns(), []
    gives_up = threading.Event()

    class NoLongerWantedError(Exception):
        pass

    def look_up() -> None:
        if gives_up.is_set():
            raise NoLongerWantedError

    def wait_and_leave() -> None:
        with pytest.raises(NoLongerWantedError), turns.turn(look_up):
            done.append("never")

    def wait_on() -> None:
        with turns.turn():
            done.append("served")

    with turns.turn():
        leaving = threading.Thread(target=wait_and_leave, daemon=True)
        leaving.start()
        wait_until(lambda: turns.n_waiting == 1)
        staying = threading.Thread(target=wait_on, daemon=True)
        staying.start()
        wait_until(lambda: turns.n_waiting == 2)
        gives_up.set()
        leaving.join(HANG_SECONDS)
        assert turns.n_waiting == 1
    staying.join(HANG_SECONDS)
    assert done == ["served"]


@pytest.mark.unit
def test_a_turn_is_given_back_when_the_work_fails() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        assert turns.n_waiting == 0


@pytest.mark.unit
def test_several_may_have_a_turn_at_once() -> None:
    turns = Turns(at_once=2)
    both = threading.Barrier(2, timeout=HANG_SECONDS)

    def meet() -> None:
        with turns.turn():
            both.wait()

    threads = [threading.Thread(target=meet, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_SECONDS)
    assert not both.broken
