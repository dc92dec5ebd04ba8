"""The command line: where everything comes together.

Takes what a user types. Gives tables, files and exit codes: 0 done, 1 something asked about was found faulty, 2 it
could not be done as asked, 130 stopped by Ctrl-C.
"""

from sim.cli.main import main

__all__ = ["main"]
