"""What people can ask for about assessments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from core.commands import Command

NUMBER = re.compile(r"[a-z0-9]{1,6}(?:[.-][a-z0-9]{1,6}){0,3}", re.ASCII)

Number = Annotated[str, NUMBER]
"""The number of a control or a safeguard, such as "4.1"."""


@dataclass(frozen=True, kw_only=True)
class ShowPractices(Command):
    """The assessments that the reader may see, and their own safeguards."""


@dataclass(frozen=True, kw_only=True)
class ShowAssessment(Command):
    """One assessment. Readers who may see its figures get those; an owner gets their safeguards."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowControl(Command):
    """A control in an assessment, with its safeguards."""

    assessment_id: UUID
    control: Number


@dataclass(frozen=True, kw_only=True)
class ShowSafeguard(Command):
    """A safeguard in an assessment, with its answer."""

    assessment_id: UUID
    number: Number
