"""Where an answer goes: into the response Slack waits for, or through a call right after it.

What must be in the response (a modal's next page, the errors beside its inputs, a slash command's
answer) is there; every other call happens after the response was sent, so that nothing slow is
between a commit and its acknowledgement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import structlog
from slack_sdk.errors import SlackApiError

from bot.conversation import Reader, Reply
from bot.slack.blocks import Pen, finish, note, pen_for
from bot.slack.client import NO_PREVIEWS, TROUBLES, SlackClient, retry_after
from bot.slack.draw import (
    draw_answer,
    draw_fault,
    draw_home,
    draw_message,
    draw_modal,
    draw_too_busy,
    fault_words,
    is_form,
)
from bot.slack.draw_announcements import read_line
from bot.slack.forms import errors_beside
from bot.slack.heard import (
    HOME,
    AtHome,
    Heard,
    InMessages,
    Nowhere,
    OnButton,
    OnCommand,
    OnForm,
    OnHomeButton,
    OnViewButton,
)
from bot.slack.platform import POSTED
from governance.approval_messages import ApprovalSettled
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementForm,
    AnnouncementScheduled,
    AnswerForm,
    AskAgainForm,
    Brief,
    FeedbackForm,
    Message,
    MoveForm,
    NoticeAcknowledged,
    Progress,
    RecallForm,
    ResendForm,
    SignInLink,
    WaveProgress,
)
from governance.views import View
from surveys.messages import Answered, Declined, QuestionPage, Rejected, WaveClosedAlready
from surveys.questions import Unfit

Say = Message | View | Rejected
Call = Callable[[], Awaitable[object]]

MOST_TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds: an answer that Slack does not take within is not worth waiting for."""

_log = structlog.get_logger(__name__)

_IN_PLACE = (
    Answered,
    Declined,
    WaveClosedAlready,
    Brief,
    AnnouncementDrafted,
    AnnouncementScheduled,
    Progress,
    WaveProgress,
    ResendForm,
    AskAgainForm,
    RecallForm,
    ApprovalSettled,
)
"""What takes the place of the message whose button was pressed."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """What Slack gets at once, and what is called after it."""

    body: Mapping[str, Any] | None = None
    then: Call | None = None


class Replying:
    """Brings replies to where the question came from."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    def answer(self, heard: Heard, reply: Reply) -> Response:
        """The response to one thing that was heard."""
        if reply.repeated:
            return Response()
        message, pen = reply.message, pen_for(reply.reader, uuid4())
        match heard.where:
            case InMessages() as where:
                return Response(then=partial(self._post, where, draw_message(message, pen)))
            case AtHome():
                view = draw_home(message, pen)
                return Response(then=lambda: self._publish(heard.user, view))
            case OnCommand() as where:
                return self._to_command(heard, where, message, pen)
            case OnButton() as where:
                return Response(then=partial(self._to_button, heard, where, message, pen))
            case OnViewButton() as where:
                return Response(then=partial(self._to_view, heard, where, message, pen))
            case OnHomeButton() as where:
                return Response(then=partial(self._from_home, heard, where, message, pen))
            case OnForm() as where:
                return self._to_form(heard, where, message, pen)
            case Nowhere():
                return Response()

    def fault(self, heard: Heard, code: str) -> Response:
        """Something of ours failed: say so where it was asked (an event is sent again)."""
        reader = Reader(web_url=self._client.settings.web_url)
        pen = pen_for(reader, uuid4())
        body = draw_fault(code, pen)
        match heard.where:
            case OnForm(blocks=blocks):
                return Response(body=_errors({"": fault_words(code, pen)}, blocks, pen))
            case OnCommand(response_url=str()):
                return Response(body=_only_you(body))
            case OnButton(response_url=str() as url):
                return Response(then=lambda: self._client.respond(url, _only_you(body)))
            case OnCommand() | OnButton() | OnHomeButton() | OnViewButton():
                return Response(then=lambda: self._post_to(heard.user, body))
            case InMessages() | AtHome() | Nowhere():
                return Response()

    # -- each place -------------------------------------------------------------------------

    def _to_command(self, heard: Heard, where: OnCommand, message: Say, pen: Pen) -> Response:
        if is_form(message) or isinstance(message, AnnouncementDrafted):
            return Response(
                then=lambda: self._open(heard, where.trigger, where.response_url, message, pen)
            )
        body = draw_answer(where, message, pen)
        if where.response_url is None:  # a shortcut: its response shows nothing
            return Response(then=lambda: self._post_to(heard.user, body))
        return Response(body=_only_you(body))

    async def _to_button(self, heard: Heard, where: OnButton, message: Say, pen: Pen) -> None:
        url = where.response_url
        if is_form(message):
            origin = f"{where.channel}:{where.ts}" if where.channel and where.ts else ""
            await self._open(heard, where.trigger, url, message, pen, origin)
        elif url is None:
            await self._aside(where.channel, heard.user, draw_message(message, pen))
        else:
            await self._client.respond(url, _after_button(where, message, pen))

    async def _from_home(self, heard: Heard, where: OnHomeButton, message: Say, pen: Pen) -> None:
        if isinstance(message, SignInLink):  # as from a form
            return await self._post_to(heard.user, draw_message(message, pen))
        await self._open(heard, where.trigger, None, message, pen, HOME)

    async def _to_view(self, heard: Heard, where: OnViewButton, message: Say, pen: Pen) -> None:
        if isinstance(message, SignInLink):  # to them alone, where it can be found again
            return await self._post_to(heard.user, draw_message(message, pen))
        view = draw_modal(message, pen, where.origin)
        try:
            await self._client.web.views_update(
                view_id=where.view_id, view=view, **_known(hash=where.view_hash)
            )
        except SlackApiError as error:
            if retry_after(error) is None:
                raise
            await self._post_to(heard.user, draw_too_busy(message, pen))

    def _to_form(self, heard: Heard, where: OnForm, message: Say, pen: Pen) -> Response:
        unfit = _unfit(message)
        if unfit:
            reasons = {key: pen.words.unfit(why) for key, why in unfit.items()}
            return Response(body=_errors(reasons, where.blocks, pen))
        channel, _, ts = where.origin.partition(":")
        if isinstance(message, Brief | ApprovalSettled) and channel and ts:
            body = draw_message(message, pen)
            return Response(
                body={"response_action": "clear"},
                then=lambda: self._update(channel, ts, heard.user, body),
            )
        view = draw_modal(message, pen, where.origin)
        return Response(body={"response_action": "update", "view": view})

    # -- calls --------------------------------------------------------------------------------

    async def _open(
        self,
        heard: Heard,
        trigger: str,
        response_url: str | None,
        message: Say,
        pen: Pen,
        origin: str = "",
    ) -> None:
        """A modal; where Slack cannot open it (about 100 a minute), a link to the web."""
        try:
            view = draw_modal(message, pen, origin)
            await self._client.web.views_open(trigger_id=trigger, view=view)
        except TROUBLES as error:
            _log.warning("slack.modal_not_opened", error=_reason(error))
            body = draw_too_busy(message, pen)
            if response_url is None:
                await self._post_to(heard.user, body)
            else:
                await self._client.respond(response_url, _only_you(body))

    async def _publish(self, user: str, view: dict[str, Any]) -> None:
        """The home tab. Where Slack is too busy (about 100 a minute) it stays as it was: it is
        drawn anew when it is opened next."""
        try:
            await self._client.web.views_publish(user_id=user, view=view)
        except TROUBLES as error:
            _log.warning("slack.home_not_published", error=_reason(error))

    async def _post(self, where: InMessages, body: Mapping[str, Any]) -> None:
        await self._post_to(where.channel, {**body, **_known(thread_ts=where.thread)})

    async def _post_to(self, conversation: str, body: Mapping[str, Any]) -> None:
        """An answer in a conversation. Only a 429 is tried again: after anything else it may
        have been taken, and twice is worse than a missing thank-you."""
        for attempt in range(1, MOST_TRIES + 1):
            try:
                await self._client.web.chat_postMessage(channel=conversation, **body, **POSTED)
            except SlackApiError as error:
                seconds = retry_after(error)
                if seconds is None or seconds > LONGEST_WAIT or attempt == MOST_TRIES:
                    raise
                await asyncio.sleep(seconds)
            else:
                return

    async def _update(self, channel: str, ts: str, user: str, body: Mapping[str, Any]) -> None:
        """The message that a form was opened from; failing that, an aside to who handed it in."""
        try:
            await self._client.web.chat_update(channel=channel, ts=ts, **body)
        except TROUBLES as error:
            _log.warning("slack.message_not_updated", error=_reason(error))
            await self._aside(channel, user, body)

    async def _aside(self, channel: str, user: str, body: Mapping[str, Any]) -> None:
        await self._client.web.chat_postEphemeral(channel=channel, user=user, **body)


