"""What can be asked about how ready people are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from governance.pulses.model import Moment


@dataclass(frozen=True, kw_only=True)
class ShowReady(Command):
    """What the pulses of a change told, beside each other."""

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowPulseForm(Command):
    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanPulse(Command):
    """Keep whom to ask and when, and show it before it is asked. ``part``: how many people, or a
    share such as "25%". ``days``: school days between it and the change; empty: as usual."""

    change_id: UUID
    moment: Moment = Moment.BEFORE
    part: str = ""
    days: str = ""


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
