"""Gathering the bot's own words for translators: ``python -m bot.cataloguing`` (``make words``).

Babel's own readers know ``gettext("…")`` alone. Here a sentence is one that the code gives to
``say`` or ``count``, as a refusal, as a reason (``why=…``), or in a form (``core.forms``): written
out, as an f-string, or by the name of a constant, be it in this file or in the one that it is
imported from. The English sentence is the message's id. Files:
``core/locale/soundingboard.pot`` and, for each language,
``core/locale/<language>/LC_MESSAGES/soundingboard.po``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from core.words import LANGUAGES, LOCALE_DIR, po_file
from governance.reading.themes import THEMES, all_themes

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "bot", "governance", "surveys", "scheduler", "storage")
POT = LOCALE_DIR / "soundingboard.pot"

_FIRST_ARGUMENT = ("say", "prose", "refusal", "form_field", "Said")
_OF_FIELDS = ("hint", "missing", "box", "choices", "uploads")
"""What else of a form's field is said."""

_COMMAND_LINE = "bot/operator/operating.py"
"""Its constants are said by the command line, which speaks English."""

_LOGS = ("log", "_log")
_SENTENCE = re.compile(r"[A-Z“{].* .*\.")
_PLACE = re.compile(r"\{(\w*)[^{}]*\}")

