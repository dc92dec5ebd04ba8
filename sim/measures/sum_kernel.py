"""Adding tallies up for every scope, compiled: what NumPy would do in some hundred small calls.

Tallies lie replication by replication, a row of them for each region or pool and year; sums lie tally by tally, the
values of all replications side by side. The slow twin, a line of NumPy for each kind of scope, stands in
``tests/economics/test_money.py``.
"""

from sim.compiled import compiled


@compiled
def sum_by_region(cells, years_left_out, room, sums):
    """Sum tallies by home region and year, for everything, each region and each measured year."""
    n_replications, n_regions, n_years, n_tallies = cells.shape
    n_scopes = 1 + n_regions + n_years - years_left_out
    for replication in range(n_replications):
        room[:n_scopes] = 0.0
        for region in range(n_regions):
            of_region = room[1 + region]
            for year in range(years_left_out, n_years):
                own, of_year = cells[replication, region, year], room[1 + n_regions + year - years_left_out]
                for tally in range(n_tallies):
                    of_region[tally] += own[tally]
                    of_year[tally] += own[tally]
            for tally in range(n_tallies):
                room[0, tally] += of_region[tally]
        for tally in range(n_tallies):
            for scope in range(n_scopes):
                sums[tally, scope, replication] = room[scope, tally]


@compiled
def sum_by_pool(cells, years_left_out, room, sums):
    """Sum tallies by pool and year, for each pool."""
    n_replications, n_pools, n_years, n_tallies = cells.shape
    first = sums.shape[1] - n_pools
    for replication in range(n_replications):
        for pool in range(n_pools):
            of_pool = room[pool]
            of_pool[:] = 0.0
            for year in range(years_left_out, n_years):
                for tally in range(n_tallies):
                    of_pool[tally] += cells[replication, pool, year, tally]
            for tally in range(n_tallies):
                sums[tally, first + pool, replication] = of_pool[tally]


@compiled
def sum_of_places(cells, is_in_region, years_left_out, room, sums):
    """Sum tallies of places for every scope; places bought elsewhere have none."""
    n_replications, n_pools, n_years, n_tallies = cells.shape
    n_regions = len(is_in_region)
    first_pool = 1 + n_regions + n_years - years_left_out
    for replication in range(n_replications):
        room[:] = 0.0
        for pool in range(n_pools):
            of_pool = room[first_pool + pool]
            for year in range(years_left_out, n_years):
                own, of_year = cells[replication, pool, year], room[1 + n_regions + year - years_left_out]
                for tally in range(n_tallies):
                    of_pool[tally] += own[tally]
                    of_year[tally] += own[tally]
            for tally in range(n_tallies):
                room[0, tally] += of_pool[tally]
                for region in range(n_regions):
                    if is_in_region[region, pool]:
                        room[1 + region, tally] += of_pool[tally]
        for tally in range(n_tallies):
            for scope in range(len(room)):
                sums[tally, scope, replication] = room[scope, tally]
