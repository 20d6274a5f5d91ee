"""What can be asked about training sessions and guides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, FROM_THE_LIST, form_field
from core.people import Audience
from governance.learning.model import (
    LONGEST_ABOUT,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_SEATS,
    Format,
)

NO_TIME = "Enter a time of day, such as 15:30 or 3:30 PM."
_SUCH_AS = "Such as 15:30 or 3:30 PM."
_LONGEST_TIME = 10

FORMATS = {
    Format.IN_PERSON: "In person",
    Format.ONLINE: "Online",
    Format.RECORDED: "Online, recorded",
}


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
class WriteSession(Command):
    """``session_id`` None: a new one. ``begins`` and ``ends``: times of day. ``capacity`` empty: no
    limit. ``leader``: an email address; empty: whoever writes it."""

    session_id: UUID | None = None
    change_id: UUID | None = None
    title: str = form_field("Title", missing=FILL_IN, longest=LONGEST_TITLE)
    about: str = form_field("What will people learn?", longest=LONGEST_ABOUT, rows=3)
    format: Format = form_field("Format", Format.IN_PERSON, choices=FORMATS, missing=FROM_THE_LIST)
    day: date | None = form_field("Day", None, missing="Choose a day.")
    begins: str = form_field("Start time", hint=_SUCH_AS, missing=NO_TIME, longest=_LONGEST_TIME)
    ends: str = form_field("End time", hint=_SUCH_AS, missing=NO_TIME, longest=_LONGEST_TIME)
    place: str = form_field("Place", hint="Needed if it is in person.", longest=LONGEST_PLACE)
    link: str = form_field(
        "Link to join online",
        hint="People with a seat see it. It starts with https://",
        longest=LONGEST_LINK,
    )
    capacity: str = form_field(
        "Number of seats", hint="Leave it empty for no limit.", longest=len(str(MOST_SEATS))
    )
    leader: str = form_field(
        "Who leads it?",
        hint="An email address. Only this person sees who signed up.",
        longest=254,
    )
    audience: Audience = form_field("Who gets it?", Audience())


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
    title: str = form_field("Title", missing=FILL_IN, longest=LONGEST_TITLE)
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
