"""How fast it is, beside others who play the same queue: ``make bench``, or ``python -m benchmarks``.

Every speed is a ratio within one run on one machine. Nothing here is part of the model.
"""
