"""Files to take home."""

import math
from collections.abc import Callable
from mimetypes import guess_type

import pandas as pd
import streamlit as st

from dashboard.widgets.plain import plain
from sim.texts import Texts


def render_download(
    label: str, content: bytes | str | Callable[[], bytes], name: str, *, key: str, help_text: str = ""
) -> None:
    """Draw a button that gives a file, made when it is asked for."""
    st.download_button(
        plain(label),
        content,
        file_name=name,
        mime=guess_type(name)[0],
        key=key,
        help=plain(help_text) or None,
        on_click="ignore",
        icon=":material/download:",
    )


def csv_of(frame: pd.DataFrame, texts: Texts) -> bytes:
    """Write numbers as a file that opens rightly in the language's spreadsheet."""
    separator, decimal = (";", ",") if texts.language == "da" else (",", ".")

    def written(value: object) -> object:
        """A float as it stands in any column; pandas writes those among words with a point."""
        return str(value).replace(".", decimal) if isinstance(value, float) and math.isfinite(value) else value

    mixed = [name for name in frame.columns if frame[name].dtype == object]
    frame = frame.assign(**{str(name): frame[name].map(written) for name in mixed})
    return str(frame.to_csv(index=False, sep=separator, decimal=decimal)).encode("utf-8-sig")
