"""Pages about one thing: a feature's view of it, drawn as every such page is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import drawn_parts, each_press, one_button, prose
from bot.web.visiting import Visit
from core.cards import Page, Press, Style, flat
from core.details import Detail, Grid, Menu, Section, Todo
from core.reports import Block
from core.tiles import Moment, Step, Tag, Tile

_NONE = Markup("")


@dataclass(frozen=True, kw_only=True)
class DrawnTodo:
    says: str
    press: Markup = _NONE
    detail: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class DrawnSection:
    """``lead``: a sentence before everything else in it."""

    title: str
    lead: str = ""
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
    history: tuple[Moment, ...]
    history_title: str


def drawn(
    visit: Visit, view: Detail, reader: Reader, *, last: DrawnSection | None = None
) -> DrawnDetail:
    """``last``: a section after the others, such as one with forms."""
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
            *(_section(visit, one, reader) for one in view.sections if not one.beside),
            *([last] if last else []),
        ],
        beside=[_section(visit, one, reader) for one in view.sections if one.beside],
        history=view.history,
        history_title=view.history_title or words.say("History"),
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


def _section(visit: Visit, one: Section, reader: Reader) -> DrawnSection:
    return DrawnSection(
        title=one.title,
        parts=drawn_parts(one.parts, reader),
        todo=_todo(visit, one.todo, reader),
        grid=one.grid,
        blocks=one.blocks,
    )


def _todo(visit: Visit, some: Sequence[Todo], reader: Reader) -> list[DrawnTodo]:
    return [
        DrawnTodo(
            says=one.says,
            press=each_press([one.press], reader, visit.csrf)[0] if one.press else Markup(""),
            detail=one.detail,
            path=one.path,
        )
        for one in some
    ]


def _plain(one: Press) -> Press:
    return one if one.style is Style.DANGER else replace(one, style=Style.PLAIN)


def title_of(view: Detail) -> str:
    """For the browser's tab."""
    return flat(view.title)
