"""A form to show again, with what was typed and the reason why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from core.commands import Command
from core.people import Audience, Level, Role
from governance.announcements.asked import LIMITS
from governance.announcements.commands import WriteAnnouncement
from governance.forms.messages import FormView, again
from governance.lists.audiences import NAMED
from governance.lists.model import AudienceChoices
from governance.messages import AnnouncementForm, Message
from surveys.messages import QuestionPage
from surveys.questions import RawAnswer, Unfit, chosen_keys


def refilled(
    command: Command,
    form: object,
    handed_in: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> Message | None:
    """The form with what was handed in and why it does not fit; None where there is no form."""
    if isinstance(command, WriteAnnouncement):
        return _announcement(command, form, handed_in, unfit)
    if isinstance(form, QuestionPage):
        return replace(form, raw=handed_in, unfit=unfit)
    if isinstance(form, FormView):
        return replace(again(command, form.opening, unfit=unfit), kept=form.kept)
    keys = {one.name for one in fields(form)} if is_dataclass(form) else set()
    if "unfit" not in keys:
        return None
    typed = {name: value for name, value in vars(command).items() if name in keys}
    shown: Any = form
    refilled: Message = replace(shown, **typed, unfit=unfit)
    return refilled


def _announcement(
    command: WriteAnnouncement,
    form: object,
    handed_in: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> AnnouncementForm:
    typed = {key: handed_in[key] for key in LIMITS if key in handed_in}
    words = {key: value for key, value in typed.items() if isinstance(value, str)}
    chosen = {key: chosen_keys(handed_in.get(key, "")) for key in ("levels", "roles", *NAMED)}
    audience = Audience(
        levels=frozenset(level for level in Level if level.value in chosen["levels"]),
        roles=frozenset(role for role in Role if role.value in chosen["roles"]),
        **{key: frozenset(one for one in chosen[key] if one) for key in NAMED},
    )
    return AnnouncementForm(
        announcement_id=command.announcement_id,
        words={**command.words, **words},
        audience=audience,
        unfit=unfit,
        joiners_until=command.joiners_until,
        choices=form.choices if isinstance(form, AnnouncementForm) else AudienceChoices(),
    )
