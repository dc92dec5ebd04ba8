"""The page Runs: many scenarios at a time."""
