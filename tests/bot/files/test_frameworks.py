"""Frameworks as files: those that come with the product, and what is wrong in a district's own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.files import framework_schema
from bot.files.fields import Entry
from bot.files.framework_yaml import FOLDER, Wording, included, load_framework, worded
from bot.files.survey_schema import written
from core.text import Text, text, texts_of
from governance.controls.model import Control, Dimension, Framework, Named, Safeguard
from tests.bot.files.test_damaged_files import SCRAPS
from tests.bot.files.test_survey_schema import _texts

OURS = included()
CIS = OURS["cis-8.1"]
CHECK = Draft202012Validator(framework_schema.framework_schema())

OF_CONTROLS = {
    "1": (2, 2, 1),
    "2": (3, 3, 1),
    "3": (6, 6, 2),
    "4": (7, 4, 1),
    "5": (4, 2, 0),
    "6": (5, 2, 1),
    "7": (4, 3, 0),
    "8": (3, 8, 1),
    "9": (2, 4, 1),
    "10": (3, 4, 0),
    "11": (4, 1, 0),
    "12": (1, 6, 1),
    "13": (0, 6, 5),
    "14": (8, 1, 0),
    "15": (1, 3, 3),
    "16": (0, 11, 3),
    "17": (3, 5, 1),
    "18": (0, 3, 2),
}
"""Safeguards of CIS Controls v8.1 that each implementation group adds, by control."""

FUNCTIONS = {
    "govern": "3.1 4.1 4.2 5.6 6.1 6.2 6.8 7.1 7.2 8.1 11.1 12.4 14.1 15.2 15.3 15.4 15.5 15.6 16.1"
    " 16.2 16.6 17.2 17.3 17.4 18.1",
    "identify": "1.1 1.4 2.1 2.2 3.2 3.7 3.8 5.1 5.5 6.6 7.5 7.6 15.1 16.4",
    "detect": "1.3 1.5 2.4 3.14 8.2 8.5 8.6 8.7 8.8 8.9 8.11 8.12 10.1 10.4 10.7 13.1 13.2 13.3"
    " 13.6 13.11 16.3 16.13 18.2 18.5",
    "respond": "1.2 2.3 7.7 17.1 17.5 17.6",
    "recover": "11.2 11.4 11.5 17.7 17.8 17.9",
}
"""The safeguards of each function but "protect", to which the others belong."""

SMALL = """\
key: small
version: "2"
name: A small checklist
short: SC
groups:
  - {key: first, name: First}
  - {key: more, name: More}
functions:
  - {key: protect, name: Protect}
steps:
  policy: [none, little, half, most, all]
  implemented: [none, little, half, most, all]
  automated: [none, little, half, most, all]
  reported: [none, little, half, most, all]
renumbered: {"1.2": "1.9"}
controls:
  - number: "1"
    name: Devices
    safeguards:
      - {number: "1.1", name: List, group: first, function: protect}
      - {number: "1.2", name: Locks, group: first}
      - {number: "1.10", name: Keys, group: more, about: Who has keys.}
  - number: "2"
    name: Accounts
    safeguards:
      - {number: "2.1", name: {en: Leavers, es: Bajas}, group: more, function: protect}
"""

WORDS = """\
extends: {key: cis, version: "8.1"}
source: Licensed to the district
texts:
  - number: "1"
    name: The Center's title
  - number: "1.1"
    name: The Center's own title
    about: The Center's own sentence.
