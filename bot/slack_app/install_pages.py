"""Installing into Slack: a page for whoever has the operator's link, to Slack, and back.

What a browser left with must come back in the same browser, within ten minutes and once: it stays
there in a signed cookie, as the way to the district's accounts does (``bot/web/openid_pages.py``).
"""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

import structlog
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.core import Core
from bot.slack.oauth import CALLBACK, NotInstalledError, SlackOAuth
from bot.slack.workspaces import Installation
from bot.slack_app.installations import KeptInstallations, is_link_token
from bot.web import keeping
from bot.web.endpoints import page
from bot.web.notices import Notice, lines
from bot.web.sessions import sign, unsign
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Page

_log = structlog.get_logger(__name__)

SECONDS = 600
"""How long somebody may take at Slack."""

_ERRAND = "slack-errand"


def install_routes(core: Core, site: Site, oauth: SlackOAuth) -> list[Route]:
    pages = _InstallPages(core, oauth)
    return [
        page(site, "/slack/install", get=pages.show, open_door=True),
        page(site, "/slack/install/begin", get=pages.begin, open_door=True),
        page(site, CALLBACK, get=pages.come_back, open_door=True),
    ]


class _InstallPages:
    def __init__(self, core: Core, oauth: SlackOAuth) -> None:
        self._core = core
        self._oauth = oauth
        self._installations = KeptInstallations(core)

    async def show(self, visit: Visit) -> Response:
        """What the link leads to. Scanners fetch links: nothing has begun here."""
        token = visit.request.query_params.get("token", "")
        if not self._proven(visit, token):
            return await self._no_link(visit)
        say = visit.words().say
        return await _page(
            visit,
            say("Install Sounding Board in Slack"),
            say(
                "Next, Slack asks which workspace it is for and shows what the app can do "
                "there. You need permission to install apps in it."
            ),
            href=f"/slack/install/begin?{urlencode({'token': token})}",
            label=say("Continue to Slack"),
        )

    async def begin(self, visit: Visit) -> Response:
        """To Slack. What it must bring back stays in this browser, signed."""
        if not self._proven(visit, visit.request.query_params.get("token", "")):
            return await self._no_link(visit)
        state = secrets.token_urlsafe(24)
        until = int(self._core.now().timestamp()) + SECONDS
        response = RedirectResponse(self._oauth.way_there(state), status_code=303)
        secret = visit.site.settings.secret
        visit.errand(response, sign(secret, _ERRAND, [state, until]), SECONDS)
        return response

    async def come_back(self, visit: Visit) -> Response:
        """From Slack, with a code or without. Nothing counts but what this browser left with,
        once."""
        pages, query = visit.site.pages, visit.request.query_params
        if not await pages.door.has_room(visit.network):
            return await self._failed(visit, "too often", status=429)
        state = self._left_with(visit)
        if state is None or not secrets.compare_digest(
            state.encode(), query.get("state", "").encode()
        ):
            return await self._failed(visit, "no errand")
        if not await pages.consume_signin(f"slack:{state}"):
            return await self._failed(visit, "errand done before")
        if "code" not in query:
            return await self._failed(visit, "no code")
        try:
            new = await self._oauth.installed(query["code"])
        except NotInstalledError as error:
            return await self._failed(visit, str(error))
        return await self._keep(visit, new)

    async def _keep(self, visit: Visit, new: Installation) -> Response:
        say = visit.words().say
        named = f"{new.name} ({new.workspace})" if new.name else new.workspace
        if not await self._installations.keep(new):
            _log.warning("slack.install_refused", workspace=new.workspace)
            await visit.site.pages.door.note_failure(visit.network)
            await self._oauth.give_back(new)
            return await _page(
                visit,
                say("This workspace is not allowed to install Sounding Board"),
                say("Nothing was installed in {workspace}.", workspace=named),
                say("The person who runs this service must name it in the settings first."),
                status=403,
            )
        _log.info("slack.installed", workspace=new.workspace)
        return await _page(
            visit,
            say("Sounding Board is installed in {workspace}", workspace=named),
            say("Its staff are found by email address within a few minutes."),
        )

    def _proven(self, visit: Visit, token: str) -> bool:
        return is_link_token(visit.site.settings.secret, token, self._core.now())

    def _left_with(self, visit: Visit) -> str | None:
        cookie = visit.cookie(keeping.ERRAND)
        held = unsign(visit.site.settings.secret, _ERRAND, cookie)
        if not isinstance(held, list):
            return None
        state, until = held
        return str(state) if self._core.now().timestamp() < until else None

    async def _no_link(self, visit: Visit) -> Response:
        say = visit.words().say
        return await _page(
            visit,
            say("You need a link to install this"),
            say("The person who runs this service can make one for you. It works for an hour."),
            status=403,
        )

    async def _failed(self, visit: Visit, reason: str, *, status: int = 400) -> Response:
        """It came to nothing. Nothing of the address is shown: anybody can write one."""
        say = visit.words().say
        if status != 429:
            await visit.site.pages.door.note_failure(visit.network)
        _log.warning("slack.install_failed", why=reason)
        match reason:
            case "token_rotation":
                said = say(
                    "The app's tokens would expire, and nothing here renews them. Turn off token "
                    "rotation in the app's settings at Slack."
                )
            case _:
                said = say("It took too long, was stopped, or continued in another window.")
        again = say("Ask whoever runs the service for a new link, and try again.")
        return await _page(visit, say("Nothing was installed"), said, again, status=status)


async def _page(
    visit: Visit, heading: str, *said: str, status: int = 200, href: str = "", label: str = ""
) -> Response:
    ways = (Page(label=label, path=href),) if href else ()
    notice = Notice(title=heading, parts=lines(*said), ways=ways)
    response = await visit.notice(notice, status=status)
    if visit.request.url.path == CALLBACK:
        visit.forget(response, keeping.ERRAND)
    return response
