"""Each command's activity, in one ``match``: chat, pages, command line and clock all end here."""

from __future__ import annotations

from datetime import datetime

from bot.performing_accounts import choose_language, note_address
from bot.performing_care import care
from bot.performing_conversations import AroundItems, converse
from bot.performing_drafts import draft
from bot.performing_own import Outcome, personally
from bot.performing_responding import hand_over, respond
from bot.performing_series import repeat
from bot.performing_telling import tell
from governance import (
    announcing,
    approving,
    asking,
    campaigning,
    docket,
    following,
    housekeeping,
    listening,
    pages,
    recalling,
    sensitive,
)
from governance import commands as g
from governance.access import STRANGER, Actor, refusal
from governance.commands import Command
from governance.matters import at_lead
from governance.messages import Done
from governance.ports import GovernanceStore
from surveys import closing, launching, pulsing
from surveys import commands as s


def perform(store: GovernanceStore, actor: Actor, command: Command, now: datetime) -> Outcome:
    """Do what an allowed command asks, inside the transaction."""
    command = at_lead(store, command)
    match command:
        case (
            s.ShowPage()
            | s.AnswerPage()
            | s.DeclineWave()
            | s.ShowSaid()
            | g.GiveFeedback()
            | g.ShowReplyForm()
            | g.ReplyToCommittee()
            | g.ShowInbox()
            | g.ShowHome()
            | g.ShowMySurveys()
            | g.Converse()
            | g.HoldWords()
            | g.PassOn()
            | g.LetGo()
            | g.AskSignInLink()
            | s.ShowResults()
            | s.ExportResults()
            | s.ReadComments()
        ):
            if actor.person is None:
                return refusal(STRANGER)
            return personally(store, actor, actor.person, command, now)
        case s.LaunchSurvey():
            return pulsing.launch(store, actor.person, command, now)
        case s.CheckLaunch():
            return launching.check(store, actor.person, command, now)
        case s.OpenWave():
            pulsing.open_wave(store, command, now)
            return Done()
        case s.RemindWave():
            pulsing.remind_wave(store, command, now)
            return Done()
        case s.ExtendWave(wave_id=wave_id):
            rejected = pulsing.extend_wave(store, command, now)
            if rejected is None:
                store.audit(actor.person_id, "survey extended", wave_id, now)
            return rejected or Done()
        case s.CloseWave():
            closing.stop_answers(store, command, now, actor.person)
            return Done()
        case s.SetHold():
            return closing.set_hold(store, actor.person, command, now) or Done()
        case s.LiftHold():
            closing.lift_hold(store, actor.person, command, now)
            return Done()
        case _:
            return _govern(store, actor, command, now)


LookingAfter = g.RespondingCommand | g.PersonalCommand | g.HandOverCommand | g.RemindReader


def _look_after(
    store: GovernanceStore, actor: Actor, command: LookingAfter, now: datetime
) -> Outcome:
    if isinstance(command, g.PersonalCommand):
        return care(store, actor, command, now)
    if isinstance(command, g.HandOverCommand | g.RemindReader):
        return hand_over(store, actor, command, now)
    return respond(store, actor, command, now)


def _opened(store: GovernanceStore, actor: Actor, command: g.ShowItem, now: datetime) -> Outcome:
    sensitive.note_opened(store, actor, command.item_id, now)
    return docket.show_item(store, command)


def _govern(
    store: GovernanceStore, actor: Actor, command: g.GovernanceCommand, now: datetime
) -> Outcome:
    if isinstance(command, g.SeriesCommand):
        return repeat(store, actor, command, now)
    if isinstance(command, g.DigestCommand | g.ConcludingCommand | g.ChairCommand):
        return tell(store, actor, command, now)
    if isinstance(command, LookingAfter):
        return _look_after(store, actor, command, now)
    if isinstance(command, AroundItems):
        return converse(store, actor, command, now)
    match command:
        case g.ShowFeedbackForm():
            return listening.show_form(store, command, now)
        case g.FileReading():
            return listening.file_reading(store, command, now)
        case g.ShowItem():
            return _opened(store, actor, command, now)
        case g.AcknowledgeItem():
            return docket.acknowledge(store, actor, command, now)
        case g.ShowMoveForm():
            return docket.show_move_form(store, command)
        case g.MoveItem():
            return docket.move(store, actor, command, now)
        case g.ShowAnswerForm():
            return docket.show_answer_form(store, command)
        case g.AnswerItem():
            return docket.answer(store, actor, command, now)
        case g.ShowDocket():
            return docket.show_docket(store, actor, command)
        case g.ShowDesk():
            return pages.show_desk(store, actor, now, command)
        case g.ShowHelp():
            return pages.show_help(store, actor)
        case g.ChooseLanguage():
            return choose_language(store, actor, command)
        case g.NoteAddress():
            return note_address(store, actor, command, now)
        case g.KeepHouse():
            return housekeeping.keep_house(store, command, now)
        case (
            g.GiveFeedback()
            | g.ShowInbox()
            | g.ShowHome()
            | g.ShowMySurveys()
            | g.Converse()
            | g.HoldWords()
            | g.PassOn()
            | g.LetGo()
            | g.AskSignInLink()
        ):
            return refusal(STRANGER)
        case _:
            return _announce(store, actor, command, now)


