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

from bot import faults as fault_words
from bot.conversation import Reader, Reply
from bot.slack.blocks import MESSAGE_BLOCKS, Pen, finish, paragraph, pen_for
from bot.slack.client import TROUBLES, SlackClient, error_code, retry_after
from bot.slack.draw import (
    draw_fault,
    draw_home,
    draw_message,
    draw_modal,
    draw_too_busy,
    in_window,
)
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
    opened_from,
    origin_of,
)
from bot.slack.pictures import Pictures
from bot.slack.platform import POSTED
from bot.slack.reply_bodies import Say, after_button, in_form, only_you, unfit
from core.messages import Concludes, Settles
from governance import wording
from governance.messages import FeedbackReceived, SignInLink
from surveys.messages import Results

Call = Callable[[], Awaitable[object]]
WayIn = Callable[[Heard], Awaitable[Say]]
"""Asks for a link that signs in who was heard."""

MOST_TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds: an answer that Slack does not take within is not worth waiting for."""

_log = structlog.get_logger(__name__)

_MOVED_ON = ("hash_conflict", "not_found")
"""Another press has changed the view meanwhile, or it was closed: what is there now stands."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """What Slack gets at once, and what is called after it."""

    body: Mapping[str, Any] | None = None
    then: Call | None = None


class Replying:
    """Brings replies to where the question came from."""

    def __init__(self, client: SlackClient, pictures: Pictures, way_in: WayIn) -> None:
        self._client = client
        self._way_in = way_in
        self._pictures = pictures

    def answer(self, heard: Heard, reply: Reply) -> Response:
        """The response to one thing that was heard."""
        if reply.repeated:
            return Response()
        message, pen = reply.message, pen_for(reply.reader, uuid4())
        match heard.where:
            case InMessages() as where:
                return Response(then=partial(self._post, where, message, pen))
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

    def fault(self, heard: Heard, code: str, error: Exception) -> Response:
        """Something of ours failed: say so where it was asked (an event is sent again)."""
        reader = Reader(web_url=self._client.settings.web_url)
        pen = pen_for(reader, uuid4())
        said = fault_words.told(pen.words, error, code)
        body = draw_fault(said, pen)
        match heard.where:
            case OnForm(blocks=blocks):
                return Response(body=in_form({"": said}, blocks, pen))
            case OnCommand(response_url=str()):
                return Response(body=only_you(body))
            case OnButton(response_url=str() as url):
                return Response(then=lambda: self._client.respond(url, only_you(body)))
            case OnCommand() | OnButton() | OnHomeButton() | OnViewButton():
                return Response(then=lambda: self._post_to(heard.user, body))
            case InMessages() | AtHome() | Nowhere():
                return Response()

    # -- each place -------------------------------------------------------------------------

    def _to_command(self, heard: Heard, where: OnCommand, message: Say, pen: Pen) -> Response:
        if in_window(message, pen.words):
            return Response(
                then=lambda: self._open(heard, where.trigger, where.response_url, message, pen)
            )
        url = where.response_url
        if isinstance(message, Results) and url is not None:  # its pictures take their time
            return Response(
                then=lambda: self._pictures.show(
                    message,
                    pen,
                    lambda pen: only_you(draw_message(message, pen)),
                    lambda body: self._client.respond(url, body),
                )
            )
        body = draw_message(message, pen)
        if url is None:  # a shortcut: its response shows nothing
            return Response(then=lambda: self._post_to(heard.user, body))
        return Response(body=only_you(body))

    async def _to_button(self, heard: Heard, where: OnButton, message: Say, pen: Pen) -> None:
        url = where.response_url
        if in_window(message, pen.words):
            await self._open(
                heard, where.trigger, url, message, pen, origin_of(where, heard.command)
            )
        elif url is None:
            await self._aside(where.channel, heard.user, draw_message(message, pen))
        else:
            await self._pictures.show(
                message,
                pen,
                lambda pen: after_button(where, message, pen),
                lambda body: self._client.respond(url, body),
            )

    async def _from_home(self, heard: Heard, where: OnHomeButton, message: Say, pen: Pen) -> None:
        if isinstance(message, SignInLink):  # as from a form
            return await self._post_to(heard.user, draw_message(message, pen))
        await self._open(heard, where.trigger, None, message, pen, HOME)

    async def _to_view(self, heard: Heard, where: OnViewButton, message: Say, pen: Pen) -> None:
        if isinstance(message, SignInLink):  # to them alone, where it can be found again
            return await self._post_to(heard.user, draw_message(message, pen))
        known = _known(hash=where.view_hash)
        try:
            await self._pictures.show(
                message,
                pen,
                lambda pen: draw_modal(message, pen, where.origin),
                lambda view: self._client.web.views_update(
                    view_id=where.view_id, view=view, **known
                ),
            )
        except SlackApiError as error:
            if error_code(error) in _MOVED_ON:
                _log.info("slack.view_moved_on", error=_reason(error))
            elif retry_after(error) is None:
                raise
            else:
                await self._post_to(heard.user, await self._elsewhere(heard, message, pen))

    def _to_form(self, heard: Heard, where: OnForm, message: Say, pen: Pen) -> Response:
        wrong = unfit(message)
        if wrong:
            reasons = {key: wording.unfit(pen.words, why) for key, why in wrong.items()}
            return Response(body=in_form(reasons, where.blocks, pen))
        settle: Call | None = None
        # A thank-you is said in the window and takes the place of the message, too, by the response
        # URL of the press that opened the window: 7,000 of ``chat.update`` would take two hours.
        if isinstance(message, Settles | Concludes) and opened_from(where.origin) is not None:
            settle = partial(self._settle, heard, where.origin, message, pen)
            if isinstance(message, Settles):
                return Response(body={"response_action": "clear"}, then=settle)
        view = draw_modal(message, pen, where.origin)
        return Response(body={"response_action": "update", "view": view}, then=settle)

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
            body = await self._elsewhere(heard, message, pen)
            if response_url is None:
                await self._post_to(heard.user, body)
            else:
                await self._client.respond(response_url, only_you(body))

    async def _elsewhere(self, heard: Heard, message: Say, pen: Pen) -> dict[str, Any]:
        """What stands in for a modal: a form by a link that signs in, all else as a message."""
        if not in_window(message, pen.words):
            return draw_message(message, pen)
        try:
            way_in = await self._way_in(heard)
        except Exception as error:  # the page asks to sign in by itself
            _log.warning("slack.no_link", error=type(error).__name__)
            return draw_too_busy(message, pen)
        return draw_too_busy(message, pen, way_in if isinstance(way_in, SignInLink) else None)

    async def _publish(self, user: str, view: dict[str, Any]) -> None:
        """The home tab. Where Slack is too busy (about 100 a minute) it stays as it was: it is
        drawn anew when it is opened next."""
        try:
            await self._client.web.views_publish(user_id=user, view=view)
        except TROUBLES as error:
            _log.warning("slack.home_not_published", error=_reason(error))

    async def _post(self, where: InMessages, message: Say, pen: Pen) -> None:
        thread = _known(thread_ts=where.thread)
        await self._pictures.show(
            message,
            pen,
            lambda pen: {**_with_files(where, message, pen), **thread},
            lambda body: self._post_to(where.channel, body),
        )

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

    async def _settle(self, heard: Heard, origin: str, message: Say, pen: Pen) -> None:
        """Bring the message that a window was opened from up to date, so that its button does not
        ask for what is done. Where that fails (a response URL lives for 30 minutes, a long survey
        takes longer), its next press answers."""
        opened = opened_from(origin)
        if opened is None:
            return
        body = draw_message(message, pen)
        match message:
            case Concludes(opened_for=about):
                if opened.response_url and opened.about == str(about):
                    await self._replace(opened.response_url, body)
            case _:
                await self._update(opened.channel, opened.ts, heard.user, body)

    async def _replace(self, response_url: str, body: Mapping[str, Any]) -> None:
        try:
            await self._client.respond(response_url, {"replace_original": True, **body})
        except TROUBLES as error:
            _log.info("slack.message_not_settled", error=_reason(error))

    async def _update(self, channel: str, ts: str, user: str, body: Mapping[str, Any]) -> None:
        """The message that a form was opened from; failing that, an aside to whoever handed it
        in."""
        try:
            await self._client.web.chat_update(channel=channel, ts=ts, **body)
        except TROUBLES as error:
            _log.warning("slack.message_not_updated", error=_reason(error))
            await self._aside(channel, user, body)

    async def _aside(self, channel: str, user: str, body: Mapping[str, Any]) -> None:
        await self._client.web.chat_postEphemeral(channel=channel, user=user, **body)


def _with_files(where: InMessages, message: Say, pen: Pen) -> Mapping[str, Any]:
    """An answer that says, below it, that the pictures with what was said are not taken."""
    if not where.files:
        return draw_message(message, pen)
    said = wording.no_files(pen.words, kept=isinstance(message, FeedbackReceived))
    below = paragraph(said)
    if where.wordless:
        return {"text": said, "blocks": finish([below], pen.nonce)}
    body = draw_message(message, pen)
    return {**body, "blocks": finish([*body["blocks"][: MESSAGE_BLOCKS - 1], below], pen.nonce)}


def _known(**values: str | None) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _reason(error: BaseException) -> str:
    return str(error)[:200] or type(error).__name__
