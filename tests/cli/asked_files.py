"""Scenario files for tests of the commands, quick to run."""

from pathlib import Path

QUICK = """\
name: quick
title: {da: Hurtig, en: Quick}
horizon_years: 1
replications: 3
designs:
  - {name: regional, kind: regional}
  - {name: shared, kind: shared}
  - {name: as-today, kind: external, financing: municipal}
"""
FAULTY = """\
name: faulty
designs:
  - name: regional
    kind: regional
    places:
      nordjylland: -3
waiting:
  past_birth_share: 1.5
"""


def written(folder: Path, text: str, name: str = "quick.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
