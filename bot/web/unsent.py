"""What somebody typed into a form that was not taken: kept as a draft, and back in the form.

Every form of a page with room for words gets a hidden field that says where it can be opened again
(``marked``). Where it does not fit, is refused, fails, or comes when its sender's session is over,
what was typed is kept for them alone; the form has it again when they open it. A form that is taken
forgets it. Answers are never kept so: their commands and routes say so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

from bot.registry import decode, operation_of
from bot.web.forms import Form, local_path
from core.words import Words
from governance import links

FIELD = "stands-at"
"""The hidden field: the page that the form can be opened on, and the names of its texts."""

DISCARD = "/unsent/discard"
LANGUAGE = "/language"
PLAIN = "application/x-www-form-urlencoded"
"""How a form is handed in without its files."""

MOST = 64 * 1024
"""Characters of a draft: the longest texts of all forms together are far below it."""

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """A draft of its reader's own."""

    fields: Fields
    at: datetime


class UnsentForms(Protocol):
    """Where drafts are kept (``bot/app/unsent_forms.py``)."""

    async def keep(self, person: UUID, form: str, item: UUID | None, fields: Fields) -> bool:
        """False where none are kept."""
        ...

    async def kept(self, person: UUID, forms: Sequence[str]) -> Mapping[str, Unsent]: ...

    async def drop(self, person: UUID, form: str) -> None: ...


class NoUnsentForms:
    """Where none are kept."""

    async def keep(self, person: UUID, form: str, item: UUID | None, fields: Fields) -> bool:
        return False

    async def kept(self, person: UUID, forms: Sequence[str]) -> Mapping[str, Unsent]:
        return {}

    async def drop(self, person: UUID, form: str) -> None:
        return None


@dataclass(frozen=True)
class Standing:
    """Where a form stands: ``page`` can be opened, ``texts`` are the names of its texts."""

    page: str
    texts: tuple[str, ...]

    @classmethod
    def read(cls, written: str) -> Standing | None:
        """What the hidden field of a form says; None where it is not ours."""
        page, _, names = written.rpartition("#")
        if not local_path(page, "") or not names:
            return None
        return cls(page, tuple(names.split(",")))

    @property
    def written(self) -> str:
        return f"{self.page}#{','.join(self.texts)}"

    @property
    def key(self) -> str:
        """Under which its draft is kept: nobody reads off it what the form is about."""
        return hashlib.sha256(self.written.encode()).hexdigest()

    @property
    def item(self) -> UUID | None:
        """The item of feedback, or whatever else it is about, as far as its address tells."""
        command = decode(self.page.partition("?")[0].removeprefix(links.doing("", "")))
        found = getattr(command, "item_id", None) if command is not None else None
        if isinstance(found, UUID):
            return found
        written = _ID.search(self.page)
        return UUID(written[0]) if written else None


_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def standing_of(form: Form) -> Standing | None:
    return Standing.read(form.one(FIELD))


def typed_in(form: Form, standing: Standing) -> Fields | None:
    """What is to be kept of a form; None where its texts are empty, or too long."""
    if not any(form.one(name).strip() for name in standing.texts):
        return None
    fields = {name: values for name, values in form.fields.items() if name != "csrf"}
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    return fields if size <= MOST else None


# -- a page's forms ------------------------------------------------------------------------------

_FORM = re.compile("<form\\b.*?</form>", re.DOTALL)
_TEXTS = frozenset({"text"})
_FILLED = _TEXTS | {"date", "time", "number", "email", "url", "tel"}


@dataclass(frozen=True)
class _Piece:
    """Part of the page's source, and what takes its place."""

    start: int
    end: int
    instead: str


