"""Charts of places: over time, one by one, and on the map."""
