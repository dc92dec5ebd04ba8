"""The columns of a file of referrals, and the words that may stand in them."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.tables import plain_word


class Column(NamedTuple):
    """A column of the file."""

    name: str  # its name
    danish: tuple[str, ...]  # danish names that are understood as well; the first is the one recommended
    kind: str  # what its cells hold: text, date, municipality, week, yes_no, site, minutes, household or reason


COLUMNS: tuple[Column, ...] = (
    Column("id", ("løbenummer", "pseudonym", "nummer"), "text"),
    Column("referred", ("henvist", "henvisningsdato"), "date"),
    Column("municipality", ("kommune", "bopælskommune", "kommunekode"), "municipality"),
    Column("gestation_week", ("graviditetsuge", "uge ved henvisning"), "week"),
    Column("due", ("termin", "terminsdato"), "date"),
    Column("household", ("husstand", "bor sammen med"), "household"),
    Column("offered", ("visiteret", "tilbudt"), "yes_no"),
    Column("accepted", ("sagt ja", "tilsagn"), "yes_no"),
    Column("site", ("sted", "nærmeste sted"), "site"),
    Column("minutes", ("minutter", "rejsetid"), "minutes"),
    Column("family_places", ("familiepladser",), "yes_no"),
    Column("admitted", ("indskrevet", "indskrivningsdato"), "date"),
    Column("discharged", ("udskrevet", "udskrivningsdato"), "date"),
    Column("wait_ended", ("ventetid slut", "venter ikke længere"), "date"),
    Column("reason", ("årsag", "afslutning"), "reason"),
    Column("pregnancy_end", ("fødsel", "fødselsdato barn", "graviditet slut"), "date"),
)
"""Every column there may be, in the order of the template; only `referred` must be there."""

REASONS: tuple[str, ...] = (
    "completed",
    "left_early",
    "gave_up",
    "birth_before_place",
    "pregnancy_ended",
    "waiting",
    "in_stay",
    "other",
)
"""How it ended, or where it stands, as codes; the first two for those admitted, the next three for those never."""
COMPLETED, LEFT_EARLY, GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED, WAITING, IN_STAY, OTHER = range(len(REASONS))

YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "y", "ja", "j", "true", "sand", "sandt", "1", "x"), True),
    **dict.fromkeys(("no", "n", "nej", "false", "falsk", "0"), False),
}
"""Words for yes and no."""

HOUSEHOLD_WORDS: Mapping[str, int] = {
    **dict.fromkeys(("alone", "alene", "enlig", "bor alene"), 0),
    **dict.fromkeys(("partner", "with partner", "samlevende", "samlever", "gift", "kæreste"), 1),
    **dict.fromkeys(("children", "with children", "børn", "barn", "hjemmeboende børn"), 2),
}
"""Words for whom she lives with, as numbers in `sim.cohort.HOUSEHOLDS`."""

REASON_WORDS: Mapping[str, int] = {
    **{word.replace("_", " "): number for number, word in enumerate(REASONS)},
    **dict.fromkeys(
        ("færdigbehandlet", "udskrevet som planlagt", "gennemført", "fuldført", "gennemført ophold"), COMPLETED
    ),
    **dict.fromkeys(
        ("udskrevet før planlagt", "udskrevet før tid", "afbrudt", "afbrudt før tid", "ophold afbrudt før tid"),
        LEFT_EARLY,
    ),
    **dict.fromkeys(("trak sig", "trak sig i ventetiden", "opgav", "opgav ventetiden", "sprang fra"), GAVE_UP),
    **dict.fromkeys(("fødsel før plads", "fødte før plads"), BIRTH_BEFORE_PLACE),
    **dict.fromkeys(("graviditeten ophørte", "graviditet ophørt"), PREGNANCY_ENDED),
    **dict.fromkeys(("venter", "venter stadig"), WAITING),
    **dict.fromkeys(("bor der", "indskrevet", "bor der stadig"), IN_STAY),
    **dict.fromkeys(("andet", "anden årsag", "overflyttet"), OTHER),
}
"""Words for why it ended, as numbers in `REASONS`."""

COLUMN_BY_WORD: Mapping[str, str] = {
    plain_word(word): column.name for column in COLUMNS for word in (column.name, *column.danish)
}
"""Name of a column by each of its names, as `plain_word` writes them."""
