"""Numbers behind a chart open rightly in the spreadsheet of the reader's language."""

import pandas as pd
import pytest

from dashboard.texts import load_texts
from dashboard.widgets.charts import csv_of

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
