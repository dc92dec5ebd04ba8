"""What pools and estimates of need are called."""

from functools import lru_cache

from sim.geography import load_sites
from sim.texts import Texts


def pool_label(pool: str, texts: Texts) -> str:
    """Name a pool by region and town where its id names them, else by the id itself."""
    region, _, site = pool.rpartition("-")
    towns = _towns()
    if f"common.region.{pool}" in texts:
        return texts(f"common.region.{pool}")
    if site in towns and not region:
        return towns[site]
    if site in towns and f"common.region.{region}" in texts:
        return f"{texts(f'common.region.{region}')}, {towns[site]}"
    return pool


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    return {site.id: site.town for site in load_sites()}


def view_label(view: str, texts: Texts) -> str:
    """Name an estimate of need, or give its id where it has no label."""
    key = f"views.{view}.label"
    return texts(key) if key in texts else view
