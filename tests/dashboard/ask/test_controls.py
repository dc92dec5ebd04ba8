"""Every control moves a word that is there, in words of both languages, between ends that the scenario allows."""

import pytest

from dashboard.ask.controls import GROUPS, TABLE, Control, controls_of, plausible_ends, scale_of_control, slider_values
from dashboard.ask.design_controls import controls_by_path, design_controls, same_places
from dashboard.ask.question import Question, Words, base_scenario, scenario_of, value_at, with_changes
from dashboard.say.control_words import (
    control_help,
    control_label,
    control_note,
    describe_moves,
    full_label,
    option_label,
    ready_labels,
    write_value,
)
from sim.scenario import AGREEMENTS, ScenarioError, ready_scenarios, scenario_values
from sim.texts import LANGUAGES, load_texts

ADDED = Question("today-regions", added=("national", "local", "pilot", "none"))


def words_of(question: Question) -> Words:
    return scenario_values(scenario_of(question))


def sliders(words: Words) -> list[Control]:
    return [one for one in controls_by_path(words).values() if not one.options]


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(ready_scenarios()))
def test_every_control_of_a_ready_scenario_has_a_value_and_words(name: str) -> None:
    words = words_of(Question(base=name))
    for path, control in controls_by_path(words).items():
        assert path == "demand.need_per_year" or value_at(words, path) is not None or None in control.options, path
        for language in LANGUAGES:
            texts = load_texts(language)
            assert control_label(control, texts)
            assert full_label(control, texts)
            assert control_help(control, words, texts)
            assert isinstance(control_note(control, words, texts), str)
            labels = [option_label(control, option, texts) for option in control.options]
            assert len(set(labels)) == len(labels), path


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_is_named_and_not_written_out(language: str) -> None:
    texts = load_texts(language)
    control = next(one for one in controls_by_path(words_of(Question())).values() if one.path == "economics.financing")
    labels = [option_label(control, {word: {"key": "births"}}, texts) for word in AGREEMENTS]
    assert len(set(labels)) == len(AGREEMENTS)
    assert not any("births" in label for label in labels)


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_values_of_a_slider_read_differently_and_hold_what_the_scenario_says(language: str) -> None:
    texts, words = load_texts(language), words_of(ADDED)
    for control in sliders(words):
        scale = scale_of_control(control, words)
        value = value_at(words, control.path)
        known = [value] if isinstance(value, int | float) else []
        values = slider_values(control, scale, known, texts)
        written = [scale.text(one, texts) for one in values]
        assert len(set(written)) == len(written) > 1, control.path
        assert set(known) <= set(values), control.path
        shown = [scale.to_shown(one) for one in values]
        assert shown == sorted(shown), control.path


@pytest.mark.unit
def test_every_end_of_every_slider_can_be_asked() -> None:
    texts, words = load_texts("da"), words_of(ADDED)
    refused = set()
    for control in sliders(words):
        values = slider_values(control, scale_of_control(control, words), [], texts)
        for value in (values[0], values[-1]):
            try:
                scenario_of(with_changes(ADDED, dict.fromkeys((control.path, *control.also), value)))
            except ScenarioError:
                refused.add(control.word)
    # these cannot be right by themselves: a longest stay of nothing, fewer flexible places at most than always
    assert refused == {
        "stay.days.uniform.low",
        "stay.days.uniform.high",
        "designs.flexible.max_places",
        "designs.places",
    }


@pytest.mark.unit
def test_every_option_can_be_asked() -> None:
    for control in controls_by_path(words_of(ADDED)).values():
        for option in control.options:
            if option is not None:
                scenario_of(with_changes(ADDED, {control.path: option}))


@pytest.mark.unit
def test_what_is_plausible_lies_on_the_slider() -> None:
    words = words_of(ADDED)
    for control in sliders(words):
        scale = scale_of_control(control, words)
        ends = plausible_ends(control, scale)
        if ends is not None:
            low, high = map(scale.to_shown, ends)
            assert control.low <= low + 0.5 < high <= control.high + 0.5, control.path


@pytest.mark.unit
def test_scales_lead_there_and_back() -> None:
    words = words_of(ADDED)
    for control in sliders(words):
        scale = scale_of_control(control, words)
        for shown in (control.low + control.step, control.high - control.step):
            assert scale.to_shown(scale.value(shown)) == pytest.approx(shown, rel=0.02), control.path


