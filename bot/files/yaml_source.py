"""A YAML file as nodes that know their line: safe tags only, no aliases, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.files.problems import MOST, Problem

LARGEST = 1_000_000
"""Bytes of one file. The example's nineteen committees take about 25,000."""

DEEPEST = 20
"""Levels of nesting; more would exhaust the stack of whatever walks them."""

PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
"""The last three are line ends to YAML and to no editor: every line after one would be misnamed."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name that something else must define: a person, a building, a committee, a goal."""

    kind: str
    name: str
    line: int
    column: int
    what: str


@dataclass(kw_only=True)
class Source:
    """One file while it is read: its problems and the names that it mentions gather here."""

    file: str
    locale: str = "en"
    problems: list[Problem] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether the limit on reported problems is reached. Suggestions for more would be slow."""
        return len(self.problems) >= MOST

    def problem(self, node: yaml.Node | None, message: str, fix: str) -> None:
        line = node.start_mark.line + 1 if node else 1
        column = node.start_mark.column + 1 if node else None
        self.at(line, message, fix, column)

    def marked(self, mark: Any, message: str, fix: str) -> None:
        self.at(mark.line + 1, message, fix, mark.column + 1)

    def at(self, line: int, message: str, fix: str, column: int | None = None) -> None:
        self.problems.append(
            Problem(file=self.file, line=line, column=column, message=message, fix=fix)
        )

    def mention(self, kind: str, name: str, node: yaml.Node, what: str) -> None:
        mark = node.start_mark
        self.mentions.append(
            Mention(kind=kind, name=name, line=mark.line + 1, column=mark.column + 1, what=what)
        )


def read_yaml(path: Path, source: Source) -> yaml.MappingNode | None:
    """The file's one mapping; None when the source has a problem that hides the rest."""
    text = read_text(path, source)
    return None if text is None else parse_yaml(text, source)


def parse_yaml(text: str, source: Source) -> yaml.MappingNode | None:
    """The same of a text that was read already."""
    if not _well_formed(text, source):
        return None
    node = yaml.compose(text, Loader=_LOADER)
    if node is None:
        source.at(1, "The file is empty.", "Write its fields, or remove the file.")
        return None
    if not isinstance(node, yaml.MappingNode):
        source.problem(node, "The file does not start with a field.", 'Start with "name: value".')
        return None
    return node


def read_text(path: Path, source: Source) -> str | None:
    """The text of a file, its line ends as they are; None, and a problem, where it is none."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            fix = f"Keep it under {LARGEST:,} bytes."
            source.at(1, f"The file has {size:,} bytes, which is too large.", fix)
            return None
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        source.at(1, f"The file cannot be read: {reason}.", "Check that it exists and is readable.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        source.at(line, "This line is not UTF-8 text.", "Save the file with the encoding UTF-8.")
        return None
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        source.at(line, "There is an invisible control character here.", "Remove it.")
        return None
    return text


def _well_formed(text: str, source: Source) -> bool:
    """Goes through the events first: they are flat, so nothing can grow or recurse yet."""
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            if message := _refused(event, depth, documents):
                source.marked(event.start_mark, *message)
                return False
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
    except yaml.MarkedYAMLError as error:
        _syntax(error, text, source)
        return False
    except yaml.YAMLError as error:
        source.at(1, f"The file is not YAML: {error}.", "Check it with a YAML editor.")
        return False
    return True


def _refused(event: yaml.Event, depth: int, documents: int) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "Anchors (&) and aliases (*) are not allowed.", "Write the value out, or quote it."
    if depth > DEEPEST:
        return "This is nested too deeply.", f"Use at most {DEEPEST} levels."
    if documents > 1:
        return "A second document starts here.", 'Remove the line "---"; one file is one document.'
    tag = getattr(event, "tag", None)
    if tag and tag not in PLAIN_TAGS:
        return f'The tag "{tag}" is not allowed.', "Remove it, or put the value in quotes."
    return None


def _syntax(error: yaml.MarkedYAMLError, text: str, source: Source) -> None:
    """The scanner's words, put into the reader's where we know what is usually meant."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    here = lines[min(line, len(lines) - 1)]
    said = error.problem or "it cannot be read"
    if "\t" in here[: column + 1]:
        message, fix = "There is a tab here.", "Indent with spaces."
    elif "mapping values are not allowed" in said:
        message = "There is a colon here that YAML cannot place."
        fix = "Put a text with a colon in quotes, and check the indentation."
    elif "could not find expected ':'" in said or "block mapping" in (error.context or ""):
        message = "A field is expected here."
        fix = 'Write "name: value", indented like the lines around it.'
    else:
        message = f"This is not YAML: {said}."
        fix = "Check the indentation, brackets and quotes up to this line."
    source.at(min(line, len(lines) - 1) + 1, message, fix, column + 1)
