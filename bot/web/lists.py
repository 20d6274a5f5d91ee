"""Lists on pages: what is asked of one in its address, and the page that is nothing but a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.exports.lists import list_csv
from bot.web.details import DrawnSection
from bot.web.render_card import drawn_parts
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page, Part
from core.details import Tabs
from core.lists import ListPage, ListRequest, ListView, Row, look_through
from core.reports import Folded

_NOTHING = Markup("")


def asked(visit: Visit) -> ListRequest:
    """What the address asks of a list."""
    return ListRequest.read(visit.request.query_params, visit.page_asked())


def shown(visit: Visit, view: ListView) -> ListPage:
    """What the address asks of a list that is here whole."""
    return look_through(view, asked(visit))


def where(visit: Visit, request: ListRequest, changed: Mapping[str, str | int | None]) -> str:
    """The address of the same list with something changed."""
    return _where(visit.request.url.path, request, changed)


def _where(path: str, request: ListRequest, changed: Mapping[str, str | int | None]) -> str:
    return place(path, replace(request, **changed))  # type: ignore[arg-type]


def place(path: str, request: ListRequest) -> str:
    """The address of a list as it is asked for."""
    query = request.written()
    return f"{path}?{urlencode(query)}" if query else path


def whole(view: ListView) -> ListPage:
    """All of a list on one page, whatever the address asks for."""
    return look_through(view, ListRequest(page=None))


def download(body: bytes, name: str) -> Response:
    """A CSV file."""
    return Response(
        body,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


async def file(visit: Visit, page: ListPage, reader: Reader) -> Response:
    """The list of a page as a file, for whoever the page was opened for."""
    if not page.view.downloads:
        raise TroubleError(404)
    return await sent(visit, list_csv(visit.words(reader), page), len(page.rows))


async def sent(visit: Visit, body: bytes, rows: int) -> Response:
    """What a page shows, as a CSV file of its name. It is in the audit before it is sent, where it
    is known who is given it."""
    path, person = visit.request.url.path, visit.session.person
    if person is not None:
        await visit.site.pages.note_download(person, path, rows)
    return download(body, re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-"))


def beside(title: str, parts: Sequence[Part], reader: Reader, language: str = "") -> Markup:
    """A row that is open beside its list: its name, and what there is to say of it."""
    spoken = Markup(' lang="{}"').format(language) if language else _NOTHING
    return Markup("<h3{}>{}</h3>\n{}").format(spoken, title, drawn_parts(parts, reader))


def _beside(page: ListPage, open_row: Callable[[Row], str]) -> str:
    """The row that is open beside its list; one with a page of its own is not."""
    row = page.row if page.view.opens else None
    return open_row(row) if row and not row.path else ""


async def listed(
    visit: Visit,
    reader: Reader,
    title: str,
    list_: ListView | ListPage,
    *,
    open_row: Callable[[Row], str] = lambda _: "",
    lead: str = "",
    facts: str = "",
    notes: Sequence[str] = (),
    warning: str = "",
    actions: Sequence[Page] = (),
    presses: str = "",
    pages: Sequence[Page] = (),
    menu: tuple[str, Sequence[Markup]] = ("", ()),
    explained: Folded | None = None,
    end: str = "",
    ways: Sequence[Page] = (),
    tabs: Tabs | None = None,
    above: str = "",
    before: Sequence[DrawnSection] = (),
    after: Sequence[DrawnSection] = (),
    below: str = "",
    up: Page | None = None,
    here: str = "",
    status: int = 200,
) -> Response:
    """A page that is a list. ``open_row`` draws the row that is open beside it. ``actions``: what
    there is to do, the first thing first; ``presses``: the same as buttons. ``pages``: more of it.
    ``menu``: buttons behind one. ``explained`` and ``end`` stand below. ``ways`` lead elsewhere;
    ``tabs`` to other pages of the same. The rest is around it. ``here``: its address if posted."""
    page = list_ if isinstance(list_, ListPage) else shown(visit, list_)
    if visit.request.method == "GET" and asked(visit).file:
        return await file(visit, page, reader)
    return await visit.of_kind(
        "list",
        title,
        reader,
        list=page,
        where=partial(_where, here or visit.request.url.path),
        **({"searches": here} if here else {}),
        beside=_beside(page, open_row),
        lead=lead,
        facts=facts,
        notes=notes,
        warning=warning,
        actions=actions,
        presses=presses,
        pages=pages,
        menu=menu,
        explained=explained,
        end=end,
        ways=ways,
        tabs=tabs,
        above=above,
        before=before,
        after=after,
        below=below,
        up=up,
        status=status,
    )
