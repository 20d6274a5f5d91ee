"""The addresses of the web platform, each with the handler that answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.web import (
    alignment_pages,
    announcement_checks,
    asking_pages,
    campaign_pages,
    chair_pages,
    change_pages,
    committee_pages,
    conclusion_pages,
    demo_help_desk,
    digest_pages,
    duty_pages,
    feedback_pages,
    help_desk_pages,
    inbox_pages,
    list_pages,
    matter_pages,
    openid_pages,
    public_pages,
    ready_pages,
    result_pages,
    series_pages,
    signin_pages,
    survey_pages,
    wave_pages,
)
from bot.web.anonymous.pages import anonymous_routes
from bot.web.authoring.addresses import writing_routes
from bot.web.board_pages import board_routes
from bot.web.composing import pages as composing
from bot.web.doing import (
    back,
    doing,
    of,
    opening,
    pressed,
    reopened,
    showing,
    to,
    whole_page,
)
from bot.web.endpoints import discard, error_page, page
from bot.web.feeds import feed_routes
from bot.web.files_pages import files_routes
from bot.web.headers import HEADERS
from bot.web.learning_pages import learning_routes
from bot.web.navigation import MORE
from bot.web.office_pages import office_routes
from bot.web.people_import_pages import people_import_routes
from bot.web.plan_change_pages import plan_change_routes
from bot.web.plan_pages import plan_routes
from bot.web.practices.routes import practice_routes
from bot.web.rendering import STATIC, accent_style
from bot.web.rules import acknowledging
from bot.web.rules.pages import rule_routes
from bot.web.settings import PagePorts, Site, WebSettings
from bot.web.unsent import DISCARD, LANGUAGE
from bot.web.visiting import Visit
from core.commands import Command
from governance import links
from governance.acknowledgements.commands import ShowAcknowledgement, ShowAcknowledgements
from governance.alignment.commands import DraftOutcome, ShowAlignment
from governance.announcements.campaign_commands import ShowAsking, ShowProgress
from governance.announcements.commands import (
    ShowAnnouncement,
    ShowApproval,
    ShowEditAsked,
)
from governance.chairs.commands import UndoTogether
from governance.changes.commands import ShowCalendar, ShowChange, ShowPlanned, ShowSequence
from governance.committees.commands import DropAbsence, NoteAbsence, SettlePost
from governance.conclusions.commands import ReadConclusions, ShowConclusionsForm
from governance.conversations.commands import ReplyToCommittee
from governance.digests.commands import ShowDigest, ShowFigures
from governance.docket.commands import AcknowledgeItem, DiscussItem, ExportDocket, ShowItem
from governance.duplicates.commands import (
    ForgetCorrection,
    ShowCorrections,
    ShowMatter,
    ShowTrends,
    SplitItem,
)
from governance.faq.commands import ShowFaq, ShowFaqEntry
from governance.home.commands import ShowDesk, ShowHelp, ShowInbox
from governance.lessons.commands import ShowLessons
from governance.lists.commands import ShowList, ShowLists
from governance.priorities.commands import ShowIdeas, ShowIdeasBySurvey
from governance.pulses.commands import ShowReady
from governance.read_reminders.commands import ExportAcknowledged, ShowUnread
from governance.recommendations.commands import (
    SendAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    TellOutcome,
    WriteAdvice,
)
from governance.redaction.commands import CorrectTakenOut, ShowTakenOut
from governance.saved_answers.commands import ShowSavedAnswers
from governance.second_person.commands import ShowSecondRequest
from governance.series.commands import PauseSeries, ResumeSeries, ShowSeries, StopSeries
from governance.service_notices.commands import ShowServiceNotice, ShowServiceStatus
from governance.urgent.commands import ShowCase, ShowCases
from governance.waves.my_surveys import ShowMySurveys
from surveys.commands import LiftHold, ShowSaid

_LARGEST_FILE = 512 * 1024
"""Bytes of a form with a file of e-mail addresses."""

_KEEP = "public, max-age=86400"


def web_routes(
    conversation: Conversation, settings: WebSettings, pages: PagePorts
) -> list[Route | Mount]:
    """All pages. Mount them last: the other platforms' addresses are their own."""
    site = Site(conversation=conversation, settings=settings, pages=pages)
    return [
        *_staff(site),
        *_governing(site),
        *_docket(site),
        *_responding(site),
        *_caring(site),
        *_asking(site),
        *_told_in_sums(site),
        *_repeating(site),
        *_acknowledging(site),
        *_advising(site),
        *feed_routes(site),
        *_changing(site),
        *learning_routes(site),
        *plan_routes(site),
        *plan_change_routes(site),
        *rule_routes(site),
        *board_routes(site),
        *practice_routes(site),
        *writing_routes(site),
        *office_routes(site),
        *people_import_routes(site),
        *files_routes(site),
        *_doors(site),
        *anonymous_routes(site),
        Route("/accent.css", _accent(settings), methods=["GET"]),
        Mount("/static", _Static(directory=STATIC), name="static"),
    ]


