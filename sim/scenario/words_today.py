"""The women who are there on the opening day: who lives in, who waits, and what is known of each.

Where a day is asked for, it may also be written as in Denmark; a week of pregnancy may be written 22+3.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from sim.faults import Flaw, all_broken, broken, shown
from sim.geography import find_municipality, load_municipalities, nearest_municipality
from sim.tables import CellFault, read_date, read_weeks

from .ground import CODE, SITE
from .rules import Day, Number, Rule
from .words import Words

MOST_WOMEN = 300
ELSEWHERE = "elsewhere"
"""Site of a woman who lives in a place at none of the sites."""

TERM_WEEKS = 40
"""Gestational age on the due date, by definition [weeks]."""
LATEST_WEEK = 44
"""No pregnancy is taken to last longer [weeks]; a later week is a mistake in a date."""
EARLIEST_WEEK = 4
"""Nobody knows of a pregnancy before [weeks]."""
LONGEST_AGO_YEARS = 5
"""An earlier date is taken for a mistake."""


class AnyDay(Day):
    """A date, year first or as written in Denmark."""

    def check(self, value: object) -> datetime.date:  # noqa: D102 - said by Rule
        found = read_date(value.strip()) if isinstance(value, str) else value
        if isinstance(found, CellFault):
            raise broken(found.allowed, value, found.remedy)
        return super().check(found)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string"}


class Weeks(Rule):
    """Weeks of pregnancy: a number, also as text with a comma, or weeks and days as in 22+3."""

    def check(self, value: object) -> float:  # noqa: D102 - said by Rule
        remedy = "Write 22, 22.4 or 22+3."
        found = read_weeks(value.strip(), remedy=remedy) if isinstance(value, str) else value
        number = value if isinstance(found, CellFault) else found
        return Number(0, LATEST_WEEK, "weeks", remedy=remedy).check(number)

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": LATEST_WEEK}, {"type": "string"}]}


class Home(Rule):
    """A municipality, by its code or its name."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if not isinstance(value, str) or value.strip().isdigit():
            code: str = CODE.check(value.strip() if isinstance(value, str) else value)
            return code
        row = find_municipality(value.strip())
        if row is None:
            near = nearest_municipality(value)
            remedy = f"Did you mean {near}?" if near else "See the list of municipalities."
            raise broken("a municipality, by code of four digits or by name", value, remedy)
        return load_municipalities().code[row]

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": ["string", "integer"]}