_Campaigning = (
    g.StopCampaign
    | g.ResumeCampaign
    | g.ShowResendForm
    | g.ResendAnnouncement
    | g.ShowRecallForm
    | g.RecallAnnouncement
    | g.ShowAsking
    | g.ShowAskAgainForm
    | g.AskAgain
    | g.DraftingCommand
)
_Approving = (
    g.ShowUrgentForm
    | g.ShowApproval
    | g.ApproveAnnouncement
    | g.ShowDeclineForm
    | g.DeclineAnnouncement
    | g.LapseApproval
)
_Announcing = (
    g.ShowAnnouncementForm
    | g.WriteAnnouncement
    | g.SendAnnouncement
    | g.StartAnnouncement
    | g.ShowAnnouncement
    | g.AcknowledgeAnnouncement
    | g.ShowProgress
    | g.ShowCampaign
)


def _announce(
    store: GovernanceStore,
    actor: Actor,
    command: _Announcing | _Approving | _Campaigning,
    now: datetime,
) -> Outcome:
    match command:
        case g.ShowAnnouncementForm():
            return announcing.show_form(store, command)
        case g.WriteAnnouncement():
            return announcing.write(store, actor, command, now)
        case g.SendAnnouncement(urgent=True):
            return approving.ask(store, actor, command, now)
        case g.SendAnnouncement():
            return announcing.send(store, actor, command, now)
        case g.StartAnnouncement():
            return announcing.start(store, command, now)
        case g.ShowAnnouncement():
            return announcing.show(store, actor, command)
        case g.AcknowledgeAnnouncement():
            return announcing.acknowledge(store, actor, command, now)
        case g.ShowProgress():
            return following.progress(store, command, now)
        case g.ShowCampaign():
            return following.campaign(store, command, now)
        case _:
            return _approve(store, actor, command, now)


def _approve(
    store: GovernanceStore, actor: Actor, command: _Approving | _Campaigning, now: datetime
) -> Outcome:
    match command:
        case g.ShowUrgentForm():
            return approving.show_form(store, actor, command, now)
        case g.ShowApproval():
            return approving.show(store, command, now)
        case g.ApproveAnnouncement():
            return approving.approve(store, actor, command, now)
        case g.ShowDeclineForm():
            return approving.show_decline_form(store, command)
        case g.DeclineAnnouncement():
            return approving.decline(store, actor, command, now)
        case g.LapseApproval():
            return approving.lapse(store, command, now)
        case _:
            return _campaign(store, actor, command, now)


def _campaign(
    store: GovernanceStore, actor: Actor, command: _Campaigning, now: datetime
) -> Outcome:
    match command:
        case g.StopCampaign():
            return campaigning.stop(store, actor, command, now)
        case g.ResumeCampaign():
            return campaigning.resume(store, actor, command, now)
        case g.ShowResendForm():
            return campaigning.show_resend_form(store, command, now)
        case g.ResendAnnouncement():
            return campaigning.resend(store, actor, command, now)
        case g.ShowRecallForm():
            return recalling.show_form(store, command, now)
        case g.RecallAnnouncement():
            return recalling.recall(store, actor, command, now)
        case g.ShowAsking():
            return asking.show(store, command, now)
        case g.ShowAskAgainForm():
            return asking.show_again_form(store, command)
        case g.AskAgain():
            return asking.ask_again(store, actor, command, now)
        case _:
            return draft(store, actor, command, now)
