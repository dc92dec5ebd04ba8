"""The page Evidence: published numbers, what rests on them, and one's own data."""
