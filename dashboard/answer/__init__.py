"""Answers to what is asked: computed once for all who ask, one after the other, on few cores."""
