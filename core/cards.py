"""What a message looks like, before any platform draws it.

A feature says once what its message means, as a ``Card`` of the parts below, in its reader's
language. Slack, Teams, the web and mail each draw the parts; none of them knows the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from core.charts import Counts, Source
from core.commands import Command


class Secrecy(Enum):
    """Where words may stand. Every part that holds words says so: there is no default."""

    ANYWHERE = "anywhere"
    """Also in a mail and in a notification, which others may read and which are kept for years."""
    SIGNED_IN = "signed in"
    """Only where its reader is known: in a chat and on a page."""


@dataclass(frozen=True)
class Run:
    """Some words in one language (a tag such as "es"); "" is the language of the card."""

    text: str
    language: str = ""


Prose = str | tuple[Run, ...]
"""A paragraph. Runs where somebody wrote part of it in another language."""


def flat(prose: Prose) -> str:
    """A paragraph without its languages, for where they cannot be said."""
    return prose if isinstance(prose, str) else "".join(run.text for run in prose)


def is_page(url: str) -> bool:
    """Whether an address leads to a page, and does nothing else."""
    return url.startswith(("https://", "http://"))


def is_ours(url: str) -> bool:
    """Whether it is the path of a page of ours."""
    return url.startswith("/") and url[1:2] not in ("/", "\\")


class Look(Enum):
    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    """Small print."""
    ALARM = "alarm"
    """What needs a person now."""


class Style(Enum):
    PLAIN = "plain"
    PRIMARY = "primary"
    """What most readers want to do."""
    DANGER = "danger"
    """What cannot be undone."""


# -- where a reader goes on ------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of ours. ``path`` begins with a slash. Raises ValueError where it leads elsewhere."""

    label: str
    path: str

    def __post_init__(self) -> None:
        if not is_ours(self.path):
            raise ValueError(f"not a page of ours: {self.path!r}")

    @staticmethod
    def if_ours(label: str, path: str) -> Page | None:
        """None where it leads elsewhere, as what somebody typed may."""
        return Page(label=label, path=path) if is_ours(path) else None


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """What is asked before a press counts, where the platform can ask."""

    title: str
    text: str
    yes: str
    no: str


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button. A command that only reads opens something; every other does something. ``first``:
    what has to happen before it does anything, said beside it on a page; a chat says it in
    ``confirm``. ``chat_only``: pages leave it out, for they show what it opens or link to it."""

    label: str
    command: Command
    style: Style = Style.PLAIN
    confirm: Confirm | None = None
    first: str = ""
    chat_only: bool = False


# -- parts -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paragraph of ours."""

    text: Prose
    secrecy: Secrecy
    look: Look = Look.PLAIN


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What somebody wrote, line by line and of any length. ``by``: who and when, said above it."""

    text: Prose
    secrecy: Secrecy
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A line that has a page of ours leads there."""

    lines: tuple[str | Page, ...]
    secrecy: Secrecy


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Labels, each with what somebody wrote under it."""

    pairs: tuple[tuple[str, Prose], ...]
    secrecy: Secrecy


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Things that have a page of ours each, with what is said of them under it."""

    rows: tuple[tuple[Page, str], ...]
    secrecy: Secrecy


@dataclass(frozen=True, kw_only=True)
class Link:
    """To a page; of ours where ``url`` begins with a slash. Raises ValueError where it is none."""

    label: str
    url: str
    secrecy: Secrecy

    def __post_init__(self) -> None:
        if not (is_page(self.url) or is_ours(self.url)):
            raise ValueError(f"not a page: {self.url!r}")

    def at(self, web_url: str) -> str:
        """Its whole address; "" of a page of ours where the service has none."""
        if is_page(self.url):
            return self.url
        return f"{web_url}{self.url}" if web_url else ""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A message of somebody's, as people will read it. ``label`` says that it is one."""

    label: str
    title: Prose
    parts: tuple[Part, ...]
    secrecy: Secrecy


@dataclass(frozen=True, kw_only=True)
class Share:
    """``part`` of ``whole`` people, to be seen at a glance; ``label`` says what they did."""

    part: int
    whole: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Numbers, each with its label, and where there is one the share to draw as a bar."""

    pairs: tuple[tuple[str, str], ...]
    secrecy: Secrecy
    share: Share | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart. Where none can be drawn, its numbers are said instead; in a chat they are said
    below it, too, to be searched, copied and read aloud. ``source`` None: it has no address."""

    of: Counts
    secrecy: Secrecy
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    label: str
    number: bool = False


