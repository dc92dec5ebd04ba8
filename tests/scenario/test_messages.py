"""Every message says where, what is allowed, what we got and what to do."""
# ruff: noqa: E501 - one case a line

import re
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load_scenario, read_scenario, scenario_from

HEAD = "name: winter\n"
DESIGNS = "designs: [{name: a, kind: regional}]\n"


def design(text: str) -> str:
    return f"{HEAD}designs:\n  - {{name: a, {text}}}\n"


def pool(text: str) -> str:
    return design(f"kind: pools, pools: [{{id: p, site: AAR, {text}}}]")


CASES = [
    (
        "need_per_year: 75\n",
        "line 2, need_per_year: a known word: name, title.*; got 'need_per_year'. It belongs under demand.",
    ),
    (
        "demand: {need_per_yaer: 7}\n",
        "line 2, demand.need_per_yaer: a known word.*Did you mean need_per_year?",
    ),
    (
        "demand: {xyz: 7}\n",
        "demand.xyz: a known word: need_per_year.*Remove it, or write one of these words.",
    ),
    ("waiting: {patience_weeks: 7}\n", "waiting.patience_weeks: .*Did you mean patience_days?"),
    ("demand: {seed: 7}\n", "demand.seed: .*It belongs at the top."),
    ("demand: 5\n", "demand: words with values, such as need_per_year.*; got 5. Write them indented below"),
    ("demand:\n", "line 2, demand: a value; got nothing. Write a value after the colon, or delete the line."),
    ("economics: {financing: takts}\n", "or an agreement: takst, objektiv, .*Did you mean takst?"),
    (
        "economics: {financing: {takst: {}, delt: {}}}\n",
        "economics.financing: one agreement: takst, objektiv, delt, abonnement, solidarisk; got .*Keep one of them.",
    ),
    (
        "economics: {financing: {takst: {bounds: [1, 0.9]}}}\n",
        "economics.financing.takst.bounds: the lower occupancy first; got .*Swap them.",
    ),
    ("economics: {financing: {delt: {taskt_share: 1}}}\n", "financing.delt.taskt_share: .*Did you mean takst_share?"),
    ("economics: {financing: {objektiv: {key: births2}}}\n", "financing.objektiv.key: .*Did you mean births?"),
    (
        "economics: {care_financing: takst}\n",
        "economics.care_financing: who pays: municipal, regional, state or shares",
    ),
    ("economics: {refund: {above: [3, 2, 1]}}\n", "economics.refund.above: amounts that grow; got .*Swap them."),
    (
        "demand: {need_per_year: -1}\n",
        "a number from 0 to 10000 women/year; got -1. Choose a number from 0 to 10000",
    ),
    ("demand: {need_per_year: .nan}\n", "a number from 0 to 10000 women/year; got '.nan'."),
    ("demand: {need_per_year: true}\n", "a number from 0 to 10000 women/year; got true."),
    (
        "demand: {found_share: '0,4'}\n",
        "a number from 0 to 1; got '0,4'. Use a point, not a comma, before the decimals.",
    ),
    (
        "stay: {after_loss_days: 2 weeks}\n",
        "from 0 to 36525 days; got '2 weeks'. Write the number alone; its unit is days.",
    ),
    ("stay: {after_loss_days: long}\n", r"got 'long'. Write a number \[days\]."),
    ("stay: {anchor: brith}\n", "stay.anchor: one of birth, admission; got 'brith'. Did you mean birth?"),
    ("stay: {anchor: 7}\n", "stay.anchor: one of birth, admission; got 7. Write one of these words."),
    (
        "demand: {view: need_muni_61}\n",
        "demand.view: an estimate of need: one of .*Did you mean need_muni_16?",
    ),
    (
        "demand: {view: need_muni_16, need_per_year: 9}\n",
        "demand.view: either need_per_year or view, not both; got 'need_muni_16'. Delete",
    ),
    (
        "demand: {regional_shares: woman}\n",
        "regional shares: one of women, population, births, {nordjylland: 0.2, ...}; got 'woman'. Did you mean women?",
    ),
    (
        "demand: {regional_shares: {hovedstaden: 0.5}}\n",
        "regional_shares: shares of the regions that sum to 1; got 0.5. Change the shares",
    ),
    (
        "demand: {regional_shares: {hovedstaden: 1}}\n",
        "demand.regional_shares: every region once: .*; got none for sjaelland, .*Add what is missing",
    ),
    ("demand: {offered_share: 1.2}\n", "demand.offered_share: a number from 0 to 1; got 1.2."),
    ("demand: {household: {alone: 0.5}}\n", "demand.household: household shares that sum to 1; got 1.05."),
    (
        "demand: {birth_week: none}\n",
        "demand.birth_week: a distribution, one of constant, .*empirical; got 'none'.",
    ),
    (
        "demand: {birth_week: 38}\n",
        "a distribution, one of .*; got 38. Write it as {uniform: {low: 183, high: 365}}.",
    ),
    (
        "stay: {days: {unifrom: {low: 1, high: 2}}}\n",
        "stay.days: a distribution, one of .*, none; .*Did you mean uniform?",
    ),
    (
        "stay: {days: {uniform: {low: 1, high: 2}, constant: {value: 1}}}\n",
        "stay.days: a distribution, one of",
    ),
    (
        "stay: {days: {uniform: {low: 1}}}\n",
        "stay.days.uniform.high: a word that must be there; got nothing. Add high: with its value.",
    ),
    (
        "stay: {days: {uniform: {low: 5, high: 2}}}\n",
        "stay.days.uniform: low not above high; got low 5, high 2. Put the numbers in order.",
    ),
    (
        "stay: {days: {triangular: {low: 5, mode: 2, high: 9}}}\n",
        "low below high, and mode from low to high; got low 5, mode 2, high 9",
    ),
    (
        "stay: {days: {normal: {mean: 5, sd: 0, low: 1, high: 2}}}\n",
        "normal.sd: a number above 0 and up to 1000000; got 0.",
    ),
    ("stay: {days: {normal: {mean: 5, sd: 1, low: 3, high: 2}}}\n", "stay.days.normal: low below high; got"),
    (
        "stay: {days: {normal: {mean: 5, sd: 1, low: 30, high: 31}}}\n",
        "low and high within 8 standard deviations of the mean",
    ),
    (
        "stay: {days: {empirical: {values: []}}}\n",
        "empirical.values: a list of 1 to 5000 items; got 0 items. Add or remove items.",
    ),
    (
        "stay: {days: {empirical: {values: 3}}}\n",
        r"empirical.values: a list of 1 to 5000 items; got 3. Write it as \[a, b\].",
    ),
    (
        "stay: {days: {empirical: {values: [1, x]}}}\n",
        r"stay.days.empirical.values\[1\]: a number from 0 to 1000000; got 'x'.",
    ),
    (
        "travel: {minutes: {'9999': {AAR: 3}}}\n",
        "travel.minutes.9999: a municipality code of four digits; got '9999'. Write it as '0751'",
    ),
    (
        "travel: {minutes: {'0101': {AARR: 3}}}\n",
        "travel.minutes.0101.AARR: a site: one of .*Did you mean AAR?",
    ),
    (
        "travel: {minutes: {'0101': {AAR: 3}, 101: {AAR: 4}}}\n",
        "travel.minutes.101: each key only once; got '101'. Remove one",
    ),
    ("travel: {minutes: 5}\n", "travel.minutes: a mapping such as .*; got 5. Write it as"),
    (
        "travel: {table: minutes.csv}\n",
        "line 2, travel.table: no table where there is no scenario file; got 'minutes.csv'. Save",
    ),
    (
        "economics: {financing: stat}\n",
        "economics.financing: who pays: municipal, regional, state or shares .*Did you mean state?",
    ),
    (
        "economics: {financing: 3}\n",
        "economics.financing: who pays.*Write one of the words, or {municipality: 0.5, state: 0.5}.",
    ),
    (
        "economics: {financing: {state: 0.5}}\n",
        "economics.financing: shares of the payers that sum to 1; got 0.5.",
    ),
    (
        "economics: {place_price: ordinray}\n",
        "a price of a place: ordinary, specialised or DKK a day; .*Did you mean ordinary?",
    ),
    (
        "economics: {place_price: [1]}\n",
        "a price of a place: .*Write a preset, or the price of a place in DKK a day.",
    ),
    (
        "economics: {running: {rota_awake: 2, staff_per_place: 0}}\n",
        "economics.running.staff_per_place: above 0 where rota_awake is.*; got 0. Raise staff_per_place, or set rota_awake to 0.",
    ),
    ("economics: {place_price: -1}\n", "economics.place_price: a number from 0 to 100000 DKK a day; got -1."),
    (
        "replications: many\n",
        "replications: a whole number from 1 to 1000000, or a precision; got 'many'. Write a number, or",
    ),
    ("replications: 1.5\n", "replications: a whole number from 1 to 1000000, or a precision; got 1.5."),
    ("replications: {at_least: 9, at_most: 5}\n", "replications.at_most: at least 9, .*got 5. Raise it."),
    ("waiting: {visitation_days: none}\n", "waiting.visitation_days: a distribution, one of .*; got 'none'."),
    ("stay: {housing_days: none}\n", "stay.housing_days: a distribution, one of .*; got 'none'."),
    ("stay: {detention_share: 2}\n", "stay.detention_share: a number from 0 to 1; got 2."),
    (
        "acceptance: {asked_again: 0.2}\n",
        "acceptance.asked_again: words with values, such as share, after_days; got 0.2.",
    ),
    ("seed: x\n", "seed: a whole number from 0 to 9223372036854775807; got 'x'. Write a number."),
    (
        "start: 2027-02-30\n",
        "start: a date from 2000-01-01 to 2199-12-31; got '2027-02-30'. Write year-month-day, such as",
    ),
    ("start: 1/3 2027\n", "start: a date from 2000-01-01"),
    ("regions: six\n", "regions: one of five, four; got 'six'. Write one of these words."),
    (
        "title: {en: 5}\n",
        "title.en: one line of text, up to 200 characters; got 5. Shorten it, or put quotes around it.",
    ),
    (
        "measure_from_year: 11\n",
        "measure_from_year: a year within the horizon of 10 years; got 11. Lower it, or lengthen",
    ),
    ("measures: {against: b}\n", "measures.against: a design: a; got 'b'. Name one of the designs."),
    ("measures: {against: aa}\n", "measures.against: a design: a; got 'aa'. Did you mean a?"),
]
DESIGN_CASES = [
    (design("kind: nationl"), r"line 3, designs\[0\].kind: a kind of design: one of regional, .*Did you mean national?"),
    (design("places: {}"), r"designs\[0\].kind: a kind of design: .*; got nothing. Write one of these words."),
    (f"{HEAD}designs: [5]\n", r"designs\[0\]: a design; got 5. Write it as {name: north, kind: regional}."),
    (f"{HEAD}designs: []\n", "designs: a list of at least 1 item; got 0. Add or remove items."),
    (f"{HEAD}designs: 5\n", "designs: a list; got 5. Begin each item with a dash"),
    (HEAD, "winter.yaml, designs: a word that must be there; got nothing. Add designs: with its value."),
    (DESIGNS, "winter.yaml, name: a word that must be there"),
    (f"name: a b\n{DESIGNS}", "name: a name of 1 to 60 letters, digits, - _ and .; got 'a b'. Begin with a letter or digit"),
    (f"name: 2027\n{DESIGNS}", "name: a name of .*; got 2027. Put quotes around it: '2027'."),
    (f"{HEAD}designs: [{{name: a, kind: none}}, {{name: a, kind: none}}]\n", r"designs\[1\].name: a name that no other has; got 'a'. Give"),
    (design("kind: regional, places: {nordjylland: -3}"), r"designs\[0\].places.nordjylland: a whole number from 0 to 200; got -3. Use 0 for no unit."),
    (design("kind: regional, places: {norjylland: 3}"), "places.norjylland: a region: one of .*Did you mean nordjylland?"),
    (design("kind: regional, places: 3"), r"designs\[0\].places: a mapping such as {midtjylland: 6, nordjylland: 3}; got 3."),
    (design("kind: regional, places: {oestdanmark: 3}"), "places.oestdanmark: a region of the map five: .*Set regions: four to use it."),
    ("regions: four\n" + design("kind: pilot, first: hovedstaden"), r"designs\[0\].first: a region of the map four: .*Write oestdanmark, or regions: five."),
    (design("kind: regional, sites: {midtjylland: AR}"), "sites.midtjylland: a site: one of .*Did you mean AAR?"),
    (design("kind: regional, sites: {midtjylland: [AAR, AAR]}"), r"sites.midtjylland\[1\]: each item only once; got 'AAR'. Remove one of the two."),
    (design("kind: regional, home_first: 'yes'"), "home_first: true or false; got 'yes'. Write true or false, without quotes."),
    (design("kind: regional, flexible: {}"), "flexible.max_places: a word that must be there"),
    (design("kind: regional, flexible: {max_places: {nordjylland: 2}}"), "max_places.nordjylland: at least the places always open, 3; got 2. Raise"),
    (design("kind: shared, groups: [[hovedstaden]]"), "groups: every region once: .*; got none for sjaelland"),
    (design("kind: shared, groups: [[hovedstaden], [hovedstaden]]"), r"groups\[1\]\[0\]: each region in one group only; got 'hovedstaden'. Remove"),
    (design("kind: pilot, others_on: soon"), "others_on: a date or never; got 'soon'. Write year-month-day, such as 2030-01-01, or never."),
    (design("kind: national, sites: [AAR, ODE, AAL]"), "sites: a list of 1 to 2 items; got 3 items."),
    (design("kind: local, sites: [AAR], places: {ODE: 3}"), r"places.ODE: a site listed under sites \(AAR\), or a region with one; got 'ODE'. Add it"),
    (design("kind: national, places: {OED: 3}"), "places.OED: a site or a region: one of .*Did you mean ODE?"),
    (design("kind: none, external: {}"), r"designs\[0\].external: a known word: name, "),
    (design("kind: external, places: 3"), r"designs\[0\].places: a known word: "),
    (design("kind: external, external: {after_day: 3}"), "external.after_day: a known word: .*Did you mean after_days?"),
    (design("kind: external, external: {places: 5, sites: {AAR: 2}}"), r"designs\[0\].external.places: either places or sites, not both; got 5. Delete one of the two."),
    (design("kind: external, external: {sites: {}}"), "external.sites: a mapping such as {AAR: 4, ODE: 3}; got {}. Write it as {AAR: 4, ODE: 3}."),
    (design("kind: external, external: {sites: {AR: 2}}"), "external.sites.AR: a site: one of .*Did you mean AAR?"),
    (design("kind: external, external: {sites: {AAR: 0}}"), "external.sites.AAR: a whole number from 1 to 1000 places; got 0."),
    (design("kind: external, external: {places: none}"), r"external.places: a whole number from 0 to 1000 places; got 'none'. Write a number \[places\]."),
    (design("kind: external, external: {variation: -1}"), "external.variation: a number from 0 to 3; got -1."),
    (design("kind: regional, visitation_days: none"), r"designs\[0\].visitation_days: a distribution, one of .*; got 'none'."),
    (design("kind: regional, ramp_up: {start: 2}"), r"designs\[0\].ramp_up.start: a number from 0 to 1; got 2."),
    (design("kind: regional, may_detain: 'yes'"), "may_detain: true or false; got 'yes'."),
    (design("kind: external, may_detain: true"), r"designs\[0\].may_detain: a known word: "),
    (design("kind: regional, closes_on: never"), "closes_on: a date from 2000-01-01 to 2199-12-31; got 'never'."),
    (design("kind: regional, opens_on: 2030-01-01, closes_on: 2030-01-01"), r"designs\[0\].closes_on: a day after 2030-01-01; got 2030-01-01. Close later, or remove what opens after it."),
    (design("kind: pilot, others_on: 2031-01-01, closes_on: 2030-01-01"), r"designs\[0\].closes_on: a day after 2031-01-01; got 2030-01-01. Close"),
    (design("kind: regional, closes_on: 2027-01-01"), r"designs\[0\].closes_on: a day after 2027-01-01; got 2027-01-01. Close"),
    (pool("places: 8, plan: [{on: 2028-01-01, places: 9}], closes_on: 2028-01-01"), r"pools\[0\].closes_on: a day after 2028-01-01; got 2028-01-01. Close"),
    (pool("closes_on: 2026-12-31"), r"pools\[0\].closes_on: a day after 2027-01-01; got 2026-12-31. Close"),
    (design("kind: external, financing: {state: 1, regoin: 1}"), "financing.regoin: a known word: .*Did you mean region?"),
    (design("kind: pools, pools: []"), "pools: a list of at least 1 item; got 0."),
    (design("kind: pools, pools: [{id: p, site: AAR}, {id: p, site: AAL}]"), r"pools\[1\].id: a name that no other has; got 'p'"),
    (pool("serves: [nowhere]"), r"serves\[0\]: a region: one of"),
    (pool("serves: [9999]"), r"serves\[0\]: a municipality code of four digits; got 9999."),
    (pool("serves: [751, '0751']"), r"serves\[1\]: each item only once"),
    (pool("places: 8, plan: [{on: 2028-01-01, places: 7}]"), r"plan\[0\].places: a plan that only grows: at least 8 places; got 7. Use a flexible rule"),
    (pool("opens_on: 2028-01-01, plan: [{on: 2028-01-01, places: 9}]"), r"plan\[0\].on: a day after 2028-01-01; got 2028-01-01. Put the steps in order"),
    (pool("flexible: {max_places: 7, released_at_most: 2}"), "flexible.released_at_most: left out unless staffing is released; got 2. Write staffing: released, or leave it out."),
    (design("kind: regional, flexible: {max_places: {nordjylland: 4}, released_at_most: 2}"), "flexible.released_at_most: left out unless"),
    (pool("flexible: {max_places: 7, staffing: relased}"), "flexible.staffing: one of standby, released; got 'relased'. Did you mean released?"),
    (pool("places: 8, flexible: {max_places: 7}"), "flexible.max_places: at least the places always open, 8; got 7. Raise"),
    (pool("home_regions: [oestdanmark]"), r"pools\[0\].home_regions: a region of the map five"),
]  # fmt: skip


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "message"), [(HEAD + text + DESIGNS, message) for text, message in CASES] + DESIGN_CASES
)
def test_message_says_where_allowed_got_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message.replace("?", r"\?")) as error:
        read_scenario(text, "winter.yaml")
    assert len(error.value.faults) == 1
    plain = str(error.value)
    assert not re.search(r"pydantic|Input should|Field required|Extra inputs|ruamel|Value error", plain)
    assert all(character.isprintable() for character in plain)


