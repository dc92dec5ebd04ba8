"""What the documents and one's own data say of the parameters, and whether the model agrees with them.

`evidence` is the registry of published numbers, `statements` turns words such as "15 % gone by day 30" into
distributions, `priors` is what is believed before any data, `from_rows` learns from a record of referrals,
`from_totals` from numbers such as so many admitted a year, and `checks` holds the model against what was published.
"""
