"""Signing in with the district's account: to the provider, and back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from starlette.responses import RedirectResponse, Response

from bot.openid.accounts import Accounts, Errand
from bot.openid.troubles import NotAdmittedError, ProviderError, TokenError, Why
from bot.web import keeping
from bot.web.forms import local_path
from bot.web.sessions import sign, unsign
from bot.web.signin_pages import come_in, turned_away
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance import wording
from governance.messages import Refused
from governance.people.ways_in import How
from storage.deadline import waiting_for_others

_log = structlog.get_logger(__name__)

SECONDS = 600
"""How long somebody may take at the provider: a second factor, a forgotten password."""


@dataclass(frozen=True, kw_only=True)
class _Gone:
    """Who is on the way there, as the browser keeps it: where to go afterwards, until when."""

    errand: Errand
    path: str
    until: int


async def go_there(visit: Visit) -> Response:
    """To the provider. What it must bring back stays in this browser, signed."""
    path = local_path(visit.request.query_params.get("next", "/"))
    try:
        url, errand = await _accounts(visit).way_there()
    except ProviderError as error:
        return await _away(visit, error, path)
    until = int(visit.site.pages.now().timestamp()) + SECONDS
    held = [errand.state, errand.nonce, errand.verifier, path, until]
    response = RedirectResponse(url, status_code=303)
    visit.errand(response, sign(visit.site.settings.secret, "errand", held), SECONDS)
    return response


async def come_back(visit: Visit) -> Response:
    """From the provider, with a code or without. Nothing counts but what this browser left with,
    once."""
    pages, query = visit.site.pages, visit.request.query_params
    if not await pages.door.has_room(visit.network):
        return await _failed(visit, "/", status=429)
    gone = _gone(visit)
    if gone is None or not secrets.compare_digest(
        gone.errand.state.encode(), query.get("state", "").encode()
    ):
        return await _failed(visit, "/", reason="no errand")
    if not await pages.consume_signin(f"openid:{gone.errand.state}"):
        return await _failed(visit, gone.path, reason="errand done before")
    if "code" not in query:
        return await _failed(visit, gone.path, reason=f"no code: {_named(query)}")
    return await _admit(visit, gone, query["code"], query.get("iss", ""))


async def _admit(visit: Visit, gone: _Gone, code: str, issuer: str) -> Response:
    door = visit.site.pages.door
    try:
        with waiting_for_others():
            address = await _accounts(visit).address(gone.errand, code, issuer)
    except ProviderError as error:
        return await _away(visit, error, gone.path)
    except TokenError as error:
        return await _failed(visit, gone.path, reason=str(error))
    except NotAdmittedError as error:
        return await _not_ours(visit, error.why)
    person = await door.whose(address)
    if isinstance(person, Refused):
        await door.note_failure(visit.network)
        _log.info("openid.refused", why="roster")
        return await _closed(visit, wording.unfit(visit.words(), person.why))
    return await come_in(visit, person, gone.path, How.OPENID)


def _accounts(visit: Visit) -> Accounts:
    accounts = visit.site.pages.accounts
    if accounts is None:
        raise TroubleError(404)
    return accounts


def _gone(visit: Visit) -> _Gone | None:
    cookie = visit.cookie(keeping.ERRAND)
    held = unsign(visit.site.settings.secret, "errand", cookie)
    if not isinstance(held, list):
        return None
    state, nonce, verifier, path, until = held
    if visit.site.pages.now().timestamp() >= until:
        return None
    errand = Errand(state=state, nonce=nonce, verifier=verifier)
    return _Gone(errand=errand, path=local_path(path), until=until)


# -- what is said ----------------------------------------------------------------------------


async def _failed(visit: Visit, path: str, *, reason: str = "", status: int = 400) -> Response:
    """Signing in came to nothing. Nothing of the address is shown: anybody can write one."""
    say = visit.words().say
    if status == 429:
        said = say("Signing in failed too often from this network. Try again in an hour.")
    else:
        await visit.site.pages.door.note_failure(visit.network)
        _log.warning("openid.failed", why=reason)
        said = say(
            "It took too long, was stopped, or continued in another window. Please try again."
        )
    return await _gone_wrong(visit, path, said, status)


async def _away(visit: Visit, error: ProviderError, path: str) -> Response:
    _log.error("openid.provider", why=str(error))
    say = visit.words().say
    said = say(
        "The district's sign-in service isn't working right now. Try again in a few minutes."
    )
    return await _gone_wrong(visit, path, said, 503)


async def _gone_wrong(visit: Visit, path: str, said: str, status: int) -> Response:
    say = visit.words().say
    title = say("You are not signed in")
    response = await turned_away(
        visit, title, said, say("If it fails again, tell your help desk."), path=path, status=status
    )
    visit.forget(response, keeping.ERRAND)
    return response


async def _not_ours(visit: Visit, why: Why) -> Response:
    """An account that is not one of the district's staff accounts."""
    await visit.site.pages.door.note_failure(visit.network)
    _log.info("openid.refused", why=str(why))
    say = visit.words().say
    match why:
        case Why.ELSEWHERE:
            said = say("That account is not one of the district's. Choose your district account.")
        case Why.GUEST:
            said = say("Guest accounts cannot use this service. Choose your district account.")
        case Why.UNVERIFIED:
            said = say(
                "Your account has no verified email address. Ask your help desk to check it."
            )
    return await _closed(visit, said)


async def _closed(visit: Visit, said: str) -> Response:
    response = await turned_away(visit, visit.words().say("You can’t sign in"), said)
    visit.forget(response, keeping.ERRAND)
    return response


def _named(query: Mapping[str, str]) -> str:
    """The error's name, for the log: letters only, since anybody can write the address."""
    error = query.get("error", "")[:40]
    return error if error.isascii() and error.replace("_", "").isalpha() else "unnamed"
