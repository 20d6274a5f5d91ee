"""Slack's way in: ``POST /slack/events`` for events, slash commands, buttons and modals.

The raw body's signature is checked before anything reads it; bolt knows Slack's protocol;
``parse`` makes a command of it, ``Conversation`` does it in one transaction,
and ``replying`` brings the answer back.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import structlog
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot import faults
from bot.app.bodies import TooLargeError, TooSlowError, all_readable, read_body, readable
from bot.conversation import Conversation, Reader, Reply, Speaker
from bot.faults import Fate
from bot.registry import operation_of
from bot.slack.heard import AtHome, Heard, InMessages, MalformedError, to_refresh
from bot.slack.often import Listener, Often
from bot.slack.parse import (
    address_of,
    parse_action,
    parse_event,
    parse_submission,
    removed_at,
)
from bot.slack.parse_command import parse_command, parse_shortcut
from bot.slack.payload import text_of
from bot.slack.replying import Call, Replying
from bot.slack.replying import Response as Answer
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import Workspace, Workspaces
from core.commands import Command
from governance.chat.model import Converse
from governance.home.commands import NoteAddress, ShowHome
from governance.messages import Message
from governance.people.ways_in import AskSignInLink
from governance.views import View
from storage.unavailable import UnavailableError, UnconfirmedError
from surveys.messages import Rejected

LARGEST = 1_000_000
"""Bytes of a body; Slack's are far smaller."""

KNOWN_ADDRESSES = 50_000
KNOWN_EVENTS = 10_000
"""Slack sends an event again within minutes."""

Body = Mapping[str, Any]
Calls = list[Call]
_MOMENT = re.compile("[0-9]{1,12}")
"""Seconds since 1970. The library that compares them fails at what is no number, or too long."""
_ANY = re.compile("", re.DOTALL)
_REMOVED = re.compile("^(app_uninstalled|tokens_revoked)$")

_log = structlog.get_logger(__name__)


