"""The page One possible future: one replication, place by place."""
