"""Forms that are declared on a command, as samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.registry import OPERATIONS
from core.commands import Command
from core.forms import Opening
from core.people import Audience
from governance.announcements import forms
from governance.announcements.asked import by_name
from governance.announcements.commands import WriteAnnouncement
from governance.forms.messages import FormView, opened
from governance.lists.model import NAMED, AudienceChoices


def form(command: Command, opening: Opening, **rest: Any) -> FormView:
    """With what the command comes with in its fields. ``rest``: of the message."""
    kept = OPERATIONS[type(command)].form_kept
    return replace(opened(command, opening), kept=kept, **rest)


def announcement_form(
    announcement: UUID,
    words: Mapping[str, str] | None = None,
    audience: Audience | None = None,
    choices: AudienceChoices | None = None,
    **rest: Any,
) -> FormView:
    """The form to write an announcement, with what was typed so far."""
    offered = {name: getattr(choices or AudienceChoices(), name) for name in NAMED}
    command = WriteAnnouncement(
        announcement_id=announcement, audience=audience or Audience(), **by_name(words or {})
    )
    return form(command, forms.announcement(None, offered, language="en"), **rest)
