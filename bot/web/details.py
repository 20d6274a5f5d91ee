"""Pages about one thing: a feature's view of it, drawn as every such page is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.render_card import drawn_parts, each_press, prose
from bot.web.visiting import Visit
from core.cards import Press, Style, flat
from core.details import Detail, Section
from core.tiles import Moment, Step, Tag, Tile


@dataclass(frozen=True, kw_only=True)
class DrawnSection:
    title: str
    parts: Markup


@dataclass(frozen=True, kw_only=True)
class DrawnDetail:
    """The view with its buttons and parts as HTML. ``todo``: (what to do, its button)."""

    title: Markup
    state: Tag | None
    facts: str
    actions: list[Markup]
    more: list[Markup]
    notes: Markup
    steps: tuple[Step, ...]
    tiles: tuple[Tile, ...]
    todo: list[tuple[str, Markup]]
    sections: list[DrawnSection]
    beside: list[DrawnSection]
    history: tuple[Moment, ...]
    history_title: str


def drawn(visit: Visit, view: Detail, reader: Reader) -> DrawnDetail:
    words = visit.words(reader)
    primary = [replace(view.primary, style=Style.PRIMARY)] if view.primary else []
    shown = [*view.actions, *primary]
    return DrawnDetail(
        title=prose(view.title, words.spoken),
        state=view.state,
        facts=view.facts,
        actions=each_press(shown, reader, visit.csrf),
        more=each_press([_plain(one) for one in view.more], reader, visit.csrf),
        notes=drawn_parts(view.notes, reader),
        steps=view.steps,
        tiles=view.tiles,
        todo=[
            (one.says, each_press([one.press], reader, visit.csrf)[0] if one.press else Markup(""))
            for one in view.todo
        ],
        sections=[_section(one, reader) for one in view.sections if not one.beside],
        beside=[_section(one, reader) for one in view.sections if one.beside],
        history=view.history,
        history_title=view.history_title or words.say("History"),
    )


def _section(one: Section, reader: Reader) -> DrawnSection:
    return DrawnSection(title=one.title, parts=drawn_parts(one.parts, reader))


def _plain(one: Press) -> Press:
    return one if one.style is Style.DANGER else replace(one, style=Style.PLAIN)


def title_of(view: Detail) -> str:
    """For the browser's tab."""
    return flat(view.title)