"""


def read(folder: Path, words: str) -> Framework | Wording | list[str]:
    path = folder / "own.yaml"
    path.write_text(words, encoding="utf-8")
    found = load_framework(path)
    return [str(one) for one in found] if isinstance(found, list) else found


# -- what comes with the product -----------------------------------------------------------------


def test_cis_has_its_numbers_groups_and_functions() -> None:
    assert [one.number for one in CIS.controls] == list(OF_CONTROLS)
    for control in CIS.controls:
        many = sum(OF_CONTROLS[control.number])
        assert [one.number for one in control.safeguards] == [
            f"{control.number}.{n}" for n in range(1, many + 1)
        ]
        groups = Counter(one.group for one in control.safeguards)
        found = tuple(groups[one] for one in ("ig1", "ig2", "ig3"))
        assert found == OF_CONTROLS[control.number], control.number
    assert [len(CIS.in_group(one.key)) for one in CIS.groups] == [56, 130, 153]
    functions: dict[str, list[str]] = {one.key: [] for one in CIS.functions}
    for one in CIS.safeguards:
        functions[one.function].append(one.number)
    protect = functions.pop("protect")
    assert {key: " ".join(numbers) for key, numbers in functions.items()} == FUNCTIONS
    assert len(protect) == 78


def test_cis_names_are_short_and_no_text_of_the_center_is_in_it() -> None:
    words = [one.name.default for one in CIS.safeguards]
    assert {len(one.split()) for one in words} <= set(range(2, 7))
    assert len(set(words)) == 153
    for one in CIS.safeguards:
        assert one.about is not None, one.number
        said = (one.about.in_locale("en"), one.about.in_locale("es"))
        assert all(text.endswith(".") and len(text) <= 160 for text in said), one.number
        assert said[0] != said[1], one.number
    # Every title and sentence of the Center begins with a verb, most of them with these.
    begins = {"establish", "ensure", "deploy", "perform", "conduct", "configure", "utilize"}
    words += [str(one.about.default) for one in CIS.safeguards if one.about]
    assert not begins & {one.split()[0].lower() for one in words}


def test_cis_steps_have_the_ranges_of_csat_pro() -> None:
    for steps in CIS.steps.values():
        ranges = [re.findall(r"\d+", one.default) for one in steps]
        assert ranges == [["0", "20"], ["21", "40"], ["41", "60"], ["61", "80"], ["81", "100"]]
        spanish = [re.findall(r"\d+", one.in_locale("es")) for one in steps]
        assert spanish == ranges


def test_the_numbers_of_the_checklists_can_be_read() -> None:
    told = {name: one.short for name, one in OURS.items() if one.key != "cis"}
    assert told == {"student-data-privacy": "Privacy", "tool-accessibility": "Accessible"}


@pytest.mark.parametrize(
    ("name", "controls", "safeguards"),
    [("student-data-privacy", 6, [11, 24]), ("tool-accessibility", 4, [15])],
)
def test_the_checklists_come_whole(name: str, controls: int, safeguards: list[int]) -> None:
    found = OURS[name]
    assert len(found.controls) == controls
    assert [len(found.in_group(one.key)) for one in found.groups] == safeguards
    assert {one.function for one in found.safeguards} == {one.key for one in found.functions}


@pytest.mark.parametrize("name", OURS)
def test_all_of_it_is_there_in_spanish_and_fits(name: str) -> None:
    framework = OURS[name]
    assert f"{framework.key}-{framework.version}".startswith(name)
    same = {one.default for one in texts_of(framework) if not one.translations}
    assert same <= {"IG1", "IG2", "IG3"}
    assert set(framework.steps) == set(Dimension)
    assert all(len(steps) == 5 for steps in framework.steps.values())
    named = [one.name for one in (*framework.controls, *framework.safeguards)]
    longest = {max(len(one.default), len(one.in_locale("es"))) for one in named}
    assert max(longest) <= 60


# -- a district's own ----------------------------------------------------------------------------


def test_a_file_reads_as_it_was_written(tmp_path: Path) -> None:
    found = read(tmp_path, SMALL)
    assert found == Framework(
        key="small",
        version="2",
        name=text("A small checklist"),
        short="SC",
        groups=(
            Named(key="first", name=text("First")),
            Named(key="more", name=text("More")),
        ),
        functions=(Named(key="protect", name=text("Protect")),),
        controls=(
            Control(
                number="1",
                name=text("Devices"),
                safeguards=(
                    Safeguard(number="1.1", name=text("List"), group="first", function="protect"),
                    Safeguard(number="1.2", name=text("Locks"), group="first"),
                    Safeguard(
                        number="1.10", name=text("Keys"), group="more", about=text("Who has keys.")
                    ),
                ),
            ),
            Control(
                number="2",
                name=text("Accounts"),
                safeguards=(
                    Safeguard(
                        number="2.1",
                        name=text("Leavers", es="Bajas"),
                        group="more",
                        function="protect",
                    ),
                ),
            ),
        ),
        steps={
            one: tuple(text(word) for word in ("none", "little", "half", "most", "all"))
            for one in Dimension
        },
        renumbered={"1.2": "1.9"},
    )


def test_numbers_need_no_quotes(tmp_path: Path) -> None:
    bare = re.sub(r'number: "([\d.]+)"', r"number: \1", SMALL).replace('"2"', "2")
    assert read(tmp_path, bare) == read(tmp_path, SMALL)


WRONG = [
    ('number: "1.2"', 'number: "1.1"', '21:18: The number "1.1" appears twice', True),
    ('number: "2"', 'number: "1.1"', 'The number "1.1" appears twice', True),
    ('number: "1.2"', 'number: "2.2"', '21:18: "2.2" does not begin with the number of its', True),
    ('number: "2.1"', 'number: "21"', '"21" does not begin with the number of its control', True),
    ('number: "1.2"', 'number: "1.2 a"', '"1.2 a" cannot be a number', False),
    ('number: "1.2", ', "", '21:9: A safeguard has no "number"', False),
    ("group: first}", "group: frist}", 'This framework has no group "frist". Did you', True),
    ("group: first}", "}", 'The safeguard "1.2" has no "group"', False),
    ("function: protect}", "function: detect}", 'This framework has no function "detect"', True),
    ("policy: [none, ", "policy: [", '"policy" of "steps" has 4 items', False),
    ("policy: [none, ", "policy: [no, none, ", '"policy" of "steps" has 6 items', False),
    ("  reported: [none, little, half, most, all]\n", "", '"steps" has no "reported"', False),
    ("automated:", "automatic:", '"steps" has no field "automatic". Did you mean', False),
    ("short: SC", "short: A small checklist", '"short" of the framework has 17', False),
    ("name: Locks", f"name: {'x' * 81}", '"name" of the safeguard "1.2" has 81', False),
    ("policy: [none", f"policy: [{'x' * 71}", '"policy" of "steps" has 71', False),
    ("about: Who", f"about: {'x' * 2000}Who", '"about" of the safeguard "1.10" has 20', False),
    ("key: more", "key: first", 'The group "first" appears twice', True),
    ("key: small", "key: Small One", '"Small One" cannot be a key', False),
    ('version: "2"', "version: the new one", '"the new one" cannot be a version', True),
    ('{"1.2": "1.9"}', '{"1.3": "1.9"}', '"renumbered" names "1.3", which is no', True),
    ('{"1.2": "1.9"}', '{"1.2": "1.9", "1.1": "1.9"}', '"renumbered" has "1.9" for two', True),
    ("controls:", "safeguard:", 'The framework has no "controls"', False),
    ("    safeguards:\n", "    safeguards: []\n    more:\n", "is an empty list", False),
    ("name: Locks", "name: Locks, weight: 2", 'has no field "weight"', False),
    ("name: Devices", "name: [Devices]", '"name" of the control "1" must be a text', False),
    ("  - number: \"2\"\n", "  - just words\n  - number: \"2\"\n", "A control must have", False),
    ("groups:\n", "groups: &g\n", "", True),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said", "looser"), WRONG)
def test_what_is_wrong_is_said_with_its_line_and_underlined(
    right: str, wrong: str, said: str, looser: bool, tmp_path: Path
) -> None:
    """``looser``: an editor's schema cannot see it, since it would have to compare fields."""
    assert right in SMALL
    spoiled = SMALL.replace(right, wrong, 1)
    found = read(tmp_path, spoiled)
    assert isinstance(found, list)
    assert any(said in one and one.startswith("own.yaml:") for one in found), found
    assert looser or list(CHECK.iter_errors(_texts(yaml.safe_load(spoiled))))