class _Forms(HTMLParser):
    """The forms of a page that have room for words, by where they stand in its source."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Form] = []
        self._form: _Form | None = None
        self._area: tuple[str, int] | None = None
        self._select = ""
        for one in _FORM.finditer(html):
            if f'name="{FIELD}"' in one[0]:  # it says itself where it stands
                continue
            if "<textarea" in one[0] or 'type="text"' in one[0]:
                self.reset()
                self._start = one.start()
                # The parser counts lines by this sign alone, and so do we.
                self._lines = [0, *(end.end() for end in re.finditer("\n", one[0]))]
                self.feed(one[0])
        self.found = [one for one in self.found if one.texts]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._start + self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        start, source = self._at(), self.get_starttag_text() or ""
        end = start + len(source)
        if tag == "form":
            post = given.get("method", "").lower() == "post"
            self._form = _Form(given.get("action", ""), start, end) if post else None
            if self._form:
                self.found.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        match tag:
            case "textarea" if "readonly" not in given:
                self._form.texts.append(name)
                self._area = (name, end)
            case "select":
                self._select = name
            case "option" if self._select:
                self._form.choices.append(
                    (self._select, given.get("value", ""), "selected", start, source)
                )
            case "input":
                kind = given.get("type", "text")
                if kind in _TEXTS:
                    self._form.texts.append(name)
                if kind in _FILLED:
                    self._form.values.append((name, start, source))
                elif kind in ("radio", "checkbox"):
                    value = given.get("value", "on")
                    self._form.choices.append((name, value, "checked", start, source))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            name, start = self._area
            self._form.areas.append((name, start, self._at()))
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


class _Form:
    def __init__(self, action: str, start: int, end: int) -> None:
        self.action, self.start, self.end = action, start, end
        self.texts: list[str] = []
        self.areas: list[tuple[str, int, int]] = []
        self.values: list[tuple[str, int, str]] = []
        self.choices: list[tuple[str, str, str, int, str]] = []

    def standing(self, page: str) -> Standing:
        return Standing(page, tuple(dict.fromkeys(self.texts)))

    def filled(self, fields: Fields) -> list[_Piece]:
        """Its inputs with what was typed and chosen."""
        pieces: list[_Piece] = []
        taken: dict[str, int] = {}

        def next_of(name: str) -> str:
            values, at = fields[name], taken.get(name, 0)
            taken[name] = at + 1
            return values[min(at, len(values) - 1)]

        for name, start, end in self.areas:
            if name in fields:
                pieces.append(_Piece(start, end, f"\n{escape(next_of(name))}"))
        for name, start, source in self.values:
            if name in fields:
                value = f' value="{escape(next_of(name))}"'
                instead = _VALUE.sub("", source)
                pieces.append(_with(start, source, instead, value))
        # A browser sends nothing for boxes that are all empty: what is not there is not chosen.
        for name, value, mark, start, source in self.choices:
            chosen = f" {mark}" if value in fields.get(name, ()) else ""
            instead = re.sub(rf"\s{mark}(?=[\s>/])", "", source)
            pieces.append(_with(start, source, instead, chosen))
        return pieces


_VALUE = re.compile(r'\svalue="[^"]*"')


def _with(start: int, source: str, bare: str, more: str) -> _Piece:
    inside = bare[:-1].rstrip("/").rstrip()
    return _Piece(start, start + len(source), f"{inside}{more}>")


def is_kept(action: str) -> bool:
    """Whether what is typed into a form with this address may be kept until it is sent."""
    token = action.removeprefix(links.doing("", ""))
    command = decode(token) if token != action else None
    return command is None or operation_of(command).keeps_drafts


def standing_forms(
    html: str, page: str, before: Standing | None = None
) -> list[tuple[_Form, Standing]]:
    """The forms of a page whose words may be kept, with where each stands. ``before``: where the
    form stood that the page answers."""
    found = []
    for one in _Forms(html).found:
        here = one.standing(page)
        if before is not None and before.texts == here.texts:
            here = before
        if is_kept(one.action) and local_path(here.page, ""):
            found.append((one, here))
    return found


def marked(
    html: str,
    forms: Sequence[tuple[_Form, Standing]],
    kept: Mapping[str, Unsent],
    words: Words,
    csrf: str,
) -> str:
    """The page, its forms with the hidden field; and where a draft is kept of one, with what its
    reader had typed into it, and that it was not sent."""
    pieces = _language_buttons(html, forms)
    for one, here in forms:
        hidden = _hidden(FIELD, here.written)
        pieces.append(_Piece(one.end, one.end, hidden))
        if (draft := kept.get(here.key)) is None:
            continue
        pieces += one.filled(draft.fields)
        said = words.say("You have an unsent draft from {when}.", when=words.when(draft.at))
        note = (
            f'<form class="note unsent" method="post" action="{DISCARD}">'
            f"<p>{escape(said)}</p>{_hidden('csrf', csrf)}{hidden}"
            f"<button>{escape(words.say('Discard'))}</button></form>\n"
        )
        pieces.append(_Piece(one.start, one.start, note))
    return _spliced(html, pieces)


_TYPED = "typed"
"""The id of the form that comes along when another language is chosen, where it has none."""

_LANGUAGE = re.compile(r'<button class="link" name="locale"')
_BACK = re.compile(rf'action="{LANGUAGE}">.*?name="back" value="([^"]*)"', re.DOTALL)


def _language_buttons(html: str, forms: Sequence[tuple[_Form, Standing]]) -> list[_Piece]:
    """Choosing another language hands in the form that somebody is filling in, so that nothing of
    it is lost: the first one of the page. With scripts it is the one typed in last."""
    starts = [one.start for one, _ in forms]
    starts += [one.start() for one in _FORM.finditer(html) if _says_where(one[0])]
    back = _BACK.search(html)
    if not starts or back is None:
        return []
    start = min(starts)
    tag = html[start : html.index(">", start) + 1]
    named = re.search(r'\sid="([^"]*)"', tag)
    pieces = [] if named else [_with(start, tag, tag, f' id="{_TYPED}"')]
    form = named[1] if named else _TYPED
    to = f"{LANGUAGE}?{urlencode({'back': unescape(back[1])})}"
    more = f' form="{form}" formaction="{escape(to)}" formnovalidate formenctype="{PLAIN}"'
    return pieces + [_Piece(one.end(), one.end(), more) for one in _LANGUAGE.finditer(html)]


def _says_where(form: str) -> bool:
    """Whether a form says itself where it stands: one in steps."""
    return f'name="{FIELD}"' in form and f'action="{DISCARD}"' not in form


def _hidden(name: str, value: str) -> str:
    return f'\n<input type="hidden" name="{name}" value="{escape(value)}">'


def _spliced(html: str, pieces: Sequence[_Piece]) -> str:
    made, at = [], 0
    for one in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        made += [html[at : one.start], one.instead]
        at = one.end
    return "".join((*made, html[at:]))
