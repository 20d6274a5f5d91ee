"""Which wave of a survey asks how ready people are for which change, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, Text, Uuid, delete, select

from governance.pulses.model import Moment, Pulse
from storage.change_tables import change
from storage.columns import AS_PUT_UP, metadata
from storage.connection import Connected, read_once
from surveys.encoding import decode, encode

change_pulse = Table(
    "change_pulse",
    metadata,
    Column("change_id", ForeignKey(change.c.id), primary_key=True),
    Column("moment", String(8), primary_key=True),
    Column("wave_id", Uuid, nullable=False, unique=True),  # launched when its time comes
    Column("body", Text, nullable=False, info=AS_PUT_UP),  # JSON of the whole
)


class Pulses(Connected):
    """Implements ``governance.pulses.ports.PulseStore``."""

    def pulse(self, change_id: UUID, moment: Moment) -> Pulse | None:
        return next((one for one in self.pulses(change_id) if one.moment is moment), None)

    def pulse_of_wave(self, wave_id: UUID) -> Pulse | None:
        wanted = select(change_pulse.c.body).where(change_pulse.c.wave_id == wave_id)
        body = self.connection.execute(wanted).scalar()
        return decode(Pulse, body) if body else None

    @read_once
    def pulses(self, change_id: UUID) -> Sequence[Pulse]:
        wanted = select(change_pulse.c.body).where(change_pulse.c.change_id == change_id)
        found = [decode(Pulse, body) for body in self.connection.execute(wanted).scalars()]
        return sorted(found, key=lambda one: one.moment, reverse=True)

    def put_pulse(self, pulse: Pulse) -> None:
        row = {
            "change_id": pulse.change_id,
            "moment": pulse.moment,
            "wave_id": pulse.wave_id,
            "body": encode(Pulse, pulse),
        }
        self.put(change_pulse, row, ("change_id", "moment"))

    def drop_pulse(self, pulse: Pulse) -> None:
        this = change_pulse.c.wave_id == pulse.wave_id
        self.connection.execute(delete(change_pulse).where(this))
