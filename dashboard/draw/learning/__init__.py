"""Charts of what referrals say: what was assumed, what was counted, and what is believed after the data."""
