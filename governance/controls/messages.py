"""What is shown and sent about assessments.

What chat keeps never holds a score; it names safeguards by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.messages import Action, Asks, Order
from governance.controls.answer_messages import AnswerMessage
from governance.controls.exported import AssessmentExport
from governance.controls.model import AnswerState, Assessment, Framework
from governance.controls.running_messages import RunMessage
from governance.controls.views import FigureMessage


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """One of the reader's safeguards, without its answer."""

    number: str
    due: date
    state: AnswerState


@dataclass(frozen=True, kw_only=True)
class PracticesView:
    """``own``: (open assessment, its framework, the reader's safeguards in it). ``all``: those that
    the reader may see, and closed ones in which they own safeguards, the newest first. ``runs``:
    the reader can begin one, of ``frameworks``. ``decides``: they see the decisions about gaps."""

    own: tuple[tuple[Assessment, Framework, tuple[OwnLine, ...]], ...] = ()
    all: tuple[tuple[Assessment, Framework], ...] = ()
    runs: bool = False
    decides: bool = False
    frameworks: tuple[Framework, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SafeguardsAsked(Asks):
    """Asks an owner to assess safeguards (``numbers``). ``sent_back``: those that were sent back.
    ``done``: how many others of the same request have an answer."""

    assessment: Assessment
    short: str
    ask: UUID
    due: date
    numbers: tuple[str, ...]
    sent_back: tuple[str, ...] = ()
    done: int = 0
    reminder: bool = False

    @property
    def action(self) -> Action:
        return Action.ASSESS

    @property
    def waiting(self) -> bool:
        return bool(self.numbers)

    @property
    def order(self) -> Order:
        return Order.DUTY

    @property
    def until(self) -> date:
        return self.due


ControlMessage = (
    PracticesView | SafeguardsAsked | AssessmentExport | AnswerMessage | RunMessage | FigureMessage
)
