"""What the pages need to be told: settings, and the ports that wiring fills in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from bot.conversation import Conversation, Reader
from bot.openid.accounts import Accounts
from bot.web.navigation import Usable
from bot.web.unsent import NoUnsentForms, UnsentForms
from core.people import Platform
from core.text import Text
from core.words import Words
from governance.home.waits import Waits
from governance.messages import Notice, Refused
from governance.office.files import FilesChecked
from governance.office.importing import ImportDifference, ReadyImport
from governance.people.ways_in import How
from surveys.messages import Invitation, QuestionPage
from surveys.survey import Survey


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """``web_url`` is the public address without a slash at the end; ``secret`` is derived for the
    pages alone. ``locale`` and ``timezone`` are the district's, for pages shown to nobody in
    particular. ``session_hours`` is how long one stays signed in."""

    web_url: str
    secret: bytes = field(repr=False)
    district: str
    demo: bool = False
    accent: str = "#1d5fa8"
    session_hours: float = 12
    locale: str = "en"
    timezone: str = "America/Chicago"
    mails: bool = False
    """Whether one can ask for a link by mail on the sign-in page."""
    openid: bool = False
    """Whether one can sign in with the district's account there."""

    @property
    def secure(self) -> bool:
        """Whether cookies may only travel over https."""
        return self.web_url.startswith("https://")

    def cookie(self, name: str) -> str:
        """What a cookie is called. Over https with the prefix by which browsers take it from this
        host alone, and from no page on plain http (RFC 6265bis, 4.1.3.2)."""
        return f"__Host-{name}" if self.secure else name

    @property
    def reader(self) -> Reader:
        return Reader(locale=self.locale, timezone=self.timezone, web_url=self.web_url)


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to be in the demo. ``key`` names the part they play: ``teacher``, ``office``,
    ``chair``, ``cto`` or ``iso``; ``what`` says it in words ("Teacher, Maple Elementary")."""

    key: str
    person: UUID
    name: str
    what: str

    @property
    def part(self) -> str:
        """The first sentence of ``what``, to stand inside another sentence."""
        return self.what.partition(". ")[0].rstrip(".")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Who has a session. ``reader``: for whom pages are drawn that no activity answers with."""

    person: UUID
    name: str
    reader: Reader | None = None


class Door(Protocol):
    """Who may come in, and who is in (``bot/app/doorkeeping.py``)."""

    async def begin(self, person_id: UUID, how: How) -> str:
        """A new session's key."""
        ...

    async def recognise(self, key: str) -> Known | None:
        """The person with this session; None once it has ended."""
        ...

    async def lapsed(self, key: str) -> UUID | None:
        """Whose session this was that nobody ended, and that is over because of its age."""
        ...

    async def end(self, key: str) -> How | None:
        """How the session that ends here had begun, None where it had ended before."""
        ...

    async def end_all(self, person_id: UUID) -> int:
        """How many sessions of theirs ended."""
        ...

    async def takes_link(self, person_id: UUID) -> bool:
        """Whether a link lets somebody in, and not only the district's account."""
        ...

    async def whose(self, email: str) -> UUID | Refused:
        """Who has an address that somebody confirmed, or why they cannot come in."""
        ...

    async def has_room(self, network: str) -> bool:
        """False: too many tries from this network address went wrong."""
        ...

    async def note_failure(self, network: str) -> None: ...


class Sight(Protocol):
    """How a chat platform shows a survey, and an announcement (``bot/app/wiring_previews.py``)."""

    @property
    def platform(self) -> Platform: ...

    def objections(self, survey: Survey, reader: Reader) -> Sequence[str]:
        """What will not fit there, each in a sentence."""
        ...

    def drawn(
        self, message: Invitation | QuestionPage | Notice, reader: Reader
    ) -> Mapping[str, Any]:
        """The message or the window as the platform gets it."""
        ...


async def _nowhere(item_id: UUID) -> None:
    return None


async def _no_text(key: str) -> None:
    return None


async def _no_mail(email: str, network: str, path: str) -> bool:
    return True


async def _no_findings(words: Words) -> Sequence[tuple[bool, str]]:
    return ()


