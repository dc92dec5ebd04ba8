"""A record is read as of a day: what came later is not in it, and days that cannot be are refused."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented_files import a_reading, a_scenario, a_sheet

from calibration.commands.calibrate import calibrate
from calibration.from_rows.estimates.observed import early_leaving, waits
from calibration.from_rows.file.reading import Period, Read, read_rows
from calibration.from_rows.file.sheet import Sheet, read_sheet
from calibration.from_rows.fit import MOST_UNDATED, Terms, learn
from calibration.from_rows.fitted import estimate_rows, fitted_scenario, fitted_text
from sim.scenario import ScenarioError, load_scenario, ready_scenarios

EXAMPLE = Path("calibration/examples/referrals.csv")
FIVE = load_scenario(ready_scenarios()["today-regions"])
YES = {"offered": "yes", "accepted": "yes", "site": "AAR", "municipality": "Aarhus", "household": "alone"}


def as_of(*rows: dict[str, str], last: str, today: str = "2026-06-01", first: str | None = None) -> Read:
    period = Period(
        None if first is None else dt.date.fromisoformat(first),
        dt.date.fromisoformat(last),
        dt.date.fromisoformat(today),
    )
    return read_rows(a_sheet(*rows), a_scenario(), period)


@pytest.mark.unit
def test_women_referred_after_the_day_are_not_in_the_record() -> None:
    # Forty who said yes by then and sixty who said no later: by the day itself, nearly all said yes.
    early = [{"referred": f"2022-{1 + i % 11:02d}-15", **YES} for i in range(40)]
    late = [{"referred": f"2023-{1 + i % 11:02d}-15", **YES, "accepted": "no"} for i in range(60)]
    with_late, alone = as_of(*early, *late, last="2022-12-31"), as_of(*early, last="2022-12-31")
    assert (with_late.n_used, with_late.n_rows, with_late.n_later, with_late.n_not_yet) == (40, 100, 60, 0)
    assert with_late.faults == ()
    found, expected = (learn(read.referrals, a_scenario(), Terms()) for read in (with_late, alone))
    for path, estimate in expected.estimates.items():
        assert (found.estimates[path].mean, found.estimates[path].n_rows) == (estimate.mean, estimate.n_rows), path
    assert expected.estimates["acceptance.base"].mean > 0.8


@pytest.mark.unit
def test_what_happened_after_the_day_had_not_happened_yet() -> None:
    stay = {
        "referred": "2022-01-01",
        **YES,
        "admitted": "2022-02-01",
        "discharged": "2023-02-01",
        "reason": "left_early",
    }
    wait = {"referred": "2022-01-01", **YES, "wait_ended": "2023-02-01", "reason": "gave_up"}
    read = as_of(stay, wait, {"referred": "2022-01-01", **YES, "admitted": "2023-01-01"}, last="2022-12-31")
    assert read.faults == ()
    assert read.n_not_yet == 3
    assert early_leaving(read.referrals).days.tolist() == [333.0]
    assert not early_leaving(read.referrals).is_seen.any()
    assert sorted(waits(read.referrals).days.tolist()) == [31.0, 364.0, 364.0]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("days", "match"),
    [
        (
            {"last": "2025-01-01", "first": "2026-01-01"},
            "--from: a day by the last day of the data, 2025-01-01; got 2026",
        ),
        ({"last": "2026-06-02"}, "--as-of: a day that has come, by 2026-06-01; got 2026-06-02. Give the day"),
    ],
)
def test_days_that_cannot_be_are_refused(days: dict[str, str], match: str) -> None:
    with pytest.raises(ScenarioError, match=match):
        as_of({"referred": "2024-01-01"}, **days)


@pytest.mark.unit
def test_the_day_itself_may_be_today_and_the_first_day_the_last() -> None:
    read = as_of({"referred": "2026-06-01"}, last="2026-06-01", first="2026-06-01")
    assert read.n_used == 1


@pytest.mark.unit
def test_dates_that_are_none_are_told_with_row_and_cell() -> None:
    with pytest.raises(ScenarioError) as error:
        a_reading({"referred": "2024-13-45"}, {"referred": "hello"}, last=None)
    assert [(str(fault.place), str(fault.path)) for fault in error.value.faults] == [
        ("mine.csv row 2", "referred"),
        ("mine.csv row 3", "referred"),
        ("mine.csv", ""),
    ]


@pytest.mark.unit
def test_a_record_that_begins_after_the_day_is_refused() -> None:
    with pytest.raises(
        ScenarioError, match=r"a date in some row, by 2022-12-31; got none\. Add dates, or give a later"
    ):
        as_of({"referred": "2023-01-01"}, last="2022-12-31")


def example_with_unreadable_days(every: int) -> Sheet:
    sheet = read_sheet(EXAMPLE)
    place = sheet.header.index("referred")
    rows = [
        (number, [*cells[:place], "??" if i % every == 0 else cells[place], *cells[place + 1 :]])
        for i, (number, cells) in enumerate(sheet.rows)
    ]
    return sheet._replace(rows=tuple(rows))


@pytest.mark.unit
@pytest.mark.parametrize("every", [2, 103])
def test_the_need_is_not_learnt_where_many_days_of_referral_are_unreadable(every: int) -> None:
    # Every other day "??": the need was 19.8, where the truth is 38.3 and the whole record says 37.3.
    read = read_rows(example_with_unreadable_days(every), FIVE, Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31)))
    learnt = learn(read.referrals, FIVE, Terms())
    share = read.n_undated / 103
    is_left = share > MOST_UNDATED
    assert is_left == (every == 2)
    assert ("demand.need_per_year" in learnt.estimates) != is_left
    row = estimate_rows(learnt)[0]
    assert row["path"] == "demand.need_per_year"
    if is_left:
        assert row["mean"] is None
        assert row["note"] == "left as in the scenario: too many days of referral are not known"
        fitted = fitted_scenario(FIVE, learnt, name="fitted")
        assert fitted.demand.need_per_year == FIVE.demand.need_per_year
        assert "# " + "  demand.need_per_year: left as in the scenario: too many days" in fitted_text(
            fitted, learnt, about=[]
        )
    else:
        assert row["mean"] == pytest.approx(37, abs=1)


@pytest.mark.e2e
def test_the_command_says_who_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "".join(f"2024-{month:02d}-01,alone\n" for month in range(1, 13))
    path.write_text(f"referred,household\n{rows}??,alone\n?,\n2025-02-01,alone\n", encoding="utf-8")
    result = CliRunner().invoke(calibrate, [str(path), "--from", "2024-01-01", "--as-of", "2024-12-31"])
    assert "13 of 15 rows are used, " in result.output
    assert "Rows of women referred after 2024-12-31, who are not in the record: 1." in result.output
    assert "Women whose day of referral is not known, and who are missing from the need: 2." in result.output
    assert "Left as in the scenario: too many days of referral are not known: demand.need_per_year" in result.output
    (line,) = [line for line in result.output.splitlines() if line.startswith("demand.need_per_year ")]
    assert "as in the scenario" in line


@pytest.mark.unit
@pytest.mark.parametrize("days", [{"last": "2025-01-01", "first": "2026-01-01"}, {"last": "2026-06-02"}])
def test_days_that_cannot_be_are_said_in_danish(days: dict[str, str]) -> None:
    with pytest.raises(ScenarioError) as error:
        as_of({"referred": "2024-01-01"}, **days)
    (fault,) = error.value.faults
    assert fault.said("da").startswith("»Filen dækker")
