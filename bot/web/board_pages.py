"""Board reports on the web: the list, the page that is printed, and "You said, we did". Anybody can
read what the CTO's office put on the public page."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.cards import card_of
from bot.conversation import Reader
from bot.web import lists
from bot.web import reports as reports_page
from bot.web.anonymous.bare import language_of
from bot.web.endpoints import page
from bot.web.notices import Notice, Passage, lines
from bot.web.render_card import presses
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Bullets, Page, Run, Secrecy
from core.commands import Command
from core.words import Words
from governance import links
from governance.board_reports import announcing
from governance.board_reports.commands import (
    DraftYouSaid,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
)
from governance.board_reports.listing import reports_list
from governance.board_reports.messages import ReportsView, ReportView
from governance.board_reports.model import Issued
from governance.board_reports.report import board_report
from governance.messages import AnnouncementDrafted, Refused

Shown = TypeVar("Shown", ReportsView, ReportView)


def board_routes(site: Site) -> list[Route]:
    one = "/board/{report}"
    return [
        page(site, "/board", get=reports, open_door=True),
        page(site, one, get=report, open_door=True),
        page(site, f"{one}/you-said", get=you_said, post=draft_you_said, open_door=True),
    ]


async def _asked(
    visit: Visit, kind: type[Shown], command: Command, public: ReadReportInPublic
) -> tuple[Shown, Reader]:
    """As who is signed in; nobody has what is public, in their browser's language."""
    if visit.session.person is not None:
        reply = await visit.ask(command)
        message, reader = reply.message, reply.reader
    else:
        reply = await visit.site.conversation.unsigned(public)
        locale = language_of(visit.request.scope, visit.site.settings.locale)
        message, reader = reply.message, replace(reply.reader, locale=locale)
    if not isinstance(message, kind):
        raise TroubleError(401 if isinstance(message, Refused) else 404)
    return message, reader


async def _one(visit: Visit) -> tuple[ReportView, Reader]:
    which = visit.subject("report")
    return await _asked(
        visit, ReportView, ShowReport(report_id=which), ReadReportInPublic(report_id=which)
    )


async def reports(visit: Visit) -> Response:
    view, reader = await _asked(visit, ReportsView, ShowReports(), ReadReportInPublic())
    words = visit.words(reader)
    shown = card_of(view, words).presses
    return await lists.listed(
        visit,
        reader,
        words.say("Board reports"),
        reports_list(words, view),
        lead=words.say(
            "One page for the Board: the goals, what staff said, and what the district did about "
            "it."
        ),
        presses=presses(shown, reader, visit.csrf) if shown else "",
    )


async def report(visit: Visit) -> Response:
    view, reader = await _one(visit)
    words = visit.words(reader)
    drafts = view.writes and not view.draft and view.newer is None
    return await reports_page.reported(
        visit,
        reader,
        board_report(words, view),
        up=Page(label=words.say("Board reports"), path=links.board_reports("")),
        ways=_drafts(visit, words, view) if drafts else Markup(""),
    )


def _drafts(visit: Visit, words: Words, view: ReportView) -> Markup:
    """The button that writes "You said, we did" and leads to its draft."""
    return Markup(
        '<form method="post" action="{}"><input type="hidden" name="csrf" value="{}">'
        '<button class="button">{}</button></form>'
    ).format(
        links.you_said("", view.report_id),
        visit.csrf,
        words.say("Draft “You said, we did”"),
    )


# -- you said, we did --------------------------------------------------------------------------


async def you_said(visit: Visit) -> Response:
    view, reader = await _one(visit)
    if view.draft:
        raise TroubleError(404)
    words = visit.words(reader)
    kept = Issued(
        period=view.period,
        edition=view.edition,
        correction=view.correction,
        words=view.words,
        figures=view.figures,
        at=view.as_of,
    )
    here, did = Secrecy.SIGNED_IN, announcing.did(words, kept)
    stories = lines(*((Run(one.words, view.words.language),) for one in view.words.stories))
    we_did = (*stories, *((Bullets(lines=tuple(did), secrecy=here),) if did else ()))
    notice = Notice(
        title=announcing.title(words, kept),
        passages=(
            Passage(title=words.say("You said"), parts=lines(*announcing.said(words, kept))),
            *((Passage(title=words.say("We did"), parts=we_did),) if we_did else ()),
        ),
        up=Page(label=words.say("The whole report"), path=links.board_report("", view.report_id)),
    )
    return await visit.notice(notice, reader)


async def draft_you_said(visit: Visit) -> Response:
    """Its draft as an announcement."""
    if visit.session.person is None:
        raise TroubleError(401)
    which = visit.subject("report")
    reply = await visit.ask(DraftYouSaid(report_id=which))
    if isinstance(reply.message, AnnouncementDrafted):
        return visit.go(links.draft("", reply.message.announcement.id))
    return visit.go(links.board_report("", which))  # it went out already
