"""The scenarios that come with the program, by name: known without reading them."""

import importlib.util
from pathlib import Path

ENDINGS = (".yaml", ".yml")


def ready_scenarios() -> dict[str, Path]:
    """List the scenarios that come with the program.

    Returns
    -------
    dict of str to Path
        File of each by name, sorted.
    """
    package = importlib.util.find_spec("scenarios")
    folders = [Path(folder) for folder in (package.submodule_search_locations or ())] if package else []
    files = [file for folder in folders for file in folder.iterdir() if file.suffix in ENDINGS]
    return {file.stem: file for file in sorted(files)}
