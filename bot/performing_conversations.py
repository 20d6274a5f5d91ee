"""The activities behind speaking anonymously, and talking with an author."""

from __future__ import annotations

from datetime import datetime

from bot.performing_docket import OnDocket, on_docket
from bot.performing_own import Outcome
from governance import anonymous, conversing
from governance import commands as g
from governance.access import STRANGER, Actor, refusal
from governance.ports import GovernanceStore

AroundItems = g.AnonymousCommand | g.ConversingCommand | OnDocket


def converse(
    store: GovernanceStore,
    actor: Actor,
    command: AroundItems,
    now: datetime,
) -> Outcome:
    match command:
        case g.ShowAnonymousForm():
            return anonymous.show_form(store, command, now)
        case g.GiveAnonymously():
            return anonymous.give(store, command, now)
        case g.CollectAnswer():
            return anonymous.collect(store, command)
        case g.ReplyAnonymously():
            return anonymous.reply(store, command, now)
        case g.BringIn():
            return anonymous.bring_in(store, command, now)
        case g.ShowAskForm():
            return conversing.show_ask_form(store, command)
        case g.AskAuthor():
            return conversing.ask(store, actor, command, now)
        case g.FileReply():
            return conversing.file_reply(store, command, now)
        case g.ShowReplyForm() | g.ReplyToCommittee():
            return refusal(STRANGER)
        case _:
            return on_docket(store, actor, command, now)