@pytest.mark.unit
def test_message_has_the_form_of_the_house() -> None:
    text = (
        "name: winter\nregions: five\ndesigns:\n  - name: a\n    kind: none\n  - name: b\n    kind: none\n"
        "  - name: c\n    kind: regional\n    places:\n      hovedstaden: 9\n      sjaelland: 4\n      syddanmark: 5\n"
        "      nordjylland: -3\n"
    )
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, "winter.yaml")
    expected = (
        "winter.yaml line 14, designs[2].places.nordjylland: a whole number from 0 to 200; got -3. Use 0 for no unit."
    )
    assert str(error.value) == expected


@pytest.mark.unit
def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    text = """\
name: winter
name: again
horizon_years: 0
demand:
  found_share: 2
  household: {alone: 0.9}
  need: 3
designs:
  - {name: a, kind: regional, places: {nordjylland: -3}}
  - {name: a, kind: shared, groups: [[hovedstaden], [sjaelland]]}
  - {name: c, kind: nonw}
  - {name: d, kind: pools, pools: [{id: p, site: XXX, opens_on: never}, {id: p, site: AAR, places: 2.5}]}
measures: {against: e}
"""
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, "winter.yaml")
    assert [(fault.line, fault.path) for fault in error.value.faults] == [
        (2, "name"),
        (3, "horizon_years"),
        (5, "demand.found_share"),
        (6, "demand.household"),
        (7, "demand.need"),
        (9, "designs[0].places.nordjylland"),
        (11, "designs[2].kind"),
        (12, "designs[3].pools[0].site"),
        (12, "designs[3].pools[0].opens_on"),
        (12, "designs[3].pools[1].places"),
    ]


