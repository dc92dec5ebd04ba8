"""Scenarios of every kind, as hypothesis invents them: plain values, most words left out now and then."""

import datetime
import re
from typing import Any

from hypothesis import strategies as st

from sim.geography import REGION_MAPS
from sim.personal_numbers import holds_personal_number
from sim.scenario import AGREEMENTS, DESIGNS, DISCIPLINES, load_views

SITES = ("AAL", "AAR", "ODE", "HVI", "KOL", "ROS")
CODES = ("0101", "0751", "0461", "851", 101)
NO_FILE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)
NAMES = st.from_regex(r"\A[A-Za-z0-9ÆØÅæøå]([A-Za-z0-9ÆØÅæøå._-]{0,20}[A-Za-z0-9ÆØÅæøå_-])?\Z").filter(
    lambda name: not NO_FILE.match(name) and not holds_personal_number(name)
)
SHARES = st.floats(0, 1)
DAYS = st.one_of(st.integers(0, 36_525), st.floats(0, 36_525))
ABOVE = st.floats(1e-3, 1e5)
DATES = st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2100, 1, 1))


def some(**words: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=words)


@st.composite
def distributions(draw: st.DrawFn, *, may_be_none: bool = False) -> Any:
    low, mode, high = sorted(draw(st.lists(st.floats(0, 1e5), min_size=3, max_size=3, unique=True)))
    choices = [
        {"constant": {"value": low}},
        {"uniform": {"low": low, "high": high}},
        {"triangular": {"low": low, "mode": mode, "high": high}},
        {"exponential": {"mean": draw(ABOVE)}},
        {"normal": {"mean": mode, "sd": draw(ABOVE), "low": low, "high": high}},
        {"lognormal": {"mean": draw(ABOVE), "sd": draw(ABOVE)}},
        {"gamma": {"mean": draw(ABOVE), "sd": draw(ABOVE)}},
        {"weibull": {"shape": draw(st.floats(0.05, 100)), "scale": draw(ABOVE)}},
        {"empirical": {"values": draw(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))}},
    ]
    return draw(st.sampled_from([*choices, "none"] if may_be_none else choices))


@st.composite
def shares_of(draw: st.DrawFn, words: tuple[str, ...]) -> dict[str, float]:
    parts = draw(st.lists(st.integers(1, 100), min_size=len(words), max_size=len(words)))
    return {word: part / sum(parts) for word, part in zip(words, parts, strict=True)}


@st.composite
def flexible_rules(draw: st.DrawFn, max_places: Any) -> dict[str, Any]:
    rule = draw(
        some(
            lead_days=DAYS,
            open_at_waiting=st.integers(1, 9),
            keep_free=st.integers(0, 3),
            close_after_idle_days=DAYS,
            min_open_days=DAYS,
            failure_probability=SHARES,
            staffing=st.sampled_from(["standby", "released"]),
        )
    )
    if rule.get("staffing") == "released":
        rule |= draw(some(released_at_most=st.integers(1, 9)))
    return rule | {"max_places": max_places}


