"""What is said about the goals that priorities serve."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.messages import Asks, InPlace
from core.paging import Paging
from core.text import Text
from governance.alignment.model import Aligned, Alignment, Proposed


@dataclass(frozen=True, kw_only=True)
class AlignmentView(InPlace):
    """``aligns``: the reader confirms goals; ``sends``: and sends it to the steering committee;
    ``leads``: and begins recommendations of that committee. ``sees``: the reader may open the
    survey's results."""

    alignment: Alignment
    aligns: bool = False
    sends: bool = False
    leads: bool = False
    sees: bool = False


@dataclass(frozen=True, kw_only=True)
class AlignRow:
    """``key``: of its input. ``goals``: (value, title), the proposed one first. ``chosen``: one of
    them, or ``none`` or ``later``."""

    key: str
    aligned: Aligned
    proposed: Proposed | None
    goals: tuple[tuple[str, Text], ...]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class AlignForm(InPlace):
    """Some of a wave's priorities, each with the goals to choose from."""

    wave_id: UUID
    title: Text
    rows: tuple[AlignRow, ...]
    paging: Paging
    left: int
    """How many of all wait to be confirmed."""


@dataclass(frozen=True, kw_only=True)
class PrioritiesToAlign(Asks, InPlace):
    """A survey has closed: its priorities wait for their goals. ``open`` 0: nothing waits.
    ``reads``: the reader may see what came first."""

    wave_id: UUID
    title: Text
    many: int
    open: int
    reads: bool = False

    @property
    def waiting(self) -> bool:
        return self.open > 0


AlignmentMessage = AlignmentView | AlignForm | PrioritiesToAlign