@pytest.mark.unit
def test_what_must_hold_between_words_is_told_where_these_are_sound() -> None:
    text = """\
name: winter
horizon_years: 5
measure_from_year: 6
demand: {found_share: 2, regional_shares: {hovedstaden: 1}}
waiting: {past_birth_share: 2}
designs:
  - {name: a, kind: regional, flexible: {max_places: {nordjylland: 2}}}
  - {name: a, kind: shared, groups: [[hovedstaden], [sjaelland]]}
measures: {against: e}
"""
    told = []
    for wrong, right in [
        ("", ""),
        ("max_places: {nordjylland: 2}", "max_places: {nordjylland: 3}"),
        ("found_share: 2, ", ""),
    ]:
        text = text.replace(wrong, right)
        with pytest.raises(ScenarioError) as error:
            read_scenario(text, "winter.yaml")
        told.append([(fault.line, fault.path) for fault in error.value.faults])
    year, shares, care = (3, "measure_from_year"), (4, "demand.found_share"), (5, "waiting.past_birth_share")
    together = [(8, "designs[1].name"), (8, "designs[1].groups")]
    assert told == [
        [year, shares, care, (7, "designs[0].flexible.max_places.nordjylland")],
        [year, shares, care, *together],
        [year, (4, "demand.regional_shares"), care, *together],
    ]


@pytest.mark.unit
def test_got_is_short_and_on_one_line() -> None:
    values = {"name": "x" * 500 + "\n\x1b[31m", "designs": [{"name": "a", "kind": "none"}]}
    with pytest.raises(ScenarioError, match="name: a name of") as error:
        scenario_from(values, source="slid\ners")
    fault = error.value.faults[0]
    assert len(str(fault.got)) <= 60
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


@pytest.mark.unit
@pytest.mark.parametrize("values", [5, None, [], "name: a"])
def test_values_that_are_no_mapping_are_refused(values: object) -> None:
    with pytest.raises(ScenarioError, match="values: words with values, such as name, designs; got"):
        scenario_from(values)  # type: ignore[arg-type]


@pytest.mark.unit
def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"gone.yaml: a scenario file; got no such file. Check the path."):
        load_scenario(tmp_path / "gone.yaml")
    with pytest.raises(ScenarioError, match=r": a scenario file; got a folder. Give the path of a file."):
        load_scenario(tmp_path)
