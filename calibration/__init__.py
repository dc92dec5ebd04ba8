"""Evidence, fits and published tables."""
