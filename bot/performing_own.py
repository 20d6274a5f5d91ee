"""The activities behind what somebody asks for themselves: to answer, to look at, to say."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from governance import chatting, composing, conversing, listening, pages, signing_in
from governance import commands as g
from governance.access import Actor, sees_all_tables
from governance.messages import FeedbackReceived, Message
from governance.ports import GovernanceStore
from governance.views import View
from surveys import answering, exporting, looking_back, viewing
from surveys import commands as s
from surveys.messages import NotForYou, Rejected
from surveys.people import Person

Outcome = Message | View | Rejected | NotForYou

OwnCommand = (
    s.ShowPage
    | s.AnswerPage
    | s.DeclineWave
    | s.ShowSaid
    | s.ShowResults
    | s.ExportResults
    | s.ReadComments
    | g.GiveFeedback
    | g.ShowReplyForm
    | g.ReplyToCommittee
    | g.ShowInbox
    | g.ShowHome
    | g.ShowMySurveys
    | g.ChatCommand
    | g.AskSignInLink
)


def personally(
    store: GovernanceStore,
    actor: Actor,
    person: Person,
    command: OwnCommand,
    now: datetime,
) -> Outcome:
    """Do what a person asks for themselves."""
    match command:
        case s.ShowPage():
            return answering.show_page(store, person, command, now)
        case s.AnswerPage():
            return answering.answer_page(store, person, command, now)
        case s.DeclineWave():
            return answering.decline(store, person, command, now)
        case s.ShowSaid():
            return looking_back.show_said(store, person, command, now)
        case s.ShowResults() | s.ExportResults() | s.ReadComments():
            return _results(store, actor, person, command, now)
        case g.GiveFeedback():
            given = listening.give_feedback(store, person, command, now)
            return composing.answered(store, given)
        case g.ShowInbox():
            return pages.show_inbox(store, actor, person, now)
        case g.ShowHome():
            return pages.show_home(store, actor, person, now, command.part)
        case g.Converse() | g.HoldWords() | g.PassOn() | g.LetGo():
            said = chatting.chat(store, actor, person, command, now)
            if isinstance(said, FeedbackReceived):
                return composing.answered(store, said)
            return said
        case g.ShowMySurveys():
            return pages.show_my_surveys(store, person, now)
        case g.ShowReplyForm():
            return conversing.show_reply_form(store, person, command)
        case g.ReplyToCommittee():
            return conversing.reply(store, person, command, now)
        case g.AskSignInLink():
            return signing_in.offer_link(store, actor, person, now)
        case _:
            assert_never(command)


def _results(
    store: GovernanceStore,
    actor: Actor,
    person: Person,
    command: s.ShowResults | s.ExportResults | s.ReadComments,
    now: datetime,
) -> Outcome:
    everything = sees_all_tables(actor, store.wave(command.wave_id))
    match command:
        case s.ShowResults():
            return viewing.show_results(store, person, command, now, everything)
        case s.ExportResults():
            return exporting.export(store, person, command, now, everything)
        case s.ReadComments():
            return exporting.read_comments(store, person, command, now, everything)
        case _:
            assert_never(command)
