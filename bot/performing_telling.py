"""The activities of what is told: digests, monthly figures and what was heard, in one ``match``."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from governance import agenda, chairing, concluding, digesting, monthly
from governance import commands as g
from governance.access import Actor
from governance.bulk import Bulk
from governance.chair_views import ChairViews
from governance.conclusions import Conclusions, ConclusionsForm
from governance.digest_views import DigestViews
from governance.messages import Done, Refused
from governance.ports import GovernanceStore
from surveys.messages import Rejected


def tell(
    store: GovernanceStore,
    actor: Actor,
    command: g.DigestCommand | g.ConcludingCommand | g.ChairCommand,
    now: datetime,
) -> DigestViews | ChairViews | Bulk | Conclusions | ConclusionsForm | Done | Rejected | Refused:
    match command:
        case g.TellDigests():
            digesting.tell_digests(store, now)
            monthly.tell_figures(store, now)
            return Done()
        case g.ShowDigest():
            return digesting.show_digest(store, actor, command, now)
        case g.ChooseBriefs():
            return digesting.choose_briefs(store, actor, command, now)
        case g.ShowFigures():
            return monthly.show_figures(store)
        case g.ShowChair():
            return chairing.show_chair(store, command, now)
        case g.DisposeTogether():
            return chairing.dispose(store, actor, command, now)
        case g.UndoTogether():
            return chairing.undo(store, actor, command, now)
        case g.LeaveTogether():
            return chairing.leave(store, command, now)
        case g.ShowAgenda():
            return agenda.show_agenda(store, command, now)
        case g.ReadConclusions():
            return concluding.read(store, command)
        case g.ShowConclusionsForm():
            return concluding.show_form(store, command)
        case g.WriteConclusions():
            return concluding.write(store, actor, command, now)
        case g.PublishConclusions():
            return concluding.publish(store, actor, command, now)
        case _:
            assert_never(command)
