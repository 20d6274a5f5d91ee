"""What is shown about how ready people are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import InPlace
from core.people import Held
from core.text import Text
from governance.pulses.findings import Findings
from governance.pulses.model import Moment, Pulse
from governance.second_person.model import SecondPerson
from surveys.messages import PanelReach
from surveys.promise import Promise


@dataclass(frozen=True, kw_only=True)
class PulseLine:
    """``opens_at``, ``closes_at``: of its wave, or as it is planned. ``findings`` None: it has no
    results yet, or the reader is not among those who see them, or (``unopened``) the ledger has not
    noted yet that they were shown them."""

    pulse: Pulse
    opens_at: datetime
    closes_at: datetime
    closed: bool = False
    findings: Findings | None = None
    unopened: bool = False


@dataclass(frozen=True, kw_only=True)
class Ready:
    """The pulses of a change, as its page says them in a line. ``can``: those that can still be
    asked. ``asks``: the reader may ask, or cancel what is planned. ``sees``: the reader is among
    those who see the results; ``committee``: who else is."""

    change_id: UUID
    lines: tuple[PulseLine, ...]
    can: tuple[Moment, ...]
    sees: bool
    asks: bool
    committee: str = ""

    def line(self, moment: Moment) -> PulseLine | None:
        return next((one for one in self.lines if one.pulse.moment is moment), None)


@dataclass(frozen=True, kw_only=True)
class ReadyView(InPlace):
    """The same on its own page."""

    title: Text
    ready: Ready


@dataclass(frozen=True, kw_only=True)
class PulsePlanView(InPlace):
    """What is asked, of whom and when, before anybody is. ``opens_at`` None: at once."""

    change_id: UUID
    moment: Moment
    title: Text
    statements: tuple[Text, ...]
    opens_at: datetime | None
    closes_at: datetime
    reach: PanelReach
    promise: Promise
    held: Held | None = None
    second: SecondPerson | None = None


PulseMessage = ReadyView | PulsePlanView
