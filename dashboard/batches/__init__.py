"""Batches of a session: what is uploaded and written, how much may be run, jobs in the background, and their results.

Takes files as bytes. Gives scenarios with everything that is wrong with the others, jobs that tell how far they are
and can be ended at once, tables, and everything as one archive. Leaves out how it looks.
"""