class SiteOfToday(Rule):
    """A site, or elsewhere."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if isinstance(value, str) and value.strip().casefold() == ELSEWHERE:
            return ELSEWHERE
        site: str = SITE.check(value.strip().upper() if isinstance(value, str) else value)
        return site

    def json(self) -> dict[str, Any]:  # noqa: D102 - said by Rule
        return {"type": "string"}


ANY_DAY, WEEKS, HOME, SITE_OF_TODAY = AnyDay(), Weeks(), Home(), SiteOfToday()


class TodayWoman(Words):
    """A woman who is there on the opening day; she lives in if `admitted` is given, else she waits."""

    municipality: Annotated[str, HOME] = Field(description="Her home municipality, code or name.")
    referred: Annotated[datetime.date, ANY_DAY] | None = Field(
        None, description="Day of her referral; that of admission if left out by one who lives in."
    )
    admitted: Annotated[datetime.date, ANY_DAY] | None = Field(
        None, description="Day she moved in; left out by who waits."
    )
    site: Annotated[str, SITE_OF_TODAY] | None = Field(
        None, description="Site where she lives, or elsewhere; of who waits, the site she has said yes to, if known."
    )
    household: Literal["alone", "partner", "children"] | None = Field(
        None, description="Who lives with her; drawn if left out."
    )
    due: Annotated[datetime.date, ANY_DAY] | None = Field(None, description="Expected day of birth.")
    gestation_week: Annotated[float, WEEKS] | None = Field(
        None, description="Week of pregnancy on the day of referral, where `due` is not known [weeks]."
    )
    birth: Annotated[datetime.date, ANY_DAY] | None = Field(None, description="Day of birth, if she has given birth.")
    planned_end: Annotated[datetime.date, ANY_DAY] | None = Field(
        None, description="Day she is planned to leave; drawn if left out."
    )

    @property
    def is_resident(self) -> bool:
        """Whether she lives in; else she waits."""
        return self.admitted is not None

    @property
    def since(self) -> datetime.date:
        """Day of her referral, or of her admission where that is all we know."""
        day = self.referred or self.admitted
        assert day is not None  # checked when she is read
        return day

    def week_on(self, day: datetime.date) -> float:
        """Gestational age on a day, for who has not given birth.

        Parameters
        ----------
        day : datetime.date
            Any.

        Returns
        -------
        float
            Completed and begun weeks as a number [weeks].
        """
        if self.due is not None:
            return TERM_WEEKS - (self.due - day).days / 7
        assert self.gestation_week is not None  # checked when she is read
        return self.gestation_week + (day - self.since).days / 7

    @model_validator(mode="after")
    def _check_story(self, info: ValidationInfo) -> "TodayWoman":
        today = (info.context or {}).get("start")
        flaws = [*self._flaws_of_place(), *self._flaws_of_pregnancy()]
        if not flaws and today is not None:
            flaws = [*self._flaws_of_dates(today)] or [*self._flaws_of_weeks(today)]
        if flaws:
            raise all_broken(flaws)
        return self

    def _flaws_of_place(self) -> Iterator[Flaw]:
        if self.is_resident and self.site is None:
            yield Flaw(("site",), "the site where she lives, or elsewhere", "nothing", "Add it, or leave out admitted.")
        if self.is_resident:
            return
        if self.referred is None:
            remedy = "Add it, or the day of admission if she lives in."
            yield Flaw(("referred",), "the day of referral of who waits", "nothing", remedy)
        if self.site == ELSEWHERE:
            remedy = "Name the site she waits for, or leave it empty. Add admitted if she lives in."
            yield Flaw(("site",), "a site, or nothing, for who waits", shown(self.site), remedy)
        if self.planned_end is not None:
            remedy = "Leave it empty, or add admitted if she lives in."
            yield Flaw(("planned_end",), "nothing for who waits", str(self.planned_end), remedy)

    def _flaws_of_pregnancy(self) -> Iterator[Flaw]:
        words = ("due", "gestation_week", "birth")
        given = [word for word in words if getattr(self, word) is not None]
        if len(given) != 1:
            got = " and ".join(given) or "none"
            remedy = (
                "Delete what is not needed: birth if she has given birth, else due." if given else "Add birth or due."
            )
            yield Flaw((given[-1] if given else "due",), "one of due, gestation_week and birth", got, remedy)

    def _flaws_of_dates(self, today: datetime.date) -> Iterator[Flaw]:
        earliest = today - datetime.timedelta(days=round(LONGEST_AGO_YEARS * 365.25))
        for word in ("referred", "admitted", "birth"):
            day = getattr(self, word)
            if day is not None and not earliest <= day <= today:
                allowed = f"a date from {earliest} to {today}, the day of the list (start)"
                yield Flaw((word,), allowed, str(day), "Correct it, or start.")
        if self.referred and self.admitted and self.referred > self.admitted:
            got = f"{self.admitted}, before she was referred on {self.referred}"
            yield Flaw(("admitted",), "a day not before her referral", got, "Correct one of the two.")
        if self.planned_end is not None and self.planned_end < today:
            allowed = f"a date from {today}, the day of the list (start)"
            remedy = "Leave her out if she has left, or leave it empty."
            yield Flaw(("planned_end",), allowed, str(self.planned_end), remedy)

    def _flaws_of_weeks(self, today: datetime.date) -> Iterator[Flaw]:
        if self.birth is not None:
            return
        word, now, at_referral = "due" if self.due else "gestation_week", self.week_on(today), self.week_on(self.since)
        if not EARLIEST_WEEK <= now <= LATEST_WEEK or at_referral < 0:
            got = f"week {now:.0f} on {today}" if at_referral >= 0 else f"week {at_referral:.0f} on {self.since}"
            allowed = f"a pregnancy in week {EARLIEST_WEEK} to {LATEST_WEEK} on the day of the list, begun at referral"
            yield Flaw((word,), allowed, got, "Correct it, or give birth in its place if she has given birth.")
