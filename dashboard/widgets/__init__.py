"""Pieces of pages: controls, numbers with their definitions, charts that can be downloaded, and the session's state."""