BOUGHT = {
    "after_days": DAYS,
    "variation": st.floats(0, 3),
    "minutes": st.floats(0, 1440),
    "base": SHARES,
    "family_places": st.booleans(),
}
EXTERNAL = st.one_of(
    some(**BOUGHT, places=st.integers(0, 1000)),
    some(**BOUGHT, sites=st.dictionaries(st.sampled_from(SITES), st.integers(1, 1000), min_size=1)),
)
WHO_PAYS = st.one_of(
    st.sampled_from(["municipal", "state", "regional"]), shares_of(("municipality", "region", "state"))
)
_KEY = {"key": st.sampled_from(["population", "births", "women"])}
_TARIFF = {
    "budgeted_occupancy": st.floats(0.1, 1),
    "mean_of_years": st.integers(0, 10),
    "bounds": st.tuples(st.floats(0.1, 0.9), st.floats(0.9, 1)).map(list),
    "accounts_after": st.integers(1, 10),
}
_CARRIED = _TARIFF | {"carried_share": SHARES, "kept_within": SHARES}
FINANCING = st.one_of(
    WHO_PAYS,
    st.sampled_from(AGREEMENTS),
    st.fixed_dictionaries({"takst": some(**_CARRIED)}),
    st.fixed_dictionaries({"objektiv": some(**_KEY)}),
    st.fixed_dictionaries({"delt": some(**_TARIFF, **_KEY, takst_share=SHARES)}),
    st.fixed_dictionaries({"abonnement": some(**_CARRIED, **_KEY, bought_share=SHARES, price_beyond=st.floats(0, 10))}),
    st.fixed_dictionaries({"solidarisk": some(**_KEY)}),
)
PRICE = st.one_of(st.sampled_from(["ordinary", "specialised"]), st.floats(0, 100_000))
EXTERNAL = some(
    after_days=DAYS,
    minutes=st.floats(0, 1440),
    base=SHARES,
    family_places=st.booleans(),
    price=PRICE,
    financing=WHO_PAYS,
)
PRICE_YEAR = st.integers(2021, 2026)
AMOUNT = st.floats(0, 1e7)
ECONOMICS = some(
    financing=FINANCING,
    care_financing=WHO_PAYS,
    price_year=PRICE_YEAR,
    discount_rate=st.floats(0, 0.2),
    place_price=PRICE,
    external_price=PRICE,
    reference=some(places=st.integers(1, 20), occupancy=st.floats(0.1, 1)),
    running=some(
        fixed_share=SHARES,
        unit_share=SHARES,
        startup_months=st.floats(0, 12),
        closed_building_part=SHARES,
        released_premium=SHARES,
        left_work_share=SHARES,
        released_readiness_share=SHARES,
        rota_awake=st.floats(0, 5),
        posts_per_awake=st.floats(0, 9),
        closing_months=st.floats(0, 12),
    ),
    capital=some(
        per_place=AMOUNT, price_year=PRICE_YEAR, years=st.floats(1, 60), counted=st.sampled_from(["inside", "on_top"])
    ),
    unit_prices=some(ambulatory=AMOUNT, price_year=PRICE_YEAR),
    ambulatory_in_stay=st.booleans(),
    coordinated_share=SHARES,
    completion=some(residential=SHARES, otherwise=SHARES),
    later_cost=some(completed=AMOUNT, price_year=PRICE_YEAR),
    municipal_share_later=some(completed=SHARES),
    region_share_of_rest=SHARES,
)
COMMON = {
    "discipline": st.sampled_from(DISCIPLINES),
    "home_first": st.booleans(),
    "financing": FINANCING,
    "visitation_days": distributions(),
}
OF_A_UNIT = {
    "family_places": st.booleans(),
    "turnaround_days": DAYS,
    "ramp_up": some(start=SHARES, years=st.floats(0, 20)),
    "closes_on": st.dates(min_value=datetime.date(2100, 1, 2), max_value=datetime.date(2199, 12, 31)),
    "closing_notice_days": DAYS,
    "may_detain": st.booleans(),
}
UNITS = {"opens_on": DATES, "external": EXTERNAL, **OF_A_UNIT}


@st.composite
def designs(draw: st.DrawFn, regions: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(DESIGNS)))
    design = {"kind": kind} | draw(some(**COMMON))
    if kind in {"regional", "shared", "pilot"}:
        places = draw(st.dictionaries(st.sampled_from(regions), st.integers(0, 20), min_size=1))
        design |= draw(some(**UNITS)) | {"places": places}
        if draw(st.booleans()):
            design["flexible"] = draw(flexible_rules({region: number + 3 for region, number in places.items()}))
        site = st.one_of(st.sampled_from(SITES), st.lists(st.sampled_from(SITES), min_size=1, max_size=3, unique=True))
        design |= draw(some(sites=st.dictionaries(st.sampled_from(regions), site, min_size=1)))
    if kind == "shared" and draw(st.booleans()):
        cut = draw(st.integers(1, len(regions) - 1))
        design["groups"] = [list(regions[:cut]), list(regions[cut:])]
    if kind == "pilot":
        design |= draw(some(first=st.sampled_from(regions), others_on=st.one_of(DATES, st.just("never"))))
    if kind in {"local", "national"}:
        sites = draw(st.lists(st.sampled_from(SITES), min_size=1, max_size=2, unique=True))
        design |= draw(some(**UNITS)) | draw(some(places=st.integers(0, 30))) | {"sites": sites}
        if draw(st.booleans()):
            design["flexible"] = draw(flexible_rules(draw(st.integers(27, 60)) if "places" not in design else 60))
    if kind == "external":
        design |= draw(some(external=EXTERNAL))
    if kind == "pools":
        ids = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        design |= {"pools": [draw(pools(name, regions)) for name in ids]} | draw(some(external=EXTERNAL))
    return design


@st.composite
def pools(draw: st.DrawFn, name: str, regions: tuple[str, ...]) -> dict[str, Any]:
    numbers = sorted(draw(st.lists(st.integers(0, 40), min_size=3, max_size=3)))
    days = sorted(draw(st.lists(DATES, min_size=3, max_size=3, unique=True)))
    pool = {"id": name, "site": draw(st.sampled_from(SITES)), "places": numbers[0]}
    if draw(st.booleans()):
        steps = zip(days[1:], numbers[1:], strict=True)
        pool |= {
            "opens_on": days[0],
            "plan": [{"on": day.isoformat(), "places": places} for day, places in steps],
        }
    if draw(st.booleans()):
        pool["flexible"] = draw(flexible_rules(numbers[2] + draw(st.integers(0, 5))))
    served = st.lists(st.sampled_from([*regions, "0751", 461]), min_size=1, unique=True)
    home = st.lists(st.sampled_from(regions), min_size=1, unique=True)
    return pool | draw(some(serves=served, home_regions=home, **OF_A_UNIT))


