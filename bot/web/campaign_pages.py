"""What became of an announcement: counts that follow along, by building, and person by person; and
what can be done about it: stop it, send the rest, send it again, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.conversation import Reader
from bot.web import lists
from bot.web.details import drawn
from bot.web.rendering import render
from bot.web.visiting import Visit
from core.cards import Page
from core.lists import ROWS, Found, ListRequest, already_looked_through
from governance import links
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_commands import ShowCampaign
from governance.announcements.campaign_details import campaign_detail, people_list, worst_first
from governance.announcements.model import Outcome, RecipientFilter
from governance.messages import Progress
from governance.views import CampaignView

IN_VIEW = 8
"""Buildings that are in view; the rest open below them."""

_RENAMED: Mapping[str, str] = {
    Outcome.QUEUED: RecipientFilter.WAITING,
    Outcome.LEASED: RecipientFilter.WAITING,
    Outcome.FAILED: RecipientFilter.MISSED,
    Outcome.UNREACHABLE: RecipientFilter.MISSED,
}
"""What older addresses call a filter."""


async def show(visit: Visit) -> Response:
    """The page of the list of people that the address is of. Older addresses lead here."""
    query = visit.request.query_params
    if "outcome" in query or "search" in query:
        return RedirectResponse(f"{visit.request.url.path}{_now(query)}#people", 301)
    asked = lists.asked(visit)
    reply = await visit.ask(
        ShowCampaign(
            announcement_id=visit.subject("announcement"),
            outcome=asked.filter if asked.filter in tuple(RecipientFilter) else None,
            search=asked.search,
            sort=asked.sort,
            page=asked.page or 0,
            size=ROWS,
        )
    )
    if not isinstance(reply.message, CampaignView):
        return await visit.anything(reply.message, reply.reader)
    return await _page(visit, reply.message, asked, reply.reader)


def _now(query: Mapping[str, str]) -> str:
    chosen = query.get("outcome", "")
    kept = {"state": _RENAMED.get(chosen, chosen), "q": query.get("search", "")}
    written = urlencode({name: value for name, value in kept.items() if value})
    return f"?{written}" if written else ""


async def numbers(visit: Visit, found: Progress, reader: Reader) -> Response:
    """The counts alone: what the page asks for again while the announcement goes out."""
    return HTMLResponse(_counts(visit, found, reader))


def _counts(visit: Visit, message: Progress, reader: Reader) -> str:
    """The head of the page with its buttons, and its tiles."""
    words = visit.words(reader)
    return render(
        "fragments/campaign.html",
        reader,
        numbers=f"{links.campaign('', message.announcement.id)}/numbers",
        view=drawn(visit, campaign_detail(words, message), reader),
        said=campaign_words.said(words, message.announcement, message.tally),
        moving=message.tally.moving,
    )


async def _page(visit: Visit, view: CampaignView, asked: ListRequest, reader: Reader) -> Response:
    words, announcement = visit.words(reader), view.announcement
    title = words.text(announcement.change.title)
    found = Found(counts=view.counts, matching=view.paging.matching)
    return await visit.page(
        "pages/campaign.html",
        words.say("Progress: {title}", title=title),
        reader,
        up=Page(label=words.say("Announcements"), path=links.announcements("")),
        tally=_counts(visit, _progress(view), reader),
        moving=view.tally.moving,
        due=announcement.due,
        buildings=worst_first(view.buildings),
        in_view=IN_VIEW,
        list=already_looked_through(people_list(words, view), asked, found)
        if announcement.sent_at
        else None,
        where=lambda request, changed: f"{lists.where(visit, request, changed)}#people",
        reload=lists.where(visit, asked, {}),
        ways=_ways(visit, view, reader),
    )


def _progress(view: CampaignView) -> Progress:
    return Progress(
        announcement=view.announcement,
        tally=view.tally,
        approval=view.approval,
        led=view.led,
        outgrown=view.outgrown,
    )


def _ways(visit: Visit, view: CampaignView, reader: Reader) -> list[Page]:
    """What it says, and of what has a date the counts by role and the file."""
    say, found = visit.words(reader).say, view.announcement
    ways = []
    if found.recalled_at is None:
        ways.append(Page(label=say("Read it"), path=links.announcement("", found.id)))
    if found.due is not None and found.sent_at is not None:
        ways.append(Page(label=say("Confirmed by role"), path=links.acknowledged("", found.id)))
        ways.append(Page(label=say("Download the list"), path=links.acknowledged_csv(found.id)))
    return ways
