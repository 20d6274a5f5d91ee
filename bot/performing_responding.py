"""What cannot wait: each command's activity."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.performing_own import Outcome
from governance import alarming, handing_over, left_open, responding, sensitive
from governance import commands as g
from governance.access import Actor
from governance.ports import GovernanceStore


def respond(
    store: GovernanceStore, actor: Actor, command: g.RespondingCommand, now: datetime
) -> Outcome:
    match command:
        case g.ShowCases():
            return responding.show_cases(store, actor, command)
        case g.ShowCase():
            return responding.show_case(store, actor, command, now)
        case g.TakeCase():
            return responding.take(store, actor, command, now)
        case g.ShowCloseCaseForm():
            return responding.show_close_form(store, command)
        case g.CloseCase():
            return responding.close(store, actor, command, now)
        case g.EscalateCase():
            return alarming.escalate(store, command, now)
        case g.RemindTakers():
            return left_open.remind(store, command, now)
        case _:
            assert_never(command)


def hand_over(
    store: GovernanceStore, actor: Actor, command: g.HandOverCommand | g.RemindReader, now: datetime
) -> Outcome:
    match command:
        case g.HandOverItem():
            return handing_over.hand_over(store, actor, command, now)
        case g.KeepItem():
            return handing_over.keep(store, actor, command, now)
        case g.NoteTicket():
            return handing_over.note_ticket(store, command, now)
        case g.NoteHandOver():
            return handing_over.note(store, command, now)
        case g.RemindReader():
            return sensitive.remind(store, command, now)
        case _:
            assert_never(command)
