"""One activity: who speaks, what they want, and the answer where Teams expects it.

A pressed button (Execute) is answered in the response: its card takes the old one's place for
whoever pressed it. A typed message is answered with a message of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import structlog

from bot import faults
from bot.cards import is_kept
from bot.conversation import Conversation, Reader, Reply, Speaker
from bot.refilling import refilled
from bot.registry import in_zone, operation_of
from bot.teams import asides, dialogs
from bot.teams.activities import (
    DIALOG_OPENS,
    Activity,
    conversation,
    event_id,
    has_files,
    in_dialog,
    is_personal,
    tenant,
    text_at,
    typed,
)
from bot.teams.cards import CONTENT_TYPE, Drawn, plain
from bot.teams.directory import Directory
from bot.teams.draw import draw
from bot.teams.draw_said import form_elsewhere, said_card
from bot.teams.parse import address, completed, fields, intent, pressed
from bot.teams.places import is_added, team_of
from bot.teams.platform import TeamsPlatform
from core.commands import Command
from core.words import Words
from governance import wording
from governance.docket.commands import ShowItem
from governance.filling import MisfilledError
from governance.home.commands import NoteAddress
from governance.messages import Brief, Done, FeedbackReceived, Refused
from scheduler.ports import Sent
from storage.chat_teams import ChatTeam
from storage.unavailable import UnavailableError, UnconfirmedError
from surveys.messages import QuestionPage, Rejected, WhatYouSaid
from surveys.questions import RawAnswer, Unfit

_log = structlog.get_logger(__name__)

MOST_NOTED = 20_000
"""Addresses remembered as noted since the start; noting one again does no harm."""

_SPOKEN = frozenset({"message", "invoke"})
"""Activities in which somebody says something and waits for an answer."""

NoteTeam = Callable[[ChatTeam], Awaitable[None]]

Answer = Mapping[str, Any] | None


async def no_note(seen: ChatTeam) -> None:
    """Where nobody keeps teams."""


class Answering:
    """Answers activities whose token was checked."""

    def __init__(
        self,
        conversation: Conversation,
        platform: TeamsPlatform,
        note_team: NoteTeam = no_note,
    ) -> None:
        self._conversation = conversation
        self._platform = platform
        self._note_team = note_team
        self._app_id = platform.settings.app_id
        self._directory = Directory(platform.connector)
        self._noted: dict[tuple[str, str], NoteAddress] = {}
        self._teams: dict[tuple[str, str], ChatTeam] = {}

    async def answer(self, activity: Activity) -> Answer:
        """The body of an invoke's answer, or None. A fault of ours is logged with an id, and the
        person hears of it; raises ``UnavailableError`` and ``UnconfirmedError`` only, where nobody
        waits for words."""
        waits = text_at(activity, "type") in _SPOKEN
        faults.begins(sends=waits)
        try:
            return await self._answer(activity)
        except (UnavailableError, UnconfirmedError) as error:
            if not waits:
                raise
            away = isinstance(error, UnavailableError)
            said = "teams.database_unavailable" if away else "teams.unconfirmed"
            _log.error(said, why=str(error))
            return await self._apologize(activity, error)
        except Exception as error:
            fault = str(uuid4())
            _log.exception("teams.fault", fault=fault)
            return await self._apologize(activity, error, fault) if waits else None

    async def _apologize(self, activity: Activity, error: Exception, fault: str = "") -> Answer:
        words = Words(locale=_locale(activity))
        return await self._say(activity, asides.apology(words, error, fault))

    async def _answer(self, activity: Activity) -> Answer:
        speaker = await self._directory.who(activity)
        await self._note(activity, speaker)
        await self._note_place(activity)
        words = Words(locale=_locale(activity))
        if is_added(activity):
            return await self._say(activity, asides.introduction(words, self._app_id))
        files = is_personal(activity) and has_files(activity)
        if files and not typed(activity):
            return await self._say(activity, asides.no_files(words, kept=False))
        wanted = intent(activity)
        if wanted is None:
            return await self._say(activity, self._unknown(words, activity))
        faults.begins(sends=operation_of(wanted).keeps)
        try:
            command = completed(wanted, activity)
        except MisfilledError as error:
            return await self._again(activity, speaker, error.rest or wanted, error.unfit)
        if not is_personal(activity) and not operation_of(command).in_channel:
            return await self._say(activity, asides.alone(words))
        event = None if _only_shows(activity, command) else event_id(activity)
        reply = await self._conversation.handle(speaker, command, event_id=event)
        if isinstance(reply.message, Rejected) and reply.message.page is None:
            return await self._again(activity, speaker, command, reply.message.unfit)
        await self._tell_channel(activity, command, reply)
        shown = await self._show(activity, reply)
        if files and not reply.repeated:
            kept = isinstance(reply.message, FeedbackReceived)
            await self._say(activity, asides.no_files(Words(locale=reply.reader.locale), kept=kept))
        return shown

    async def _note(self, activity: Activity, speaker: Speaker) -> None:
        noted = address(activity, speaker)
        if noted is None:
            return
        key, known = (speaker.workspace, speaker.user), replace(noted, opened=False)
        if self._noted.get(key) == known and not _installs(activity):
            return
        event = event_id(activity)
        await self._conversation.handle(
            speaker, noted, event_id=f"{event}:address" if event else None
        )
        self._noted[key] = known
        if len(self._noted) > MOST_NOTED:
            del self._noted[next(iter(self._noted))]

    async def _note_place(self, activity: Activity) -> None:
        seen = team_of(activity)
        if seen is None or not self._platform.settings.welcomes(tenant(activity)):
            return
        key = (seen.workspace, seen.thread)
        if self._teams.get(key) != seen or _installs(activity):
            await self._note_team(seen)
            self._teams[key] = seen
            if len(self._teams) > MOST_NOTED:
                del self._teams[next(iter(self._teams))]

    async def _again(
        self,
        activity: Activity,
        speaker: Speaker,
        command: Command,
        unfit: Mapping[str, Unfit],
    ) -> Answer:
        """The form again, with what was handed in and why it does not fit."""
        form_of = operation_of(command).form
        reply: Reply | None = None
        if form_of is not None:
            reply = await self._conversation.handle(speaker, form_of(command))
        handed_in: Mapping[str, RawAnswer] = fields(pressed(activity) or {})
        reader = reply.reader if reply else self._reader(activity)
        command = in_zone(command, reader.timezone)
        form = refilled(command, reply.message if reply else None, handed_in, unfit)
        return await self._show(
            activity, Reply(message=form or Rejected(unfit=unfit), reader=reader)
        )

    def _reader(self, activity: Activity) -> Reader:
        zone = text_at(activity, "localTimezone") or "America/Chicago"
        return Reader(
            locale=_locale(activity), timezone=zone, web_url=self._platform.settings.web_url
        )

    async def _show(self, activity: Activity, reply: Reply) -> Answer:
        words = Words(locale=reply.reader.locale, timezone=reply.reader.timezone)
        if reply.repeated or isinstance(reply.message, Done):
            return _told(activity, words.say("Done.")) if _invoked(activity) else None
        drawn = self._drawn(reply, kept=not _invoked(activity), window=in_dialog(activity))
        if drawn is None:
            return None
        if _invoked(activity):
            await self._answered(reply, arrived=True)
            return _in_place(activity, reply, drawn)
        await self._answered(reply, arrived=await self._post(activity, drawn))
        return None

    def _drawn(self, reply: Reply, *, kept: bool, window: bool) -> Drawn | None:
        """``kept``: as a message, which the chat keeps: it never holds what somebody answered.
        ``window``: in a dialog."""
        match reply.message:
            case WhatYouSaid() as said if not kept:
                return said_card(said, reply.reader)
            case QuestionPage() as page if kept and page.given:
                return form_elsewhere(page, reply.reader)
            case Rejected(page=QuestionPage() as page, unfit=unfit) if kept:
                return form_elsewhere(page, reply.reader, unfit)
            case message:
                return draw(message, reply.reader, window=window)

    async def _say(self, activity: Activity, drawn: Drawn | None) -> Answer:
        """Said beside the card where a button was pressed, else as a message of its own."""
        if drawn is None:
            return None
        if _invoked(activity):
            return _told(activity, drawn.summary)
        await self._post(activity, drawn)
        return None

    async def _post(self, activity: Activity, drawn: Drawn) -> bool:
        """A message in the conversation. False: Teams did not take it, or nobody knows."""
        service_url = text_at(activity, "serviceUrl")
        result = await self._platform.post(service_url, conversation(activity), drawn)
        if isinstance(result, Sent):
            return True
        _log.warning("teams.answer_not_sent", result=type(result).__name__, why=str(result))
        return False

    async def _answered(self, reply: Reply, *, arrived: bool) -> None:
        """Where this cannot be noted, an urgent notice is sent once more."""
        try:
            await self._conversation.answered(reply, arrived=arrived)
        except Exception:
            _log.exception("teams.answer_not_noted")

    def _unknown(self, words: Words, activity: Activity) -> Drawn | None:
        """What is said to something that is not one of our commands; None: nothing."""
        if text_at(activity, "type") not in _SPOKEN:
            return None
        if pressed(activity) is not None:
            return asides.too_old(words)
        return asides.elsewhere(words, self._app_id)

    async def _tell_channel(self, activity: Activity, command: Command, reply: Reply) -> None:
        """A brief's new state for everybody in the channel: the answer to an Execute changes the
        card for whoever pressed it only."""
        card_id = text_at(activity, "replyToId")
        if (
            is_personal(activity)
            or not card_id
            or reply.repeated
            or not operation_of(command).in_channel
            or isinstance(command, ShowItem)  # which changes nothing
            or not isinstance(reply.message, Brief)
        ):
            return
        drawn = draw(reply.message, reply.reader)
        if drawn is not None:
            await self._platform.update(
                text_at(activity, "serviceUrl"), conversation(activity), card_id, drawn
            )


def _installs(activity: Activity) -> bool:
    """Whether it tells of an install or a removal: what was noted before may have changed since,
    in the database or through another process."""
    return text_at(activity, "type") == "installationUpdate"


def _locale(activity: Activity) -> str:
    return text_at(activity, "locale") or "en"


def _invoked(activity: Activity) -> bool:
    return text_at(activity, "type") == "invoke"


def _only_shows(activity: Activity, command: Command) -> bool:
    """Whether it opens a dialog to look at: asked for again, it is shown again."""
    return operation_of(command).reopens and text_at(activity, "name") == DIALOG_OPENS


def _in_place(activity: Activity, reply: Reply, drawn: Drawn) -> Answer:
    """A refusal is said beside the card, which stays; everything else takes its place. A dialog
    closes with what says only that something was done."""
    words = Words(locale=reply.reader.locale, timezone=reply.reader.timezone)
    match reply.message:
        case Refused():
            return _told(activity, drawn.summary)
        case Rejected(page=None, unfit=unfit):
            return _told(activity, " ".join(wording.unfit(words, why) for why in unfit.values()))
        case message if in_dialog(activity):
            goes_on = dialogs.asks(drawn.card) or not is_kept(message, words)
            return dialogs.shown(drawn) if goes_on else dialogs.told(drawn.summary)
        case _:
            return {"statusCode": 200, "type": CONTENT_TYPE, "value": drawn.card}


def _told(activity: Activity, text: str) -> Answer:
    return dialogs.told(text) if in_dialog(activity) else _message(text)


def _message(text: str) -> Answer:
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": plain(text),
    }
