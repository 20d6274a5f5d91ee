"""A JSON Schema of a framework's file, for editors. Like that of a survey it is looser than the
reader (``framework_yaml``): what it refuses the reader refuses, too."""

from __future__ import annotations

from bot.files.framework_yaml import (
    LONGEST_ABOUT,
    LONGEST_SHORT,
    LONGEST_SOURCE,
    LONGEST_STEP,
    LONGEST_VERSION,
    MOST_CONTROLS,
    MOST_FUNCTIONS,
    MOST_GROUPS,
    MOST_SAFEGUARDS,
)
from bot.files.survey_schema import DRAFT, Schema, key, object_of, text
from governance.controls.commands import NUMBER
from governance.controls.model import HIGHEST, LONGEST_NAME, LOWEST, Dimension

FILE_NAME = "framework.schema.json"
HEADER = f"# yaml-language-server: $schema={FILE_NAME}\n"
"""The line by which an editor finds the schema, in the same folder."""

_WORD: Schema = {"type": ["string", "number"]}
_VERSION: Schema = {**_WORD, "maxLength": LONGEST_VERSION}
_NUMBER: Schema = {
    **_WORD,
    "pattern": f"^{NUMBER.pattern}$",
    "description": 'In quotes: "4.10". It begins with the number of its control.',
}


def framework_schema() -> Schema:
    """Of a whole framework, or of names and texts for one (``extends``)."""
    return {
        "$schema": DRAFT,
        "title": "A framework of practices",
        "if": {"required": ["extends"]},
        "then": wording_schema(),
        "else": whole_schema(),
    }


def whole_schema() -> Schema:
    safeguard = {
        "number": _NUMBER,
        "name": text(LONGEST_NAME, "A short name."),
        "group": key(),
        "function": key(),
        "about": text(LONGEST_ABOUT, "A description, or its full text where you may use it."),
    }
    control = {
        "number": _NUMBER,
        "name": text(LONGEST_NAME),
        "safeguards": _list(object_of(safeguard, "number", "name", "group"), MOST_SAFEGUARDS),
    }
    named = object_of({"key": key(), "name": text(LONGEST_NAME)}, "key", "name")
    steps = {one.value: _steps() for one in Dimension}
    fields: Schema = {
        "key": key(),
        "version": _VERSION,
        "name": text(LONGEST_NAME),
        "short": {
            **_WORD,
            "maxLength": LONGEST_SHORT,
            "description": "What comes before a number in messages, such as CIS.",
        },
        "source": {**_WORD, "maxLength": LONGEST_SOURCE},
        "groups": _list(named, MOST_GROUPS, "In order: each includes those before it."),
        "functions": _list(named, MOST_FUNCTIONS),
        "steps": object_of(steps, *steps),
        "renumbered": {
            "type": "object",
            "additionalProperties": _NUMBER,
            "description": "A number of this version, with its number in the previous version.",
        },
        "controls": _list(object_of(control, "number", "name", "safeguards"), MOST_CONTROLS),
    }
    needed = ("key", "version", "name", "short", "groups", "steps", "controls")
    return object_of(fields, *needed)


def wording_schema() -> Schema:
    words = {
        "number": _NUMBER,
        "name": text(LONGEST_NAME),
        "about": text(LONGEST_ABOUT),
    }
    fields: Schema = {
        "extends": object_of({"key": key(), "version": _VERSION}, "key", "version"),
        "source": {**_WORD, "maxLength": LONGEST_SOURCE},
        "texts": _list(object_of(words, "number"), MOST_CONTROLS * (MOST_SAFEGUARDS + 1)),
    }
    return object_of(fields, "extends", "texts")


def _steps() -> Schema:
    many = HIGHEST - LOWEST + 1
    return {
        **_list(text(LONGEST_STEP), many, "What 1 to 5 mean, in order."),
        "minItems": many,
    }


def _list(items: Schema, most: int, about: str = "") -> Schema:
    schema: Schema = {"type": "array", "minItems": 1, "maxItems": most, "items": items}
    return schema | ({"description": about} if about else {})
