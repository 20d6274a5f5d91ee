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
    approval_pages,
    asking_pages,
    campaign_pages,
    committee_pages,
    conclusion_pages,
    desk_pages,
    feedback_pages,
    hold_pages,
    inbox_pages,
    openid_pages,
    result_pages,
    said_pages,
    series_pages,
    signin_pages,
    survey_pages,
)
from bot.web.authoring.addresses import writing_routes
from bot.web.endpoints import HEADERS, error_page, page
from bot.web.rendering import STATIC, accent_style
from bot.web.settings import PagePorts, Site, WebSettings

_KEEP = "public, max-age=86400"


def web_routes(
    conversation: Conversation, settings: WebSettings, pages: PagePorts
) -> list[Route | Mount]:
    """All pages. Mount them last: the other platforms' addresses are their own."""
    site = Site(conversation=conversation, settings=settings, pages=pages)
    return [
        *_staff(site),
        *_governing(site),
        *_asking(site),
        *_repeating(site),
        *writing_routes(site),
        *_doors(site),
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
        page(site, "/announcements/{announcement}", get=notices.show),
        page(site, "/announcements/{announcement}/read", post=notices.read),
    ]


def _governing(site: Site) -> list[Route]:
    """What committees and the CTO have. Who may is the dispatch's to say, not the address's."""
    notices, dockets = announcement_pages, committee_pages
    announcement, item = "/announcements/{announcement}", "/items/{item}"
    return [
        page(site, f"{announcement}/edit", get=notices.write_form, post=notices.write),
        page(site, f"{announcement}/draft", get=notices.draft),
        page(site, f"{announcement}/send", post=notices.send),
        page(site, f"{announcement}/urgent", get=approval_pages.offer, post=approval_pages.ask),
        page(site, f"{announcement}/approval", get=approval_pages.show),
        page(site, f"{announcement}/approve", post=approval_pages.approve),
        page(
            site,
            f"{announcement}/decline",
            get=approval_pages.decline_form,
            post=approval_pages.decline,
        ),
        page(site, f"{announcement}/progress", get=campaign_pages.progress),
        page(site, f"{announcement}/progress/numbers", get=campaign_pages.numbers),
        page(site, f"{announcement}/stop", post=campaign_pages.stop),
        page(site, f"{announcement}/resume", post=campaign_pages.resume),
        page(
            site,
            f"{announcement}/resend",
            get=campaign_pages.resend_form,
            post=campaign_pages.resend,
        ),
        page(
            site,
            f"{announcement}/recall",
            get=campaign_pages.recall_form,
            post=campaign_pages.recall,
        ),
        page(site, "/committees/{queue}", get=dockets.docket),
        page(site, item, get=dockets.item),
        page(site, f"{item}/acknowledge", post=dockets.acknowledge),
        page(site, f"{item}/answer", get=dockets.answer_form, post=dockets.answer),
        page(site, f"{item}/move", get=dockets.move_form, post=dockets.move),
        page(site, "/desk", get=desk_pages.desk),
        page(site, "/desk/close/{wave}", get=desk_pages.close_form, post=desk_pages.close),
        page(site, "/desk/extend/{wave}", get=desk_pages.extend_form, post=desk_pages.extend),
        page(site, "/desk/hold/{wave}", get=hold_pages.lift_form, post=hold_pages.lift),
    ]


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
        page(site, f"{wave}/stop", post=asking_pages.stop),
        page(site, f"{wave}/resume", post=asking_pages.resume),
        page(site, f"{wave}/resend", get=asking_pages.again_form, post=asking_pages.again),
    ]


def _doors(site: Site) -> list[Route]:
    """Ways in and out. The demo's exist in the demo only."""
    doors = [
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
