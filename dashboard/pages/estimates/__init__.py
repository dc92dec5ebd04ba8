"""The page Whose estimate: the same designs under every published estimate of need."""
