"""Where the women live, where a unit can stand, and how long the way is.

Takes the facts of `data/` (98 municipalities, 19 hospitals and a provider, 11 bridges and ferries, the outlines of the
regions), the travel constants, and the user's own table of minutes if there is one. Gives municipalities, regions and
sites in a fixed order with the certainty of each site, the default site of each region, and travel minutes by
car and ferry, one way, from every municipality to every site. Leaves out how women choose among sites
(cohort) and which sites a design uses (design). Sources, licences, the formula and its weaknesses:
`docs/data.md`.
"""

from sim.geography.minutes_table import MAX_MINUTES, is_minutes_header, read_minutes_table, with_own_minutes
from sim.geography.places import (
    HOME_LEVELS,
    REGION_MAPS,
    REGION_NAMES,
    DefaultSite,
    HomePlaces,
    Municipalities,
    Site,
    default_site,
    home_places,
    load_municipalities,
    load_region_outlines,
    load_sites,
    site_region,
)
from sim.geography.spelling import find_municipality, find_site, nearest_municipality, nearest_site
from sim.geography.travel import TRAVEL_LIMITS, TravelConstants, check_travel_constants, travel_minutes

__all__ = [
    "HOME_LEVELS",
    "MAX_MINUTES",
    "REGION_MAPS",
    "REGION_NAMES",
    "TRAVEL_LIMITS",
    "DefaultSite",
    "HomePlaces",
    "Municipalities",
    "Site",
    "TravelConstants",
    "check_travel_constants",
    "default_site",
    "find_municipality",
    "find_site",
    "home_places",
    "is_minutes_header",
    "load_municipalities",
    "load_region_outlines",
    "load_sites",
    "nearest_municipality",
    "nearest_site",
    "read_minutes_table",
    "site_region",
    "travel_minutes",
    "with_own_minutes",
]
