"""A mapping of a file, field by field. What is wrong is noted in its source, with the line, and
a stand-in value is handed on, so that one reading finds every problem of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

import yaml

from bot.files.problems import one_of
from bot.files.yaml_source import Source, read_yaml
from core.text import Text
from surveys.asking.dates import parsed

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 40
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
NULL = "tag:yaml.org,2002:null"

Member = TypeVar("Member", bound=Enum)


@dataclass(frozen=True)
class Entry:
    """One mapping and what it is, in the reader's words ('the question "wifi"')."""

    source: Source
    node: yaml.MappingNode
    what: str
    fields: dict[str, tuple[yaml.Node, yaml.Node]]

    @classmethod
    def of(cls, source: Source, node: yaml.MappingNode, what: str) -> Entry:
        fields: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                source.problem(name, "A field's name must be a word.", 'Write "name: value".')
            elif name.value in fields:
                first = fields[name.value][0].start_mark.line + 1
                message = f'"{name.value}" appears twice; the first is in line {first}.'
                source.problem(name, message, "Remove one of them.")
            else:
                fields[name.value] = (name, value)
        return cls(source, node, what, fields)

    def called(self, what: str) -> Entry:
        return Entry(self.source, self.node, what, self.fields)

    def only(self, *known: str) -> None:
        """Every other field is a problem: a typing error must not pass as a default."""
        for name, (node, _) in self.fields.items():
            if self.source.full:
                return
            if name not in known:
                message = f'{upper(self.what)} has no field "{name}".'
                self.source.problem(node, message, one_of(name, known))

    def value(self, name: str, *, required: bool) -> yaml.Node | None:
        """The field's node; None (and a problem, if required) where it is missing or empty."""
        found = self.fields.get(name)
        if found and not (isinstance(found[1], yaml.ScalarNode) and not _filled(found[1])):
            return found[1]
        if required and found:
            message = f'"{name}" of {self.what} is empty.'
            self.source.problem(found[0], message, f'Write something after "{name}:".')
        elif required:
            message = f'{upper(self.what)} has no "{name}".'
            self.source.problem(self.node, message, f'Add "{name}:".')
        return None

    def wrong(self, name: str, message: str, fix: str) -> None:
        """A problem with a field's value, or with the whole entry where it is missing."""
        node = self.fields[name][1] if name in self.fields else self.node
        self.source.problem(node, message, fix)

    def scalar(self, name: str, *, required: bool = True, kind: str = "a text") -> str | None:
        node = self.value(name, required=required)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        message = f'"{name}" of {self.what} must be {kind}.'
        self.source.problem(node, message, "Write one value after the colon.")
        return None

    def string(
        self, name: str, *, longest: int = 200, required: bool = True, default: str = ""
    ) -> str:
        value = self.scalar(name, required=required)
        if value is None:
            return default
        self._short_enough(self.fields[name][1], name, value, longest)
        return value

    def key(self, name: str = "key") -> str:
        """A slug: it goes into links, buttons and file names."""
        value = self.scalar(name) or ""
        if value and (not SLUG.fullmatch(value) or len(value) > LONGEST_KEY):
            fix = f"Use small letters, digits and hyphens, at most {LONGEST_KEY}."
            self.wrong(name, f'"{value}" cannot be a key.', fix)
        return value

    def text(self, name: str, *, longest: int) -> Text:
        return self.maybe_text(name, longest=longest, required=True) or Text(default="")

    def maybe_text(self, name: str, *, longest: int, required: bool = False) -> Text | None:
        node = self.value(name, required=required)
        return None if node is None else self.text_of(node, name, longest)

    def text_of(self, node: yaml.Node, name: str, longest: int) -> Text:
        """One string, or one per locale with the district's own among them."""
        if isinstance(node, yaml.ScalarNode):
            value = node.value.strip()
            if not value:
                message = f'"{name}" of {self.what} is empty.'
                self.source.problem(node, message, "Write the words people read.")
            self._short_enough(node, name, value, longest)
            return Text(default=value, language=self.source.locale)
        if isinstance(node, yaml.MappingNode):
            return self._translated(node, name, longest)
        message = f'"{name}" of {self.what} must be a text.'
        self.source.problem(node, message, "Write one text, or one per language.")
        return Text(default="")

    def _translated(self, node: yaml.MappingNode, name: str, longest: int) -> Text:
        languages = Entry.of(self.source, node, f'"{name}" of {self.what}')
        words: dict[str, str] = {}
        for locale, (tag, _) in languages.fields.items():
            if not LOCALE.fullmatch(locale):
                fix = 'Use tags such as "en", "es" or "es-MX".'
                self.source.problem(tag, f'"{locale}" is not a language.', fix)
            words[locale] = languages.string(locale, longest=longest)
        default = words.pop(self.source.locale, None)
        if default is None:
            message = f'"{name}" of {self.what} lacks the district\'s language.'
            self.source.problem(node, message, f'Add "{self.source.locale}:".')
        return Text(default=default or "", translations=words, language=self.source.locale)

    def _short_enough(self, node: yaml.Node, name: str, value: str, longest: int) -> None:
        if len(value) > longest:
            message = f'"{name}" of {self.what} has {len(value)} characters.'
            self.source.problem(node, message, f"Shorten it to {longest}.")

    def whole(self, name: str, *, least: int, most: int, default: int | None = None) -> int | None:
        """A whole number within bounds (both included)."""
        value = self.scalar(name, required=False, kind="a number")
        if value is None:
            return default
        if not WHOLE.fullmatch(value) or not least <= int(value) <= most:
            message = f'"{name}" of {self.what} is "{value}".'
            self.wrong(name, message, f"Use a whole number from {least} to {most}.")
            return default
        return int(value)

    def decimal(self, name: str) -> float | None:
        value = self.scalar(name, required=False, kind="a number")
        if value is None:
            return None
        if not DECIMAL.fullmatch(value):
            message = f'"{name}" of {self.what} is "{value}".'
            self.wrong(name, message, "Use a number such as 5 or 2.5.")
            return None
        return float(value)

    def day(self, name: str) -> date:
        """A day, as 2026-05-31; it has to be there."""
        value = self.scalar(name, kind="a day")
        day = parsed(value) if value else None
        if value and day is None:
            message = f'"{name}" of {self.what} is "{value}".'
            self.wrong(name, message, "Write year, month and day, such as 2026-05-31.")
        return day or date(2000, 1, 1)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.scalar(name, required=False, kind="true or false")
        if value is None:
            return default
        if value.lower() not in ("true", "false", "yes", "no"):
            message = f'"{name}" of {self.what} is "{value}".'
            self.wrong(name, message, "Use true or false.")
        return value.lower() in ("true", "yes")

    def member(
        self, name: str, known: Iterable[Member], default: Member, *, required: bool = False
    ) -> Member:
        """One word of a closed list."""
        value = self.scalar(name, required=required)
        if value is None:
            return default
        node = self.fields[name][1]
        return self.member_of(node, value, known, name) or default

    def member_of(
        self, node: yaml.Node, value: str, known: Iterable[Member], name: str
    ) -> Member | None:
        words = {member.value: member for member in known}
        if value not in words and not self.source.full:
            message = f'"{value}" is not known as {name} of {self.what}.'
            self.source.problem(node, message, one_of(value, words))
        return words.get(value)

    def items(self, name: str, *, required: bool = False) -> list[yaml.Node]:
        """The nodes of a list."""
        node = self.value(name, required=required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            message = f'"{name}" of {self.what} must be a list.'
            self.source.problem(node, message, 'Start each item with "- " on its own line.')
            return []
        if required and not node.value:
            message = f'"{name}" of {self.what} is an empty list.'
            self.source.problem(node, message, "Add at least one item.")
        return list(node.value)

    def words(self, name: str, *, required: bool = False) -> list[tuple[yaml.Node, str]]:
        """A list of single values, each once."""
        found: dict[str, yaml.Node] = {}
        for node in self.items(name, required=required):
            if not isinstance(node, yaml.ScalarNode) or not _filled(node):
                message = f'An item of "{name}" of {self.what} must be one value.'
                self.source.problem(node, message, 'Write "- value".')
            elif (value := str(node.value).strip()) in found:
                message = f'"{value}" appears twice in "{name}" of {self.what}.'
                self.source.problem(node, message, "Remove one of them.")
            else:
                found[value] = node
        return [(node, value) for value, node in found.items()]

    def entries(
        self,
        name: str,
        what: str,
        *,
        required: bool = False,
        by: str = "key",
        most: int | None = None,
    ) -> list[Entry]:
        """A list of mappings; each is named by its field ``by`` where it has one."""
        entries: list[Entry] = []
        for node in self.items(name, required=required):
            if not isinstance(node, yaml.MappingNode):
                fix = 'Write its fields, the first after "- ".'
                self.source.problem(node, f"A {what} must have fields.", fix)
                continue
            entry = Entry.of(self.source, node, f"a {what}")
            key = entry.fields.get(by, (None, None))[1]
            named = isinstance(key, yaml.ScalarNode) and key.value
            entries.append(entry.called(f'the {what} "{named}"') if named else entry)
        if most is not None and len(entries) > most:
            message = f'"{name}" of {self.what} has {len(entries)} items.'
            self.wrong(name, message, f"Use at most {most}.")
        return entries

    def entry(self, name: str, *, required: bool = False) -> Entry | None:
        node = self.value(name, required=required)
        if node is None or isinstance(node, yaml.MappingNode):
            return None if node is None else Entry.of(self.source, node, f"{name} of {self.what}")
        message = f'"{name}" of {self.what} must have fields.'
        self.source.problem(node, message, "Indent its fields under it.")
        return None

    def address(self, name: str) -> str:
        """The e-mail address of somebody who must be in the roster."""
        value = self.scalar(name) or ""
        return self.address_of(self.fields[name][1], value, name) if value else ""

    def addresses(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        found = self.words(name, required=required)
        return tuple(self.address_of(node, value, name) for node, value in found)

    def address_of(self, node: yaml.Node, value: str, name: str) -> str:
        email = value.lower()
        if not EMAIL.fullmatch(email):
            message = f'"{value}" in {name} of {self.what} is not an email address.'
            self.source.problem(node, message, "Write it as name@example.org.")
            return email
        self.source.mention("person", email, node, f"{name} of {self.what}")
        return email


def open_entry(path: Path, source: Source, what: str) -> Entry | None:
    """A file's top mapping."""
    node = read_yaml(path, source)
    return None if node is None else Entry.of(source, node, what)


def unique(
    entries: Collection[Entry], keys: Collection[str], what: str, field: str = "key"
) -> None:
    """Notes each key (each value of ``field``) that comes a second time."""
    lines: dict[str, int] = {}
    for entry, key in zip(entries, keys, strict=True):
        line = entry.node.start_mark.line + 1
        if key and key in lines:
            message = f'The {what} "{key}" appears twice; the first is in line {lines[key]}.'
            entry.wrong(field, message, f"Give one of them another {field}.")
        lines.setdefault(key, line)


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _filled(node: yaml.ScalarNode) -> bool:
    return node.tag != NULL and bool(node.value.strip())
