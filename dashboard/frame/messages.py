"""What is to be said of the link, or of what is asked and cannot be answered."""

import streamlit as st

from dashboard.say.fault_words import describe_faults, describe_link_faults
from dashboard.widgets.own_file import about_refused
from dashboard.widgets.plain import bold, listed, plain, stacked
from dashboard.widgets.session import current_draft, current_fault, current_notice
from sim.faults import shown_text
from sim.texts import Texts


def render_messages(texts: Texts) -> None:
    """Say what is wrong with the link, or with what is asked."""
    notice, fault = current_notice(), current_fault()
    if notice is not None:
        detail = shown_text(notice.detail)
        if notice.fault is not None:
            detail = " ".join(describe_link_faults(notice.fault, texts))
        st.warning(plain(texts(f"plan.link.{notice.code}", detail=detail)), icon=":material/link_off:")
    if fault is not None:
        body = plain(about_refused(texts) or texts("plan.fault.body"))
        lines = listed(describe_faults(fault, current_draft(), texts))
        st.error(stacked(bold(texts("plan.fault.heading")), body, lines), icon=":material/block:")
