"""The activities of matters, and of what the reader was taught."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.performing_own import Outcome
from governance import choosing_matters, matters, teaching, trending, triaging
from governance import commands as g
from governance.access import Actor
from governance.ports import GovernanceStore


def matter(
    store: GovernanceStore, actor: Actor, command: g.MatterCommand, now: datetime
) -> Outcome:
    match command:
        case g.ShowMatter():
            return matters.show(store, command)
        case g.SplitItem():
            return matters.split(store, actor, command, now)
        case g.MergeItem():
            return matters.merge(store, actor, command, now)
        case g.ShowMatterForm():
            return choosing_matters.show_form(store, command)
        case g.JoinItem():
            return choosing_matters.join(store, actor, command, now)
        case g.PartItem():
            return choosing_matters.part(store, actor, command, now)
        case g.ShowCorrections():
            return teaching.show(store)
        case g.ForgetCorrection():
            return teaching.forget(store, actor, command, now)
        case g.TellTrends():
            return trending.tell(store, command, now)
        case g.ShowTrends():
            return trending.show(store, command, now)
        case g.TellTriage():
            return triaging.tell(store, command, now)
        case _:
            assert_never(command)
