"""What became of an announcement: counts that follow along, person by person; and what can be done
about it: stop it, send the rest, send it again, take it back."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.charts.results import progress_bar
from bot.conversation import Reader
from bot.web.render_card import presses
from bot.web.rendering import render
from bot.web.visiting import Visit
from core.commands import Command
from core.words import Words
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_cards import announcement_presses
from governance.announcements.campaign_commands import ShowCampaign
from governance.announcements.model import Outcome, Tally
from governance.labels import Labels
from governance.messages import Progress
from governance.views import CampaignView

SIZE = 50
_FILTERS = ("read", "unread", *(outcome.value for outcome in Outcome))


def asked(visit: Visit) -> Command:
    """The page of the list of people that the address is of."""
    query = visit.request.query_params
    outcome = query.get("outcome", "")
    return ShowCampaign(
        announcement_id=visit.subject("announcement"),
        outcome=outcome if outcome in _FILTERS else None,
        search=query.get("search", "").strip()[:100],
        page=visit.whole(query.get("page", "0")),
        size=SIZE,
    )


async def numbers(visit: Visit, found: Progress, reader: Reader) -> Response:
    """The counts alone: what the page asks for again while the announcement goes out."""
    return HTMLResponse(drawn_tally(found, reader, csrf=visit.csrf))


def drawn_tally(message: Progress, reader: Reader, *, csrf: str) -> str:
    """The counts of a campaign with their bars, and the buttons for what can be done."""
    words = Words(reader.locale, reader.timezone)
    tally = message.tally
    ahead = campaign_words.unsent(words, message.announcement)
    return render(
        "fragments/tally.html",
        reader,
        moving=tally.moving,
        said=campaign_words.said(words, message.announcement, tally),
        counts=campaign_words.counts(words, tally),
        notes=[*([ahead] if ahead else []), *campaign_words.notes(words, message)],
        steps=presses(announcement_presses(words, message), reader, csrf),
        measures=() if ahead else _measures(message, words),
    )


def _measures(message: Progress, words: Words) -> list[tuple[str, Markup]]:
    """How many were sent it and how many have read it, each with its bar."""
    tally, sent, read = message.tally, words.say("sent"), words.say("confirmed")
    said = campaign_words.said(words, message.announcement, tally)
    return [
        (said, progress_bar(tally.sent, tally.people, sent, words, ident="sent")),
        (
            _read(tally, words),
            progress_bar(tally.acknowledged, tally.people, read, words, ident="read"),
        ),
    ]


def _read(tally: Tally, words: Words) -> str:
    part, whole = words.number(tally.acknowledged), words.number(tally.people)
    return words.say("{part} of {whole} confirmed", part=part, whole=whole)


async def progress(visit: Visit, view: CampaignView, reader: Reader) -> Response:
    words = visit.words(reader)
    query = visit.request.query_params
    kept = {key: query[key] for key in ("outcome", "search") if query.get(key)}

    def link(page: int) -> str:
        return "?" + urlencode({**kept, "page": page}) + "#people"

    title = words.text(view.announcement.change.title)
    return await visit.page(
        "pages/campaign.html",
        words.say("Progress: {title}", title=title),
        reader,
        view=view,
        tally=drawn_tally(
            Progress(
                announcement=view.announcement,
                tally=view.tally,
                approval=view.approval,
                led=view.led,
                outgrown=view.outgrown,
            ),
            reader,
            csrf=visit.csrf,
        ),
        buildings=[
            (
                one,
                progress_bar(one.done, one.asked, words.say("confirmed"), words, ident=f"b{n}"),
            )
            for n, one in enumerate(sorted(view.buildings, key=lambda one: (-one.owe, one.group)))
        ],
        outcomes=[(outcome.value, Labels(words)(outcome)) for outcome in Outcome],
        outcome=query.get("outcome", ""),
        search=query.get("search", ""),
        earlier=link(view.paging.page - 1),
        later=link(view.paging.page + 1),
        reload=str(visit.request.url.path) + ("?" + urlencode(kept) if kept else ""),
    )
