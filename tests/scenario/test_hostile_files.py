"""Files that are broken or meant to harm are refused at once and in plain words."""
# ruff: noqa: E501 - one case a line

import time
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load_scenario, read_scenario, scenario_from
from sim.scenario.file.reading import MOST_BYTES, MOST_EVENTS

TAIL = "\ndesigns: [{name: a, kind: none}]\n"
SHORT = MOST_BYTES - 100
BROKEN = [
    ("", "text: a scenario; got an empty file. Begin with name: baseline."),
    ("# only a comment\n", "text: a scenario; got an empty file."),
    ("- a\n", r"text: words with values, such as name, designs; got \['a'\]. Begin with name: baseline."),
    ("5", "text: words with values, such as name, designs; got 5."),
    ("name: a\n---\nname: b\n", "line 2: one scenario a file; got several. Put each scenario in a file of its own."),
    ("name: a\nname: b" + TAIL, "line 2, name: each word only once; got 'name' again .first in line 1.. Delete one"),
    ("name: &a b" + TAIL, r"line 1, name: plain words and values; got an anchor or alias .*Write the values out"),
    ("name: *a" + TAIL, r"line 1, name: plain words and values; got an anchor or alias"),
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "plain words and values; got an anchor or alias"),
    ("demand: {<<: {found_share: 1}}", r"line 1, demand: plain words and values; got a merge key .<<.. Write the values out"),
    ("name: !!python/object/apply:os.system [ls]", "line 1, name: plain words and values; got the tag .*Remove it"),
    ("name: !!str 5", "line 1, name: plain words and values; got the tag"),
    ("? [a]\n: b", "line 1: a word before the colon; got a list or mapping. Check brackets and colons."),
    ("name: a\ndesigns:\n\t- b", "line 3: spaces before the words; got a tab. Put spaces in place of tabs."),
    ("name: [a\nb: 1", "line 2: a text in YAML 1.2; got 'b: 1'. Check indentation, colons, quotes and brackets"),
    ('name: "a', "line 1: a text in YAML 1.2; got 'name: \"a'. Check indentation"),
    ("name: a: b", "line 1: a text in YAML 1.2; got 'name: a: b'. Check the indentation, and put quotes around text"),
    ("name: @a", "line 1: a text in YAML 1.2; got 'name: @a'. Check"),
    ("%YAML 9\nname: a", "line 1: a text in YAML 1.2; got '%YAML 9'."),
    (b"name: a\0", "text: text in UTF-8; got something else. Save it as plain text in UTF-8, not as UTF-16"),
    ("name: a".encode("utf-16"), "text: text in UTF-8; got something else."),
    ("name: a\ntitle: {da: Grøn}".encode("latin-1"), "line 2: text in UTF-8; got another encoding. Save the file with"),
    (b"\x89PNG\r\n\x1a\n\xff", "text in UTF-8; got another encoding."),
    (b"PK\x03\x04\x00\x00", "text: text in UTF-8; got something else."),
    ("name: a\x07b", r"line 1: printable text; got the character U\+0007. Remove it, or save"),
    ("x" * 30_000, "line 1: lines of at most 20000 characters; got 30000 characters. Break the line."),
    ("a: " * 2 + "b", "a text in YAML 1.2; got"),
    ("\n".join(" " * depth + "a:" for depth in range(40)), "line 13: at most 12 levels of words within words; got more."),
    ("z: [" + "1,\n" * (SHORT // 3), f"at most {MOST_EVENTS} words and values; got more. Put travel times in a table"),
]  # fmt: skip
SLOW = {
    "open brackets": "[" * 19_000 + "\n" + "[" * 19_000,
    "open brackets, short lines": "[\n" * (SHORT // 2),
    "open mappings": "a: {" * 4_000,
    "long flow": "[" + "1,\n" * (SHORT // 3) + "1]",
    "many words": "".join(f"k{number}: 1\n" for number in range(SHORT // 13)),
    "many words and a long text": "".join(f"k{number}: 1\n" for number in range(3_900))
    + "z: "
    + "\n  ".join(["x " * 5000] * 4),
    "empty lines": "\n" * SHORT,
    "long text": "z:\n" + "  x\n" * (SHORT // 4),
    "dashes": "- " * 9_000,
    "questions": "? " * 9_000,
    "wrong minutes": f"name: a{TAIL}travel:\n  minutes:\n" + "".join(f"    x{n}: {{AAX: a}}\n" for n in range(1_500)),
    "wrong values": f"name: a{TAIL}stay:\n  days: {{empirical: {{values: [" + ",\n".join(["x"] * 4_900) + "]}}\n",
    "wrong designs": "name: a\ndesigns:\n" + "  - {name: a, kind: nonex}\n" * 1_200,
    "10 MB": "a" * 10_000_000,
    "900 kB of brackets": "[" * 900_000,
    "900 kB of mappings": "a: {" * 225_000,
    "400,000 items": "[" + "1," * 400_000 + "1]",
}


@pytest.mark.unit
@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_files_are_refused_in_plain_words(text: str | bytes, message: str) -> None:
    with pytest.raises(ScenarioError, match=message) as error:
        read_scenario(text)
    assert "ruamel" not in str(error.value)


@pytest.mark.unit
@pytest.mark.parametrize("name", SLOW)
def test_hostile_files_are_refused_before_they_are_unfolded(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(ScenarioError):
        read_scenario(SLOW[name])
    assert time.process_time() - begun < 60  # unfolded they take hours, or never end


@pytest.mark.unit
def test_large_file_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 10_000_000)
    with pytest.raises(ScenarioError, match=r"large.yaml: a file of at most 0.1 MB; got a larger one. Put travel"):
        load_scenario(large)


@pytest.mark.unit
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends_are_tolerated(ending: str) -> None:
    text = f"\ufeffname: a{TAIL}".replace("\n", ending)
    assert read_scenario(text.encode()).name == "a"
    assert read_scenario(text).name == "a"


@pytest.mark.unit
def test_words_are_read_as_yaml_1_2_says() -> None:
    text = (
        "name: on\nseed: 0751\ndesigns:\n- name: no\n  kind: pools\n  pools: [{id: y, site: AAR, serves: [0751, 101],"
        " opens_on: 2027-01-01, plan: [{on: 2028-01-01, places: 9}]}]\n"
    )
    scenario = read_scenario(text)
    assert (scenario.name, scenario.seed, scenario.designs[0].name) == ("on", 751, "no")
    pool = scenario.designs[0].pools[0]  # type: ignore[union-attr]
    assert (pool.id, pool.serves, pool.plan[0].places) == ("y", ("0751", "0101"), 9)


@pytest.mark.unit
def test_deep_plain_values_are_refused() -> None:
    values: dict[str, object] = {"name": "a"}
    for _ in range(5_000):
        values = {"demand": values}
    with pytest.raises(ScenarioError, match=r"demand.demand: a known word"):
        scenario_from(values)
