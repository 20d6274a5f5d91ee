"""A framework in YAML: its controls and safeguards by number, its groups, and what each step means.

A file can also give only names and texts for an existing framework (``extends``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.files.fields import Entry, open_entry, unique, upper
from bot.files.problems import Problem, in_order, one_of
from bot.files.yaml_source import Source
from core.text import Text
from governance.controls.commands import NUMBER
from governance.controls.model import (
    HIGHEST,
    LONGEST_NAME,
    LOWEST,
    Control,
    Dimension,
    Framework,
    Named,
    Safeguard,
)

FOLDER = Path(__file__).parent / "frameworks"

LONGEST_VERSION = 20
LONGEST_SHORT = 12
LONGEST_SOURCE = 300
LONGEST_STEP = 70
"""With its number it has to fit into one line of a menu, which holds 75 characters."""
LONGEST_ABOUT = 2000
MOST_GROUPS = 9
MOST_FUNCTIONS = 12
MOST_CONTROLS = 60
MOST_SAFEGUARDS = 60
"""Of one control."""

_STEPS = HIGHEST - LOWEST + 1


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Names and texts for an existing framework. ``names``: of controls and safeguards, by number.
    ``about``: of safeguards. ``entries``: where the file has each number."""

    key: str
    version: str
    names: Mapping[str, Text]
    about: Mapping[str, Text]
    source: str
    file: str
    entries: Mapping[str, Entry]


