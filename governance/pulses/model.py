"""Asking how ready people are for a change, before its day and after it: what binds a survey's wave
to the change. The pulse itself is an ordinary wave (``surveys``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from uuid import UUID

from core.text import text
from surveys.waves.sampling import Sample

STATEMENTS = {
    "awareness": text("I know why this change is happening.", es="Sé por qué se hace este cambio."),
    "desire": text("I want this change to succeed.", es="Quiero que este cambio salga bien."),
    "knowledge": text(
        "I know how to do what this change asks of me.",
        es="Sé cómo hacer lo que este cambio me pide.",
    ),
    "ability": text(
        "I am able to do it in my daily work.", es="Puedo hacerlo en mi trabajo diario."
    ),
    "reinforcement": text(
        "I get the support I need to keep doing it.",
        es="Recibo el apoyo que necesito para seguir haciéndolo.",
    ),
}
"""One for each element of ADKAR, Prosci's model of a change, in its order; the words are ours.
Source: J. M. Hiatt, ADKAR: A Model for Change in Business, Government and Our Community (2006)."""

OPEN_DAYS = 5
"""School days on which it can be answered."""

FARTHEST_DAYS = 60
"""School days between a change and its pulse."""

OPENS, REMINDS, CLOSES = time(8), time(9), time(16)
"""By the district's clock."""


class Moment(StrEnum):
    BEFORE = "before"
    AFTER = "after"


USUAL: Mapping[Moment, int] = {Moment.BEFORE: 5, Moment.AFTER: 10}
"""School days between the change's day and its pulse, where nobody says otherwise."""


class PulseState(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    ASKED = "asked"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """At most one before the change and one after it: asking the same people again the next day
    would add up what is told of each. ``days``: school days between it and the change's day.
    ``people`` or a ``share`` of the audience is asked. ``why``: why it was left out, in English
    with places for ``values``."""

    change_id: UUID
    moment: Moment
    wave_id: UUID
    days: int
    people: int | None = None
    share: float | None = None
    state: PulseState = PulseState.DRAFT
    by: UUID | None = None
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sample(self) -> Sample | None:
        """None: everybody is asked. Without a seed: each launch draws its own, which nobody
        chose."""
        if self.share == 1:
            return None
        return Sample(people=self.people, share=self.share)

    @property
    def part(self) -> str:
        """As it was typed: "200" or "25%"."""
        return f"{self.share * 100:g}%" if self.share is not None else str(self.people)