async def _no_places(person_id: UUID, counted: Waits | None) -> Sequence[Usable]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Where a visitor's message went in the demo: who can answer it there, and on which page."""

    persona: Persona
    queue_name: str
    path: str


class Tickets(Protocol):
    """What the help desk was handed (``bot/help_desk/tokens.py``)."""

    def item_of(self, token: str) -> UUID | None:
        """Which item a link is about; None: it is none of ours, or too old."""
        ...

    async def note(self, item_id: UUID, number: str) -> None: ...


class Rosters(Protocol):
    """People from uploaded files (``bot/rosters/uploaded.py``)."""

    async def read(self, person_id: UUID, body: bytes) -> Sequence[str]:
        """Keep the staff of a file for a while, with what an import would change; what is wrong
        with it, where it cannot be read."""
        ...

    async def kept(self, person_id: UUID) -> ImportDifference | None:
        """What somebody's file would change; None: there is none."""
        ...

    async def ready(self, person_id: UUID) -> ReadyImport | None:
        """Compare the kept file with the roster again, before it is applied; None: there is no
        file."""
        ...

    async def drop(self, person_id: UUID) -> None: ...


class _NoRosters:
    async def read(self, person_id: UUID, body: bytes) -> Sequence[str]:
        return ()

    async def kept(self, person_id: UUID) -> ImportDifference | None:
        return None

    async def ready(self, person_id: UUID) -> ReadyImport | None:
        return None

    async def drop(self, person_id: UUID) -> None:
        return None


async def _not_noted(person_id: UUID, path: str, rows: int) -> None:
    return None


async def _no_files(body: bytes) -> FilesChecked:
    return FilesChecked()


class _NoTickets:
    def item_of(self, token: str) -> UUID | None:
        return None

    async def note(self, item_id: UUID, number: str) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class PagePorts:
    """What pages ask of the rest beside the conversation.

    ``door`` knows the sessions; ``accounts`` are the district's, None where they are not set up.
    ``consume_signin`` takes a token's id and answers True exactly once for each.
    ``name_of`` gives a person's name, None where there is no such active person.
    ``personas`` are whom one can be in the demo (empty elsewhere). ``follow`` finds in the demo
    where an item of feedback went; None while it is being read, or when no queue has it.
    ``public_text``: the district's own text of ``privacy`` or ``terms``, None where it has none.
    ``places`` are those that a person may use, with what waits there if it was counted already.
    ``sights`` are how the chat platforms would show a survey or an announcement.
    ``health``: what the service finds of itself, each whether it is well and in a sentence.
    ``rosters`` are people from uploaded files. ``check_files``: what is wrong in a district's
    files, or what loading them would change.
    ``note_download`` notes in the audit who downloaded what a page shows, and from which page.
    ``ask_link`` mails a link to sign in with to an address, which leads on to a path; False when
    too many were asked for from one network address, and True whether or not it mailed one.
    """

    now: Callable[[], datetime]
    consume_signin: Callable[[str], Awaitable[bool]]
    name_of: Callable[[UUID], Awaitable[str | None]]
    door: Door
    personas: Callable[[], Awaitable[Sequence[Persona]]]
    places: Callable[[UUID, Waits | None], Awaitable[Sequence[Usable]]] = _no_places
    follow: Callable[[UUID], Awaitable[Followed | None]] = _nowhere
    ask_link: Callable[[str, str, str], Awaitable[bool]] = _no_mail
    accounts: Accounts | None = None
    sights: Sequence[Sight] = ()
    public_text: Callable[[str], Awaitable[Text | None]] = _no_text
    tickets: Tickets = field(default_factory=_NoTickets)
    unsent: UnsentForms = field(default_factory=NoUnsentForms)
    health: Callable[[Words], Awaitable[Sequence[tuple[bool, str]]]] = _no_findings
    rosters: Rosters = field(default_factory=_NoRosters)
    check_files: Callable[[bytes], Awaitable[FilesChecked]] = _no_files
    note_download: Callable[[UUID, str, int], Awaitable[None]] = _not_noted


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything a page handler is built from."""

    conversation: Conversation
    settings: WebSettings
    pages: PagePorts
