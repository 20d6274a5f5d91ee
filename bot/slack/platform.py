"""Sending to Slack: one message, one call, and what happened to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.conversation import Reader
from bot.slack.blocks import Pen, pen_for
from bot.slack.client import NO_PREVIEWS, TROUBLES, SlackClient, error_code, retry_after
from bot.slack.draw import draw_message
from bot.slack.refusals import FAILED, NOBODY, UNREACHABLE
from bot.slack.workspaces import Workspace, Workspaces
from core.people import Platform
from governance.delivery_reasons import DeliveryReason, Why
from scheduler.ports import (
    Away,
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)

_log = structlog.get_logger(__name__)

EVENT_TYPE = "soundingboard_delivery"
"""The kind of metadata under which a delivery's id travels with its message."""

HISTORY = 200
"""How many messages of a conversation are looked through for a delivery."""

LOOKED_BACK = 7 * 24 * 3600
"""Seconds of a conversation that are looked through: a service that stood still for days must not
take a message of then for one that never arrived."""

NEWEST = "9999999999.000000"
"""A moment after every message, whatever our clock says. A history that is asked for without an end
begins at its oldest message, and what may have got lost is among the newest."""

UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""Slack's own troubles: it may have taken the message all the same."""


class SlackPlatform:
    """``scheduler.ports.ChatPlatform`` for Slack."""

    def __init__(self, workspaces: Workspaces, *, clock: Callable[[], float] = time.time) -> None:
        self._workspaces = workspaces
        self._clock = clock

    @property
    def name(self) -> Platform:
        return Platform.SLACK

    async def send(self, outgoing: Outgoing) -> Result:
        """One message by chat.postMessage. To a person's id; the answer names their conversation.
        Never raises."""
        there = await self._workspace(outgoing)
        if not isinstance(there, Workspace):
            return there
        client = there.client
        try:
            answer = await there.pictures.show(
                outgoing.message,
                pen_for(_reader(outgoing, client), uuid4()),
                lambda pen: _body(outgoing, pen),
                lambda body: client.web.chat_postMessage(**body),
            )
        except _UndrawableError as found:  # must not stop the pump
            return _undrawable(found)
        except TROUBLES as error:
            return result_of(error)
        except Exception:  # the SDK stumbles over an answer that is JSON and yet none of Slack's
            return _unintelligible()
        return Sent(reference=str(answer.get("ts")), conversation=answer.get("channel"))

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        """One chat.delete of our own message; one that is not there is taken back. Never
        raises."""

        async def delete(there: Workspace, channel: str) -> None:
            await there.client.web.chat_delete(channel=channel, ts=reference)

        return await self._of_sent(outgoing, reference, delete)

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        """One chat.update of our own message; one that is not there needs nothing. Never raises."""

        async def update(there: Workspace, channel: str) -> None:
            client = there.client
            await there.pictures.show(
                outgoing.message,
                pen_for(_reader(outgoing, client), uuid4()),
                lambda pen: _drawn(outgoing, pen),
                lambda body: client.web.chat_update(channel=channel, ts=reference, **body),
            )

        return await self._of_sent(outgoing, reference, update)

    async def _of_sent(
        self,
        outgoing: Outgoing,
        reference: str,
        act: Callable[[Workspace, str], Awaitable[None]],
    ) -> Result:
        """Do something with our own message, in its workspace and conversation: done as well where
        it is not there any more."""
        there = await self._workspace(outgoing)
        if not isinstance(there, Workspace):
            return there
        try:
            await act(there, await _conversation(there.client, outgoing.conversation))
        except _UndrawableError as found:
            return _undrawable(found)
        except TROUBLES as error:
            gone = isinstance(error, SlackApiError) and error_code(error) == "message_not_found"
            return Sent(reference=reference) if gone else result_of(error)
        except Exception:  # as in ``send``
            return _unintelligible()
        return Sent(reference=reference)

    async def reconcile(self, outgoing: Outgoing) -> Result:
        """Whether a delivery of unknown outcome is in the conversation's history: Sent with its
        ts, NotTaken if it is surely not there, Failed where the app has no permission to look (a
        channel: its permissions are those of its own conversations), else why it could not be
        looked up."""
        there = await self._workspace(outgoing)
        if not isinstance(there, Workspace):
            return there if isinstance(there, Away) else Unknown(why=there.why)
        try:
            channel = await _conversation(there.client, outgoing.conversation)
            look: Mapping[str, Any] = {
                "channel": channel,
                "limit": HISTORY,
                "oldest": f"{self._clock() - LOOKED_BACK:.6f}",
                "latest": NEWEST,
                "include_all_metadata": True,
            }
            web = there.client.web
            answer = (
                await web.conversations_replies(ts=outgoing.thread, **look)
                if outgoing.thread
                else await web.conversations_history(**look)
            )
        except TROUBLES as error:
            found = result_of(error)
            if isinstance(error, SlackApiError) and error_code(error) == "missing_scope":
                return Failed(why=DeliveryReason.SLACK_MAY_NOT_LOOK)
            return found if isinstance(found, Throttled | Away) else Unknown(why=_why(error))
        except Exception:
            return _unintelligible()
        wanted = str(outgoing.delivery_id)
        for message in answer.get("messages") or ():
            metadata = message.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("delivery_id") == wanted:
                return Sent(reference=str(message.get("ts")), conversation=channel)
        if answer.get("has_more"):  # absent from a part is not absent
            return Unknown(why=DeliveryReason.SLACK_TOO_BUSY)
        return NotTaken(why=DeliveryReason.SLACK_NOT_THERE)

    async def _workspace(self, outgoing: Outgoing) -> Workspace | Away | Unreachable:
        """A message's workspace, or why nobody can speak to it."""
        try:
            workspace = await self._workspaces.of(outgoing.workspace)
        except Exception as error:  # where installations are kept is away, or holds another key's
            _log.error("slack.no_token", error=type(error).__name__)
            return Away(why=DeliveryReason.SLACK_TOKEN_UNREAD)
        if workspace is None:
            return Unreachable(why=DeliveryReason.SLACK_NOT_IN_WORKSPACE)
        return workspace


