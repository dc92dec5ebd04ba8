"""The user's own minutes: what is accepted, and what each fault says."""

import contextlib
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.geography import (
    load_municipalities,
    load_sites,
    read_minutes_table,
    travel_minutes,
    with_own_minutes,
)
from sim.geography.minutes_table import LIMITS
from sim.scenario import ScenarioError

LONG = "municipality,site,minutes\n"


def told(error: ScenarioError) -> tuple[str, ...]:
    return tuple(map(str, error.faults))


@pytest.fixture
def write(tmp_path: Path):
    def write_table(content: str | bytes) -> Path:
        path = tmp_path / "minutes.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_table


@pytest.mark.unit
def test_long_table_by_code_and_by_name(write) -> None:
    table = read_minutes_table(write(LONG + "0751,AAR,12\nSamsø,AAR,95.5\n0751,hvi,200\n"))
    assert table == {"0751": {"AAR": 12.0, "HVI": 200.0}, "0741": {"AAR": 95.5}}


@pytest.mark.unit
def test_columns_of_a_long_table_may_come_in_any_order(write) -> None:
    assert read_minutes_table(write("Minutes,Site,Municipality\n30,ODE,odense\n")) == {"0461": {"ODE": 30.0}}


@pytest.mark.unit
def test_wide_table_leaves_empty_cells_to_the_formula(write) -> None:
    table = read_minutes_table(write("municipality,AAR,HVI\nAarhus,12,\n0101,,15\n\n"))
    assert table == {"0751": {"AAR": 12.0}, "0101": {"HVI": 15.0}}


@pytest.mark.unit
def test_a_table_as_a_danish_spreadsheet_saves_it(write) -> None:
    table = read_minutes_table(write("\ufeffmunicipality;site;minutes\r\n101;HVI;12,5\r\n\r\n".encode()))
    assert table == {"0101": {"HVI": 12.5}}


@pytest.mark.unit
def test_decimal_comma_in_quotation_marks(write) -> None:
    assert read_minutes_table(write(LONG + '0101,HVI,"12,5"\n')) == {"0101": {"HVI": 12.5}}


@pytest.mark.unit
def test_limits_belong_to_the_range(write) -> None:
    assert read_minutes_table(write(LONG + "0101,HVI,0\n0101,AAR,1440\n")) == {"0101": {"HVI": 0, "AAR": 1440}}


@pytest.mark.unit
def test_all_faults_at_once_in_the_order_of_the_lines(write) -> None:
    content = LONG + "0101,HVI,abc\nKøbenhaven,HVI,10\n0101,HVY,10\n0751,AAR,12\n0751,AAR,13\n0101,HVI\n"
    with pytest.raises(ScenarioError) as caught:
        read_minutes_table(write(content))
    assert told(caught.value) == (
        "minutes.csv row 2, minutes: a number from 0 to 1440; got 'abc'. Write travel one way in minutes.",
        "minutes.csv row 3, municipality: a code of four digits or a name; got 'Københaven'. Did you mean København?",
        "minutes.csv row 4, site: a site id; got 'HVY'. Did you mean HVI?",
        "minutes.csv row 6: each pair of municipality and site once; got 0751 and AAR again, "
        "first in row 5. Remove one of the two.",
        "minutes.csv row 7: 3 cells, as in row 1; got 2. Add the missing cells: empty ones need their separator too.",
    )


@pytest.mark.unit
@pytest.mark.parametrize("written", ["-3", "1441", "nan", "inf", "1_0", "٣", "", "1:30", "999999"])
def test_minutes_that_are_no_minutes(write, written: str) -> None:
    with pytest.raises(ScenarioError, match=r"row 2, minutes: a number from 0 to 1440; got .*one way in minutes\."):
        read_minutes_table(write(f"municipality;site;minutes\n0101;HVI;{written}\n"))


@pytest.mark.unit
def test_wide_faults_name_the_column(write) -> None:
    with pytest.raises(ScenarioError, match=r"row 2, HVI: a number from 0 to 1440; got 'x'\."):
        read_minutes_table(write("municipality,AAR,HVI\n0101,,x\n"))
    with pytest.raises(ScenarioError, match=r"row 1, column 2: a site id; got 'AARH'\. Did you mean AAR\?"):
        read_minutes_table(write("municipality,AARH\n0101,1\n"))
    with pytest.raises(ScenarioError, match=r"row 1, column 3: each site once; got 'aar' again\. Remove one\."):
        read_minutes_table(write("municipality,AAR,aar\n0101,1,2\n"))


@pytest.mark.unit
@pytest.mark.parametrize("code", ["0999", "1", "00101", "", "0411"])
def test_codes_that_are_no_municipality(write, code: str) -> None:
    with pytest.raises(ScenarioError, match="row 2, municipality: a code of four digits or a name; got"):
        read_minutes_table(write(LONG + f"{code},HVI,10\n"))


@pytest.mark.unit
@pytest.mark.parametrize(
    "header",
    ["", "\n", "a,b,c\n", "municipality\n", "municipality,site,minute\n"],
)
def test_header_that_is_none(write, header: str) -> None:
    with pytest.raises(ScenarioError, match=r"minutes\.csv row 1: the columns municipality,site,minutes, or .*; got"):
        read_minutes_table(write(header + "0101,HVI,10\n" if header.strip() else header))


