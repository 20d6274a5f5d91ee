"""A JSON Schema of a survey's file, for editors: it completes fields and underlines mistakes.

It is looser than the reader (``survey_yaml``), which also holds a file against itself and against
the district: what the schema refuses the reader refuses, too, and a file is right when the reader
says so. Tests hold the two against each other, field by field.
"""

from __future__ import annotations

import json
from typing import Any

from bot.files.audience_yaml import EVERYONE
from bot.files.condition_yaml import TESTS
from bot.files.fields import LONGEST_KEY, SLUG
from bot.files.question_yaml import (
    MOST_CHOICES,
    MOST_DAYS_OF_IDEAS,
    MOST_OTHER,
    MOST_PAIRS,
    MOST_STATEMENTS,
)
from core.people import STAFF_ROLES, Level, Role
from surveys.authoring.presets import PRESETS
from surveys.questions import Period
from surveys.survey import Dimension

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILE_NAME = "survey.schema.json"
HEADER = f"# yaml-language-server: $schema={FILE_NAME}\n"
"""The line by which an editor finds the schema, in the same folder."""

_NUMBER: Schema = {"type": "number"}
_FLAG: Schema = {"enum": [True, False, "true", "false", "yes", "no"]}


def survey_schema() -> Schema:
    """Of ``surveys/*.yaml``."""
    fields: Schema = {
        "key": key(),
        "title": text(120),
        "asked_by": text(80, "The office that asks."),
        "purpose": text(600, "Why it is asked, and what the answers decide."),
        "minutes": _whole(1, 60, "How long it takes."),
        "thanks": text(600, "What is said at the end."),
        "tables": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [_table(), {"type": "array", "items": _table(), "minItems": 1}]},
            "description": "Everything that will ever be released.",
        },
        "committees": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Keys of committees whose members see the tables, too.",
        },
        "adkar": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 5,
            "maxItems": 5,
            "description": "The five scales from 1 to 5 that rate ADKAR's elements, in its order.",
        },
        "pages": {"type": "array", "minItems": 1, "items": _page()},
    }
    needed = ("key", "title", "asked_by", "purpose", "pages")
    return {"$schema": DRAFT, "title": "A survey", **object_of(fields, *needed)}


def audience_schema() -> Schema:
    """Of a file that holds ``audience:``, for a launch."""
    names: Schema = {"type": "array", "items": {"type": "string"}}
    roles = [role.value for role in Role if role in STAFF_ROLES]
    fields: Schema = {
        "roles": {"type": "array", "items": {"enum": roles}},
        "levels": {"type": "array", "items": {"enum": [level.value for level in Level]}},
        "buildings": names,
        "committees": names,
        "lists": names,
        "people": names,
        "except_people": names,
        "except_committees": names,
        "except_buildings": names,
    }
    rule = {**object_of(fields), "minProperties": 1}
    audience = {"anyOf": [{"const": EVERYONE}, rule]}
    return {
        "$schema": DRAFT,
        "title": "An audience",
        **object_of({"audience": audience}, "audience"),
    }