@pytest.mark.parametrize(
    "hostile",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "key: !!python/object/apply:os.system [ls]\n",
        "controls: " + "[" * 500 + "]" * 500,
        "- just\n- a list\n",
        "controls: 4\ngroups: {}\nsteps: [1, 2]\nrenumbered: none\nfunctions: yes\nkey: {}\n",
        "controls: [{number: {a: b}, safeguards: {}}, 3, [4]]\n",
        "extends: all\ntexts: [1]\n",
        "extends: {key: [], version: {}}\ntexts: {}\n",
        "x" * 2_000_000,
        "",
    ],
)
def test_a_hostile_file_has_problems_and_nothing_else(hostile: str, tmp_path: Path) -> None:
    assert isinstance(read(tmp_path, hostile), list)


@settings(max_examples=150, deadline=None)
@given(
    whole=st.sampled_from([SMALL, WORDS]),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    scraps=st.lists(st.sampled_from(SCRAPS), max_size=3),
)
def test_a_damaged_file_is_read_or_its_problems_are_named(
    tmp_path_factory: pytest.TempPathFactory, whole: str, at: float, cut: int, scraps: list[bytes]
) -> None:
    content = whole.encode()
    place = int(at * len(content))
    path = tmp_path_factory.getbasetemp() / "own.yaml"
    path.write_bytes(content[:place] + b"".join(scraps) + content[place + cut :])
    found = load_framework(path)
    if isinstance(found, Wording):
        found = worded(CIS, found)
    if isinstance(found, list):
        assert found
        assert all(one.message and one.fix and one.line >= 1 for one in found)


