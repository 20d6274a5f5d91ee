"""The activities behind what a committee does with an item among themselves."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.performing_matters import matter
from bot.performing_own import Outcome
from governance import assigning, leading, linking, recommending, unsettled
from governance import commands as g
from governance.access import STRANGER, Actor, refusal
from governance.ports import GovernanceStore

AmongThemselves = g.DiscussItem | g.ShowAssignForm | g.AssignItem
OnDocket = (
    AmongThemselves | g.LinkingCommand | g.LeadingCommand | g.MatterCommand | g.RecommendingCommand
)


def on_docket(store: GovernanceStore, actor: Actor, command: OnDocket, now: datetime) -> Outcome:
    """What a committee does with its docket beside answering."""
    if isinstance(command, g.LeadingCommand):
        return _lead(store, actor, command, now)
    if isinstance(command, g.MatterCommand):
        return matter(store, actor, command, now)
    if isinstance(command, g.RecommendingCommand):
        return _recommend(store, actor, command, now)
    if isinstance(command, g.LinkingCommand):
        return _link(store, actor, command, now)
    return _among_themselves(store, actor, command, now)


def _link(
    store: GovernanceStore, actor: Actor, command: g.LinkingCommand, now: datetime
) -> Outcome:
    match command:
        case g.ShowLinkForm():
            return linking.show_form(store, command)
        case g.LinkItem():
            return linking.link(store, actor, command, now)
        case _:
            assert_never(command)


def _among_themselves(
    store: GovernanceStore, actor: Actor, command: AmongThemselves, now: datetime
) -> Outcome:
    match command:
        case g.DiscussItem():
            return assigning.discuss(store, actor, command, now)
        case g.ShowAssignForm():
            return assigning.show_form(store, command)
        case g.AssignItem():
            return assigning.assign(store, actor, command, now)
        case _:
            assert_never(command)


def _lead(
    store: GovernanceStore, actor: Actor, command: g.LeadingCommand, now: datetime
) -> Outcome:
    if isinstance(command, g.RemindDockets):
        return leading.remind(store, command, now)
    if actor.person is None:
        return refusal(STRANGER)
    match command:
        case g.NoteAbsence():
            return leading.note_absence(store, actor.person, command, now)
        case g.SettlePost():
            return unsettled.settle(store, actor, command, now)
        case g.DropAbsence():
            return leading.drop_absence(store, actor.person, command, now)
        case _:
            assert_never(command)


def _recommend(
    store: GovernanceStore, actor: Actor, command: g.RecommendingCommand, now: datetime
) -> Outcome:
    match command:
        case g.ShowAdviceForm():
            return recommending.show_form(store, actor, command)
        case g.WriteAdvice():
            return recommending.write(store, actor, command, now)
        case g.SendAdvice():
            return recommending.send(store, actor, command, now)
        case g.ShowAdvice():
            return recommending.show(store, actor, command)
        case g.ShowDecisionForm():
            return recommending.show_decision_form(store, command)
        case g.DecideAdvice():
            return recommending.decide(store, actor, command, now)
        case g.TellOutcome():
            return recommending.tell_outcome(store, actor, command, now)
        case g.ShowChanges():
            return recommending.show_changes(store)
        case _:
            assert_never(command)
