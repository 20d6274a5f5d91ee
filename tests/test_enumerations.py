"""Nothing lists commands or messages by hand beside their declarations: read off the code itself.

An enumeration names three or more in a tuple, list, set, dict, union or ``match``. What may remain
stands here with its reason. Drawings (a ``match`` over messages) are counted apart: cards replace
them.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import JSON, Column, Enum, LargeBinary, String, Text

from bot.registry import OPERATIONS
from governance.messages import Done, Message, Refused
from governance.views import View
from storage.columns import Purge, metadata, words_of
from storage.purging import declared
from surveys.messages import NotForYou, Rejected

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "surveys", "governance", "scheduler", "storage", "bot")

EVERYWHERE = {one.__name__ for one in (Done, Refused, Rejected, NotForYou)}
"""What any command may be answered with."""

NAMES = {one.__name__ for one in (*OPERATIONS, *get_args(Message), *get_args(View))} - EVERYWHERE

REMAIN = {
    "bot/jobs/looking_ahead.py": (2, "reads ahead with the storage's own queries"),
    "bot/native.py": (1, "kinds that the parts of a card cannot say, with their reasons"),
    "bot/slack/heard.py": (1, "whose window keeps the response URL: a promise about channels"),
    "bot/web/doing.py": (1, "messages of chat that have a page of a kind of its own on the web"),
    "bot/web/keeping.py": (1, "what may stand in a cookie: never an answer"),
    "governance/chat/handlers.py": (1, "one handler for what is said in chat"),
}
"""Of a file: how many, and why."""

DRAWN = (
    "/draw",
    "labels.py",
    "wording.py",
    "_words.py",
    "cards.py",
    "bot/operator/telling.py",
    "whole_pages.py",
)
"""What is in the names of files that draw messages."""


def test_commands_and_messages_are_listed_where_they_are_declared() -> None:
    found = Counter(file for file, _ in enumerations() if not drawing(file))
    allowed = {file: many for file, (many, _) in REMAIN.items()}
    assert dict(found) == allowed, [(f, line) for f, line in enumerations() if not drawing(f)]
    assert sum(found.values()) <= 10


def drawing(file: str) -> bool:
    return any(part in file for part in DRAWN)


@cache
def enumerations() -> tuple[tuple[str, int], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), line)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in of(ast.parse(path.read_text(encoding="utf-8")), declares=room != "bot")
    )


def of(tree: ast.Module, *, declares: bool) -> Iterator[int]:
    """The lines of what names three or more. A function's own signature says what it takes and
    gives, and where messages are declared a union with a name says which belong together."""
    declared: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(returns=ast.expr() as told) | ast.arg(annotation=ast.expr() as told)
            ):
                declared |= set(ast.walk(told))
            case ast.AsyncFunctionDef(returns=ast.expr() as told):
                declared |= set(ast.walk(told))
            case ast.Assign(value=ast.BinOp() as told) if declares:
                declared |= set(ast.walk(told))
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if node in declared or node in inside:
            continue
        named = set(names(node)) & NAMES
        if len(named) >= 3:
            inside |= set(ast.walk(node)) if isinstance(node, ast.BinOp) else set()
            yield node.lineno  # type: ignore[attr-defined]


def names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            yield from map(name, parts)
        case ast.Dict(keys=keys, values=values):
            yield from (name(one) for one in (*keys, *values) if one is not None)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (*names(left), name(left), *names(right), name(right))
        case ast.Match(cases=cases):
            for case in cases:
                for pattern in ast.walk(case.pattern):
                    if isinstance(pattern, ast.MatchClass):
                        yield name(pattern.cls)


def name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_an_enumeration_is_found_however_it_is_written() -> None:
    named = "X = Answered | Declined | Notice"
    cases = "case Answered() | m.Declined():\n  pass\n case Notice():\n  pass"
    for text in (
        "X = (Answered, Declined, Notice)",
        "X = {Answered: 1, m.Declined: 2, Notice: 3}",
        "isinstance(x, Answered | Declined | Notice)",
        f"match x:\n {cases}",
        named,
    ):
        assert list(of(ast.parse(text), declares=False)) == [1], text
    for text in (named, "def f() -> Answered | Declined | Notice: ..."):
        assert list(of(ast.parse(text), declares=True)) == [], text


def test_every_column_says_whether_it_can_hold_somebodys_words() -> None:
    """ "Student data here" reads the columns' own definitions (``storage.columns.Purge``): one that
    says nothing would keep what was taken out everywhere else. A key of up to 120 characters says
    nothing."""
    silent = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if _holds_words(column) and words_of(column) is None
    ]
    assert silent == [], "give each of them info= as its neighbors have: storage/columns.py"
    for column, words in declared(Purge.STAYS):
        assert len(words.why.split()) >= 4, f"{column}: write down why it stays"


def _holds_words(column: Column[Any]) -> bool:
    kind = column.type
    if column.foreign_keys or isinstance(kind, Enum):
        return False
    if isinstance(kind, String) and not isinstance(kind, Text):
        return kind.length is None or kind.length > 120
    return isinstance(kind, Text | LargeBinary | JSON)
