"""Tables that people keep, CSV and Excel, read in one way."""
