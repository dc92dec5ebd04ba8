"""What the program says: one catalogue a language, and numbers as the language writes them.

Takes the files in `texts/da/` and `texts/en/` of each package: one for each theme, whose name is the first part of its
keys, so that `title` in `plan.yaml` is `plan.title`. A theme is read when it is first spoken of. Gives `Texts`, and
`Said` for what is to be said in a language not known yet. Leaves out which language is spoken: a command or a link
tells.
"""

from .catalogue import LANGUAGES, PLAIN
from .said import Said, Sayable, say, say_in
from .texts import NOTHING, Texts, design_label, load_texts, place_name

__all__ = [
    "LANGUAGES",
    "NOTHING",
    "PLAIN",
    "Said",
    "Sayable",
    "Texts",
    "design_label",
    "load_texts",
    "place_name",
    "say",
    "say_in",
]
