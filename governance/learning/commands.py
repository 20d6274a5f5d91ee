"""What can be asked about training sessions and guides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.people import Audience
from governance.learning.model import LONGEST_ABOUT, LONGEST_LINK, LONGEST_TITLE, Format


@dataclass(frozen=True, kw_only=True)
class ShowLearning(Command):
    """Sessions and guides that are for the reader; ``change_id``: of one change."""

    change_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ShowSession(Command):
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignUp(Command):
    """Take a seat, or where there is none a place on the waiting list."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class CancelSeat(Command):
    """Give up one's seat, or one's place on the waiting list."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowSessionForm(Command):
    """``session_id`` None: a new one."""

    session_id: UUID | None = None
    change_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteSession(Command):
    """``begins`` and ``ends``: times of day. ``capacity`` empty: no limit. ``leader``: an email
    address; empty: whoever writes it."""

    session_id: UUID
    change_id: UUID | None = None
    title: str = ""
    about: str = ""
    format: Format = Format.IN_PERSON
    day: date | None = None
    begins: str = ""
    ends: str = ""
    place: str = ""
    link: str = ""
    capacity: str = ""
    leader: str = ""
    audience: Audience = field(default_factory=Audience)


@dataclass(frozen=True, kw_only=True)
class CancelSession(Command):
    session_id: UUID
    why: str = form_field(
        "Why?", hint="People who signed up will see this.", longest=LONGEST_ABOUT, rows=3
    )


@dataclass(frozen=True, kw_only=True)
class ShowAttendance(Command):
    """Who signed up; once it has begun, the form to say who was there."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordAttendance(Command):
    """``attended``: ids of people. ``recording``: a link; who missed the session gets it once."""

    session_id: UUID
    attended: tuple[str, ...] = ()
    recording: str = ""


@dataclass(frozen=True, kw_only=True)
class TendSessions(Command):
    """The clock's, each morning: remind, and give on the seats of who has left."""


# -- guides ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ShowGuide(Command):
    guide_id: UUID


@dataclass(frozen=True, kw_only=True)
class DoGuide(Command):
    """ "I did this"."""

    guide_id: UUID


@dataclass(frozen=True, kw_only=True)
class UndoGuide(Command):
    guide_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteGuide(Command):
    """``guide_id`` None: a new one. ``due`` None: nobody has to."""

    guide_id: UUID | None = None
    change_id: UUID | None = None
    title: str = form_field("Title", missing="Fill in this field.", longest=LONGEST_TITLE)
    text: str = form_field("What to do", longest=LONGEST_ABOUT, rows=5)
    link: str = form_field(
        "Link to the guide", hint="It starts with https://", longest=LONGEST_LINK
    )
    due: date | None = form_field("Must be done by", None)
    audience: Audience = form_field("Who gets it?", Audience())


@dataclass(frozen=True, kw_only=True)
class RetireGuide(Command):
    """Offer it no more."""

    guide_id: UUID