def included() -> Mapping[str, Framework]:
    """The frameworks that come with the product, by the name of their file."""
    return {path.stem: _ours(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _ours(path: Path) -> Framework:
    found = load_framework(path)
    if not isinstance(found, Framework):
        raise TypeError(f"{path.name} is wrong: {found}")
    return found


def load_framework(path: Path, *, locale: str = "en") -> Framework | Wording | list[Problem]:
    """``locale``: the language of texts without one."""
    source = Source(file=path.name, locale=locale)
    entry = open_entry(path, source, "the framework")
    if entry is None:
        return in_order(source.problems)
    found = _wording(entry) if "extends" in entry.fields else _framework(entry)
    return in_order(source.problems) or found


# -- a whole framework ---------------------------------------------------------------------------


def _framework(entry: Entry) -> Framework:
    entry.only(
        "key",
        "version",
        "name",
        "short",
        "source",
        "groups",
        "functions",
        "steps",
        "renumbered",
        "controls",
    )
    groups = _named(entry, "groups", "group", MOST_GROUPS)
    functions = _named(entry, "functions", "function", MOST_FUNCTIONS, required=False)
    controls = _controls(entry, groups, functions)
    return Framework(
        key=entry.key(),
        version=_version(entry),
        name=entry.text("name", longest=LONGEST_NAME),
        short=entry.string("short", longest=LONGEST_SHORT),
        groups=groups,
        functions=functions,
        controls=controls,
        steps=_steps(entry),
        renumbered=_renumbered(entry, controls),
        source=entry.string("source", longest=LONGEST_SOURCE, required=False),
    )


def _version(entry: Entry) -> str:
    value = entry.string("version", longest=LONGEST_VERSION)
    if value and not NUMBER.fullmatch(value.lower()):
        message = f'"{value}" cannot be a version.'
        entry.wrong("version", message, 'Write it like "8.1" or "2026-2".')
    return value


def _named(
    entry: Entry, name: str, what: str, most: int, *, required: bool = True
) -> tuple[Named, ...]:
    entries = entry.entries(name, what, required=required, most=most)
    found = []
    for one in entries:
        one.only("key", "name")
        found.append(Named(key=one.key(), name=one.text("name", longest=LONGEST_NAME)))
    unique(entries, [one.key for one in found], what)
    return tuple(found)


def _controls(
    entry: Entry, groups: Sequence[Named], functions: Sequence[Named]
) -> tuple[Control, ...]:
    entries = _numbered(entry, "controls", "control", MOST_CONTROLS)
    controls, inner = [], []
    for one in entries:
        one.only("number", "name", "safeguards")
        number = _number(one)
        within = _numbered(one, "safeguards", "safeguard", MOST_SAFEGUARDS)
        controls.append(
            Control(
                number=number,
                name=one.text("name", longest=LONGEST_NAME),
                safeguards=tuple(_safeguard(each, number, groups, functions) for each in within),
            )
        )
        inner += within
    numbers = [one.number for one in controls]
    numbers += [one.number for control in controls for one in control.safeguards]
    unique([*entries, *inner], numbers, "number", "number")
    return tuple(controls)


def _safeguard(
    entry: Entry, control: str, groups: Sequence[Named], functions: Sequence[Named]
) -> Safeguard:
    entry.only("number", "name", "group", "function", "about")
    number = _number(entry)
    if number and control and not number.startswith((f"{control}.", f"{control}-")):
        message = f'"{number}" does not begin with the number of its control, "{control}".'
        entry.wrong("number", message, f'Write it like "{control}.1".')
    return Safeguard(
        number=number,
        name=entry.text("name", longest=LONGEST_NAME),
        group=_key_of(entry, "group", groups, required=True),
        function=_key_of(entry, "function", functions, required=False),
        about=entry.maybe_text("about", longest=LONGEST_ABOUT),
    )


def _key_of(entry: Entry, name: str, known: Sequence[Named], *, required: bool) -> str:
    value = entry.scalar(name, required=required) or ""
    keys = [one.key for one in known]
    if value and value not in keys:
        entry.wrong(name, f'This framework has no {name} "{value}".', one_of(value, keys))
    return value


def _steps(entry: Entry) -> Mapping[Dimension, tuple[Text, ...]]:
    steps = entry.entry("steps", required=True)
    if steps is None:
        return {}
    steps = steps.called('"steps"')
    steps.only(*Dimension)
    found = {}
    for one in Dimension:
        nodes = steps.items(one, required=True)
        if nodes and len(nodes) != _STEPS:
            message = f'"{one}" of "steps" has {len(nodes)} items.'
            steps.wrong(one, message, f"Say what each of {LOWEST} to {HIGHEST} means, in order.")
        found[one] = tuple(steps.text_of(node, one, LONGEST_STEP) for node in nodes)
    return found


def _renumbered(entry: Entry, controls: Sequence[Control]) -> Mapping[str, str]:
    """Numbers of this version, each with its number in the previous version."""
    moved = entry.entry("renumbered")
    if moved is None:
        return {}
    moved = moved.called('"renumbered"')
    known = [one.number for control in controls for one in control.safeguards]
    found: dict[str, str] = {}
    for number, (node, _) in moved.fields.items():
        before = moved.scalar(number, kind="a number") or ""
        if number not in known:
            message = f'"renumbered" names "{number}", which is not a safeguard of this framework.'
            moved.source.problem(node, message, one_of(number, known))
        if before and not NUMBER.fullmatch(before):
            moved.wrong(number, f'"{before}" cannot be a number.', _HOW)
        if before in found.values():
            message = f'"renumbered" has "{before}" for two safeguards.'
            moved.wrong(number, message, "Keep the one that replaced it.")
        found[number] = before
    return found


# -- names and texts only ------------------------------------------------------------------------


def _wording(entry: Entry) -> Wording:
    entry.only("extends", "source", "texts")
    key = version = ""
    if extends := entry.entry("extends", required=True):
        extends = extends.called('"extends"')
        extends.only("key", "version")
        key, version = extends.key(), _version(extends)
    entries = _numbered(entry, "texts", "text", MOST_CONTROLS * (MOST_SAFEGUARDS + 1))
    numbers = [_number(one) for one in entries]
    unique(entries, numbers, "number", "number")
    names: dict[str, Text] = {}
    about: dict[str, Text] = {}
    for number, one in zip(numbers, entries, strict=True):
        one.only("number", "name", "about")
        if name := one.maybe_text("name", longest=LONGEST_NAME):
            names[number] = name
        if full := one.maybe_text("about", longest=LONGEST_ABOUT):
            about[number] = full
        if not name and not full:
            message = f"{upper(one.what)} has neither a name nor a text."
            one.wrong("name", message, 'Add "name:" or "about:".')
    return Wording(
        key=key,
        version=version,
        names=names,
        about=about,
        source=entry.string("source", longest=LONGEST_SOURCE, required=False),
        file=entry.source.file,
        entries=dict(zip(numbers, entries, strict=True)),
    )


def worded(framework: Framework, wording: Wording) -> Framework | list[Problem]:
    """The framework with these names and texts instead of its own."""
    return _misplaced(framework, wording) or replace(
        framework,
        controls=tuple(
            replace(
                control,
                name=wording.names.get(control.number, control.name),
                safeguards=tuple(
                    replace(
                        one,
                        name=wording.names.get(one.number, one.name),
                        about=wording.about.get(one.number, one.about),
                    )
                    for one in control.safeguards
                ),
            )
            for control in framework.controls
        ),
        source=wording.source or framework.source,
    )


def _misplaced(framework: Framework, wording: Wording) -> list[Problem]:
    """Numbers that the framework does not have, and texts of controls."""
    source = Source(file=wording.file)
    controls = [one.number for one in framework.controls]
    known = [*controls, *(one.number for one in framework.safeguards)]
    for number, entry in wording.entries.items():
        if number not in known:
            message = f'{framework.short} {framework.version} has no "{number}".'
            source.problem(entry.node, message, one_of(number, known))
        elif number in controls and number in wording.about:
            message = f'"{number}" is a control, which has no text.'
            source.problem(entry.node, message, 'Give a control only a "name:".')
    return in_order(source.problems)


# -- numbers -------------------------------------------------------------------------------------

_HOW = 'Write digits and small letters, such as "4.1".'


def _numbered(entry: Entry, name: str, what: str, most: int) -> list[Entry]:
    return entry.entries(name, what, required=True, by="number", most=most)


def _number(entry: Entry) -> str:
    value = entry.scalar("number", kind="a number") or ""
    if value and not NUMBER.fullmatch(value):
        entry.wrong("number", f'"{value}" cannot be a number.', _HOW)
    return value
