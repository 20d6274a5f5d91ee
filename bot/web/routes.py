"""The addresses of the web platform, each with the handler that answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.web import (
    announcement_pages,
    asking_pages,
    campaign_pages,
    case_pages,
    chair_pages,
    conclusion_pages,
    demo_help_desk,
    desk_pages,
    digest_pages,
    feedback_pages,
    help_desk_pages,
    hold_pages,
    inbox_pages,
    matter_pages,
    openid_pages,
    personal_pages,
    public_pages,
    result_pages,
    said_pages,
    series_pages,
    signin_pages,
    survey_pages,
)
from bot.web.anonymous.pages import anonymous_routes
from bot.web.authoring.addresses import writing_routes
from bot.web.docket_routes import advice_routes, docket_routes
from bot.web.doing import doing, pressed, showing
from bot.web.endpoints import error_page, page
from bot.web.headers import HEADERS
from bot.web.rendering import STATIC, accent_style
from bot.web.settings import PagePorts, Site, WebSettings
from bot.web.visiting import Visit
from core.commands import Command
from governance.commands import ShowAnnouncement, ShowApproval

_KEEP = "public, max-age=86400"


def web_routes(
    conversation: Conversation, settings: WebSettings, pages: PagePorts
) -> list[Route | Mount]:
    """All pages. Mount them last: the other platforms' addresses are their own."""
    site = Site(conversation=conversation, settings=settings, pages=pages)
    return [
        *_staff(site),
        *_governing(site),
        *_matters(site),
        *_responding(site),
        *_caring(site),
        *_asking(site),
        *_told_in_sums(site),
        *_repeating(site),
        *advice_routes(site),
        *writing_routes(site),
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
    surveys, notices = survey_pages, announcement_pages
    return [
        page(site, "/", get=inbox_pages.inbox),
        page(site, "/said", get=inbox_pages.said),
        page(site, "/help", get=inbox_pages.show_help),
        page(site, "/language", post=inbox_pages.choose_language),
        page(site, "/done", get=surveys.done),
        page(site, "/do/{token}", get=showing(pressed), post=doing(pressed)),
        page(site, "/surveys", get=said_pages.mine),
        page(site, "/surveys/{wave}", get=surveys.show, post=surveys.answer),
        page(site, "/surveys/{wave}/decline", post=surveys.decline),
        page(site, "/surveys/{wave}/said", get=said_pages.said),
        page(site, "/surveys/{wave}/{page}", get=surveys.show, post=surveys.answer),
        page(site, "/results/{wave}", get=result_pages.results),
        page(site, "/results/{wave}/numbers", get=result_pages.numbers),
        page(site, "/results/{wave}/export/{form}", get=result_pages.export),
        page(site, "/heard/{wave}", get=conclusion_pages.read),
        page(
            site,
            "/results/{wave}/conclusions",
            get=conclusion_pages.form,
            post=conclusion_pages.write,
        ),
        page(site, "/results/{wave}/conclusions/publish", post=conclusion_pages.publish),
        page(site, "/feedback", get=feedback_pages.show, post=feedback_pages.give),
        page(site, "/announcements/new", get=notices.write_form),
        page(site, "/announcements/{announcement}", get=showing(_announcement)),
    ]


def _announcement(visit: Visit) -> Command:
    return ShowAnnouncement(announcement_id=visit.subject("announcement"))


def _approval(visit: Visit) -> Command:
    return ShowApproval(announcement_id=visit.subject("announcement"))


def _governing(site: Site) -> list[Route]:
    """What committees and the CTO have. Who may is the dispatch's to say, not the address's."""
    notices, announcement = announcement_pages, "/announcements/{announcement}"
    return [
        page(site, f"{announcement}/edit", get=notices.write_form, post=notices.write),
        page(site, f"{announcement}/draft", get=notices.draft),
        page(site, f"{announcement}/send", post=notices.send),
        page(site, f"{announcement}/approval", get=showing(_approval)),
        page(site, f"{announcement}/progress", get=campaign_pages.progress),
        page(site, f"{announcement}/progress/numbers", get=campaign_pages.numbers),
        *docket_routes(site),
        page(site, "/desk", get=desk_pages.desk),
        page(site, "/desk/close/{wave}", get=desk_pages.close_form, post=desk_pages.close),
        page(site, "/desk/extend/{wave}", get=desk_pages.extend_form, post=desk_pages.extend),
        page(site, "/desk/hold/{wave}", get=hold_pages.lift_form, post=hold_pages.lift),
    ]


def _matters(site: Site) -> list[Route]:
    """What says the same, and what the reader was taught."""
    item = "/items/{item}"
    return [
        page(site, f"{item}/matter", get=matter_pages.show),
        page(site, f"{item}/split", post=matter_pages.split),
        page(site, f"{item}/merge", post=matter_pages.merge),
        page(site, "/committees/{queue}/trends", get=matter_pages.trends),
        page(site, "/triage/learned", get=matter_pages.learned),
        page(site, f"{item}/forget", post=matter_pages.forget),
    ]


def _responding(site: Site) -> list[Route]:
    """What is urgent, for who responds to it."""
    return [
        page(site, "/urgent", get=case_pages.cases),
        page(site, "/urgent/{item}/{urgency}", get=case_pages.show),
        page(
            site,
            "/help-desk/{token}",
            get=help_desk_pages.number_form,
            post=help_desk_pages.number,
            open_door=True,
        ),
    ]


def _told_in_sums(site: Site) -> list[Route]:
    """A committee's week, and what came of it."""
    return [
        page(site, "/committees/{queue}/week", get=digest_pages.week, post=digest_pages.choose),
        page(site, "/committees/{queue}/chair", get=chair_pages.chair, post=chair_pages.dispose),
        page(site, "/committees/{queue}/agenda", get=chair_pages.agenda),
        page(site, "/together/{bulk}/undo", post=chair_pages.undo),
        page(site, "/what-came-of-it", get=digest_pages.what_came),
    ]


def _caring(site: Site) -> list[Route]:
    """What was taken out of somebody's words, for them; student data, for who works on it."""
    pages = personal_pages
    return [page(site, "/feedback/{item}/taken-out", get=pages.taken_out, post=pages.correct)]


def _repeating(site: Site) -> list[Route]:
    """Surveys that repeat."""
    series = "/desk/series/{series}"
    return [
        page(site, series, get=series_pages.show),
        page(site, f"{series}/pause", post=series_pages.pause),
        page(site, f"{series}/resume", post=series_pages.resume),
        page(site, f"{series}/stop", post=series_pages.stop),
        page(site, f"{series}/move", post=series_pages.move),
    ]


def _asking(site: Site) -> list[Route]:
    """How the asking of a survey goes."""
    wave = "/desk/asking/{wave}"
    return [
        page(site, wave, get=asking_pages.show),
        page(site, f"{wave}/numbers", get=asking_pages.numbers),
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
