"""Money adds up, to the øre: payers to the total, pools and regions to the design, years to the horizon."""

from typing import Any

import numpy as np
import pytest
from costed import N_REPLICATIONS, Costed, cost_all
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economics import ALL_MONEY, MONEY_MEASURES, RUNNING_PARTS, derived_sums, money_sums, money_tallies
from sim.geography import REGION_MAPS
from sim.measures import MEASURES, scope_sums
from sim.scenario import PAYERS

YEAR = 365.25
SHARES = st.floats(0, 1)
WORDS = st.fixed_dictionaries(
    {},
    optional={
        "price_year": st.integers(2021, 2026),
        "discount_rate": st.sampled_from([0, 0.035, 0.1]),
        "place_price": st.one_of(st.sampled_from(["ordinary", "specialised"]), st.floats(0, 20_000)),
        "external_price": st.floats(0, 20_000),
        "coordinated_share": SHARES,
        "region_share_of_rest": SHARES,
        "care_financing": st.sampled_from(["municipal", "regional", {"region": 0.3, "state": 0.7}]),
        "municipal_share_later": st.fixed_dictionaries({"completed": SHARES, "not_completed": SHARES}),
        "running": st.fixed_dictionaries(
            {},
            optional={
                "fixed_share": SHARES,
                "startup_months": st.floats(0, 12),
                "closed_building_part": SHARES,
                "released_premium": SHARES,
                "left_work_share": SHARES,
                "released_readiness_share": SHARES,
                "rota_awake": st.floats(0, 4),
                "closing_months": st.floats(0, 12),
            },
        ),
    },
)


def totals(cubes: dict[str, Any]) -> dict[str, float]:
    return {name: float(cube.sum()) for name, cube in cubes.items()}


def sums_of(costed: Costed) -> dict[str, Any]:
    """Everything in all, by replication."""
    money, tallies = costed.money, costed.tallies
    cubes = tallies.women | tallies.places | money.women | money.places
    sums = {name: cube.sum(axis=(1, 2)) for name, cube in cubes.items()}
    years = costed.scenario.horizon_years
    return sums | derived_sums(sums) | {"years": np.full(N_REPLICATIONS, years), "one": np.ones(N_REPLICATIONS)}


def scopes_of(costed: Costed) -> Any:
    """Everything for every scope, by replication."""
    sums = scope_sums(costed.tallies, costed.design, costed.scenario, more=ALL_MONEY)
    money_sums(costed.money, sums, costed.design, costed.scenario)
    return sums


@pytest.mark.law
def test_whole_and_regions_and_years_are_sums_of_the_same_cells() -> None:
    """Amounts are whole øre, so that order does not matter; posts are not."""
    for costed in cost_all():
        sums, n_pools = scopes_of(costed), len(costed.design.pools)
        cubes = costed.money.women | costed.tallies.women
        n_regions, n_years = cubes["births"].shape[1:]
        for name, cube in cubes.items():
            if name in sums:
                own = [cube.sum(axis=(1, 2)), *cube.sum(axis=2).T, *cube.sum(axis=1).T]
                np.testing.assert_allclose(sums[name][: len(own)], own, rtol=1e-12, err_msg=name)
        pools = [pool.home_regions for pool in costed.design.pools]
        regions = REGION_MAPS[costed.scenario.regions]
        for name, cube in (costed.money.places | costed.tallies.places).items():
            by_region = [cube[:, [region in home for home in pools]].sum(axis=(1, 2)) for region in regions]
            own = [cube.sum(axis=(1, 2)), *by_region, *cube.sum(axis=1).T, *cube.sum(axis=2).T]
            assert len(own) == 1 + n_regions + n_years + n_pools
            np.testing.assert_allclose(sums[name], [*own, np.zeros(N_REPLICATIONS)], rtol=1e-12, err_msg=name)


@pytest.mark.law
@settings(max_examples=25, deadline=None, derandomize=True)
@given(WORDS)
def test_everything_adds_up_to_the_ore_under_any_economics(words: dict[str, Any]) -> None:
    for costed in cost_all(**words):
        money = costed.money
        for cubes, names in (
            (money.women, ("care_cost", "later_cost", "bought_cost")),
            (money.places, ("running_cost",)),
        ):
            for name in names:
                paid = [cubes[f"{name}_{payer}"] for payer in PAYERS]
                np.testing.assert_array_equal(np.sum(paid, axis=0), cubes[name])
                assert all((part >= 0).all() for part in paid)
                np.testing.assert_array_equal(cubes[name], np.rint(cubes[name]))
        parts = [money.places[f"running_{part}"] for part in RUNNING_PARTS]
        assert all((part >= 0).all() for part in parts)
        np.testing.assert_array_equal(np.sum(parts, axis=0), money.places["running_cost"])
        by_scope = scopes_of(costed)
        n_pools = len(costed.design.pools)
        for name, cube in money.women.items():
            elsewhere = cube.sum(axis=(1, 2)) if name.startswith("bought") else np.zeros(N_REPLICATIONS)
            np.testing.assert_array_equal(by_scope[name][-1], elsewhere)
            assert not by_scope[name][-1 - n_pools : -1].any()
        sums = sums_of(costed)
        for name in ("place_cost", "public_cost"):
            np.testing.assert_array_equal(sum(sums[f"{name}_{payer}"] for payer in PAYERS), sums[name])
        np.testing.assert_array_equal(
            sums["public_cost"], sums["running_cost"] + sums["bought_cost"] + sums["care_cost"] + sums["later_cost"]
        )