def _after_button(where: OnButton, message: Say, pen: Pen) -> dict[str, Any]:
    """What a response URL is told: in place of the message, beside it, or to one person."""
    if isinstance(message, NoticeAcknowledged):
        return {"replace_original": True, **_marked_read(where, message, pen)}
    body = draw_message(message, pen)
    if isinstance(message, _IN_PLACE) or (isinstance(message, Rejected) and message.page):
        return {"replace_original": True, **body}
    if isinstance(message, Rejected) or not where.channel.startswith("D"):
        return _only_you(body)
    return {"response_type": "in_channel", "replace_original": False, **body}


def _marked_read(where: OnButton, message: NoticeAcknowledged, pen: Pen) -> dict[str, Any]:
    """The notice stays to be read again; its button becomes the line that says it was read."""
    body = draw_message(message, pen)
    kept = [block for block in where.blocks if block.get("type") not in ("actions", "input")]
    if not kept:
        return body
    read = finish([note(read_line(message.at, pen))], pen.nonce)
    return {**body, "blocks": [*kept, *read]}


def _errors(reasons: Mapping[str, str], blocks: tuple[Any, ...], pen: Pen) -> dict[str, Any]:
    """The reasons beside their inputs; in a modal without any, instead of it."""
    errors = errors_beside(reasons, list(blocks))
    if errors:
        return {"response_action": "errors", "errors": errors}
    rejected = Rejected(unfit={key: Unfit(why=_literal(why)) for key, why in reasons.items()})
    return {"response_action": "update", "view": draw_modal(rejected, pen)}


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _unfit(message: Say) -> Mapping[str, Unfit]:
    match message:
        case Rejected(unfit=unfit):
            return unfit
        case (
            QuestionPage(unfit=unfit)
            | FeedbackForm(unfit=unfit)
            | MoveForm(unfit=unfit)
            | AnswerForm(unfit=unfit)
            | AnnouncementForm(unfit=unfit)
        ):
            return unfit
        case _:
            return {}


def _only_you(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"response_type": "ephemeral", "replace_original": False, **body, **NO_PREVIEWS}


def _known(**values: str | None) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _reason(error: BaseException) -> str:
    return str(error)[:200] or type(error).__name__
