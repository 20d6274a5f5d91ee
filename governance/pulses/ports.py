"""What pulses need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from governance.pulses.model import Moment, Pulse


class PulseStore(Protocol):
    def pulse(self, change_id: UUID, moment: Moment) -> Pulse | None: ...

    def pulse_of_wave(self, wave_id: UUID) -> Pulse | None: ...

    def pulses(self, change_id: UUID) -> Sequence[Pulse]:
        """The one before the change first."""
        ...

    def put_pulse(self, pulse: Pulse) -> None: ...

    def drop_pulse(self, pulse: Pulse) -> None: ...
