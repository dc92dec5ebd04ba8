"""Both engines give the same ledger, bit for bit, whatever the plan and the women."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from plays_by_chance import Given, given_to_play

from sim.engine import Ledger, play_kernel, play_reference

pytestmark = pytest.mark.parity


def assert_same(one: Ledger, other: Ledger) -> None:
    for name, own, others in zip(Ledger._fields, one, other, strict=True):
        assert own.dtype == others.dtype, name
        np.testing.assert_array_equal(own, others, err_msg=name)
        assert own.tobytes() == others.tobytes(), name


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(given_to_play())
def test_both_engines_give_the_same_ledger(played: Given) -> None:
    assert_same(play_kernel(*played), play_reference(*played))
