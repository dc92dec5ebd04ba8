"""The page Plan: move assumptions, see what they do."""
