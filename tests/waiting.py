"""How long a test waits for what must come: it bounds a hang, and never decides whether a test passes."""

import os

HANG_SECONDS = int(os.environ.get("HANG_SECONDS", "300"))
"""Longer than the slowest machine takes for anything that is waited for [seconds]; less for who hunts a hang."""
