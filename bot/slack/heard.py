"""What was heard in Slack: who spoke, what they want, and where an answer can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.registry import operation_of
from core.commands import Command
from governance.conversations.commands import ReplyToCommittee
from governance.forms.commands import Open
from governance.lessons.commands import ShowQuestion
from surveys.commands import AnswerPage, ShowPage
from surveys.questions import Unfit


class MalformedError(ValueError):
    """A signed payload that is not what Slack sends."""


@dataclass(frozen=True, kw_only=True)
class InMessages:
    """A direct message: the answer is a message in the same conversation. ``files``: pictures or
    files came with it; ``wordless``: and nothing else did."""

    channel: str
    thread: str | None = None
    files: bool = False
    wordless: bool = False


@dataclass(frozen=True, kw_only=True)
class AtHome:
    """The home tab: the answer is published there."""

    conversation: str | None = None


@dataclass(frozen=True, kw_only=True)
class OnCommand:
    """A slash command or a shortcut: the answer is shown to whoever typed it only, or is a
    modal."""

    trigger: str
    response_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class OnButton:
    """A button in a message: ``blocks`` are that message's, ``ts`` names it in ``channel``."""

    trigger: str
    response_url: str | None
    channel: str
    ts: str
    blocks: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class OnViewButton:
    """A button in a modal: the answer replaces the modal. ``origin`` travels on."""

    view_id: str
    view_hash: str | None
    origin: str


@dataclass(frozen=True, kw_only=True)
class OnHomeButton:
    """A button on the home tab: the answer is a modal, and the tab is brought up to date."""

    trigger: str


@dataclass(frozen=True, kw_only=True)
class OnForm:
    """A modal was handed in: the answer is in the response. ``blocks`` are the modal's; ``origin``
    is the message it was opened from (``origin_of``), ``HOME`` or empty."""

    blocks: tuple[Any, ...]
    origin: str


@dataclass(frozen=True, kw_only=True)
class Nowhere:
    """Something to note without an answer."""


Where = InMessages | AtHome | OnCommand | OnButton | OnHomeButton | OnViewButton | OnForm | Nowhere

HOME = "home"
"""The origin of a modal that was opened from the home tab."""

_LONGEST_URL = 500


@dataclass(frozen=True, kw_only=True)
class OpenedFrom:
    """The message that a window was opened from. ``about``: the survey or the feedback whose form
    its button opened; ``response_url`` of that press: it replaces the message without a rate
    limit, five times within 30 minutes."""

    channel: str
    ts: str
    about: str = ""
    response_url: str = ""


def origin_of(where: OnButton, command: Command) -> str:
    """What a window keeps of the message it was opened from: "channel:ts"; of a form in somebody's
    own conversation "channel:ts:about:url". A window is not secret to whoever sees it, and a
    channel's response URL would let them write there as the app."""
    if not (where.channel and where.ts):
        return ""
    origin, url = f"{where.channel}:{where.ts}", where.response_url or ""
    match command:
        case (
            ShowPage(wave_id=about)
            | AnswerPage(wave_id=about)
            | Open(of=ReplyToCommittee(item_id=about))
            | ShowQuestion(announcement_id=about)
        ):
            if url and len(url) <= _LONGEST_URL and where.channel.startswith("D"):
                return f"{origin}:{about}:{url}"
    return origin


def opened_from(origin: str) -> OpenedFrom | None:
    """The message behind an origin; None: it is none."""
    channel, ts, about, url = (*origin.split(":", 3), "", "", "", "")[:4]
    if not (channel and ts):
        return None
    return OpenedFrom(channel=channel, ts=ts, about=about, response_url=url)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One thing to handle. ``event_id`` is the same when Slack sends the same thing again.
    ``unfit`` is set where the form cannot be made a command of: then nothing is asked for."""

    workspace: str
    user: str
    command: Command
    event_id: str | None
    where: Where
    unfit: Mapping[str, Unfit] | None = None


def to_refresh(heard: Heard) -> bool:
    """Whether somebody did something from their home tab that it shows. What they do elsewhere
    shows when they open it next: a tab for everybody who answers is more than Slack takes."""
    match heard.where:
        case OnHomeButton():
            here = True
        case OnViewButton(origin=origin) | OnForm(origin=origin):
            here = origin == HOME
        case _:
            here = False
    return here and operation_of(heard.command).refreshes_home


# -- reading a payload ------------------------------------------------------------------------


def part(whole: object, key: str) -> Mapping[str, Any]:
    """A part that must be there and be an object."""
    found = whole.get(key) if isinstance(whole, Mapping) else None
    if not isinstance(found, Mapping):
        raise MalformedError(f"no object {key!r}")
    return found


def maybe_part(whole: object, key: str) -> Mapping[str, Any]:
    """A part that may be missing or null: then an empty one."""
    found = whole.get(key) if isinstance(whole, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def words(whole: Mapping[str, Any], key: str) -> str:
    """A text that must be there and say something."""
    found = whole.get(key)
    if not isinstance(found, str) or not found:
        raise MalformedError(f"no text {key!r}")
    return found


def maybe_words(whole: Mapping[str, Any], key: str) -> str:
    found = whole.get(key)
    return found if isinstance(found, str) else ""


def sequence(whole: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    found = whole.get(key)
    return tuple(found) if isinstance(found, list) else ()
