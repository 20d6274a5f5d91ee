"""What became of an announcement: counts that follow along, by building, and person by person; and
what can be done about it: stop it, send the rest, send it again, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from bot.conversation import Reader
from bot.web import lists
from bot.web.details import DrawnList, DrawnSection, drawn, following
from bot.web.visiting import Visit
from core.cards import Page
from core.lists import ROWS, Found, ListRequest, already_looked_through
from core.words import Words
from governance import links
from governance.announcements.campaign_commands import ShowCampaign
from governance.announcements.campaign_details import (
    building_sections,
    campaign_detail,
    people_list,
)
from governance.announcements.model import Outcome, RecipientFilter
from governance.messages import Progress
from governance.views import CampaignView

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
            whole=asked.file,
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
    return following(visit, campaign_detail(visit.words(reader), found), reader)


async def _page(visit: Visit, view: CampaignView, asked: ListRequest, reader: Reader) -> Response:
    words, sent = visit.words(reader), view.announcement.sent_at is not None
    title = words.text(view.announcement.change.title)
    detail = campaign_detail(words, _progress(view))
    detail = replace(detail, sections=building_sections(words, view))
    people = _people(visit, words, view, asked)
    if asked.file and sent:
        return await lists.file(visit, people.page, reader)
    return await visit.of_kind(
        "detail",
        words.say("Progress: {title}", title=title),
        reader,
        up=Page(label=words.say("Announcements"), path=links.announcements("")),
        view=drawn(visit, detail, reader, first=_listed(words, people) if sent else []),
    )


def _people(visit: Visit, words: Words, view: CampaignView, asked: ListRequest) -> DrawnList:
    """Whom it reached, person by person."""
    found = Found(counts=view.counts, matching=view.paging.matching)
    page = already_looked_through(people_list(words, view), asked, found)

    def where(request: ListRequest, changed: Mapping[str, str | int | None]) -> str:
        return f"{lists.where(visit, request, changed)}#people"

    return DrawnList(page=page, where=where)


def _listed(words: Words, listed: DrawnList) -> list[DrawnSection]:
    return [DrawnSection(title=words.say("Person by person"), key="people", list=listed)]


def _progress(view: CampaignView) -> Progress:
    return Progress(
        announcement=view.announcement,
        tally=view.tally,
        approval=view.approval,
        led=view.led,
        outgrown=view.outgrown,
    )