class SlackDoor:
    """What comes from Slack, by HTTP (``endpoint``) or by Socket Mode (``hear``)."""

    def __init__(
        self, settings: SlackSettings, conversation: Conversation, workspaces: Workspaces
    ) -> None:
        self._settings = settings
        self._conversation = conversation
        self._workspaces = workspaces
        secret = settings.signing_secret  # none in Socket Mode: then nobody may call us
        self._verifier = SignatureVerifier(secret) if secret else None
        self._noted: set[tuple[str, str, str | None]] = set()
        self._answers: dict[str | None, None] = {}
        """Messages that were answered, or are being."""
        self._app = self._bolt()

    def _bolt(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            # Which token answers is looked up where it is answered. Asking Slack whose it is
            # (auth.test) on every request would run into that method's own limit.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

        app = AsyncApp(
            name="soundingboard",
            signing_secret=self._settings.signing_secret,
            # bolt calls nothing: its own client is bare, so that it cannot.
            client=AsyncWebClient(base_url=self._settings.api_url, retry_handlers=[]),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,  # ``endpoint`` lets nothing unsigned through
            before_authorize=Often(
                {
                    "block_actions": self._on(parse_action),
                    "view_submission": self._on(parse_submission),
                }
            ),
        )
        app.event(_REMOVED)(self._removed)
        app.event(_ANY)(self._on(parse_event))
        app.command(_ANY)(self._on(parse_command))
        app.shortcut(_ANY)(self._on(parse_shortcut))
        return app

    # -- the request ------------------------------------------------------------------------

    async def endpoint(self, request: Request) -> Response:
        try:
            raw = await read_body(request, LARGEST)
        except ClientDisconnect:
            return PlainTextResponse("", status_code=400)
        except TooLargeError:
            return PlainTextResponse("too large", status_code=413)
        except TooSlowError:
            return PlainTextResponse("too slow", status_code=408)
        if not self._signed(raw, request):
            if _ssl_check(raw, request):
                return PlainTextResponse("")
            return PlainTextResponse("wrong signature", status_code=401)
        try:
            text = text_of(raw)
            bolt_request = AsyncBoltRequest(body=text, headers=dict(request.headers))
            bolt_request.context["readable"] = text.startswith("{") and all_readable(text)
            bolt_request.context["again"] = "x-slack-retry-num" in request.headers
            _check_shape(bolt_request.body)
        except Exception as error:  # whatever the reading of strange bytes raises
            return _malformed(error)
        return await self._dispatch(bolt_request)

    async def _dispatch(self, request: AsyncBoltRequest) -> Response:
        answer, then = await self._heard(request)
        if answer.status == 404:  # a kind that is not for us: Slack wants to hear that it came
            return PlainTextResponse("")
        response = to_starlette_response(answer)
        if then:
            response.background = BackgroundTask(run_all, then)
        return response

    async def hear(
        self, payload: Mapping[str, Any], *, again: bool = False
    ) -> tuple[int, Mapping[str, Any] | None, Calls]:
        """What came through Socket Mode: a status as HTTP would have it, the answer's body, and
        what is called after it. ``again``: it came before."""
        request = AsyncBoltRequest(mode="socket_mode", body=dict(payload))
        request.context["readable"] = False
        request.context["again"] = again
        try:
            _check_shape(request.body)
        except MalformedError as error:
            return _malformed(error).status_code, None, []
        answer, then = await self._heard(request)
        body = json.loads(answer.body) if answer.body.startswith("{") else None
        return answer.status, body if answer.status == 200 else None, then

    async def _heard(self, request: AsyncBoltRequest) -> tuple[BoltResponse, Calls]:
        then: Calls = []
        request.context["then"] = then
        answer = await self._app.async_dispatch(request)
        if answer.status >= 500 and not request.context.get("fault"):
            return _as_bolt(_malformed(ValueError("bolt could not read it"))), []
        return answer, then

    def _signed(self, raw: bytes, request: Request) -> bool:
        if self._verifier is None or not _MOMENT.fullmatch(
            request.headers.get("x-slack-request-timestamp", "")
        ):
            return False
        try:
            return self._verifier.is_valid(
                raw,
                request.headers.get("x-slack-request-timestamp", ""),
                request.headers.get("x-slack-signature", ""),
            )
        except (TypeError, ValueError):  # no signature, or no UTF-8
            return False

    # -- what bolt hands on -------------------------------------------------------------------

    def _on(self, parse: Callable[[Body], Heard | None]) -> Listener:
        async def listener(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
            try:
                heard = parse(body if context["readable"] else readable(body))
            except MalformedError as error:
                return _as_bolt(_malformed(error))
            if heard is None:
                return BoltResponse(status=200, body="")
            try:
                workspace = await self._workspaces.of(
                    context.team_id or "", context.enterprise_id or ""
                )
            except Exception as error:
                return _fault(error, context, heard)
            if workspace is None:  # Slack goes on telling for a while after the app was removed
                _log.warning("slack.not_installed", workspace=context.team_id)
                return BoltResponse(status=200, body="")
            return await self._handle(heard, workspace, context)

        return listener

    async def _removed(self, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """The app was removed somewhere, or its token was revoked."""
        try:
            at = removed_at(body)
        except MalformedError as error:
            return _as_bolt(_malformed(error))
        if at is None:
            return BoltResponse(status=200, body="")
        team, enterprise = context.team_id or "", context.enterprise_id or ""
        try:
            gone = await self._workspaces.removed(team, enterprise, at)
        except Exception as error:
            return _fault(error, context)
        _log.warning("slack.app_removed", workspace=team, enterprise=enterprise, ours=gone)
        return BoltResponse(status=200, body="")

    async def _handle(
        self, heard: Heard, workspace: Workspace, context: AsyncBoltContext
    ) -> BoltResponse:
        replying = Replying(workspace.client, workspace.pictures, partial(self._way_in, workspace))
        unanswered = self._unanswered(heard, context)
        faults.begins(sends=operation_of(heard.command).keeps)
        try:
            answer = await self._answer(
                heard, workspace, replying, context["then"], unanswered=unanswered
            )
        except Exception as error:
            self._answers.pop(heard.event_id, None)
            code = _logged(error, heard)
            answer = replying.fault(heard, code, error)
            kept = faults.fate_after(error) is Fate.SAVED
            if answer == Answer() or (answer.body is None and not kept):
                # 200 would say that it is kept, and the words come after it, if at all: Slack
                # marks a button that it got an error for, and sends an event again.
                if answer.then is not None:
                    context["then"].insert(0, answer.then)
                return _not_done(error, context, code)
        if answer.then is not None:
            context["then"].insert(0, answer.then)
        return BoltResponse(status=200, body=dict(answer.body) if answer.body else "")

    def _unanswered(self, heard: Heard, context: AsyncBoltContext) -> bool:
        """Whether Slack sends a message again that no answer of this process is on its way to:
        the commit was not confirmed in time, or the process ended after it."""
        if not isinstance(heard.where, InMessages):
            return False
        known = heard.event_id in self._answers
        self._answers[heard.event_id] = None
        if len(self._answers) > KNOWN_EVENTS:
            del self._answers[next(iter(self._answers))]
        return bool(context["again"]) and not known and not _is_yes(heard.command)

    async def _answer(
        self,
        heard: Heard,
        workspace: Workspace,
        replying: Replying,
        then: Calls,
        *,
        unanswered: bool,
    ) -> Answer:
        """``unanswered``: whoever said it got no answer, if it was handled before."""
        if heard.unfit is not None:
            reader = Reader(web_url=self._settings.web_url)
            return replying.answer(heard, Reply(message=Rejected(unfit=heard.unfit), reader=reader))
        told = heard.command if isinstance(heard.command, NoteAddress) else None
        if told and not told.opened:  # their account has changed
            workspace.directory.forget(heard.user)
        speaker = await workspace.directory.who(heard.workspace, heard.user)
        if told and told.opened:
            self._note_address(heard, speaker, then)
            return Answer()
        if told and not _may_note(told, speaker):
            return Answer()
        reply = await self._conversation.handle(speaker, heard.command, event_id=heard.event_id)
        if reply.repeated and unanswered:
            reply = await self._conversation.handle(speaker, heard.command)
        self._note_address(heard, speaker, then)
        if to_refresh(heard):
            then.append(lambda: self._refresh_home(heard, speaker, replying))
        answer = replying.answer(heard, reply)
        if reply.notice is None:
            return answer
        return replace(answer, then=partial(self._see_to_it, reply, answer.then))

    async def _see_to_it(self, reply: Reply, then: Call | None) -> None:
        """An urgent notice that Slack does not take goes out as a message of its own."""
        try:
            if then is not None:
                await then()
        except Exception:
            await self._conversation.answered(reply, arrived=False)
            raise
        await self._conversation.answered(reply, arrived=True)

    async def _way_in(self, workspace: Workspace, heard: Heard) -> Message | View | Rejected:
        """A link that signs in, for whoever spoke, where Slack opens no form for them."""
        speaker = await workspace.directory.who(heard.workspace, heard.user)
        return (await self._conversation.handle(speaker, AskSignInLink())).message

    async def _refresh_home(self, heard: Heard, speaker: Speaker, replying: Replying) -> None:
        reply = await self._conversation.handle(speaker, ShowHome())
        tab = replying.answer(replace(heard, where=AtHome()), reply)
        if tab.then is not None:
            await tab.then()

    def _note_address(self, heard: Heard, speaker: Speaker, then: Calls) -> None:
        """Once in a while tell where somebody can be reached: after the answer, not before."""
        address = address_of(heard, speaker.email)
        if address is None or speaker.guest:
            return
        known = (address.workspace, address.user, address.conversation)
        if known in self._noted:
            return
        if len(self._noted) >= KNOWN_ADDRESSES:
            self._noted.clear()
        self._noted.add(known)
        then.append(lambda: self._conversation.handle(speaker, address))


def _may_note(address: NoteAddress, speaker: Speaker) -> bool:
    """A stranger from another workspace may claim any address; that somebody is gone may be
    told of anybody."""
    return not (speaker.guest and address.reachable)


def _is_yes(command: Command) -> bool:
    """A typed yes or no: said again without its event, it may be about something else."""
    return isinstance(command, Converse) and command.plain


# -- strange input ----------------------------------------------------------------------------


def _ssl_check(raw: bytes, request: Request) -> bool:
    """Slack's unsigned check of the certificate."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("application/x-www-form-urlencoded") or raw[:1] == b"{":
        return False
    fields = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    return fields.get("ssl_check") == "1" and "payload" not in fields


def _check_shape(body: object) -> None:
    """What bolt itself reads must have the kind that it reads it as."""
    if not isinstance(body, dict):
        raise MalformedError("not an object")
    if not ("type" in body or "command" in body or "ssl_check" in body):
        raise MalformedError("neither an event, nor an interaction, nor a command")
    for key in ("event", "view"):
        if key in body and not isinstance(body[key], dict):
            raise MalformedError(f"{key!r} is not an object")
    event = body.get("event")
    if isinstance(event, dict) and not isinstance(event.get("type"), str):
        raise MalformedError("an event without a type")


def _malformed(error: Exception) -> Response:
    """Not what Slack sends: told so, logged with an id, and nothing else."""
    code = secrets.token_hex(4)
    _log.warning("slack.malformed", code=code, error=f"{type(error).__name__}: {error}"[:200])
    return PlainTextResponse(json.dumps({"error": "malformed", "code": code}), status_code=400)


def _as_bolt(answer: Response) -> BoltResponse:
    return BoltResponse(status=answer.status_code, body=bytes(answer.body).decode())


# -- faults of ours ---------------------------------------------------------------------------


def _logged(error: Exception, heard: Heard | None) -> str:
    """A fault's code, under which it is in the log."""
    code = secrets.token_hex(4)
    command = type(heard.command).__name__ if heard is not None else ""
    _log.error("slack.fault", code=code, command=command, exc_info=error)
    return code


def _not_done(error: Exception, context: AsyncBoltContext, code: str) -> BoltResponse:
    context["fault"] = True
    again = isinstance(error, UnavailableError | UnconfirmedError)
    return BoltResponse(status=503 if again else 500, body=code)


def _fault(error: Exception, context: AsyncBoltContext, heard: Heard | None = None) -> BoltResponse:
    return _not_done(error, context, _logged(error, heard))


async def run_all(calls: Calls) -> None:
    """What comes after the response; one that fails keeps no other from being made."""
    for call in calls:
        try:
            await call()
        except Exception:
            _log.exception("slack.answer_not_delivered", code=secrets.token_hex(4))