# -- names and texts for one that is there -------------------------------------------------------


def test_licensed_texts_take_the_place_of_ours(tmp_path: Path) -> None:
    found = read(tmp_path, WORDS)
    assert isinstance(found, Wording)
    new = worded(CIS, found)
    assert isinstance(new, Framework)
    first = new.safeguard("1.1")
    assert first is not None
    assert (first.name, first.about) == (
        Text(default="The Center's own title"),
        Text(default="The Center's own sentence."),
    )
    assert new.controls[0].name.default == "The Center's title"
    assert new.source == "Licensed to the district"
    assert new.controls[1:] == CIS.controls[1:]
    assert new.steps == CIS.steps


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('number: "1.1"', 'number: "1.11"', 'own.yaml:6:5: CIS 8.1 has no "1.11".'),
        ('number: "1"', 'number: "1.1"', 'The number "1.1" appears twice'),
        ("    name: The Center's title\n", "    about: A sentence.\n", '"1" is a control, which'),
        ("    name: The Center's title\n", "", 'The text "1" has neither a name nor a text'),
        ("source:", "sources:", 'The framework has no field "sources"'),
        ("texts:", "controls: []\ntexts:", 'The framework has no field "controls"'),
    ],
)
def test_texts_for_numbers_that_are_not_there_are_refused(
    right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    assert right in WORDS
    found = read(tmp_path, WORDS.replace(right, wrong, 1))
    if isinstance(found, Wording):
        refused = worded(CIS, found)
        assert isinstance(refused, list)
        found = [str(one) for one in refused]
    assert isinstance(found, list)
    assert any(said in one for one in found), found


# -- the schema for editors ----------------------------------------------------------------------


def faults(words: str) -> list[str]:
    return [one.message for one in CHECK.iter_errors(_texts(yaml.safe_load(words)))]


def test_the_schema_lies_beside_the_files_and_they_are_right_by_it() -> None:
    schema = framework_schema.framework_schema()
    Draft202012Validator.check_schema(schema)
    beside = (FOLDER / framework_schema.FILE_NAME).read_text(encoding="utf-8")
    assert beside == written(schema)
    for path in FOLDER.glob("*.yaml"):
        words = path.read_text(encoding="utf-8")
        assert words.startswith(framework_schema.HEADER)
        assert faults(words) == []
    assert faults(SMALL) == []
    assert faults(WORDS) == []


def test_the_schema_has_the_fields_that_the_reader_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken: list[frozenset[str]] = []
    monkeypatch.setattr(Entry, "only", lambda _, *known: taken.append(frozenset(known)))
    read(tmp_path, SMALL)
    read(tmp_path, WORDS)
    whole, words = framework_schema.whole_schema(), framework_schema.wording_schema()
    control = whole["properties"]["controls"]["items"]
    for schema in (
        whole,
        whole["properties"]["groups"]["items"],
        whole["properties"]["steps"],
        control,
        control["properties"]["safeguards"]["items"],
        words,
        words["properties"]["extends"],
        words["properties"]["texts"]["items"],
    ):
        assert frozenset(schema["properties"]) in taken
    model: Any = Framework
    assert {one.name for one in fields(model)} == set(whole["properties"])
