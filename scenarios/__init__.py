"""Scenario files, ready to run by name."""
