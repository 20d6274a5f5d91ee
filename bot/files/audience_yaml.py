"""An audience in YAML: ``everyone``, or the parts of a rule over the roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.files.fields import Entry, open_entry
from bot.files.problems import Problem, in_order
from bot.files.yaml_source import Source
from core.people import STAFF_ROLES, Audience, Level, Role

EVERYONE = "everyone"
PARTS = (
    "roles",
    "levels",
    "buildings",
    "committees",
    "lists",
    "people",
    "except_people",
    "except_committees",
    "except_buildings",
)


def load_audience(path: Path, *, file: str | None = None) -> Audience | list[Problem]:
    """A file that holds nothing but ``audience:``, for a launch or an announcement."""
    source = Source(file=file or path.name)
    entry = open_entry(path, source, "the file")
    if entry is None:
        return in_order(source.problems)
    entry.only("audience")
    audience = read_audience(entry)
    return in_order(source.problems) or audience


def read_audience(parent: Entry) -> Audience:
    """The ``audience`` of an entry. Left out it is a problem: nobody tells everyone by accident."""
    node = parent.value("audience", required=True)
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip() != EVERYONE:
            fix = f'Write "{EVERYONE}", or fields such as "roles:" under it.'
            parent.wrong("audience", f'The audience "{node.value}" is not known.', fix)
        return Audience()
    entry = parent.entry("audience") if node is not None else None
    if entry is None:
        return Audience()
    entry.only(*PARTS)
    if not entry.fields:
        entry.source.problem(entry.node, "The audience is empty.", f'Write "{EVERYONE}".')
    staff = [role for role in Role if role in STAFF_ROLES]
    return Audience(
        roles=frozenset(
            role
            for node, word in entry.words("roles")
            if (role := entry.member_of(node, word, staff, "a role"))
        ),
        levels=frozenset(
            level
            for node, word in entry.words("levels")
            if (level := entry.member_of(node, word, Level, "a level"))
        ),
        buildings=_mentioned(entry, "buildings", "building"),
        committees=_mentioned(entry, "committees", "committee"),
        lists=_keys(entry, "lists"),
        people=frozenset(entry.addresses("people")),
        except_people=frozenset(entry.addresses("except_people")),
        except_committees=_mentioned(entry, "except_committees", "committee"),
        except_buildings=_mentioned(entry, "except_buildings", "building"),
    )


def audience_data(audience: Audience) -> str | dict[str, Any]:
    """As ``read_audience`` reads it."""
    if audience == Audience():
        return EVERYONE
    return {part: sorted(map(str, held)) for part in PARTS if (held := getattr(audience, part))}


def _mentioned(entry: Entry, name: str, kind: str) -> frozenset[str]:
    found = entry.words(name)
    for node, word in found:
        entry.source.mention(kind, word, node, entry.what)
    return frozenset(word for _, word in found)


def _keys(entry: Entry, name: str) -> frozenset[str]:
    """Of what the district's files do not define: it is looked up when the file is used."""
    return frozenset(word for _, word in entry.words(name))
