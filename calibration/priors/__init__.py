"""Priors: what is believed of the parameters before any data, from the plausible ranges of the table of parameters.

Takes the table of parameters. Gives a distribution for each that can be learnt (`parameters`), the one that shape and
scale of early leaving share (`early_leaving`), and draws of all that decide who is admitted today (`today`). Leaves out
data.
"""
