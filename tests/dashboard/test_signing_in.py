"""Where signing in is configured, nobody sees a page before it."""

import pytest
from dashboard_app import APP
from streamlit.testing.v1 import AppTest

from dashboard.widgets.keys import Key


@pytest.mark.ui
def test_without_signing_in_there_is_only_the_door() -> None:
    app = AppTest.from_file(str(APP), default_timeout=600)
    app.secrets["auth"] = {
        "redirect_uri": "https://places.example.dk/oauth2callback",
        "cookie_secret": "a long random text",
        "client_id": "dashboard",
        "client_secret": "another",
        "server_metadata_url": "https://login.example.dk/.well-known/openid-configuration",
    }
    app.run()
    assert not app.exception
    assert app.title[0].value == "Døgnpladser til gravide med et skadeligt forbrug af rusmidler"
    assert app.button(key=Key.SIGN_IN).label == "Log ind"
    assert not app.select_slider
    assert not app.get("html")
