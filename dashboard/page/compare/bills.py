"""Who gets the bill: rule, price and deficit of each design, and each municipality's bill, when somebody asks."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.answer.long_answers import long_cores, recall_long
from dashboard.draw.places.bill_map import BILL_MEASURES, draw_bill_map
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice_of_design, render_few
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import listed, plain, plain_table
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_state, current_theme
from sim.experiment import most_replications
from sim.financing import rule_sentence
from sim.looks.bills import BillsInShort, bill_scenario, bills_in_short, has_agreement
from sim.scenario import Scenario, scenario_hash
from sim.texts import NOTHING, Texts, design_label

REPLICATIONS = 100
"""Most that are billed: bills take longer than the other numbers."""


def render_bills(scenario: Scenario, texts: Texts) -> None:
    """Draw the section; folded where no design shares by an agreement."""
    if has_agreement(scenario):
        st.header(texts("compare.bills.title"))
        _render(scenario, texts)
    else:
        with st.expander(texts("compare.bills.title"), expanded=_are_asked_for()):
            _render(scenario, texts)


def _are_asked_for() -> bool:
    return bool(st.session_state.get(Key.BILLED) == current_state().question)


def _ask() -> None:
    st.session_state[Key.BILLED] = current_state().question


def _render(scenario: Scenario, texts: Texts) -> None:
    st.markdown(texts("compare.bills.intro"))
    n = min(most_replications(scenario), REPLICATIONS)
    if not _are_asked_for():
        about = texts("compare.bills.help", n=texts.number(n))
        st.button(texts("compare.bills.ask"), key=Key.SEND_BILLS, help=plain(about), on_click=_ask)
        return
    bills = _bills_of(scenario, n, texts)
    st.markdown(listed(f"{design_label(name, texts)}: {_rule(own, texts)}" for name, own in bills.items()))
    st.table(plain_table(_table(bills, scenario, texts)), hide_index=True)
    st.caption(plain(texts("compare.bills.basis", n=texts.number(n))))
    which, what = st.columns(2, gap="large")
    with which:
        design = render_choice_of_design(
            texts("compare.on_the_map"), scenario, name="compare.bill_design", key=Key.BILL_DESIGN, texts=texts
        )
    with what:
        chosen = render_few(
            texts("compare.bills.measure"),
            BILL_MEASURES,
            name="compare.bill_measure",
            key=Key.BILL_MEASURE,
            format_func=lambda measure: texts(f"figures.bills.{measure}"),
        )
    measure = next(one for one in BILL_MEASURES if one == chosen)
    catchments = shared_answers().catchments(scenario, design)
    left, right = st.columns(2, gap="large")
    with left:
        render_chart(draw_bill_map(bills, catchments, texts, current_theme(), measure=measure, design=design), texts)
    right.dataframe(
        _municipalities(bills[design], texts), hide_index=True, height=560, alt=texts("compare.bills.municipalities")
    )
    right.caption(texts("compare.bills.municipalities"))


def _bills_of(scenario: Scenario, n: int, texts: Texts) -> dict[str, BillsInShort]:
    with told_progress(texts) as tell:
        found: dict[str, BillsInShort] = recall_long(
            ("bills", scenario_hash(scenario), n),
            lambda: bills_in_short(bill_scenario(scenario, replications=n, cores=long_cores(), on_progress=tell)),
            lambda: tell(0, 1),
        )
    return found


def _rule(own: BillsInShort, texts: Texts) -> str:
    price = own.account.price if own.account else float("nan")
    return rule_sentence(own.financing, price, texts, has_units=own.account is not None)


def _table(bills: Mapping[str, BillsInShort], scenario: Scenario, texts: Texts) -> pd.DataFrame:
    """A row for each design."""
    rows = []
    for name, own in bills.items():
        amounts = [NOTHING] * 4
        if own.account:
            account = own.account
            amounts = [texts.money(one) for one in (account.price, account.cost, account.paid, account.outstanding)]
        rows.append([design_label(name, texts), *amounts])
    years = texts.number(scenario.horizon_years)
    columns = [
        texts("figures.column.design"),
        texts("financing.table.price"),
        texts("compare.bills.cost"),
        texts("compare.bills.paid"),
        texts("compare.bills.outstanding", n=years),
    ]
    return pd.DataFrame(rows, columns=columns)


def _municipalities(own: BillsInShort, texts: Texts) -> pd.DataFrame:
    """A row for each municipality: its bill, what that swings, and the bill of a low and a high year [DKK]."""
    rows = [[area.area, *map(texts.number, (area.bill, area.sd, area.low, area.high))] for area in own.areas]
    words = [texts(f"financing.table.{word}") for word in ("bill", "sd", "low", "high")]
    return pd.DataFrame(rows, columns=[texts("common.level.municipality"), *words])
