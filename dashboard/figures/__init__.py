"""Figures: pure builders that take numbers and labels and give plotly figures."""
