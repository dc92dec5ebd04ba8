"""What is asked: the question on screen, how it is moved and kept in a link, and what of it can be answered."""
