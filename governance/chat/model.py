"""A chat with the bot itself: what can be asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from governance.feedback.model import ItemState, Urgency
from governance.reading.chat_questions import Topic
from governance.waves.my_surveys import MySurvey

HELD_FOR = timedelta(days=7)
"""How long words wait for a yes or a no: as long as originals are kept."""


class Intent(StrEnum):
    """What a chat line asks of the bot. The first eleven can be typed as commands."""

    HELP = "help"
    HOME = "home"
    SURVEYS = "surveys"
    RESULTS = "results"
    DOCKET = "docket"
    ANNOUNCE = "announce"
    FEEDBACK = "feedback"
    SIGN_IN = "sign-in"
    SERVICES = "services"
    CHANGES = "changes"
    TRAINING = "training"
    GREETING = "greeting"
    INTRODUCTION = "introduction"
    """Nobody asks for it: the first message to a person (``governance.chat.introducing``)."""
    THANKS = "thanks"
    GOODBYE = "goodbye"
    YES = "yes"
    NO = "no"
    DONE = "done"
    STOP = "stop"
    CLOSES = "closes"
    HOW_LONG = "how-long"
    CONFIDENTIAL = "confidential"
    WHO_READS = "who-reads"
    MY_MESSAGE = "my-message"
    ABOUT_BOT = "about-bot"
    UNCLEAR = "unclear"
    """Too short to tell: its author is asked whether to pass it on."""


# -- what is asked ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Converse(Command):
    """Answer what somebody said to the bot itself. ``plain``: in so many words ("yes", "no,
    thanks"), so that it can be the answer to a question; "ok" and a thumb are not."""

    intent: Intent
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class HoldWords(Command):
    """Keep what was too short to tell, and ask its author whether to pass it on. ``glanced``: what
    the reader finds urgent in it."""

    item_id: UUID
    text: str
    glanced: tuple[Urgency, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class PassOn(Command):
    """Yes: the words that were kept become feedback."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class LetGo(Command):
    """No: the words that were kept are deleted."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AskHere(Command):
    """A question that the service may be able to answer itself. ``item_id``: of the feedback that
    it becomes where it is not, or where its author wants that. ``glanced`` and ``meant``: what the
    reader found urgent in it, and what it means (the dispatch fills these in)."""

    item_id: UUID
    text: str
    topic: Topic
    unclear: bool = False
    """Where nothing here answers it, its author is asked whether to pass it on."""
    glanced: tuple[Urgency, ...] | None = None
    meant: bytes | None = None


ChatCommand = Converse | HoldWords | PassOn | LetGo


# -- what is answered ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MyMessage:
    """Something that a person told the bot, and where it stands. ``said`` is a short piece without
    personal data; empty: not read yet. ``committee`` None: no committee has it."""

    item_id: UUID
    received_at: datetime
    said: str
    state: ItemState
    committee: str | None
    asked_back: bool = False


@dataclass(frozen=True, kw_only=True)
class ChatAnswer:
    """To one person, about what they asked. ``surveys`` are those that they were asked, the newest
    first; ``messages`` their last few; ``contacts`` whom else to turn to."""

    intent: Intent
    district: str
    surveys: tuple[MySurvey, ...] = ()
    messages: tuple[MyMessage, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    anonymous_door: str = ""
    """Leads to the page to speak anonymously (``governance.links.anonymous``)."""
    dropped: bool = False
    """Words that were kept for an answer have been deleted."""


@dataclass(frozen=True, kw_only=True)
class ShallIPassItOn:
    """Asks whether words become feedback. They are kept until ``until``, and are not in here: a
    chat keeps what passes through it."""

    item_id: UUID
    until: datetime


ChatMessage = ChatAnswer | ShallIPassItOn
