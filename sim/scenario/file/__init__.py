"""Files of scenarios: read and checked, written, and named by what they say."""
