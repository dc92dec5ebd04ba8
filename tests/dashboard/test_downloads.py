"""Numbers behind a chart open rightly in the spreadsheet of the reader's language."""

import pandas as pd
import pytest

from dashboard.widgets.downloads import csv_of
from sim.texts import load_texts

FRAME = pd.DataFrame({"Model": ["Fælles", "Regional"], "Kvinder": [27.6, float("nan")]})


@pytest.mark.unit
@pytest.mark.parametrize(
    ("language", "wanted"),
    [("da", "Model;Kvinder\nFælles;27,6\nRegional;\n"), ("en", "Model,Kvinder\nFælles,27.6\nRegional,\n")],
)
def test_numbers_are_written_for_the_readers_spreadsheet(language: str, wanted: str) -> None:
    content = csv_of(FRAME, load_texts(language))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").replace("\r\n", "\n") == wanted


@pytest.mark.unit
def test_numbers_among_words_have_the_comma_too() -> None:
    mixed = pd.DataFrame({"Værdi": [12.5, "fra 1.5", None, 3]}, dtype=object)
    content = csv_of(mixed, load_texts("da")).decode("utf-8-sig").replace("\r\n", "\n")
    assert content == 'Værdi\n12,5\nfra 1.5\n""\n3\n'
