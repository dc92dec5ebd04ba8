"""Reports: whole pages of HTML that can be mailed and open without a network."""