def web_error_handler(
    conversation: Conversation, settings: WebSettings, pages: PagePorts
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler of ``HTTPException`` for the whole application: an unknown address gets a page
    in plain words (``Starlette(exception_handlers={HTTPException: web_error_handler(…)})``)."""
    site = Site(conversation=conversation, settings=settings, pages=pages)

    async def handle(request: Request, error: Exception) -> Response:
        return await error_page(site, request, error)

    return handle


def _staff(site: Site) -> list[Route]:
    """What everybody has: an inbox, surveys, results, feedback and announcements to read."""
    surveys = survey_pages
    return [
        page(site, "/", get=showing(lambda _: ShowInbox(parts=True), inbox_pages.inbox)),
        page(
            site,
            links.earlier(""),
            get=showing(lambda _: ShowInbox(earlier=True), inbox_pages.earlier),
        ),
        page(site, "/said", get=inbox_pages.said),
        page(site, "/help", get=showing(of(ShowHelp))),
        page(site, MORE, get=inbox_pages.more),
        page(site, LANGUAGE, post=inbox_pages.choose_language),
        page(site, DISCARD, post=discard, drafts=False),
        page(site, "/done", get=surveys.done),
        page(
            site,
            "/do/{token}",
            get=reopened,
            post=doing(pressed, whole_page),
            uploads=_LARGEST_FILE,
        ),
        page(site, "/surveys", get=showing(_my_surveys)),
        page(site, "/surveys/{wave}", get=surveys.show, post=surveys.answer, drafts=False),
        page(site, "/surveys/{wave}/decline", post=surveys.decline),
        page(site, "/surveys/{wave}/said", get=showing(of(ShowSaid))),
        page(site, "/surveys/{wave}/{page}", get=surveys.show, post=surveys.answer, drafts=False),
        page(site, "/ideas", get=showing(of(ShowIdeasBySurvey))),
        page(site, "/ideas/{wave}", get=showing(of(ShowIdeas))),
        page(site, "/results/{wave}", get=result_pages.results),
        page(site, "/results/{wave}/numbers", get=result_pages.numbers),
        page(site, "/results/{wave}/export/{form}", get=result_pages.export),
        page(site, "/heard/{wave}", get=showing(of(ReadConclusions))),
        page(
            site,
            "/results/{wave}/conclusions",
            get=showing(of(ShowConclusionsForm), conclusion_pages.form),
            post=conclusion_pages.write,
        ),
        page(site, "/results/{wave}/conclusions/publish", post=conclusion_pages.publish),
        page(site, "/results/{wave}/goals", get=showing(of(ShowAlignment), alignment_pages.show)),
        page(
            site,
            "/results/{wave}/goals/tell",
            get=showing(of(DraftOutcome), conclusion_pages.form),
        ),
        page(site, "/feedback", get=feedback_pages.show, post=feedback_pages.give),
        page(site, "/feedback/done", get=surveys.done),
        page(site, "/feedback/done/asked", get=feedback_pages.asked),
        page(site, "/announcements/new", get=composing.new),
        page(site, "/announcements/{announcement}", get=showing(of(ShowAnnouncement))),
    ]


def _my_surveys(visit: Visit) -> Command:
    return ShowMySurveys(page=visit.page_asked() or 0)


def _governing(site: Site) -> list[Route]:
    """What committees and the CTO have. Who may is the dispatch's to say, not the address's."""
    checks = announcement_checks
    announcement = "/announcements/{announcement}"
    wave = of(ShowDesk)
    return [
        page(
            site,
            f"{announcement}/edit",
            get=composing.edit,
            post=composing.write,
            uploads=_LARGEST_FILE,
        ),
        page(site, f"{announcement}/count", get=composing.count),
        page(site, f"{announcement}/draft", get=checks.draft),
        page(site, f"{announcement}/send", post=checks.send, uploads=_LARGEST_FILE),
        page(site, f"{announcement}/approval", get=showing(of(ShowApproval))),
        page(site, "/second/{request}", get=showing(of(ShowSecondRequest))),
        page(site, f"{announcement}/edit-approval", get=showing(of(ShowEditAsked))),
        page(site, f"{announcement}/progress", get=campaign_pages.show),
        page(
            site,
            f"{announcement}/progress/numbers",
            get=showing(of(ShowProgress), campaign_pages.numbers),
        ),
        page(site, "/desk", get=inbox_pages.moved),
        page(
            site,
            "/desk/close/{wave}",
            get=showing(wave, wave_pages.close_form),
            post=showing(wave, wave_pages.close),
        ),
        page(
            site,
            "/desk/extend/{wave}",
            get=showing(wave, wave_pages.extend_form),
            post=wave_pages.extend,
        ),
        page(
            site,
            "/desk/hold/{wave}",
            get=showing(wave, wave_pages.lift_form),
            post=doing(of(LiftHold), to(links.surveys(""))),
        ),
    ]


def _docket(site: Site) -> list[Route]:
    """A committee's page and its items; what says the same, and what the reader was taught."""
    committee, item = "/committees/{queue}", "/items/{item}"
    split, forget = of(SplitItem), of(ForgetCorrection)
    return [
        page(site, committee, get=showing(committee_pages.docket_asked, committee_pages.docket)),
        page(
            site,
            f"{committee}/items.csv",
            get=showing(of(ExportDocket), committee_pages.export),
        ),
        page(site, f"{committee}/together", get=committee_pages.together),
        page(
            site,
            f"{committee}/saved-answers",
            get=showing(of(ShowSavedAnswers), committee_pages.saved_answers),
        ),
        page(
            site,
            f"{committee}/posts/{{post}}",
            post=doing(of(SettlePost, arrived=False), to(committee)),
        ),
        page(site, "/absences", post=doing(_absence, back)),
        page(site, "/absences/{absence}/drop", post=doing(of(DropAbsence), back)),
        page(site, item, get=showing(of(ShowItem))),
        page(site, f"{item}/acknowledge", post=doing(of(AcknowledgeItem))),
        page(site, f"{item}/discuss", post=doing(of(DiscussItem))),
        page(site, f"{item}/reply", get=showing(opening(ReplyToCommittee))),
        page(site, f"{item}/matter", get=showing(of(ShowMatter), matter_pages.show)),
        page(site, f"{item}/split", post=doing(split, matter_pages.after_split)),
        page(site, f"{item}/merge", post=matter_pages.merge),
        page(site, f"{item}/forget", post=doing(forget, to("/triage/learned"))),
        page(site, f"{committee}/trends", get=showing(of(ShowTrends), matter_pages.trends)),
        page(site, "/triage/learned", get=showing(of(ShowCorrections), matter_pages.learned)),
    ]


def _absence(visit: Visit) -> Command:
    return NoteAbsence(absence_id=uuid4(), first=None, last=None)


def _responding(site: Site) -> list[Route]:
    """What is urgent, for whoever responds to it."""
    desk = help_desk_pages
    return [
        page(site, "/urgent", get=showing(of(ShowCases), list_pages.cases)),
        page(site, "/urgent/{item}/{urgency}", get=showing(of(ShowCase))),
        page(site, "/help-desk/{token}", get=desk.number_form, post=desk.number, open_door=True),
    ]


def _told_in_sums(site: Site) -> list[Route]:
    """A committee's week, and what followed from it."""
    committee, undo = "/committees/{queue}", of(UndoTogether)
    chair, agenda = chair_pages, showing(chair_pages.meeting, chair_pages.agenda)
    return [
        page(
            site,
            f"{committee}/week",
            get=showing(of(ShowDigest), digest_pages.week),
            post=digest_pages.choose,
        ),
        page(
            site,
            f"{committee}/chair",
            get=showing(chair.shown, chair.chair),
            post=chair.dispose,
        ),
        page(site, f"{committee}/agenda", get=agenda),
        page(site, "/together/{bulk}/undo", post=doing(undo, chair.after)),
        page(site, "/what-came-of-it", get=showing(of(ShowFigures), list_pages.what_came)),
    ]


def _caring(site: Site) -> list[Route]:
    """What was taken out of somebody's words, for them."""
    show, correct = showing(of(ShowTakenOut)), doing(of(CorrectTakenOut))
    return [page(site, "/feedback/{item}/taken-out", get=show, post=correct, drafts=False)]


def _advising(site: Site) -> list[Route]:
    """What committees advise, what the CTO decides, and what everybody may read of it."""
    one, theirs = "/recommendations/{recommendation}", "/committees/{queue}/recommendations"
    return [
        page(site, "/changes", get=showing(of(ShowChanges), list_pages.changes)),
        page(
            site,
            theirs,
            get=showing(of(ShowRecommendations), committee_pages.recommendations),
            post=_begun,
        ),
        page(
            site,
            f"{theirs}/{{recommendation}}",
            get=showing(opening(WriteAdvice)),
            post=doing(of(WriteAdvice)),
        ),
        page(site, one, get=showing(of(ShowAdvice))),
        page(site, f"{one}/send", post=doing(of(SendAdvice))),
        page(site, f"{one}/outcome", post=doing(of(TellOutcome))),
    ]


def _changing(site: Site) -> list[Route]:
    """The change calendar, a change and what belongs to it; service notices; lists of people."""
    one = "/calendar/{change}"
    return [
        page(site, "/lists", get=showing(of(ShowLists), list_pages.named_lists)),
        page(site, "/lists/{key}", get=showing(_named_list)),
        page(site, "/calendar", get=showing(of(ShowCalendar), change_pages.calendar)),
        page(site, one, get=showing(of(ShowChange), change_pages.change)),
        page(site, f"{one}/faq", get=showing(of(ShowFaq))),
        page(site, f"{one}/faq/{{entry}}", get=showing(of(ShowFaqEntry))),
        page(site, f"{one}/ready", get=showing(of(ShowReady), ready_pages.show)),
        page(site, f"{one}/messages", get=showing(of(ShowSequence))),
        page(site, f"{one}/messages/{{announcement}}", get=showing(of(ShowPlanned))),
        page(site, "/status", get=showing(of(ShowServiceStatus))),
        page(site, "/status/{announcement}", get=showing(of(ShowServiceNotice))),
    ]


def _named_list(visit: Visit) -> Command:
    return ShowList(key=visit.path("key"))


async def _begun(visit: Visit) -> Response:
    """An address of its own for each recommendation that is begun."""
    return visit.go(f"/committees/{visit.path('queue')}/recommendations/{uuid4()}")


def _repeating(site: Site) -> list[Route]:
    """Surveys that repeat."""
    series, again = series_pages.PAGE, series_pages.again
    there, pause, stop = to(series), of(PauseSeries, why=""), of(StopSeries, why="")
    return [
        page(site, series, get=showing(of(ShowSeries), series_pages.show)),
        page(site, f"{series}/pause", post=doing(pause, there, again)),
        page(site, f"{series}/resume", post=doing(of(ResumeSeries), there, again)),
        page(site, f"{series}/stop", post=doing(stop, there, again)),
        page(site, f"{series}/move", post=series_pages.move),
    ]


def _acknowledging(site: Site) -> list[Route]:
    """What is asked of people with a date: to acknowledge rules and announcements, and lessons."""
    return [
        page(
            site,
            "/acknowledgements",
            get=showing(of(ShowAcknowledgements), list_pages.acknowledgements),
        ),
        page(site, links.ACKNOWLEDGEMENTS_CSV, get=duty_pages.export),
        page(
            site,
            "/acknowledgements/{set}",
            get=showing(of(ShowAcknowledgement), acknowledging.acknowledgement),
        ),
        page(site, "/owed", get=showing(duty_pages.asked, duty_pages.owed)),
        page(site, "/lessons", get=showing(of(ShowLessons), list_pages.lessons)),
        page(site, "/announcements/{announcement}/acknowledged", get=showing(of(ShowUnread))),
        page(
            site,
            "/announcements/{announcement}/acknowledged.csv",
            get=showing(of(ExportAcknowledged), duty_pages.acknowledged),
        ),
    ]


def _asking(site: Site) -> list[Route]:
    """How the asking of a survey goes."""
    wave, show = "/desk/asking/{wave}", of(ShowAsking)
    return [
        page(site, wave, get=showing(show, asking_pages.show)),
        page(site, f"{wave}/numbers", get=showing(show, asking_pages.numbers)),
    ]


def _doors(site: Site) -> list[Route]:
    """Ways in and out. The demo's exist in the demo only."""
    doors = [
        page(site, "/privacy", get=public_pages.privacy, open_door=True),
        page(site, "/terms", get=public_pages.terms, open_door=True),
        page(site, "/signin", get=signin_pages.link, post=signin_pages.use_link, open_door=True),
        page(site, "/signin/link", post=signin_pages.ask_for_link, open_door=True),
        page(site, "/signin/sent", get=signin_pages.link_sent, open_door=True),
        page(site, "/signout", post=signin_pages.sign_out, open_door=True),
        page(site, "/signout/everywhere", post=signin_pages.sign_out_everywhere),
        page(site, "/signed-out", get=signin_pages.signed_out, open_door=True),
    ]
    if site.pages.accounts is not None:
        doors += [
            page(site, "/signin/openid", get=openid_pages.go_there, open_door=True),
            page(site, "/signin/openid/callback", get=openid_pages.come_back, open_door=True),
        ]
    if not site.settings.demo:
        return doors
    return [
        *doors,
        *demo_help_desk.routes(site),
        page(site, "/demo", get=signin_pages.personas, open_door=True),
        page(site, "/demo/become", post=signin_pages.become, open_door=True),
    ]


def _accent(settings: WebSettings) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        headers = {**HEADERS, "Cache-Control": _KEEP}
        return Response(accent_style(settings.accent), media_type="text/css", headers=headers)

    return endpoint


class _Static(StaticFiles):
    """Files of ours, to be kept by browsers: their addresses carry their content's hash."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = _KEEP
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
