"""The words of a scenario: what each may say, group by group, and the rules they are checked by."""
