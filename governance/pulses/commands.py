"""What can be asked about how ready people are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import FROM_THE_LIST, form_field
from governance.pulses.model import FARTHEST_DAYS, Moment

NO_PART = "Enter a whole number, or a share such as 10%."


@dataclass(frozen=True, kw_only=True)
class ShowReady(Command):
    """What the pulses of a change told, beside each other."""

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanPulse(Command):
    """Keep whom to ask and when, and show it before it is asked. ``part``: how many people, or a
    share such as "25%". ``days``: school days between it and the change; empty: as usual."""

    change_id: UUID
    moment: Moment = form_field("When?", Moment.BEFORE, listed=True, missing=FROM_THE_LIST)
    days: str = form_field(
        "How many school days before or after the change?",
        hint="Leave it empty for 5 before and 10 after.",
        longest=len(str(FARTHEST_DAYS)),
    )
    part: str = form_field(
        "How many people?",
        hint="A number, or a share such as 25%. People are chosen at random.",
        longest=8,
        missing=NO_PART,
    )


@dataclass(frozen=True, kw_only=True)
class AskPulse(Command):
    """Ask as it was planned: at once, where its time has come."""

    change_id: UUID
    moment: Moment


@dataclass(frozen=True, kw_only=True)
class DropPulse(Command):
    """Do not ask after all, while nobody has been asked."""

    change_id: UUID
    moment: Moment


@dataclass(frozen=True, kw_only=True)
class LaunchPulse(Command):
    """Launch its wave, where it is time."""

    wave_id: UUID
