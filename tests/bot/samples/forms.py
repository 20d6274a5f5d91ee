"""Forms that are declared on a command, as samples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.registry import OPERATIONS
from core.commands import Command
from core.forms import Opening
from governance.forms.messages import FormView, opened


def form(command: Command, opening: Opening, **rest: Any) -> FormView:
    """With what the command comes with in its fields. ``rest``: of the message."""
    kept = OPERATIONS[type(command)].form_kept
    return replace(opened(command, opening), kept=kept, **rest)
