"""A form to show again, with what was typed and the reason why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from core.commands import Command
from governance.forms.messages import FormView, again
from governance.messages import Message
from surveys.messages import QuestionPage
from surveys.questions import RawAnswer, Unfit


def refilled(
    command: Command,
    form: object,
    handed_in: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> Message | None:
    """The form with what was handed in and why it does not fit; None where there is no form."""
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
