"""Charts of results, design by design."""