async def _conversation(client: SlackClient, known: str) -> str:
    if known[:1] not in ("U", "W"):
        return known
    opened = await client.web.conversations_open(users=known)
    channel = opened.get("channel") or {}
    return str(channel.get("id", ""))


class _UndrawableError(Exception):
    """Raised from what drawing a message raised."""


def _reader(outgoing: Outgoing, client: SlackClient) -> Reader:
    return Reader(
        locale=outgoing.locale, timezone=outgoing.timezone, web_url=client.settings.web_url
    )


def _drawn(outgoing: Outgoing, pen: Pen) -> dict[str, Any]:
    try:
        return draw_message(outgoing.message, pen)
    except Exception as error:
        raise _UndrawableError from error


def _body(outgoing: Outgoing, pen: Pen) -> dict[str, Any]:
    return {
        "channel": outgoing.conversation,
        **({"thread_ts": outgoing.thread} if outgoing.thread else {}),
        **_drawn(outgoing, pen),
        **POSTED,
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {"delivery_id": str(outgoing.delivery_id)},
        },
    }


POSTED: Mapping[str, Any] = {
    **NO_PREVIEWS,
    "link_names": False,
    "parse": "none",
    "mrkdwn": False,
}
"""How everything is posted: nothing in it is looked for links, mentions or markup."""


def result_of(error: BaseException) -> Result:
    """What a failed post means for its delivery (delivery plan, Sending)."""
    if isinstance(error, SlackApiError):
        return _refused(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Away(why=DeliveryReason.SLACK_AWAY)
    if isinstance(error, aiohttp.InvalidURL):
        return Failed(why=DeliveryReason.SLACK_BAD_ADDRESS)
    return Unknown(why=_why(error))


def _refused(error: SlackApiError) -> Result:
    seconds = retry_after(error)
    if seconds is not None:
        return Throttled(seconds=seconds)
    code = error_code(error)
    response = error.response
    # An answer that was no JSON comes as aiohttp's own response, which calls it "status".
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    if code in UNSURE or status >= 500 or not code:
        return Unknown(why=DeliveryReason.SLACK_FAULT.about(code or status))
    if code in UNREACHABLE:
        return Unreachable(why=UNREACHABLE[code])
    if code in NOBODY:
        return Away(why=NOBODY[code])
    if code in FAILED:
        return Failed(why=FAILED[code])
    return Failed(why=DeliveryReason.SLACK_REFUSED.about(code))


def _undrawable(found: _UndrawableError) -> Failed:
    return Failed(why=DeliveryReason.SLACK_NOT_DRAWN.about(type(found.__cause__).__name__))


def _unintelligible() -> Unknown:
    _log.exception("slack.unintelligible")
    return Unknown(why=DeliveryReason.SLACK_UNINTELLIGIBLE)


def _why(error: BaseException) -> Why:
    if isinstance(error, asyncio.TimeoutError):
        return DeliveryReason.SLACK_NO_ANSWER
    return DeliveryReason.SLACK_BROKE
