"""The change calendar on the web, as a month and as an agenda, and a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from babel.dates import get_day_names
from starlette.responses import Response

from bot.cards import card_of
from bot.conversation import Reader
from bot.web.details import drawn
from bot.web.render_card import each_press
from bot.web.visiting import Visit
from core.cards import Page, Style
from core.words import Words, known_locale
from governance import links
from governance.changes import wording as say
from governance.changes.details import change_detail, state_tag
from governance.changes.messages import ChangeCalendar, ChangeView
from governance.changes.months import month_of

MONTH, AGENDA = "month", "agenda"


async def calendar(visit: Visit, view: ChangeCalendar, reader: Reader) -> Response:
    """``?view``: which of both. Without it a wide page shows both, and a phone the agenda."""
    words, query = visit.words(reader), visit.request.query_params
    today = view.today or visit.site.pages.now().date()
    chosen = query.get("view", "")
    ways = list(card_of(view, words).presses)
    if view.writes:
        ways = [*ways[1:], replace(ways[0], style=Style.PRIMARY)]
    months = groupby(view.rows, lambda one: one.day.replace(day=1))
    return await visit.page(
        "pages/calendar.html",
        words.say("Change calendar"),
        reader,
        view=view,
        chosen=chosen if chosen in (MONTH, AGENDA) else "",
        month=month_of(view.rows, query.get("month", ""), today),
        agenda=[(say.month_of(words, first), list(rows)) for first, rows in months],
        weekdays=_weekdays(words),
        named=lambda day: say.month_of(words, day),
        day_of=words.day,
        at=_at,
        link=lambda row: links.change("", row.change_id),
        tag_of=lambda row: state_tag(words, row.state),
        today=today,
        ways=each_press(ways, reader, visit.csrf),
    )


def _at(view: str, month: date | None = None) -> str:
    query = {"view": view} | ({"month": f"{month:%Y-%m}"} if month else {})
    return f"{links.change_calendar('')}?{urlencode(query)}"


def _weekdays(words: Words) -> list[tuple[str, str]]:
    """(short, whole), from Sunday on."""
    locale = known_locale(words.locale)
    short, whole = (
        get_day_names(width, context="stand-alone", locale=locale)
        for width in ("abbreviated", "wide")
    )
    return [(str(short[one]), str(whole[one])) for one in (6, 0, 1, 2, 3, 4, 5)]


async def change(visit: Visit, view: ChangeView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.of_kind(
        "detail",
        words.text(view.record.words.title),
        reader,
        up=Page(label=words.say("Change calendar"), path=links.change_calendar("")),
        view=drawn(visit, change_detail(words, view), reader),
    )
