"""An announcement's form: as the draft that is kept has it, and what was typed as a command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from bot.registry import fill
from bot.web.composing.steps import CHOSEN, ID, SEEN, TEXTS
from bot.web.forms import Form
from governance.announcements.commands import WriteAnnouncement
from governance.announcements.model import Announcement
from governance.lessons.commands import QUESTION, TypedQuestion
from governance.lessons.written import typed_of
from governance.views import AnnouncementWritten

NOTHING, READ, ANSWER = "nothing", "read", "answer"
"""How people confirm an announcement: not at all, by a button, or by answering its question."""

Fields = dict[str, tuple[str, ...]]


def form_of(view: AnnouncementWritten) -> Form:
    """The form as it is opened: what is kept stands in it."""
    draft = view.draft
    fields: Fields = {ID: (str(draft.id),), "confirm": (_confirmed_by(draft),)}
    fields |= {name: _sorted(getattr(draft.audience, name)) for name in CHOSEN}
    fields |= {key: (said,) for key, said in view.words.items()}
    fields |= _seen(view)
    fields |= {name: (said,) for name, said in typed_of(draft.question).items()}
    if draft.due:
        fields["due"] = (draft.due.isoformat(),)
    if draft.joiners_until:
        fields["joiners_until"] = (draft.joiners_until.isoformat(),)
    return Form(fields)


def _seen(view: AnnouncementWritten) -> Fields:
    if view.saved is None:
        return {}
    return {name: (view.seen.get(name.removeprefix("seen."), ""),) for name in SEEN}


def with_seen(form: Form, seen: Mapping[str, str]) -> Form:
    """The form, which has now shown these texts of somebody else."""
    return Form({**form.fields, **{f"seen.{key}": (digest,) for key, digest in seen.items()}})


def command_of(form: Form, announcement: UUID) -> WriteAnnouncement:
    """What was typed and chosen, as the command that keeps it. ``MisfilledError`` for a role or a
    level that there is not: left out, it would mean everybody."""
    asks, how = None, form.one("confirm")
    raw = {name: value for name, value in form.raw().items() if name in _TAKEN}
    if how:
        said = {name: form.one(name) for name in QUESTION} if how == ANSWER else {}
        asks = TypedQuestion(**said)
        raw["due"] = "" if how == NOTHING else form.one("due")
    acknowledge = how != NOTHING if how else None
    blank = WriteAnnouncement(announcement_id=announcement, acknowledge=acknowledge, asks=asks)
    filled = fill(blank, raw)
    assert isinstance(filled, WriteAnnouncement)  # noqa: S101 - a command stays what it is
    return filled


_TAKEN = frozenset({*TEXTS, *SEEN, *CHOSEN, "joiners_until", "due"})


def _confirmed_by(draft: Announcement) -> str:
    if draft.question is not None:
        return ANSWER
    return READ if draft.acknowledge else NOTHING


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(str, values)))