@pytest.mark.unit
def test_scales_by_hand() -> None:
    words, texts = words_of(Question("today-regions")), load_texts("da")
    by_path = controls_by_path(words)
    written = {
        "acceptance.base": "40 %",
        "acceptance.decay_per_hour": "22 %",  # 1 - exp(-0.25) = 0.221
        "stay.days.uniform.low": "6 md.",
        "stay.days.uniform.high": "12 md.",
        "stay.early_leaving_days.weibull.scale": "40 %",  # 1 - exp(-(365.25 / 1580)^0.46) = 0.399
        "waiting.patience_days.exponential.mean": "66 dage",
        "demand.gestation_at_referral_weeks.normal.mean": "uge 22",
        "economics.discount_rate": "3,5 %",
        "economics.place_price": "Højt specialiseret: 5.500 kr. (2026)",
        "designs.external.financing": "Kommunen",
    }
    for path, wanted in written.items():
        assert write_value(by_path[path], value_at(words, path), words, texts) == wanted, path
    patience = by_path["waiting.patience_days.exponential.mean"]
    ends = plausible_ends(patience, scale_of_control(patience, words))
    assert ends is not None
    assert [round(end) for end in ends] == [19, 199]  # -1 / ln(1 - 0.05) and -1 / ln(1 - 0.005)


@pytest.mark.unit
@pytest.mark.parametrize("base", ["today-regions", "reform-2027"])
def test_common_ways_to_share_are_offered_on_either_map(base: str) -> None:
    words, texts = words_of(Question(base)), load_texts("en")
    control = controls_by_path(words)["designs.shared.groups"]
    assert [option_label(control, option, texts) for option in control.options] == [
        texts(f"plan.option.designs_groups.{name}") for name in ("all", "east_west", "three")
    ]


@pytest.mark.unit
def test_designs_with_the_same_places_move_together() -> None:
    words = words_of(Question("today-regions"))
    assert same_places(words) == (("regional", "shared"), ("regional",), ("shared",), ("flexible",), ("external",))
    control = design_controls(words, ("regional", "shared"))[0]
    assert (control.path, control.also) == (
        "designs.regional.places.hovedstaden",
        ("designs.shared.places.hovedstaden",),
    )
    apart = words_of(with_changes(Question("today-regions"), {"designs.shared.places.hovedstaden": 8}))
    assert same_places(apart)[0] == ("regional",)


@pytest.mark.unit
def test_words_a_scenario_does_not_have_are_no_controls() -> None:
    question = with_changes(Question("today-regions"), {"waiting.patience_days": "none"})
    words = words_of(question)
    assert "waiting.patience_days.exponential.mean" not in controls_by_path(words)
    assert {one.group for one in TABLE} | {"places"} == set(GROUPS)
    assert all(controls_of(words, group) for group in GROUPS if group != "places")


@pytest.mark.unit
def test_moves_are_said_in_both_languages() -> None:
    changes = {"demand.need_per_year": 80, "acceptance.base": 0.5, "designs.shared.places.midtjylland": 8}
    question = with_changes(Question("today-regions"), changes)._replace(
        off=("flexible",), added=("national",), replications=1000
    )
    assert describe_moves(question, Question("today-regions"), load_texts("da")) == (
        "Kvinder med behov om året: Familieambulatorierne 2023 → 80",
        "Andel, der siger ja til en plads i nærheden: 40 % → 50 %",
        "Fælles, Midtjylland: pladser: 6 → 8",
        "Tilføjet model: Landsdækkende",
        "Udeladt model: Fleksibel",
        "Simulationer: 500 → 1.000",
    )
    assert describe_moves(Question("today-regions"), question, load_texts("en"))[-2:] == (
        "Design back again: Flexible",
        "Replications: 1,000 → 500",
    )
    assert describe_moves(question, question, load_texts("da")) == ()


@pytest.mark.unit
def test_another_beginning_is_a_move() -> None:
    (move,) = describe_moves(Question(base="pilot"), Question(), load_texts("da"))
    assert move.startswith("Andet udgangspunkt: Grundscenarie → ")
    assert set(ready_labels(load_texts("da"))) == set(ready_scenarios())
    assert next(iter(ready_labels(load_texts("en")))) == "baseline"
    assert base_scenario(Question(base="pilot")).name == "pilot"


@pytest.mark.unit
def test_the_choice_of_payer_says_that_nothing_is_decided_after_2027() -> None:
    words = words_of(Question())
    payers = [control for control in controls_by_path(words).values() if control.word.endswith("financing")]
    assert payers
    assert all("efter 2027, er ikke besluttet" in control_help(control, words, load_texts("da")) for control in payers)
