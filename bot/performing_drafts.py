"""The activities behind the commands of who writes surveys on the web."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from governance import commands as g
from governance import drafting, planning, trying
from governance.access import Actor
from governance.messages import Message
from governance.ports import GovernanceStore
from governance.views import View
from surveys.messages import Rejected


def draft(
    store: GovernanceStore, actor: Actor, command: g.DraftingCommand, now: datetime
) -> Message | View | Rejected:
    match command:
        case g.ShowSurveys():
            return drafting.show_surveys(store)
        case g.ShowPlan():
            return planning.show_plan(store, actor, command, now)
        case g.ShowLaunch():
            return planning.show_launch(store, command)
        case g.ShowDraft():
            return drafting.show(store, command)
        case g.SaveDraft():
            return drafting.save(store, actor, command, now)
        case g.DropDraft():
            return drafting.drop(store, actor, command, now)
        case g.FinishDraft():
            return drafting.finish(store, actor, command, now)
        case g.TrySurvey():
            return trying.try_survey(store, actor, command, now)
        case _:
            assert_never(command)
