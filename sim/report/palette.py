"""Colours on white paper, by what they stand for; the dashboard in a light room has the same.

They keep their distance for the colour-blind, and nothing is told by colour alone: bars have patterns too.
"""

DESIGN_COLORS = ("#3762b5", "#c97124", "#4d9b96", "#520148", "#6d85da", "#80511c", "#2d5a6d", "#403702")
"""Of the designs in their order."""

PART_COLORS = ("#52482b", "#969275", "#676aba", "#2b3881", "#7d6566", "#986e0f", "#3f2a41", "#5e96bc")
"""Of the parts of a whole in their order."""

PAYER_COLORS = ("#0f6c31", "#032f6c", "#a881c4")
"""Of municipality, region and state."""

PATTERNS = ("", "/", ".", "x", "\\", "+", "-", "|")
"""Patterns of bars in their order, empty for none, in plotly's words."""

TEXT, MUTED, GRID, AXIS, SURFACE = "#1b2733", "#52606d", "#dde3e8", "#7b8794", "#f4f6f8"
"""Of words, of words of less weight, of lines that help the eye, of lines that carry meaning, behind tables."""


def design_look(number: int) -> tuple[str, str]:
    """Give the colour and the pattern of a design by its place in the scenario, from 0.

    Parameters
    ----------
    number : int
        After the last they begin again.

    Returns
    -------
    color, pattern : str
        As ``#rrggbb``, and of `PATTERNS`.
    """
    return DESIGN_COLORS[number % len(DESIGN_COLORS)], PATTERNS[number % len(PATTERNS)]
