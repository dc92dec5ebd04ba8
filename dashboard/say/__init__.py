"""What turns what is known into words and tables, in the language that is spoken."""
