"""Quantiles of the normal distribution compiled, by a published approximation; what is extreme is left to SciPy.

They stand beside SciPy's in ``tests/cohort/test_normal_quantiles.py``.

References
----------
M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988).
"""

from sim.compiled import compiled

MIDDLE = 0.425
"""The middle reaches this far to both sides of one half."""
FARTHEST = 5.0
"""The ends reach this far, in square roots of the negative logarithm of the probability beyond: about 10^-11."""

# Coefficients of powers of x, above and below the line, those of the highest power first.
_TOP = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        7.7454501427834140764e-4,
        2.27238449892691845833e-2,
        2.4178072517745061177e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.7694972214606914055e0,
        4.6303378461565452959e0,
        1.42343711074968357734e0,
    ),
)
_BOTTOM = (
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
    (
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        1.51986665636164571966e-2,
        1.4810397642748007459e-1,
        6.8976733498510000455e-1,
        1.6763848301838038494e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_MIDDLE, _ENDS = 0, 1


@compiled
def quantiles_in_the_middle(u, quantiles):
    """Approximate quantiles of the standard normal distribution for draws at most `MIDDLE` from one half."""
    for draw in range(len(u)):
        apart = u[draw] - 0.5
        x = MIDDLE * MIDDLE - apart * apart
        top, bottom = _TOP[_MIDDLE][0], _BOTTOM[_MIDDLE][0]
        for power in range(1, 8):
            top = top * x + _TOP[_MIDDLE][power]
            bottom = bottom * x + _BOTTOM[_MIDDLE][power]
        quantiles[draw] = apart * top / bottom


@compiled
def quantiles_at_the_ends(distances, quantiles):
    """Approximate quantiles of the standard normal distribution for draws further out, above one half."""
    for draw in range(len(distances)):
        x = distances[draw] - 1.6
        top, bottom = _TOP[_ENDS][0], _BOTTOM[_ENDS][0]
        for power in range(1, 8):
            top = top * x + _TOP[_ENDS][power]
            bottom = bottom * x + _BOTTOM[_ENDS][power]
        quantiles[draw] = top / bottom
