"""Pages that are reports: a feature's view of one, drawn as every report is."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import presses
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Tabs
from core.reports import Report

Pictures = Mapping[str, Markup | None]
"""Of charts, by their keys."""


async def reported(
    visit: Visit,
    reader: Reader,
    view: Report,
    *,
    up: Page,
    pictures: Pictures | None = None,
    ways: Markup | None = None,
    tabs: Tabs | None = None,
    asks: Ask | None = None,
) -> Response:
    """A page that is a report, part of ``up``. ``ways``: drawn before its buttons.
    ``tabs``: the pages that it is one of. ``asks``: what chooses what it is about."""
    csrf = visit.csrf
    return await visit.of_kind(
        "report",
        view.title,
        reader,
        view=view,
        pictures=pictures or {},
        presses=(ways or Markup(""))
        + (presses(view.presses, reader, csrf) if view.presses else Markup("")),
        more=presses(view.more, reader, csrf) if view.more else "",
        up=up,
        tabs=tabs,
        asks=drawn_ask(asks, reader, csrf) if asks else "",
    )
