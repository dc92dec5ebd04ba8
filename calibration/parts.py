"""What a record of referrals can teach; by itself, so that a command can name it without loading what learns."""

PARTS = (
    "need",
    "regions",
    "offered",
    "acceptance",
    "patience",
    "past_birth",
    "gestation",
    "birth",
    "loss",
    "household",
    "stay",
    "early_leaving",
)
"""What can be learnt, part by part."""