@pytest.mark.unit
def test_table_without_a_single_pair(write) -> None:
    with pytest.raises(ScenarioError, match=r"minutes\.csv: at least one pair with minutes; got none\."):
        read_minutes_table(write(LONG))


@pytest.mark.unit
def test_more_pairs_than_there_are(write) -> None:
    with pytest.raises(ScenarioError, match=r"minutes\.csv: at most 1960 pairs; got 1961\. Give each pair once\."):
        read_minutes_table(write(LONG + "0101,HVI,10\n" * 1961))


@pytest.mark.unit
def test_file_too_large(write) -> None:
    with pytest.raises(ScenarioError, match=r"minutes\.csv: a file of at most 1 MB; got a larger one\."):
        read_minutes_table(write(b" " * (LIMITS.size_bytes + 1)))


@pytest.mark.unit
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_files_in_the_encodings_of_spreadsheets(write, encoding: str) -> None:
    assert read_minutes_table(write((LONG + "Samsø,AAR,95\n").encode(encoding))) == {"0741": {"AAR": 95.0}}


@pytest.mark.unit
def test_danish_names_of_columns_units_and_municipalities_written_in_full(write) -> None:
    table = read_minutes_table(
        write("kommune;sted;minutter (en vej)\nÅrhus Kommune;Odense;12,5\nTa\u030arnby;HVI;14\n")
    )
    assert table == {"0751": {"ODE": 12.5}, "0185": {"HVI": 14.0}}


@pytest.mark.unit
def test_a_workbook_is_a_table_of_minutes_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["municipality", "AAR"], [751, 12.5]):
        book.active.append(row)
    book.save(tmp_path / "minutes.xlsx")
    assert read_minutes_table(tmp_path / "minutes.xlsx") == {"0751": {"AAR": 12.5}}


@pytest.mark.unit
def test_marks_for_thousands_are_refused(write) -> None:
    for written in ("1.000", "1.234,5", "1 000"):
        with pytest.raises(ScenarioError, match=r"row 2, minutes: a number"):
            read_minutes_table(write(f"municipality;site;minutes\n0101;HVI;{written}\n"))


@pytest.mark.unit
def test_quotation_mark_that_never_ends(write) -> None:
    with pytest.raises(
        ScenarioError, match=r"row 2: a table; got a row that does not end\. Check the quotation marks\."
    ):
        read_minutes_table(write(LONG + '"0101,HVI,10\n0751,AAR,1\n'))


@pytest.mark.unit
def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none\.csv: a table of travel minutes; got no such file\. Check"):
        read_minutes_table(tmp_path / "none.csv")
    with pytest.raises(ScenarioError, match="a table of travel minutes; got a folder"):
        read_minutes_table(tmp_path)


@pytest.mark.unit
def test_long_nonsense_is_cut_in_the_message(write) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_minutes_table(write(LONG + "0101,HVI," + "9" * 5000 + "\n"))
    assert len(str(caught.value)) < 300


@pytest.mark.unit
def test_own_minutes_replace_their_pairs_only() -> None:
    formula = travel_minutes()
    own = with_own_minutes(formula, {"0751": {"AAR": 7.0}})
    row = load_municipalities().code.index("0751")
    column = [site.id for site in load_sites()].index("AAR")
    assert own[row, column] == 7.0
    assert np.count_nonzero(own != formula) == 1
    assert not own.flags.writeable
    np.testing.assert_array_equal(with_own_minutes(formula, {}), formula)


@pytest.mark.unit
def test_own_minutes_that_did_not_come_from_a_table_are_checked_too() -> None:
    with pytest.raises(ScenarioError) as caught:
        with_own_minutes(travel_minutes(), {"751": {"AAR": 7.0}, "0101": {"HVY": 7.0, "HVI": float("nan")}})
    assert told(caught.value) == (
        "own minutes, 751 to AAR: the code of a municipality; got '751'. Did you mean 0751?",
        "own minutes, 0101 to HVY: a site id; got 'HVY'. Did you mean HVI?",
        "own minutes, 0101 to HVI: a number from 0 to 1440; got nan. Write travel one way in minutes.",
    )


PAIRS = st.tuples(st.sampled_from(load_municipalities().code), st.sampled_from([site.id for site in load_sites()]))
HUNDREDTHS = st.integers(0, 144_000)


@pytest.mark.law
@given(table=st.dictionaries(PAIRS, HUNDREDTHS, min_size=1, max_size=20), decimal=st.sampled_from(".,"))
def test_whatever_is_written_is_read_back(tmp_path_factory, table, decimal: str) -> None:
    path = tmp_path_factory.mktemp("own") / "minutes.csv"
    lines = [f"{int(code)};{site};{n // 100}{decimal}{n % 100:02}" for (code, site), n in table.items()]
    path.write_text("\n".join(["municipality;site;minutes", *lines]), encoding="utf-8")
    read = read_minutes_table(path)
    assert {(code, site): m for code, by_site in read.items() for site, m in by_site.items()} == {
        pair: n / 100 for pair, n in table.items()
    }


@pytest.mark.law
@given(
    content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (LONG + text).encode("utf-8", "replace"))
)
def test_no_content_gets_past_as_anything_but_minutes_or_a_table_error(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("own") / "minutes.csv"
    path.write_bytes(content)
    with contextlib.suppress(ScenarioError):
        read = read_minutes_table(path)
        assert all(0 <= m <= 1440 for by_site in read.values() for m in by_site.values())
