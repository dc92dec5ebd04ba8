"""Denmark drawn flat: where a point of the globe stands on the paper, and the outlines of the regions.

Takes degrees. Gives kilometres east and north of the middle of the country, so that a kilometre is as long in every
direction. Bornholm, 150 km further east than the rest, is moved into a box in the Kattegat, as on most Danish maps.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.geography import load_region_outlines

Floats = npt.NDArray[np.float64]

MIDDLE_LON, MIDDLE_LAT = 10.4, 56.1
KM_PER_DEGREE = 111.3
BORNHOLM_EAST_OF = 14.0
"""Degrees; nothing else of Denmark lies there."""
BORNHOLM_MOVED_KM = (-178.0, 259.0)
"""East and north."""


class Box(NamedTuple):
    """A rectangle on the paper [km]."""

    west: float
    east: float
    south: float
    north: float


BORNHOLM_BOX = Box(78.0, 136.0, 124.0, 178.0)
"""What stands around Bornholm."""
COUNTRY = Box(-154.0, 190.0, -178.0, 192.0)
"""What the map shows, with room for names in the east."""


class Outlines(NamedTuple):
    """The coasts and borders of the regions as one line [km]; not a number between two rings."""

    east: npt.NDArray[np.float32]
    north: npt.NDArray[np.float32]


def on_paper(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Find how far east and north of the middle degrees WGS84 stand on the map, with Bornholm in its box [km]."""
    # Meridians are taken as parallel, as far apart as at 56.1 degrees north. At either end of the country distances
    # from east to west are 4 % off: enough for a picture, and travel is reckoned otherwise.
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    east = (lon - MIDDLE_LON) * KM_PER_DEGREE * np.cos(np.radians(MIDDLE_LAT))
    north = (lat - MIDDLE_LAT) * KM_PER_DEGREE
    is_bornholm = lon > BORNHOLM_EAST_OF
    return east + is_bornholm * BORNHOLM_MOVED_KM[0], north + is_bornholm * BORNHOLM_MOVED_KM[1]


@lru_cache(maxsize=1)
def load_outlines() -> Outlines:
    """Load the outlines, ready to be drawn; not to be changed. Their attribution must be shown with the map."""
    rings = [ring for feature in load_region_outlines()["features"] for ring in _rings(feature["geometry"])]
    gap = np.full((1, 2), np.nan)
    line = np.vstack([part for ring in rings for part in (np.array(ring, dtype=np.float64), gap)])
    east, north = on_paper(line[:, 0], line[:, 1])
    return Outlines(east.round(1).astype(np.float32), north.round(1).astype(np.float32))


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
