"""What a form adds to the command of its token: typed words and chosen values, for Slack, Teams
and the web alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar, assert_never
from zoneinfo import ZoneInfo

from governance.commands import (
    AnswerItem,
    AskAuthor,
    AssignItem,
    CloseCase,
    Command,
    CorrectTakenOut,
    DecideAdvice,
    DeclineAnnouncement,
    GiveFeedback,
    JoinItem,
    LinkItem,
    MoveItem,
    PartItem,
    RemoveStudentData,
    ReplyToCommittee,
    SendAnnouncement,
    ShowFeedbackForm,
    WriteAnnouncement,
)
from governance.feedback import Naming
from governance.put_back import PutBack
from scheduler.local_time import moment
from surveys.commands import AnswerPage
from surveys.people import Audience, Level, Role
from surveys.questions import RawAnswer, Unfit, chosen_keys

CHANGE_FIELDS = (
    "title",
    "what",
    "why",
    "when",
    "who",
    "action",
    "learn",
    "learn_url",
    "ask",
)
"""The inputs of an announcement's form, in order; "title.es" is the Spanish of one. Beside them
``levels``, ``roles`` and ``seen.title``, ``seen.title.es`` (``AnnouncementForm.seen``)."""

PUT_BACK, SEEN = "put_back", "seen"


class MisfilledError(ValueError):
    """An input that cannot even be made a command of; ``unfit`` maps its key to why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.unfit: Mapping[str, Unfit] = {key: Unfit(why=why)}


def fill(
    command: Command, fields: Mapping[str, RawAnswer], *, timezone: str | None = None
) -> Command:
    """A form's command completed with what was handed in.

    ``fields`` maps an input's key to what was typed or chosen: a question's key; ``text`` and
    ``naming``; ``to`` and ``why``; the words of ``CHANGE_FIELDS`` with ``levels`` and ``roles``;
    ``at`` (ISO, or ``at_date`` with ``at_time``; empty: now). A time without an offset is read in
    ``timezone`` (an IANA name) and without one stays naive, for the dispatch to read in the zone
    of who speaks. Raises MisfilledError where guessing would do something else than was asked: an
    unreadable time must not mean *now*, nor an unknown level *everyone*.
    """
    match command:
        case AnswerPage():
            return replace(command, answers=dict(fields))
        case ShowFeedbackForm() | AnswerItem() | AskAuthor() | ReplyToCommittee():
            return replace(command, text=_one(fields, "text") or command.text)
        case GiveFeedback():
            naming = _one(fields, "naming")
            chosen = Naming(naming) if naming in tuple(Naming) else command.naming
            return replace(command, text=_one(fields, "text") or command.text, naming=chosen)
        case MoveItem() | AssignItem() | LinkItem() | JoinItem() | PartItem():
            return _fill_item(command, fields)
        case DecideAdvice():
            reason = _one(fields, "reason") or command.reason
            return replace(command, reason=reason, put_back=put_back(fields))
        case CloseCase():
            outcome, note = _one(fields, "outcome"), _one(fields, "note")
            return replace(command, outcome=outcome or command.outcome, note=note or command.note)
        case CorrectTakenOut():
            back = tuple(key for key in chosen_keys(fields.get("put_back", "")) if key)
            return replace(command, also=_one(fields, "also"), put_back=back)
        case RemoveStudentData():
            whole = any(chosen_keys(fields.get("whole", "")))
            return replace(command, words=_one(fields, "words"), whole=whole)
        case DeclineAnnouncement():
            return replace(command, why=_one(fields, "why") or command.why)
        case WriteAnnouncement():
            return _fill_announcement(command, fields)
        case SendAnnouncement():
            return replace(command, at=_moment(fields, timezone))
        case _:
            return command


_OnItem = MoveItem | AssignItem | LinkItem | JoinItem | PartItem


def _fill_item(command: _OnItem, fields: Mapping[str, RawAnswer]) -> _OnItem:
    to = _one(fields, "to") or command.to
    match command:
        case MoveItem():
            why = _one(fields, "why") or command.why
            return replace(command, to=to, why=why, put_back=put_back(fields))
        case AssignItem() | JoinItem() | PartItem():
            return replace(command, to=to)
        case LinkItem():
            rule, away = _one(fields, "rule"), _one(fields, "away")
            return replace(command, to=to, rule=rule, away=away, put_back=put_back(fields))
        case _:
            assert_never(command)


def _fill_announcement(
    command: WriteAnnouncement, fields: Mapping[str, RawAnswer]
) -> WriteAnnouncement:
    words = {key: _one(fields, key) for key in fields if key.partition(".")[0] in CHANGE_FIELDS}
    audience: Audience = replace(
        command.audience,
        levels=_chosen(fields, "levels", Level),
        roles=_chosen(fields, "roles", Role),
    )
    seen = {
        key.removeprefix("seen."): _one(fields, key) for key in fields if key.startswith("seen.")
    }
    return replace(command, words={**command.words, **words}, audience=audience, seen=seen)


def put_back(fields: Mapping[str, RawAnswer]) -> PutBack:
    """Which words its author lets stand, of those that they were shown. What was shown comes as
    ``seen``, or in Slack, whose forms carry nothing unseen, behind the input's own key."""
    key = next((one for one in fields if one.partition(".")[0] == PUT_BACK), PUT_BACK)
    keys = tuple(one for one in chosen_keys(fields.get(key, "")) if one)
    return PutBack(keys=keys, seen=key.partition(".")[2] or _one(fields, SEEN))


Kind = TypeVar("Kind", bound=StrEnum)


def _chosen(fields: Mapping[str, RawAnswer], key: str, kind: type[Kind]) -> frozenset[Kind]:
    try:
        return frozenset(kind(value) for value in chosen_keys(fields.get(key, "")))
    except ValueError:
        raise MisfilledError(key, "Please choose from the list.") from None


def _one(fields: Mapping[str, RawAnswer], key: str) -> str:
    value = fields.get(key, "")
    return value if isinstance(value, str) else (value[0] if value else "")


def _moment(fields: Mapping[str, RawAnswer], timezone: str | None) -> datetime | None:
    written = _one(fields, "at").strip()
    key = "at"
    if not written and (date := _one(fields, "at_date").strip()):
        time = _one(fields, "at_time").strip()
        key = "at_date" if time else "at_time"
        written = f"{date}T{time}" if time else "?"
    elif not written and _one(fields, "at_time").strip():
        key, written = "at_date", "?"
    if not written:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise MisfilledError(key, "Please give a day and a time.") from None
    return moment(at, ZoneInfo(timezone)) if timezone and at.tzinfo is None else at
