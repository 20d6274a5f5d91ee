"""Sentences that only Slack, only Teams or only a mail says: each is here, with its reason.

A sentence counts by who says it, not by where it is written: one in ``governance`` that only Slack
calls is Slack's. Calls are followed by name, from one top-level function or method to the next,
through the files that platforms share. A name that several methods have means all of them, so a
sentence may be missed here, and none is named that two platforms say.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import nodes

from bot.cataloguing import ROOT, Id, sentences
from bot.web.rendering import environment

PLATFORMS = ("bot/slack", "bot/teams", "bot/mail")
SHARED = ("bot/charts", "governance", "core")
DRAWS = ("*wording.py", "*cards.py", "card_parts.py", "labels.py", "languages.py", "links.py")
"""Files of features that draw. What the others say, the domain says on every platform."""

MOST = 40

FILES = {
    "bot/slack/objections.py": "Slack's limits, told to the author of a survey",
    "bot/teams/objections.py": "Teams' limits, told to the author of a survey",
}
"""Files all of whose sentences have the same reason."""

_LETTER = "a mail says who sends it, and where an answer goes"
_TABLE = "Slack's native table alone has a caption and columns of questions"
_CHANNEL = "the bot is heard in channels in Teams alone"
_CHART = "Teams' own charts write numbers without a unit"
_DAY_AND_TIME = "Teams asks for a day and for a time, each by itself"
_TICKET = "the help desk gets its tickets as mails alone"

SENTENCES = {
    "Replies to this email go to {address}.": _LETTER,
    "Nobody reads replies to this email.": _LETTER,
    "{district} sends this to its staff with Sounding Board.": _LETTER,
    "Your link to sign in": "a mail needs a subject",
    "If you did not ask for it, ignore this email. Nobody can sign in without the link.": (
        "anybody can have this mail sent by typing an address on the sign-in page"
    ),
    "Enter the ticket number": _TICKET,
    "Room": _TICKET,
    "What was said": _TICKET,
    "Close": "Slack's windows have a button that only closes them",
    "Slack is too busy now. ": "Slack opens about 100 windows a minute",
    "By group: what most chose, or a mean.": _TABLE,
    "{question} ({least} to {points})": _TABLE,
    "Or type /soundingboard feedback for the form, where you choose whether to give your name.": (
        "Teams has no commands with a slash"
    ),
    "To send a message that you read, choose “Send this to a committee” in its menu.": (
        "Teams has no entry of ours in the menu of a message"
    ),
    "The message is too long for Slack: only its beginning is here.": (
        "an input in Slack takes 3,000 characters, and one in Teams all that the domain takes"
    ),
    "Please write to me in our own chat: everyone in this channel can read this.": _CHANNEL,
    "Open our chat": _CHANNEL,
    "This button is too old. Please write “help” to start again.": (
        "Teams shows a fault where a pressed button gets no answer; Slack passes over it"
    ),
    "Percent of {answers}": _CHART,
    "Your answers so far are filled in on the web page.": (
        "a card that is posted would keep them; in Slack they stand in a window"
    ),
    "Write something.": "Teams says what we like where an input is empty; Slack has its own",
    "Surveys and announcements": "only Slack's home tab shows both; the web has a page of each",
    "Open Home on the web": "Teams has no home tab of ours",
    "{label} (day)": _DAY_AND_TIME,
    "{label} (time)": _DAY_AND_TIME,
}


class Place(NamedTuple):
    """A function, a method, a class or a constant of a file."""

    file: str
    name: str


class _File:
    def __init__(self, path: Path) -> None:
        self.name = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.parts: dict[str, list[ast.AST]] = defaultdict(list)
        self.methods: set[str] = set()
        self.imported: dict[str, tuple[str, str]] = {}
        for statement in tree.body:
            self._add(statement)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = (node.module, alias.name)

    def _add(self, statement: ast.stmt) -> None:
        match statement:
            case ast.ClassDef(name=name, body=body):
                for one in body:
                    if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                        own = name if one.name.startswith("__") else one.name
                        self.parts[own].append(one)
                        self.methods.add(own)
                    else:
                        self.parts[name].append(one)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self.parts[name].append(statement)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                self.parts[name].append(statement)
            case _:
                self.parts[""].append(statement)


@cache
def _files() -> dict[str, _File]:
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "core").rglob("*.py")]
    paths += (one for draws in DRAWS for one in (ROOT / "governance").rglob(draws))
    found = (_File(path) for path in sorted(paths))
    return {one.name: one for one in found}


@cache
def _methods() -> dict[str, list[Place]]:
    named = defaultdict(list)
    for file in _files().values():
        for name in file.methods:
            named[name].append(Place(file.name, name))
    return named


def _file_of(module: str) -> str:
    path = module.replace(".", "/")
    return next((one for one in (f"{path}.py", f"{path}/__init__.py") if one in _files()), "")


def _imported(file: _File, name: str) -> tuple[str, str]:
    """The file and the name that a name was imported as; "" as the name is a whole module."""
    if name not in file.imported:
        return "", ""
    module, original = file.imported[name]
    whole = _file_of(f"{module}.{original}")
    return (whole, "") if whole else (_file_of(module), original)


def _called(place: Place) -> Iterator[Place]:
    """What a place names."""
    file = _files()[place.file]
    for part in file.parts.get(place.name, []):
        for node in ast.walk(part):
            match node:
                case ast.Attribute(value=ast.Name(id=module), attr=name) if (
                    of := _imported(file, module)
                )[0] and not of[1]:
                    yield Place(of[0], name)
                case ast.Attribute(attr=name):
                    yield from _methods().get(name, [])
                case ast.Name(id=name) if name in file.parts:
                    yield Place(file.name, name)
                case ast.Name(id=name):
                    module, original = _imported(file, name)
                    if module and original:
                        yield Place(module, original)


def _home(file: str) -> str:
    """Who a file belongs to; "" where platforms share it."""
    parts = Path(file).parts
    home = "/".join(parts[:2]) if parts[0] == "bot" else parts[0]
    return "" if home in SHARED or home.endswith(".py") else home


def _named_in_templates() -> set[str]:
    named = set()
    for path in (ROOT / "bot").rglob("templates/**/*.html"):
        tree = environment().parse(path.read_text(encoding="utf-8"))
        named |= {one.attr for one in tree.find_all(nodes.Getattr)}
        named |= {one.name for one in tree.find_all(nodes.Name)}
    return named


@cache
def _reached() -> dict[Place, set[str]]:
    """Who gets to each place."""
    starts: dict[str, set[Place]] = defaultdict(set)
    for file in _files().values():
        if _home(file.name):
            starts[_home(file.name)] |= {Place(file.name, name) for name in file.parts}
        elif file.name.endswith("cards.py"):  # a card is drawn by all of them
            for platform in PLATFORMS:
                starts[platform] |= {Place(file.name, name) for name in file.parts}
    templates = _named_in_templates()
    for file in _files().values():
        if not _home(file.name):
            starts["bot/web"] |= {Place(file.name, name) for name in templates & set(file.parts)}
    reached: dict[Place, set[str]] = defaultdict(set)
    for home, todo in starts.items():
        while todo:
            place = todo.pop()
            if home not in reached[place] and _home(place.file) in ("", home):
                reached[place].add(home)
                todo |= set(_called(place))
    return reached


def _written(file: _File, text: str) -> list[str]:
    """The parts of a file that have a sentence; all of them where it is put together."""
    found = [
        name
        for name, parts in file.parts.items()
        if any(
            isinstance(node, ast.Constant) and node.value == text
            for part in parts
            for node in ast.walk(part)
        )
    ]
    return found or list(file.parts)


@cache
def said_by_one() -> dict[Id, tuple[str, str]]:
    """Sentences with the one platform that says them, and a file they are in."""
    who: dict[Id, set[str]] = defaultdict(set)
    where: dict[Id, str] = {}
    for sentence in sentences():
        text = sentence.id if isinstance(sentence.id, str) else sentence.id[0]
        where[sentence.id] = sentence.file
        home = _home(sentence.file)
        file = _files().get(sentence.file)
        if home or file is None:
            who[sentence.id].add(home)
        else:
            for part in _written(file, text):
                who[sentence.id] |= _reached()[Place(file.name, part)]
    return {
        one: (next(iter(homes)), where[one])
        for one, homes in who.items()
        if len(homes) == 1 and homes <= set(PLATFORMS)
    }


def _text(one: Id) -> str:
    return one if isinstance(one, str) else one[0]


def test_each_sentence_of_one_platform_has_its_reason() -> None:
    found = {_text(one): file for one, (_, file) in said_by_one().items()}
    new = sorted(one for one, file in found.items() if one not in SENTENCES and file not in FILES)
    assert not new, "say it on two platforms, or give its reason here: " + "; ".join(new)


def test_no_reason_outlives_its_sentence() -> None:
    found = {_text(one) for one in said_by_one()}
    files = {file for _, file in said_by_one().values()}
    assert set(SENTENCES) - found == set()
    assert set(FILES) - files == set()


def test_there_are_few_of_them() -> None:
    assert len(said_by_one()) <= MOST


def test_a_sentence_is_counted_by_who_says_it() -> None:
    """Else all of them could be moved to where platforms share them."""
    assert said_by_one()["Room"] == ("bot/mail", "governance/help_desk/wording.py")
    shared = _reached()[Place("governance/waves/question_wording.py", "ordinal")]
    assert shared == {"bot/slack", "bot/teams", "bot/web"}
