"""Pages that are reports: a feature's view of one, drawn as every report is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.exports.reports import report_csv
from bot.web import lists
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import presses
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Tabs
from core.reports import Report
from core.words import Words

Pictures = Mapping[str, Markup | None]
"""Of charts, by their keys."""

_FILE: Mapping[str, str] = {"file": "csv"}
"""What an address asks for a report's figures with, as it does of a list."""


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
    if _FILE.items() <= visit.request.query_params.items():
        return await _file(visit, view)
    csrf = visit.csrf
    return await visit.of_kind(
        "report",
        view.title,
        reader,
        view=view,
        files=_files(visit, view, visit.words(reader)),
        pictures=pictures or {},
        presses=(ways or Markup(""))
        + (presses(view.presses, reader, csrf) if view.presses else Markup("")),
        more=presses(view.more, reader, csrf) if view.more else "",
        up=up,
        tabs=tabs,
        asks=drawn_ask(asks, reader, csrf) if asks else "",
    )


def _files(visit: Visit, view: Report, words: Words) -> tuple[Page, ...]:
    """What it can be downloaded as. The figures are asked for where the page is."""
    if view.data is None:
        return view.files
    request = visit.request
    query = urlencode({**request.query_params, **_FILE})
    label = words.say("Download the figures as CSV")
    return (Page(label=label, path=f"{request.url.path}?{query}"), *view.files)


async def _file(visit: Visit, view: Report) -> Response:
    """The figures as a file, for whoever the page was opened for. It is in the audit before it is
    sent, where it is known who that is."""
    if view.data is None:
        raise TroubleError(404)
    return await lists.sent(visit, report_csv(view.data), len(view.data.rows))
