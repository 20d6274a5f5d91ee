"""Pages about one thing: a feature's view of it, drawn as every such page is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.conversation import Reader
from bot.web.documents import Document
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import drawn_parts, each_press, one_button, prose
from bot.web.rendering import drawn_by
from bot.web.visiting import Visit
from core.cards import Page, Press, Style, flat
from core.details import Detail, Grid, Live, Menu, Section, Todo
from core.lists import ListPage, ListRequest
from core.reports import Block
from core.tiles import Moment, Step, Tag, Tile

_NONE = Markup("")


@dataclass(frozen=True, kw_only=True)
class DrawnTodo:
    """``menu``: buttons behind one, whose label comes first."""

    says: str
    press: Markup = _NONE
    detail: str = ""
    path: str = ""
    way: Page | None = None
    tag: Tag | None = None
    menu: tuple[str, Sequence[Markup]] = ("", ())


@dataclass(frozen=True, kw_only=True)
class DrawnList:
    """A list on the page of a thing. ``where``: its address with something changed."""

    page: ListPage
    where: Callable[[ListRequest, Mapping[str, str | int | None]], str]


@dataclass(frozen=True, kw_only=True)
class DrawnSection:
    """``key``: addresses lead to it. ``lead``: a sentence before everything else in it. ``path``:
    the page that its title leads to. ``title``: "" where it needs none, as a text that the page is
    about. ``list`` is looked through where it stands."""

    title: str
    key: str = ""
    path: str = ""
    lead: str = ""
    document: Document | None = None
    list: DrawnList | None = None
    parts: Markup = _NONE
    todo: Sequence[DrawnTodo] = ()
    grid: Grid | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DrawnDetail:
    """The view with its buttons and parts as HTML. ``todo``: (what to do, its button)."""

    title: Markup
    state: Tag | None
    facts: str
    actions: list[Markup]
    more: list[Markup]
    pages: tuple[Page, ...]
    menus: tuple[Menu, ...]
    notes: Markup
    steps: tuple[Step, ...]
    tiles: tuple[Tile, ...]
    todo: list[tuple[str, Markup]]
    sections: list[DrawnSection]
    beside: list[DrawnSection]
    below: list[DrawnSection]
    history: tuple[Moment, ...]
    history_title: str
    on_paper: str
    ways: tuple[Page, ...]
    live: Live | None
    here: str


def drawn(
    visit: Visit,
    view: Detail,
    reader: Reader,
    *,
    first: Sequence[DrawnSection] = (),
    last: Sequence[DrawnSection] = (),
) -> DrawnDetail:
    """``first`` and ``last``: sections before and after the others, such as a text, or forms."""
    words = visit.words(reader)
    primary = [replace(view.primary, style=Style.PRIMARY)] if view.primary else []
    shown = [*view.actions, *primary]
    return DrawnDetail(
        title=prose(view.title, words.spoken),
        state=view.state,
        facts=view.facts,
        actions=each_press(shown, reader, visit.csrf),
        more=each_press([_plain(one) for one in view.more], reader, visit.csrf),
        pages=view.pages,
        menus=view.menus,
        notes=drawn_parts(view.notes, reader),
        steps=view.steps,
        tiles=view.tiles,
        todo=[(one.says, one.press) for one in _todo(visit, view.todo, reader)],
        sections=[
            *first,
            *(
                section(visit, one, reader)
                for one in view.sections
                if not (one.beside or one.below)
            ),
            *last,
        ],
        beside=[section(visit, one, reader) for one in view.sections if one.beside],
        below=[section(visit, one, reader) for one in view.sections if one.below],
        history=view.history,
        history_title=view.history_title or words.say("History"),
        on_paper=view.on_paper,
        ways=view.ways,
        live=view.live,
        here=visit.request.url.path,
    )


def following(visit: Visit, view: Detail, reader: Reader) -> Response:
    """The head and the figures alone: what a page asks for while they move."""
    return HTMLResponse(
        drawn_by("kinds/detail.html", "live_parts", reader, drawn(visit, view, reader))
    )


def button(
    visit: Visit,
    reader: Reader,
    at: str,
    label: str,
    about: str = "",
    carries: Mapping[str, str] | None = None,
    *,
    kind: str,
) -> Markup:
    """A form that is one button, of no command. ``about``: what it is about, for whoever hears it
    among others. ``kind``: how it looks; "" as most do."""
    return one_button(reader, at, label, visit.csrf, kind, about, **(carries or {}))


def asking(visit: Visit, title: str, asks: Sequence[Ask], reader: Reader) -> DrawnSection:
    """A section with forms."""
    forms = Markup("\n").join(drawn_ask(one, reader, visit.csrf) for one in asks)
    return DrawnSection(title=title, parts=forms)


def section(visit: Visit, one: Section, reader: Reader) -> DrawnSection:
    """A section as it is drawn, for a page that adds it to a list or a detail."""
    return DrawnSection(
        title=one.title,
        parts=drawn_parts(one.parts, reader),
        todo=_todo(visit, one.todo, reader),
        grid=one.grid,
        blocks=one.blocks,
    )


def _todo(visit: Visit, some: Sequence[Todo], reader: Reader) -> list[DrawnTodo]:
    several = len(some) > 1
    return [
        DrawnTodo(
            says=one.says,
            press=each_press([one.press], reader, visit.csrf, one.says if several else "")[0]
            if one.press
            else _NONE,
            detail=one.detail,
            path=one.path,
            way=one.way,
            tag=one.tag,
        )
        for one in some
    ]


def _plain(one: Press) -> Press:
    return one if one.style is Style.DANGER else replace(one, style=Style.PLAIN)


def title_of(view: Detail) -> str:
    """For the browser's tab."""
    return flat(view.title)
