"""Handles what someone enters after the same thing was decided in another tab or by someone else.

A press of the same button again says nothing new: what stands is shown. If the words differ, the
form comes back with them, beside what stands, so that they are never dropped unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from governance.redaction.put_back import PutBack
from governance.redaction.screening import screen
from governance.refusals import ALREADY_DECIDED, ALREADY_SETTLED
from surveys.asking.fitting import clean
from surveys.questions import Unfit

F = TypeVar("F")

_NOTHING = PutBack()

_LONGEST = 10_000
"""Characters. No form takes more, so longer words are not the ones that stand, and need no look at
what in them is personal data."""


def says_another(said: str, stands: str, put_back: PutBack = _NOTHING) -> bool:
    """Whether the typed words differ from the ones that stand, even after the same redaction."""
    if len(said) > _LONGEST:
        return True
    words = clean(said)
    return bool(words) and words != stands and tuple(screen((words,), put_back).texts) != (stands,)


def given_back(form: F, command: object, field: str, stands: str) -> F:
    """The form with everything that was typed, and beside ``field`` the words that stand; none:
    that nothing waits for it any longer."""
    return refused_in(form, command, field, settled(stands))


def settled(stands: str) -> Unfit:
    """The words that stand, beside a field with others; none: nothing waits for it any longer."""
    if stands:
        return Unfit(why=ALREADY_DECIDED, values={"reason": stands})
    return Unfit(why=ALREADY_SETTLED)


def refused_in(form: F, command: object, field: str, why: Unfit) -> F:
    """The form with everything that was typed, and beside ``field`` why it was not taken."""
    again: Any = form
    keys = {one.name for one in fields(again)} - {"unfit"}
    typed = {name: value for name, value in vars(command).items() if name in keys}
    unfit: Mapping[str, Unfit] = {field: why}
    filled: F = replace(again, **typed, unfit=unfit)
    return filled