MOST_ROWS = 20
"""Of a table in a message; its page has the others."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under labels; the first cell of each names it. ``rest`` says what is left out, and leads
    there. Raises ValueError where it is too long, or where a row does not fit its columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    secrecy: Secrecy
    caption: str = ""
    rest: Page | None = None

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"{len(self.rows)} rows: say in `rest` what is left out")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row with more or fewer cells than there are columns")

    @property
    def lines(self) -> list[str]:
        """Each row in a line, for where there is no room for columns."""
        if len(self.columns) == 2:
            return [f"{name}: {cell}" for name, cell in self.rows]
        labels = [f"{one.label}: " for one in self.columns[1:]]
        return [
            " · ".join([name, *(f"{a}{b}" for a, b in zip(labels, cells, strict=True) if b)])
            for name, *cells in self.rows
        ]


Part = Line | Quote | Bullets | Facts | Entries | Link | Preview | Figures | Picture | Table


# -- forms -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TextField:
    """Somebody types. ``longest`` is in characters, the domain's own limit; ``why`` says what did
    not fit."""

    key: str
    label: str
    value: str
    longest: int
    hint: str = ""
    why: str = ""
    rows: int = 5
    optional: bool = False
    depends: bool = False
    """As in ``ChoiceField``."""
    uploads: str = ""
    """Label of an input for a file whose lines are added to what is typed: on the web."""
    language: str = ""
    """Of its words, as a tag; "" is the language of the card."""
    beside: tuple[TextField, ...] = ()
    """The same text in other languages, beside it: on the web, where there is room."""


@dataclass(frozen=True, kw_only=True)
class ChoiceField:
    """Choices are (value, label). ``seen`` is handed in with what was chosen: what was shown.
    Without ``several`` or ``optional``, one of them has to be chosen."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...] = ()
    several: bool = False
    hint: str = ""
    why: str = ""
    seen: str = ""
    optional: bool = False
    depends: bool = False
    """Asked for after some choices of the form alone: so it can stay empty, and its label does not
    call it optional."""
    none: str = ""
    """What the empty choice of a list is called, on the web."""


@dataclass(frozen=True, kw_only=True)
class MomentField:
    """A day with a time of day, in the reader's time zone. ``typed``: both as they were handed in,
    where they are no moment, such as a day without its time."""

    key: str
    label: str
    value: datetime | None = None
    typed: tuple[str, str] = ("", "")
    hint: str = ""
    why: str = ""
    optional: bool = True


@dataclass(frozen=True, kw_only=True)
class DayField:
    """A day, handed in as "2026-11-29"."""

    key: str
    label: str
    value: date | None = None
    hint: str = ""
    why: str = ""
    optional: bool = False


Field = TextField | ChoiceField | MomentField | DayField


def says_optional(one: Field) -> bool:
    """Whether its label says that it is optional."""
    return one.optional and not (isinstance(one, TextField | ChoiceField) and one.depends)


@dataclass(frozen=True, kw_only=True)
class Fill:
    """What fills a form in before it is handed in, on pages: ``press`` hands in ``field`` with the
    form's own fields, and is answered with the form."""

    field: ChoiceField
    press: Press


@dataclass(frozen=True, kw_only=True)
class Form:
    """Fields that are handed in together. ``opens`` shows it (again), with the label of its button;
    ``submit`` hands it in; ``leave`` is the way back on the web, ``back`` the one in chat where
    the form has taken a message's place. ``missed``: the heading over an answer that was handed in
    and is not the right one, which is no error of whoever gave it.

    What stands in its fields was typed, as were labels of boxes such as the subjects of messages.
    So all of it is as ``Secrecy.SIGNED_IN``: it is in no mail and in no notification."""

    fields: tuple[Field, ...]
    submit: Press
    opens: Press
    leave: Page
    back: Command | None = None
    missed: str = ""
    fill: Fill | None = None


# -- the whole -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Card:
    """A message. ``outside`` is its title where ``title`` may not be read: in a notification and as
    a mail's subject. ``badge``: a word in front of the title, such as "Urgent"; ``calm``: it is no
    alarm. ``after``: what else there is to say, below the buttons; where other messages share the
    page, it is folded. ``more``: what else can be done, behind one button where there is little
    room. ``up``: of what its page is a part, on the web. ``note``: small print at the end, which
    may stand anywhere. ``kept``: False where no chat may keep it. It opens in a window or on its
    page; a message has its ``subject`` alone, and what opens the window."""

    title: Prose
    secrecy: Secrecy
    outside: str = ""
    badge: str = ""
    calm: bool = False
    parts: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()
    form: Form | None = None
    presses: tuple[Press, ...] = ()
    more: tuple[Press, ...] = ()
    page: Page | None = None
    up: Page | None = None
    note: str = ""
    kept: bool = True

    def __post_init__(self) -> None:
        if self.secrecy is Secrecy.SIGNED_IN and not self.outside:
            raise ValueError("a title that may not stand anywhere needs another one for outside")

    @property
    def subject(self) -> str:
        """What may stand in a notification and above a mail."""
        return self.outside or flat(self.title)

    @property
    def every_part(self) -> tuple[Part, ...]:
        return (*self.parts, *self.after)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(_pictures(self.every_part))

    def for_mail(self) -> Iterator[Part]:
        return (part for part in self.every_part if part.secrecy is Secrecy.ANYWHERE)


def _pictures(parts: tuple[Part, ...]) -> Iterator[Picture]:
    for part in parts:
        match part:
            case Picture():
                yield part
            case Preview(parts=inside):
                yield from _pictures(inside)
