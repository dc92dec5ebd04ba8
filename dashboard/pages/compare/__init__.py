"""The page Compare: designs side by side."""
