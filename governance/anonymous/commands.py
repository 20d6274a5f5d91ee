"""What can be asked by nobody in particular: to speak anonymously, and to get the reply with
it. And what the service does with it by itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command
from governance.board_reports.commands import ReadReportInPublic
from governance.feedback.model import Urgency
from governance.feeds.commands import ReadCalendar
from governance.rules.commands import ReadInPublic


@dataclass(frozen=True, kw_only=True)
class ShowAnonymousForm(Command):
    """``door``: the part of the link that staff were given; it is the same for all of them."""

    door: str
    about: str = ""
    """The token of what it is about (``feedback.about``)."""


@dataclass(frozen=True, kw_only=True)
class GiveAnonymously(Command):
    """Free text of nobody. ``nonce`` is of the form: sent twice it is one message with one
    receipt."""

    door: str
    nonce: str
    text: str
    about: str = ""
    glanced: tuple[Urgency, ...] | None = None
    """As of ``GiveFeedback``."""


@dataclass(frozen=True, kw_only=True)
class CollectAnswer(Command):
    """``code`` as it was typed."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ReplyAnonymously(Command):
    """To what a committee asked. ``code`` as it was typed."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class BringIn(Command):
    """Bring in what waits (clock only): all that is due this morning; or the one that cannot wait,
    by its ``once``. ``glanced``: what was found urgent in that one."""

    once: bytes | None = None
    glanced: tuple[Urgency, ...] | None = None


UnsignedCommand = (
    ShowAnonymousForm
    | GiveAnonymously
    | CollectAnswer
    | ReplyAnonymously
    | ReadInPublic
    | ReadReportInPublic
    | ReadCalendar
)
