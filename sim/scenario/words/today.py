"""The women who are there on the opening day: who lives in, who waits, and what is known of each.

Where a day is asked for, it may also be written as in Denmark; a week of pregnancy may be written 22+3.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from sim.faults import Flaw, all_broken, broken, shown
from sim.geography import find_municipality, load_municipalities, nearest_municipality
from sim.scenario.words.ground import CODE, SITE
from sim.scenario.words.group import Words
from sim.scenario.words.rules import Day, Number, Rule
from sim.tables import CellFault, read_date, read_weeks
from sim.texts import say

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
        remedy = say("remedy.write_a_week")
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
            remedy = say("remedy.did_you_mean", word=near) if near else say("remedy.see_the_list_of")
            raise broken(say("allowed.a_municipality_by_code"), value, remedy)
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
            yield Flaw(("site",), say("allowed.the_site_where_she"), say("got.nothing"), say("remedy.add_it_or_leave"))
        if self.is_resident:
            return
        if self.referred is None:
            remedy = say("remedy.add_it_or_the")
            yield Flaw(("referred",), say("allowed.the_day_of_referral"), say("got.nothing"), remedy)
        if self.site == ELSEWHERE:
            remedy = say("remedy.name_the_site_she")
            yield Flaw(("site",), say("allowed.a_site_or_nothing"), shown(self.site), remedy)
        if self.planned_end is not None:
            remedy = say("remedy.leave_it_empty_or")
            yield Flaw(("planned_end",), say("allowed.nothing_for_who_waits"), str(self.planned_end), remedy)

    def _flaws_of_pregnancy(self) -> Iterator[Flaw]:
        words = ("due", "gestation_week", "birth")
        given = [word for word in words if getattr(self, word) is not None]
        if len(given) != 1:
            got = " and ".join(given) or say("got.none")
            remedy = say("remedy.delete_what_is_not") if given else say("remedy.add_birth_or_due")
            yield Flaw(
                (given[-1] if given else "due",),
                say("allowed.one_of", known="due, gestation_week, birth"),
                got,
                remedy,
            )

    def _flaws_of_dates(self, today: datetime.date) -> Iterator[Flaw]:
        earliest = today - datetime.timedelta(days=round(LONGEST_AGO_YEARS * 365.25))
        for word in ("referred", "admitted", "birth"):
            day = getattr(self, word)
            if day is not None and not earliest <= day <= today:
                allowed = say("allowed.a_date_from_to_the", earliest=earliest, today=today)
                yield Flaw((word,), allowed, str(day), say("remedy.correct_it_or_start"))
        if self.referred and self.admitted and self.referred > self.admitted:
            got = say("got.before_she_was_referred", admitted=self.admitted, referred=self.referred)
            yield Flaw(("admitted",), say("allowed.a_day_not_before"), got, say("remedy.correct_one_of_the"))
        if self.planned_end is not None and self.planned_end < today:
            allowed = say("allowed.a_date_from_the", today=today)
            remedy = say("remedy.leave_her_out_if")
            yield Flaw(("planned_end",), allowed, str(self.planned_end), remedy)

    def _flaws_of_weeks(self, today: datetime.date) -> Iterator[Flaw]:
        if self.birth is not None:
            return
        word, now, at_referral = "due" if self.due else "gestation_week", self.week_on(today), self.week_on(self.since)
        if not EARLIEST_WEEK <= now <= LATEST_WEEK or at_referral < 0:
            got = (
                say("got.week_on", now=f"{now:.0f}", today=today)
                if at_referral >= 0
                else say("got.week_at_referral", at_referral=f"{at_referral:.0f}", since=self.since)
            )
            allowed = say("allowed.a_pregnancy_in_week", earliest_week=EARLIEST_WEEK, latest_week=LATEST_WEEK)
            yield Flaw((word,), allowed, got, say("remedy.correct_it_or_give"))
