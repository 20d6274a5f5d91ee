"""What the doctor asks of others: Slack, Microsoft, the mail server, and our own public address.

Everything is asked at once and given five seconds. What is told of an answer never holds a token,
a password or an address's secret part.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Awaitable, Sequence

import httpx

from bot.app.core import Now
from bot.app.settings import Settings, SettingsError, openid_of
from storage.store import database_file

Finding = tuple[bool, str]
"""Whether it is well, and what was found."""

SECONDS = 5.0


async def ask_around(settings: Settings, *, running: bool, clock: Now) -> list[Finding]:
    """Ask everybody that is set up. ``running``: whether the service is known to run."""
    asked: list[tuple[str, Awaitable[Sequence[Finding]]]] = []
    if settings.slack:
        asked.append(("Slack", _slack(settings, clock)))
    if settings.teams and importlib.util.find_spec("microsoft_teams") is not None:
        asked.append(("Microsoft", _teams(settings, clock)))
    if settings.mail:
        asked.append(("The mail server", _mail(settings)))
    if settings.llm_url:
        asked.append(("The language model", _language_model(settings)))
    if settings.openid:
        asked.append(("The district's sign-in service", _openid(settings)))
    if settings.web_url:
        asked.append(("SOUNDINGBOARD_WEB_URL", _ourselves(settings, running=running)))
    answers = await asyncio.gather(*(_in_time(name, answer) for name, answer in asked))
    return [finding for answer in answers for finding in answer]


async def _in_time(name: str, answer: Awaitable[Sequence[Finding]]) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(SECONDS):
            return await answer
    except TimeoutError:
        return [(False, f"{name} did not answer within {SECONDS:.0f} seconds.")]
    except Exception as error:  # its text may quote what it was sent
        return [(False, f"{name} could not be asked: {type(error).__name__}.")]


def _slack(settings: Settings, clock: Now) -> Awaitable[Sequence[Finding]]:
    # Loading a library may take longer than an answer: it is done before the time runs.
    from bot.slack.checking import check_slack, check_socket
    from bot.slack_app.settings import slack_settings

    given = slack_settings(settings, settings.web_url)

    async def ask() -> Sequence[Finding]:
        installed = _installed(settings) if settings.slack_oauth else check_slack(given, clock)
        socket = check_socket(given) if given.app_token else _only()
        return [finding for found in await asyncio.gather(installed, socket) for finding in found]

    return ask()


async def _language_model(settings: Settings) -> Sequence[Finding]:
    from bot.jobs.language_model import answers
    from bot.jobs.second_opinion import model_settings

    given = model_settings(settings)
    why = await answers(given) if given else "none is set up"
    if why is None:
        return [(True, f"The language model answers: {settings.llm_model}.")]
    return [(False, f"The language model does not help ({why}). Messages go to triage as before.")]


async def _installed(settings: Settings) -> Sequence[Finding]:
    """Each workspace that installed Slack's app: their tokens are in the database."""
    from bot.operator.operating import operate

    path = database_file(settings.database_url)
    if path is not None and not path.exists():
        return ()
    told = await operate(settings, "slack-doctor", {})
    return [(line.startswith("+"), line[1:]) for line in told.lines]


def _teams(settings: Settings, clock: Now) -> Awaitable[Sequence[Finding]]:
    from bot.app.wiring_teams import teams_settings
    from bot.teams.checking import check_teams
    from bot.teams.settings import TeamsSettingsError

    async def ask() -> Sequence[Finding]:
        try:
            return await check_teams(teams_settings(settings, settings.web_url), clock)
        except TeamsSettingsError as error:
            return [(False, str(error))]

    return ask()


async def _mail(settings: Settings) -> Sequence[Finding]:
    from bot.app.wiring_mail import mail_settings
    from bot.mail.sending import Mailer

    given = mail_settings(settings, district="", web_url=settings.web_url)
    why = await Mailer(given).check()
    where = f"{given.host}, port {given.port} ({given.security})"
    if why is not None:
        return [(False, f"{why} It is {where}.")]
    signed_in = " and our name and password" if given.user else ""
    return [(True, f"The mail server accepts the connection{signed_in}: {where}.")]


def _openid(settings: Settings) -> Awaitable[Sequence[Finding]]:
    # Its libraries are loaded before the time runs, as Slack's are.
    from bot.openid.checking import check_openid

    try:
        return check_openid(openid_of(settings, settings.web_url))
    except SettingsError as error:
        return _only((False, str(error)))


async def _only(*findings: Finding) -> Sequence[Finding]:
    return findings


async def _ourselves(settings: Settings, *, running: bool) -> Sequence[Finding]:
    """The public address leads to us from here; whether it does from elsewhere is not told."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
            answer = await client.get(f"{settings.web_url}/healthz")
    except httpx.HTTPError as error:
        why = f"{settings.web_url} does not answer ({type(error).__name__})."
        if running:
            return [(False, f"{why} Look at the proxy, the name and the certificate.")]
        return [(True, f"{why} The service is not running here, so this could not be checked.")]
    if answer.status_code == httpx.codes.OK and answer.text == "ok\n":
        return [(True, f"{settings.web_url} leads here.")]
    said = f"{settings.web_url} answers {answer.status_code}, and not as Sounding Board does."
    return [(not running, f"{said} Look at the proxy.")]
