"""Charts of a fit by simulation."""