def written(schema: Schema) -> str:
    """As a file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def question_schemas() -> dict[str, Schema]:
    """By kind."""
    points: Schema = {
        "points": _whole(2, 11, "How many points (default 5)."),
        "lowest": _whole(0, 1, "The lowest point (default 1)."),
        "labels": _labels(),
    }
    mixed: Schema = {"random_order": {**_FLAG, "description": "An order of each person's own."}}
    choices: Schema = {"choices": _choices()}
    own: Schema = object_of({"label": text(75), "longest": _whole(1, MOST_OTHER)})
    other: Schema = {"other": {"anyOf": [_FLAG, own]}}
    limits = {name: _whole(1, MOST_CHOICES) for name in ("at_least", "at_most")}
    statement = object_of({"key": key(), "label": text(150)}, "key", "label")
    statements: Schema = {
        "type": "array",
        "minItems": 2,
        "maxItems": MOST_STATEMENTS,
        "items": statement,
    }
    day: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    kinds: dict[str, tuple[Schema, tuple[str, ...]]] = {
        "single": ({**choices, **other, **mixed}, ("choices",)),
        "several": ({**choices, **other, **limits, **mixed}, ("choices",)),
        "scale": (points, ("labels",)),
        **{name: ({}, ()) for name in PRESETS},
        "enps": ({"labels": _labels()}, ()),
        "matrix": (
            {"statements": statements, "scale": {"enum": list(PRESETS)}, **points, **mixed},
            ("statements",),
        ),
        "ranking": ({**choices, "top": _whole(1, MOST_CHOICES), **mixed}, ("choices",)),
        "pairwise": (
            {**choices, "pairs": _whole(1, MOST_PAIRS), "ideas": _ideas()},
            ("choices",),
        ),
        "number": (
            {"minimum": _NUMBER, "maximum": _NUMBER, "whole": _FLAG, "unit": text(40)},
            (),
        ),
        "date": (
            {"minimum": day, "maximum": day, "by": {"enum": [one.value for one in Period]}},
            ("minimum", "maximum"),
        ),
        "text": ({"shortest": _whole(0, 3000), "longest": _whole(1, 3000)}, ()),
    }
    return {kind: _question(kind, *fields) for kind, fields in kinds.items()}


def _page() -> Schema:
    by_kind = question_schemas()
    # One branch a kind: an editor then says what is wrong with this kind, not with all of them.
    branches = [
        {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": schema}
        for kind, schema in by_kind.items()
    ]
    question = {
        "type": "object",
        "properties": {"kind": {"enum": list(by_kind)}},
        "required": ["key", "kind", "prompt"],
        "allOf": branches,
    }
    questions = {"type": "array", "minItems": 1, "items": question}
    fields = {"title": text(75), "show_if": _condition(), "questions": questions}
    return object_of(fields, "questions")


def _question(kind: str, fields: Schema, needed: tuple[str, ...]) -> Schema:
    common: Schema = {
        "key": key(),
        "kind": {"const": kind},
        "prompt": text(300, "What is asked: one thing at a time."),
        "hint": text(300),
        "required": _FLAG,
    }
    return object_of({**common, **fields}, "key", "kind", "prompt", *needed)


def _condition() -> Schema:
    answers: Schema = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
    tests = {test: answers if test.endswith("_of") else _NUMBER for test in TESTS}
    asked = {"type": "string", "description": "The key of a question of an earlier page."}
    return object_of({"question": asked, **tests}, "question")


def _choices() -> Schema:
    choice = {"key": key(), "label": text(75), "goal": {"type": "string"}, "fixed": _FLAG}
    return {
        "type": "array",
        "minItems": 2,
        "maxItems": MOST_CHOICES,
        "items": object_of(choice, "key", "label"),
    }


def _ideas() -> Schema:
    moderator: Schema = {
        "type": "string",
        "description": "The email address of the person who reads them.",
    }
    days = _whole(
        1, MOST_DAYS_OF_IDEAS, "Days after the opening in which they can be added (default 14)."
    )
    return object_of({"moderator": moderator, "days": days}, "moderator")


def _labels() -> Schema:
    return {
        "type": "object",
        "patternProperties": {"^[0-9]+$": text(75)},
        "additionalProperties": False,
        "description": "Words for points: at least for the first and the last.",
    }


def key() -> Schema:
    return {
        "type": ["string", "integer"],
        "pattern": f"^{SLUG.pattern}$",
        "maxLength": LONGEST_KEY,
        "description": "Small letters, digits and hyphens. It never changes once used.",
    }


def _table() -> Schema:
    return {"enum": ["district", *(by.value for by in Dimension)]}


def text(longest: int, about: str = "") -> Schema:
    """One text, or one per language."""
    one: Schema = {"type": ["string", "number", "boolean"], "maxLength": longest}
    every: Schema = {"type": "object", "additionalProperties": one, "minProperties": 1}
    return {"anyOf": [one, every]} | ({"description": about} if about else {})


def _whole(least: int, most: int, about: str = "") -> Schema:
    schema: Schema = {"type": "integer", "minimum": least, "maximum": most}
    return schema | ({"description": about} if about else {})


def object_of(fields: Schema, *needed: str) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(needed),
        "additionalProperties": False,
    }
