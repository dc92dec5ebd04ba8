"""A file of referrals, from its cells to `Referrals`, with a fault for everything in it that cannot be used."""
