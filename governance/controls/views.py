"""What the pages of an assessment show. They hold scores: no chat, mail or notification does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from governance.controls.figures import ControlFigure, Figures, TrendPoint, shown
from governance.controls.model import (
    Assessed,
    Assessment,
    AssessmentState,
    Control,
    Framework,
    Safeguard,
    Target,
)
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class SafeguardLine:
    """A safeguard with its row, and the names of people in it."""

    safeguard: Safeguard
    row: Assessed
    owner: str = ""
    answered_by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """``mean``: where it stands in the assessment that is shown, on the day ``on``: today, or when
    it was ``closed``. Targets go on changing after that."""

    target: Target
    mean: float | None = None
    set_by: str = ""
    on: date | None = None
    closed: bool = False

    @property
    def reached(self) -> bool:
        """By what is shown: 3.46 is shown as 3.5, and reaches 3.5."""
        return self.mean is not None and shown(self.mean) >= shown(self.target.score)

    @property
    def missed(self) -> bool:
        """Whether its day had passed. Of a score that is not shown, nothing is said."""
        passed = self.on is not None and self.target.by < self.on
        return passed and self.mean is not None and not self.reached


@dataclass(frozen=True, kw_only=True)
class OwnerCounts:
    """Somebody's safeguards in an assessment, in counts."""

    name: str
    asked: int
    answered: int
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits, by number: for the ISO, and for owners."""

    to_confirm: tuple[str, ...] = ()
    sent_back: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    without_owner: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssessmentView:
    """An assessment, as its reader may see it. ``figures`` None: they see only what they own
    (``own``). ``lines``, ``owners`` and ``waiting``: for the ISO and the CTO. ``sets``: the reader
    sets targets. ``facets``: what other features add (``governance.controls.facets``)."""

    assessment: Assessment
    framework: Framework
    today: date
    committee: str = ""
    figures: Figures | None = None
    targets: tuple[TargetLine, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    lines: tuple[SafeguardLine, ...] = ()
    owners: tuple[OwnerCounts, ...] = ()
    waiting: Waiting | None = None
    own: tuple[SafeguardLine, ...] = ()
    sets: bool = False
    facets: tuple[object, ...] = ()

    @property
    def full(self) -> bool:
        """Whether safeguards are shown one by one."""
        return self.waiting is not None

    @property
    def open(self) -> bool:
        return self.assessment.state is not AssessmentState.CLOSED

    @property
    def scored(self) -> bool:
        """Whether scores are shown: to the committee none while it is open."""
        return self.full or not self.open

    def target(self, control: str = "") -> TargetLine | None:
        return next((one for one in self.targets if one.target.control == control), None)


@dataclass(frozen=True, kw_only=True)
class ControlView:
    """A control in an assessment, safeguard by safeguard. ``reviews``: so many answers wait for
    the reader to confirm them."""

    assessment: Assessment
    framework: Framework
    today: date
    control: ControlFigure
    lines: tuple[SafeguardLine, ...]
    target: TargetLine | None = None
    trend: tuple[TrendPoint, ...] = ()
    sets: bool = False
    reviews: int = 0


@dataclass(frozen=True, kw_only=True)
class PracticesReport:
    """What is printed for an insurer. ``by``: who printed it, ``on``: when. ``trend``: of what is
    finished."""

    assessment: Assessment
    framework: Framework
    district: str
    figures: Figures
    lines: tuple[SafeguardLine, ...]
    by: str
    on: date
    targets: tuple[TargetLine, ...] = ()
    trend: tuple[TrendPoint, ...] = ()

    def target(self, control: str = "") -> TargetLine | None:
        return next((one for one in self.targets if one.target.control == control), None)


@dataclass(frozen=True, kw_only=True)
class TargetForm:
    """To set a score to reach, for a control or (None) the whole."""

    assessment_id: UUID
    framework: Framework
    control: Control | None = None
    score: str = ""
    by: date | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TargetChanged:
    """A target was set (``score``, ``by``) or removed."""

    assessment_id: UUID
    score: float | None = None
    by: date | None = None


FigureMessage = AssessmentView | ControlView | PracticesReport | TargetForm | TargetChanged
