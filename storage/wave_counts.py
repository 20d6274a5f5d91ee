"""How far several surveys are: what is told of each on a list, by the same few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from governance.announcements.model import Outcome
from storage.connection import Connected
from storage.halting import invitation_campaign
from storage.ledger_tables import delivery, fan_out_part, halt, restored_wave
from storage.tables import participation, wave
from surveys.survey import Participation


class WaveCounts(Connected):
    """Reading ahead inside one transaction."""

    def foresee_counts(self, waves: Sequence[UUID]) -> None:
        """What counting each of some waves asks for: its panel, who answered, what was released,
        and what still has to be sent."""
        if not waves:
            return
        written, answered, unwritten = Counter[UUID](), Counter[UUID](), Counter[str]()
        of = participation.c.wave_id, participation.c.state
        asked = select(*of, func.count()).where(participation.c.wave_id.in_(waves)).group_by(*of)
        for one, state, people in self.connection.execute(asked):
            written[one] += people
            answered[one] += people if state == Participation.ANSWERED else 0
        campaigns = [invitation_campaign(one) for one in waves]
        parts = select(fan_out_part.c.campaign, fan_out_part.c.people).where(
            fan_out_part.c.campaign.in_(campaigns), fan_out_part.c.kind == "invitation"
        )
        for campaign, people in self.connection.execute(parts):
            unwritten[campaign] += people
        for one in waves:
            panel = written[one] + unwritten[invitation_campaign(one)]
            self.foresee(("panel size", one), panel)
            self.foresee(("count", one, Participation.ANSWERED), answered[one])
        self._foresee_states(waves)

    def _foresee_states(self, waves: Sequence[UUID]) -> None:
        queued = Counter[UUID]()
        waiting = (
            select(delivery.c.subject, func.count())
            .where(
                delivery.c.subject.in_(waves),
                delivery.c.kind == "invitation",
                delivery.c.state.in_((Outcome.QUEUED, Outcome.LEASED)),
            )
            .group_by(delivery.c.subject)
        )
        for one, people in self.connection.execute(waiting):
            queued[one] = people
        states = (
            select(wave.c.id, wave.c.results, halt.c.at, restored_wave.c.wave_id)
            .outerjoin(halt, halt.c.subject == wave.c.id)
            .outerjoin(restored_wave, restored_wave.c.wave_id == wave.c.id)
            .where(wave.c.id.in_(waves))
        )
        for one, results, stopped_at, restored in self.connection.execute(states):
            self.foresee(("results", one), results)
            self.foresee(("results wait", one), restored is not None)
            self.foresee(("halted at", one), stopped_at)
            self.foresee(("still to ask", one), queued[one])