@st.composite
def demands(draw: st.DrawFn, regions: tuple[str, ...]) -> dict[str, Any]:
    keys = st.one_of(st.sampled_from(["women", "population", "births"]), shares_of(regions))
    payer = some(municipal=SHARES, state=SHARES, regional=SHARES)
    need = draw(
        st.sampled_from(
            [
                {},
                {"need_per_year": draw(st.floats(0, 1000))},
                {"view": draw(st.sampled_from([*load_views()]))},
            ]
        )
    )
    return need | draw(
        some(
            regional_shares=keys,
            found_share=SHARES,
            offered_share=st.one_of(SHARES, payer),
            awareness=some(start=SHARES, ramp_up_years=st.floats(0, 20)),
            trend_per_year=st.floats(-0.5, 1),
            year_variation=st.floats(0, 3),
            gestation_at_referral_weeks=distributions(),
            birth_week=distributions(),
            loss_probability=SHARES,
            household=shares_of(("alone", "partner", "children")),
        )
    )


@st.composite
def women_of_today(draw: st.DrawFn, start: datetime.date) -> dict[str, Any]:
    def day(low: int, high: int) -> Any:
        when = start + datetime.timedelta(days=draw(st.integers(low, high)))
        return draw(st.sampled_from([when, when.isoformat(), f"{when:%d-%m-%Y}", f"{when:%d.%m.%Y}"]))

    pregnancy = draw(
        st.sampled_from([{"due": day(-28, 200)}, {"gestation_week": draw(st.floats(4, 30))}, {"birth": day(-400, 0)}])
    )
    woman = {"municipality": draw(st.sampled_from([*CODES, "Aarhus", "LOLLAND"])), "referred": day(-80, -40)}
    household = some(household=st.sampled_from(["alone", "partner", "children"]))
    if draw(st.booleans()):
        return woman | pregnancy | draw(household) | draw(some(site=st.sampled_from(SITES)))
    lives_in = {"admitted": day(-40, 0), "site": draw(st.sampled_from([*SITES, "elsewhere"]))}
    return (
        woman | pregnancy | lives_in | draw(household) | ({"planned_end": day(0, 300)} if draw(st.booleans()) else {})
    )


@st.composite
def scenario_words(draw: st.DrawFn) -> dict[str, Any]:
    region_map = draw(st.sampled_from(["five", "four"]))
    regions = REGION_MAPS[region_map]
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    precision = some(
        precision=st.floats(1e-6, 1),
        of=st.lists(NAMES, min_size=1, max_size=3, unique=True),
        at_least=st.integers(2, 100),
    )
    text = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40).filter(str.isprintable)
    words = draw(
        some(
            title=some(da=text, en=text),
            start=DATES,
            horizon_years=st.integers(3, 50),
            measure_from_year=st.integers(1, 3),
            seed=st.integers(0, 2**63 - 1),
            replications=st.one_of(st.integers(1, 1_000_000), precision),
            demand=demands(regions),
            acceptance=some(
                base=SHARES,
                free_minutes=st.floats(0, 1000),
                decay_per_hour=st.floats(0, 20),
                asked_again=some(share=SHARES, after_days=DAYS),
            ),
            waiting=some(
                visitation_days=distributions(),
                patience_days=distributions(may_be_none=True),
                past_birth_share=SHARES,
            ),
            stay=some(
                anchor=st.sampled_from(["birth", "admission"]),
                days=distributions(may_be_none=True),
                early_leaving_days=distributions(may_be_none=True),
                after_loss_days=DAYS,
                detention_share=SHARES,
                housing_days=distributions(),
            ),
            travel=some(
                detour=st.floats(1, 3),
                minutes=st.dictionaries(
                    st.sampled_from(CODES[:4]),
                    st.dictionaries(st.sampled_from(SITES), st.floats(0, 1440), min_size=1),
                    min_size=1,
                ),
            ),
            economics=ECONOMICS,
            measures=some(minimum_volume=st.floats(0, 100), against=st.sampled_from(names)),
        )
    )
    plans = [draw(designs(regions)) | {"name": name} for name in names]
    start = words.get("start", datetime.date(2027, 1, 1))
    if start.year > 2005:  # no day may lie before 2000
        words |= draw(some(today=st.lists(women_of_today(start), max_size=4)))
    return words | {"name": draw(NAMES), "regions": region_map, "designs": plans}