Id = str | tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence (or singular and plural), and the file it is in."""

    id: Id
    file: str


def catalogue(root: Path = ROOT) -> Catalog:
    """Every sentence of the product, without translations, in the order of the alphabet."""
    found = Catalog(domain="soundingboard", project="Sounding Board", charset="utf-8")
    for sentence in sorted(sentences(root), key=lambda one: (str(one.id), one.file)):
        found.add(sentence.id, locations=[(sentence.file, 0)])
    return found


def sentences(root: Path = ROOT) -> Iterator[Sentence]:
    files: dict[str, _Python] = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                name = str(path.relative_to(root))
                files[name] = _Python(name, ast.parse(path.read_text(encoding="utf-8")), files)
    for python in files.values():
        yield from python.sentences()
    for theme in all_themes().values():
        yield Sentence(id=theme.name, file=str(THEMES.relative_to(ROOT)))
    for path in sorted((root / "bot").rglob("templates/**/*.html")):
        yield from _template(path, str(path.relative_to(root)))


class _Python:
    """The sentences of one file. ``others`` are all files, for the constants it imports."""

    def __init__(self, file: str, tree: ast.Module, others: Mapping[str, _Python]) -> None:
        self.file, self.tree, self.others = file, tree, others
        self.own: dict[str, ast.expr] = {}
        self.from_elsewhere: dict[str, str] = {}
        self.modules: dict[str, str] = {}
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.own[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self.own[name] = value
                case ast.ImportFrom(module=str() as module, names=names):
                    for alias in names:
                        path = module.replace(".", "/")
                        self.from_elsewhere[alias.asname or alias.name] = f"{path}.py"
                        self.modules[alias.asname or alias.name] = f"{path}/{alias.name}.py"

    def sentences(self) -> Iterator[Sentence]:
        for value in self._constants():
            for told in self._texts(value):
                if _SENTENCE.fullmatch(told):
                    yield Sentence(id=told, file=self.file)
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call):
                continue
            name = _called(node.func)
            if name in ("count", "counted"):
                yield from self._counted(node)
            elif name in _FIRST_ARGUMENT and node.args:
                yield from self._said(node.args[0])
                if name == "form_field":
                    for keyword in node.keywords:
                        if keyword.arg in _OF_FIELDS:
                            yield from self._said(keyword.value)
            elif name == "MisfilledError" and len(node.args) > 1:
                yield from self._said(node.args[1])
            elif not (isinstance(node.func, ast.Attribute) and _owner(node.func) in _LOGS):
                for keyword in node.keywords:
                    if keyword.arg == "why":
                        yield from self._reasons(keyword.value)

    def _constants(self) -> Iterator[ast.expr]:
        """What names in capitals stand for, also in classes: refusals and reasons have names of
        their own."""
        classes = (one.body for one in self.tree.body if isinstance(one, ast.ClassDef))
        for statement in chain(self.tree.body, *classes):
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ) if name.isupper() and self.file != _COMMAND_LINE:
                    yield value

    def named(self, name: str, depth: int) -> Iterator[str]:
        """The texts that a name stands for in this file."""
        if name in self.own:
            yield from self._texts(self.own[name], depth)
        elif self.from_elsewhere.get(name) in self.others:
            yield from self.others[self.from_elsewhere[name]].named(name, depth)

    def _said(self, argument: ast.expr) -> Iterator[Sentence]:
        for told in self._texts(argument):
            yield Sentence(id=told, file=self.file)

    def _reasons(self, argument: ast.expr) -> Iterator[Sentence]:
        for told in self._texts(argument):
            if " " in told:  # a key or a column's name is not a reason
                yield Sentence(id=told, file=self.file)

    def _counted(self, node: ast.Call) -> Iterator[Sentence]:
        match node.args:
            case [ast.Starred(value=pair), *_]:
                texts = list(self._texts(pair))
            case [one, many, *_]:
                texts = [*self._texts(one), *self._texts(many)]
            case _:
                return
        for one_text, many_text in zip(texts[::2], texts[1::2], strict=False):
            yield Sentence(id=(one_text, many_text), file=self.file)

    def _texts(self, value: ast.expr, depth: int = 0) -> Iterator[str]:
        """The texts that an expression may be; none where it comes from somewhere else."""
        if depth > 6:
            return
        parts: list[ast.expr] = []
        match value:
            case ast.Constant(value=str() as told):
                yield told
            case ast.JoinedStr():
                yield self._template_of(value)
            case ast.Name(id=name):
                yield from self.named(name, depth + 1)
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                other = self.others.get(self.modules.get(module, ""))
                if other is not None:
                    yield from other.named(name, depth + 1)
            case ast.IfExp(body=body, orelse=other):
                parts = [body, other]
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                parts = values
            case ast.Dict(values=values):
                parts = values
            case ast.Subscript(value=inner) | ast.Starred(value=inner):
                parts = [inner]
            case ast.Call(func=ast.Name(id="case"), args=args, keywords=keywords):
                parts = [*args, *(keyword.value for keyword in keywords)]
        for part in parts:
            yield from self._texts(part, depth + 1)

    def _template_of(self, joined: ast.JoinedStr) -> str:
        """An f-string as a template: ``f"Fault {number}."`` -> ``"Fault {number}."``."""
        told = ""
        for place, part in enumerate(joined.values):
            match part:
                case ast.Constant(value=str() as words):
                    told += words
                case ast.FormattedValue(value=ast.Name(id=name)) if name.isupper():
                    told += next(iter(self._texts(ast.Name(id=name))), "")
                case ast.FormattedValue(value=ast.Name(id=name)):
                    told += f"{{{name}}}"
                case _:
                    told += f"{{value{place}}}"
        return told


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _owner(function: ast.Attribute) -> str:
    return _called(function.value)


def _template(path: Path, file: str) -> Iterator[Sentence]:
    from bot.web.rendering import environment

    tree = environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        name = call.node.attr if isinstance(call.node, nodes.Getattr) else name
        if name == "say" and call.args:
            for told in _template_texts(call.args[0]):
                yield Sentence(id=told, file=file)
        elif name == "count" and len(call.args) > 1:
            texts = [text for argument in call.args[:2] for text in _template_texts(argument)]
            yield Sentence(id=(texts[0], texts[1]), file=file)


def _template_texts(value: nodes.Node) -> Iterator[str]:
    match value:
        case nodes.Const() if isinstance(value.value, str):
            yield value.value
        case nodes.CondExpr():
            yield from _template_texts(value.expr1)
            if value.expr2 is not None:
                yield from _template_texts(value.expr2)


# -- files ------------------------------------------------------------------------------------


def written(found: Catalog) -> bytes:
    """A catalogue as a file: sorted, a line for each sentence, no dates and no line numbers, so
    that two people who add sentences seldom meet."""
    for message in found:
        message.flags.discard("python-format")  # Babel's guess at any percent sign
    out = BytesIO()
    write_po(
        out,
        found,
        width=0,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    head = ["Content-Type: text/plain; charset=utf-8"]
    if found.locale is not None:
        head += [f"Language: {found.locale}", f"Plural-Forms: {found.plural_forms}"]
    lines = "".join(f'"{line}\\n"\n' for line in head)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + out.getvalue()


def read(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="soundingboard", charset="utf-8")


def places(told: str) -> frozenset[str]:
    """The ``{names}`` of a sentence."""
    return frozenset(_PLACE.findall(told))


def renew() -> None:
    """Write the template anew, and bring every language's file up to it; translations stay."""
    found = catalogue()
    POT.write_bytes(written(found))
    for language in LANGUAGES:
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        there = read(path, language) if path.exists() else Catalog(locale=language)
        there.update(found, no_fuzzy_matching=True)
        path.write_bytes(written(there))


if __name__ == "__main__":
    renew()
