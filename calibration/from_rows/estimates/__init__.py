"""What referrals say of each parameter: its estimate, from what is believed and what was seen, one part at a time."""
