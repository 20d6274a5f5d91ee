"""A person's own page: what waits, what came, what they said and what followed from it; and
help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.conversation import Reader
from bot.web import home
from bot.web.draw import draw_badge, draw_title
from bot.web.forms import local_path
from bot.web.rendering import drawn_by, render
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.home import Drawing
from core.messages import Order
from core.paging import on_page
from core.tiles import Waiting
from core.words import Words
from governance import links, wording
from governance.acknowledgements.messages import Acknowledgement
from governance.committees.model import TRIAGE
from governance.controls.messages import SafeguardsAsked
from governance.feedback.model import ItemState
from governance.home.commands import ShowBeingRead, ShowInbox, ShowOfficeFigures
from governance.home.handlers import LATEST
from governance.languages import language_name
from governance.messages import Message, News, Notice, Told
from governance.people.reading_language import ChooseLanguage
from governance.views import BeingRead, InboxEntry, InboxView, OpenCases, OpenQueue, OverviewView
from surveys.messages import Invitation, Rejected
from surveys.survey import Participation

_Line = tuple[Waiting, dict[str, object] | None]
"""What waits in a line, with the whole message behind it where there is one."""


async def said(visit: Visit) -> Response:
    """What the person told us, alone: asked for again while a message is being read. ``reading``
    in the address: how many were being read on the page that asks. While it is as many, nothing
    has changed, and the answer is 204, after which htmx asks again."""
    unread = await being_read(visit)
    if unread and visit.request.query_params.get("reading") == str(len(unread)):
        return Response(status_code=204)
    reply = await visit.ask(ShowInbox())
    if not isinstance(reply.message, InboxView):
        return await visit.anything(reply.message, reply.reader)
    return HTMLResponse(_drawn_items(reply.message, reply.reader))


async def being_read(visit: Visit) -> frozenset[UUID]:
    """Which of the person's messages are still being read: what a page asks every two seconds."""
    view = (await visit.ask(ShowBeingRead())).message
    return view.items if isinstance(view, BeingRead) else frozenset()


async def inbox(visit: Visit, view: InboxView, reader: Reader) -> Response:
    """Home: what waits, then figures and panels, then what they said and what came earlier."""
    words = visit.words(reader)
    now = visit.site.pages.now()
    parts = home.arranged([draw(words) for draw in await _parts(visit, view, reader)])
    visit = replace(visit, counted=view.counted)
    drawn = partial(_drawn, visit, reader)
    danger = [entry for entry in view.entries if entry.urgent]
    urgent = [one for one in view.waiting if one.order is Order.DANGER]
    waiting = [one for one in view.in_order if one not in urgent]
    lines = [_line(words, one, drawn) for one in waiting]
    return await visit.page(
        "kinds/home.html",
        words.say("Home"),
        reader,
        heading=home.greeting(words, visit.name, now),
        facts=home.facts(words, view.waits, now),
        danger=[drawn(entry, 2) for entry in (*danger, *urgent)],
        waiting=lines,
        opens=not parts.tiles,
        shown=not parts.tiles and _opens_itself(lines),
        parts=parts,
        coming=home.dates(words, parts.coming, now),
        came=[drawn(entry) for entry in _came(view)[:LATEST]],
        said=_drawn_items(view, reader),
        view=view,
    )


async def earlier(visit: Visit, view: InboxView, reader: Reader) -> Response:
    """What they were sent and what asks for nothing any more, the newest first."""
    words = visit.words(reader)
    visit = replace(visit, counted=view.counted)
    shown, paging = on_page(_came(view), visit.page_asked())
    title, address = words.say("Earlier messages"), links.earlier("")
    lines = [_drawn(visit, reader, entry, 2) for entry in shown]
    came = drawn_by("macros/tiles.html", "messages", reader, lines)
    before, after = f"{address}?page={paging.page}", f"{address}?page={paging.page + 2}"
    ways = drawn_by("macros/tiles.html", "paging", reader, paging, title, before, after)
    none = Markup('<p class="empty">{}</p>').format(words.say("You have no earlier messages."))
    return await visit.of_kind(
        "card",
        title,
        reader,
        message=Markup("<h1>{}</h1>\n{}{}{}").format(
            title, came, Markup("") if shown else none, ways
        ),
        up=None,
    )


def _came(view: InboxView) -> list[InboxEntry]:
    """What asks for nothing, or not any more."""
    came = [entry for entry in _once(view) if not (entry.waiting or entry.urgent)]
    return sorted(came, key=lambda entry: entry.at, reverse=True)


def _drawn(visit: Visit, reader: Reader, entry: InboxEntry, level: int = 3) -> dict[str, object]:
    """A message with its line."""
    words = visit.words(reader)
    did = str(entry.participation or "")
    return {
        "at": entry.at,
        "id": entry.delivery_id,
        "title": draw_title(entry.message, words),
        "badge": draw_badge(entry.message, words),
        "did": _did(entry, words),
        "asks": isinstance(entry.message, Invitation) and bool(entry.message.inline),
        "html": visit.drawn(entry.message, reader, level=level, did=did),
    }


