"""What became of an announcement: counts that follow along, and person by person."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from bot.charts import progress_bar
from bot.conversation import Reader
from bot.web.labels import Labels
from bot.web.rendering import render
from bot.web.visiting import Visit
from bot.words import Words
from governance.announcements import Announcement, Outcome, Tally
from governance.commands import ShowCampaign, ShowProgress
from governance.messages import Progress
from governance.views import CampaignView

SIZE = 50
_FILTERS = ("read", "unread", *(outcome.value for outcome in Outcome))


async def progress(visit: Visit) -> Response:
    query = visit.request.query_params
    outcome = query.get("outcome", "")
    reply = await visit.ask(
        ShowCampaign(
            announcement_id=visit.subject("announcement"),
            outcome=outcome if outcome in _FILTERS else None,
            search=query.get("search", "").strip()[:100],
            page=visit.whole(query.get("page", "0")),
            size=SIZE,
        )
    )
    match reply.message:
        case CampaignView() as view:
            return await _show(visit, view, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def numbers(visit: Visit) -> Response:
    """The counts alone: what the page asks for again while the announcement goes out."""
    reply = await visit.ask(ShowProgress(announcement_id=visit.subject("announcement")))
    match reply.message:
        case Progress(announcement=announcement, tally=tally):
            return HTMLResponse(drawn_tally(announcement, tally, reply.reader))
        case message:
            return await visit.anything(message, reply.reader)


def drawn_tally(announcement: Announcement, tally: Tally, reader: Reader) -> str:
    """The counts of a campaign with their bars."""
    words = Words(reader.locale, reader.timezone)
    people = tally.people
    return render(
        "fragments/tally.html",
        reader,
        tally=tally,
        announcement=announcement,
        moving=tally.queued > 0,
        sent_bar=progress_bar(tally.sent, people, words.say("sent"), words, ident="sent"),
        read_bar=progress_bar(tally.acknowledged, people, words.say("read"), words, ident="read"),
    )


async def _show(visit: Visit, view: CampaignView, reader: Reader) -> Response:
    words = visit.words(reader)
    query = visit.request.query_params
    kept = {key: query[key] for key in ("outcome", "search") if query.get(key)}
    pages = max(1, -(-view.matching // view.size))

    def link(page: int) -> str:
        return "?" + urlencode({**kept, "page": page}) + "#people"

    title = words.text(view.announcement.change.title)
    return await visit.page(
        "pages/campaign.html",
        words.say("What became of “{title}”", title=title),
        reader,
        view=view,
        tally=drawn_tally(view.announcement, view.tally, reader),
        outcomes=[(outcome.value, Labels(words)(outcome)) for outcome in Outcome],
        outcome=query.get("outcome", ""),
        search=query.get("search", ""),
        pages=pages,
        earlier=link(view.page - 1) if view.page > 0 else "",
        later=link(view.page + 1) if view.page + 1 < pages else "",
        reload=str(visit.request.url.path) + ("?" + urlencode(kept) if kept else ""),
    )
