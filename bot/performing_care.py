"""The activities behind the care for personal data in what people say."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from governance import commands as g
from governance import originals, purging, taking_out
from governance.access import Actor
from governance.messages import Message
from governance.ports import GovernanceStore
from surveys.messages import Rejected


def care(
    store: GovernanceStore, actor: Actor, command: g.PersonalCommand, now: datetime
) -> Message | Rejected:
    """Do what an allowed command asks."""
    match command:
        case g.ShowTakenOut():
            return taking_out.show(store, command, now)
        case g.CorrectTakenOut():
            return taking_out.correct(store, command, now)
        case g.ConfirmTakenOut():
            return taking_out.confirm(store, command, now)
        case g.ShowStudentDataForm():
            return purging.show_form(store, command)
        case g.RemoveStudentData():
            return purging.remove(store, actor, command, now)
        case g.HoldOriginals():
            return originals.hold(store, actor, command, now)
        case g.LiftOriginalsHold():
            return originals.lift_hold(store, actor, command, now)
        case _:
            assert_never(command)
