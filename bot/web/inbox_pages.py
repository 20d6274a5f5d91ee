"""A person's own page: what waits, what came, what they said and what came of it; and help."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import HTMLResponse, Response

from bot.conversation import Reader
from bot.web.draw import draw_title
from bot.web.rendering import render
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.words import Words
from governance.feedback.model import ItemState
from governance.languages import language_name
from governance.messages import News, Notice, Told
from governance.people.reading_language import ChooseLanguage
from governance.views import InboxEntry, InboxView, OpenCases, OpenQueue
from surveys.messages import Rejected
from surveys.survey import Participation


async def said(visit: Visit, view: InboxView, reader: Reader) -> Response:
    """What the person told us, alone: asked for again while a message is being read."""
    return HTMLResponse(_drawn_items(view, reader))


async def inbox(visit: Visit, view: InboxView, reader: Reader) -> Response:
    words = visit.words(reader)

    def drawn(entry: InboxEntry, level: int = 3) -> dict[str, object]:
        did = str(entry.participation or "")
        return {
            "at": entry.at,
            "id": entry.delivery_id,
            "title": draw_title(entry.message, words),
            "did": _did(entry, words),
            "html": visit.drawn(entry.message, reader, level=level, did=did),
        }

    entries = sorted(_once(view), key=lambda entry: entry.at, reverse=True)
    return await visit.page(
        "pages/inbox.html",
        words.say("Home"),
        reader,
        danger=[drawn(entry, 2) for entry in entries if entry.urgent],
        waiting=[_waits(one, drawn) for one in view.in_order],
        came=[drawn(entry) for entry in entries if not (entry.waiting or entry.urgent)],
        said=_drawn_items(view, reader),
        view=view,
    )


def _waits(
    one: InboxEntry | OpenCases | OpenQueue, drawn: Callable[[InboxEntry], dict[str, object]]
) -> dict[str, object]:
    match one:
        case InboxEntry():
            return {"entry": drawn(one), "cases": None, "queue": None}
        case OpenCases(cases=cases):
            return {"entry": None, "cases": cases, "queue": None}
        case OpenQueue():
            return {"entry": None, "cases": None, "queue": one}


async def more(visit: Visit) -> Response:
    """All places that they may use, and their account: what a phone's bar has no room for."""
    return await visit.page("pages/more.html", visit.words().say("More"))


async def choose_language(visit: Visit) -> Response:
    """Back to where they were, which is in that language now."""
    locale = visit.form.one("locale")
    reply = await visit.ask(ChooseLanguage(locale=locale))
    if isinstance(reply.message, Rejected):
        raise TroubleError(422)
    words = Words(locale, reply.reader.timezone)
    language = language_name(words, locale)
    note = words.say("From now on, you’ll see this in {language}.", language=language)
    return visit.go(visit.local("back", "/"), note=note)


def _once(view: InboxView) -> list[InboxEntry]:
    """Without the news of what stands under "What you told us" with its answer; news that names
    whom to turn to stays."""
    shown = {item.item_id for item in view.items}
    return [
        entry
        for entry in view.entries
        if not (
            isinstance(entry.message, Told)
            and not entry.waiting
            and entry.message.item_id in shown
            and entry.message.news in (News.ACKNOWLEDGED, News.ANSWERED, News.ASKED)
        )
    ]


def _did(entry: InboxEntry, words: Words) -> str:
    """In the line of an older message: what the reader did with it, "" where nothing is asked."""
    match entry.participation, entry.message:
        case Participation.ANSWERED, _:
            return words.say("You answered this")
        case Participation.DECLINED, _:
            return words.say("You said no")
        case _, Notice(acknowledged_at=at) if at is not None:
            return words.say("You confirmed this")
        case _:
            return ""


def _drawn_items(view: InboxView, reader: Reader) -> str:
    # Read once within seconds; after that only a person changes it, and nobody waits for that.
    reading = any(item.state is ItemState.RECEIVED for item in view.items)
    return render("fragments/said.html", reader, items=view.items, reading=reading)