async def _parts(visit: Visit, view: InboxView, reader: Reader) -> list[Drawing]:
    """Of all features, in the order of their ranks."""
    found = list(view.parts)
    if reader.offices:
        reply = await visit.ask(ShowOfficeFigures())
        if isinstance(reply.message, OverviewView):
            found += reply.message.parts
    return [drawing for _, drawing in sorted(found, key=lambda one: one[0])]


def _line(
    words: Words,
    one: InboxEntry | OpenCases | OpenQueue,
    drawn: Callable[[InboxEntry], dict[str, object]],
) -> _Line:
    """One thing that waits: a line, with the whole message behind it where there is one."""
    match one:
        case InboxEntry(message=Acknowledgement(given=given)):
            line = Waiting(
                tag=home.tag(words, one.message, one.order),
                title=draw_title(one.message, words),
                press=words.say("Read and acknowledge"),
                path=links.acknowledgement("", given.id),  # where the texts come before the button
                detail=home.by(words, one.until, one.at),
            )
            return line, None
        case InboxEntry():
            whole = drawn(one)
            long = _is_long(whole)
            line = Waiting(
                tag=home.tag(words, one.message, one.order),
                title=str(whole["title"]),
                press=home.press(words, one.message, one.order),
                path="",
                detail=" · ".join([home.by(words, one.until, one.at), *_of(one.message)]),
                lead=home.lead(words, one.message) if long else "",
            )
            return line, whole
        case OpenCases(cases=cases):
            line = Waiting(
                tag=home.urgent(words),
                title=words.say("Urgent cases"),
                press=words.say("Open them now"),
                path=links.cases(""),
                detail=wording.open_cases(words, cases),
            )
            return line, None
        case OpenQueue(key=key, name=name, items=items):
            line = Waiting(
                tag=home.sort(words) if key == TRIAGE else home.answer(words),
                title=wording.queue(words, name),
                press=words.say("Read and sort") if key == TRIAGE else words.say("Read and answer"),
                path=links.docket("", key),
                detail=words.count(
                    "{n} message from staff is open.", "{n} messages from staff are open.", items
                ),
            )
            return line, None


def _opens_itself(lines: Sequence[_Line]) -> bool:
    """Whether the first thing that waits is open: a survey with its first question, and what hides
    nothing that waits below it."""
    line, whole = lines[0] if lines else (None, None)
    if line is None or whole is None:
        return False
    return bool(whole["asks"]) or not _is_long(whole) or (len(lines) == 1 and not line.lead)


def _is_long(whole: dict[str, object] | None) -> bool:
    html = whole["html"] if whole else ""
    return isinstance(html, Markup) and len(html.striptags()) > home.LONG


MOST_SAFEGUARDS = 3
"""Numbers of safeguards in the line of what asks for them."""


def _of(message: Message) -> list[str]:
    """Which assessment it is, and which safeguards: several may be asked of the same person."""
    if not isinstance(message, SafeguardsAsked):
        return []
    few = message.numbers[:MOST_SAFEGUARDS]
    more = "…" if len(message.numbers) > MOST_SAFEGUARDS else ""
    return [f"{message.short} {', '.join(few)}{more}", message.assessment.name]


async def moved(visit: Visit) -> Response:
    """The dashboard of before: links to it were sent."""
    return visit.go(links.inbox(""))


async def more(visit: Visit) -> Response:
    """All places that they may use, and their account: what a phone's bar has no room for."""
    return await visit.page("layout.html", visit.words().say("More"))


async def choose_language(visit: Visit) -> Response:
    """Back to where they were, which is in that language now. What they were typing comes along,
    and is kept as a draft of its form (``bot.web.unsent``)."""
    locale = visit.form.one("locale")
    reply = await visit.ask(ChooseLanguage(locale=locale))
    if isinstance(reply.message, Rejected):
        raise TroubleError(422)
    words = Words(locale, reply.reader.timezone)
    language = language_name(words, locale)
    note = words.say("From now on, you’ll see this in {language}.", language=language)
    visit.request.state.unsaved = True
    back = visit.request.query_params.get("back", "")
    return visit.go(local_path(back, visit.local("back", "/")), note=note)


def _once(view: InboxView) -> list[InboxEntry]:
    """Without the news of what stands under "What you told us" with its answer; news that names
    whom to turn to stays."""
    shown = view.told.union(item.item_id for item in view.items)
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
    reading = sum(item.state is ItemState.RECEIVED for item in view.items)
    return render("fragments/said.html", reader, items=view.items, reading=reading)