@pytest.mark.law
def test_years_and_pools_may_be_added_in_any_order() -> None:
    for costed in cost_all():
        for cube in (costed.money.places["running_cost"], costed.money.women["care_cost"]):
            assert cube.sum(axis=1).sum() == cube.sum(axis=2).sum() == cube[:, ::-1, ::-1].sum() == cube.sum()


@pytest.mark.unit
def test_later_cost_follows_treatments_completed() -> None:
    for costed in cost_all(price_year=2021):
        women = totals(costed.money.women)
        treated, born = women["treatment_completed"], women["births"]
        assert women["later_cost"] == 100 * (2_000_000 * treated + 3_000_000 * (born - treated))
        municipal = 100 * (0.86 * 2_000_000 * treated + 0.88 * 3_000_000 * (born - treated))
        assert women["later_cost_municipality"] == pytest.approx(municipal)


@pytest.mark.unit
def test_places_bought_elsewhere_cost_their_own_price_by_the_day() -> None:
    prices = {"released": 3000}  # of its own
    for costed in cost_all(external_price=4000):
        ledger, horizon = costed.ledger, costed.design.plan.horizon_days
        is_bought = ledger.pool == len(costed.design.pools)
        days = (np.fmin(ledger.discharge_day, horizon) - ledger.admission_day)[is_bought].sum()
        women = totals(costed.money.women)
        assert women["bought_days"] == pytest.approx(days)
        cells = costed.money.women["bought_cost"].size
        assert women["bought_cost"] == pytest.approx(100 * prices.get(costed.design.name, 4000) * days, abs=cells)
    flexible, as_today = (cost_all()[number] for number in (1, 2))
    assert totals(flexible.money.women)["bought_days"] > 0
    assert not as_today.money.places["running_cost"].any()


@pytest.mark.unit
def test_every_provider_elsewhere_is_counted_with_the_others() -> None:
    for costed in cost_all(running={"rota_awake": 1}):
        pool, n_pools = costed.ledger.pool, len(costed.design.pools)
        spread = np.where(pool == n_pools, n_pools + np.arange(len(pool)) % 3, pool)
        ledger = costed.ledger._replace(pool=spread)
        money = money_tallies(ledger, costed.cohort, costed.design, costed.scenario, costed.tallies)
        np.testing.assert_array_equal(money.by_region, costed.money.by_region)
        np.testing.assert_array_equal(money.by_pool, costed.money.by_pool)


@pytest.mark.unit
def test_bought_days_fall_in_the_year_they_are_lived() -> None:
    costed = cost_all()[2]
    ledger, first = costed.ledger, costed.cohort.first
    for replication in range(N_REPLICATIONS):
        women = range(int(first[replication]), int(first[replication + 1]))
        for year in range(costed.scenario.horizon_years):
            start, stop = costed.design.plan.year_starts[year : year + 2]
            days = sum(
                max(
                    0.0,
                    min(float(np.fmin(ledger.discharge_day[her], stop)), stop) - max(ledger.admission_day[her], start),
                )
                for her in women
                if ledger.pool[her] >= 0
            )
            assert costed.money.women["bought_days"][replication, :, year].sum() == pytest.approx(days)


@pytest.mark.unit
def test_who_pays_for_stays_is_the_designs_and_for_care_the_scenarios() -> None:
    fixed, flexible, as_today, released, nothing = cost_all(care_financing="state")
    for costed, payer in ((flexible, "region"), (as_today, "municipality")):
        sums = sums_of(costed)
        np.testing.assert_array_equal(sums[f"place_cost_{payer}"], sums["place_cost"])
    sums = sums_of(fixed)
    np.testing.assert_allclose(sums["place_cost_municipality"] / sums["place_cost"], 0.3)
    bought, run = totals(released.money.women), totals(released.money.places)
    assert bought["bought_cost"] > 0
    assert bought["bought_cost_municipality"] == pytest.approx(bought["bought_cost"] / 2, abs=50)
    assert bought["bought_cost_region"] == pytest.approx(bought["bought_cost"] / 2, abs=50)
    assert run["running_cost_state"] == run["running_cost"] > 0
    women = totals(nothing.money.women)
    assert women["care_cost_state"] == women["care_cost"] > 0
    assert women["residential_cost"] == women["bought_cost"] == 0


@pytest.mark.unit
def test_women_without_a_place_cost_the_same_in_every_design() -> None:
    everyone = cost_all()
    nothing = everyone[-1]
    for costed in everyone:
        admitted = costed.ledger.pool >= 0
        if not admitted.any():
            assert totals(costed.money.women) == totals(nothing.money.women)
        else:
            assert costed.money.women["care_cost"].sum() != nothing.money.women["care_cost"].sum()


@pytest.mark.unit
def test_measures_of_money_have_names_of_their_own_and_can_be_computed() -> None:
    names = [measure.name for measure in (*MEASURES, *MONEY_MEASURES)]
    assert len(names) == len(set(names))
    costed = cost_all()[1]
    own = {*costed.money.women, *costed.money.places}
    assert not own & {*costed.tallies.women, *costed.tallies.places}
    sums = sums_of(costed)
    values = {m.name: (sums[m.of] * m.scale / sums[m.per]).mean() for m in MONEY_MEASURES}
    assert all(np.isfinite(value) and value >= 0 for value in values.values())
    assert values["total_cost_per_woman"] == pytest.approx(
        values["course_cost_per_woman"] + values["later_cost_per_woman"]
    )
    assert values["cost_per_year"] == pytest.approx(sum(values[f"cost_{payer}"] for payer in PAYERS))
    assert values["public_cost_per_year"] == pytest.approx(sum(values[f"public_cost_{payer}"] for payer in PAYERS))
