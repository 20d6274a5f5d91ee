"""What the pages of an assessment show. All of it may hold scores, so no chat, mail or notification
shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from governance.controls.figures import ControlFigure, Figures, TrendPoint, shown
from governance.controls.model import (
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
    Safeguard,
    Target,
)


@dataclass(frozen=True, kw_only=True)
class SafeguardLine:
    """A safeguard with its row, and the names of the people in it."""

    safeguard: Safeguard
    row: Assessed
    owner: str = ""
    answered_by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """A target beside the score it is compared with, ``mean``. ``on``: the day of that score, which
    is today or the day the assessment was ``closed``. Targets may change after that."""

    target: Target
    mean: float | None = None
    set_by: str = ""
    on: date | None = None
    closed: bool = False

    @property
    def reached(self) -> bool:
        """Compares what is shown: 3.46 is shown as 3.5, and reaches 3.5."""
        return self.mean is not None and shown(self.mean) >= shown(self.target.score)

    @property
    def missed(self) -> bool:
        """Whether its day had passed. False where the score is not shown."""
        passed = self.on is not None and self.target.by < self.on
        return passed and self.mean is not None and not self.reached


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The numbers of safeguards that the ISO or their owners still have to act on."""

    to_confirm: tuple[str, ...] = ()
    sent_back: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    without_owner: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Owing:
    """How many owners still owe answers, and when one of them was reminded last; None: never."""

    people: int
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LastTime:
    """The name of the assessment before, and the scores of its controls by number."""

    name: str
    means: Mapping[str, float | None]


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    """What the three pages have in common. ``today``: in the district."""

    assessment: Assessment
    framework: Framework
    today: date
    targets: tuple[TargetLine, ...] = ()
    trend: tuple[TrendPoint, ...] = ()

    @property
    def open(self) -> bool:
        return self.assessment.state is not AssessmentState.CLOSED

    def target(self, control: str = "") -> TargetLine | None:
        """The target of a control, or ("") of the whole."""
        return next((one for one in self.targets if one.target.control == control), None)


@dataclass(frozen=True, kw_only=True)
class AssessmentView(FiguresPage):
    """An assessment, as its reader may see it. ``figures`` None: an owner, who sees no scores.
    ``waiting``, ``lines`` (of each safeguard), ``last_time`` and ``owing``: for the ISO and the
    CTO. ``sets``: the reader can set targets. ``facets``: what other features add
    (``governance.controls.facets``)."""

    committee: str = ""
    figures: Figures | None = None
    waiting: Waiting | None = None
    lines: tuple[SafeguardLine, ...] = ()
    last_time: LastTime | None = None
    owing: Owing = Owing(people=0)
    sets: bool = False
    facets: tuple[object, ...] = ()

    @property
    def full(self) -> bool:
        """Whether the reader sees everything: the ISO and the CTO."""
        return self.waiting is not None

    @property
    def scored(self) -> bool:
        """Whether scores are shown. The committee sees none while the assessment is open."""
        return self.full or not self.open


@dataclass(frozen=True, kw_only=True)
class ControlView(FiguresPage):
    """A control in an assessment, safeguard by safeguard. ``reviews``: how many answers the reader
    can confirm."""

    control: ControlFigure
    lines: tuple[SafeguardLine, ...]
    sets: bool = False
    reviews: int = 0


@dataclass(frozen=True, kw_only=True)
class PracticesReport(FiguresPage):
    """What is printed for an insurer. ``by``: the name of the person printing it. The trend is of
    closed assessments only."""

    district: str
    figures: Figures
    lines: tuple[SafeguardLine, ...]
    by: str


@dataclass(frozen=True, kw_only=True)
class TargetChanged:
    """A target was set (``score``, ``by``) or removed."""

    assessment_id: UUID
    control: str = ""
    score: float | None = None
    by: date | None = None


FigureMessage = AssessmentView | ControlView | PracticesReport | TargetChanged
