"""Who may do what. One function, asked once for every command; a test crosses it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from governance import commands as g
from governance.advice_access import may_advise
from governance.approvals import may_approve
from governance.commands import Command
from governance.committees import RESPONDERS, RESTRICTED, TRIAGE, Office
from governance.feedback import Item, Urgency
from governance.machine_access import clock_may, operator_may
from governance.messages import Refused
from governance.ports import GovernanceStore, Standing
from governance.refusals import (
    APPROVERS_ONLY,
    CTO_ONLY,
    LEADERS_ONLY,
    MACHINE_ONLY,
    NAMED_PERSON_ONLY,
    NOT_SIGNED_IN,
    NOT_YOURS,
    RESPONDERS_ONLY,
)
from governance.refusals import GONE as GONE
from governance.refusals import GUEST as GUEST
from governance.refusals import LEFT as LEFT
from governance.refusals import STRANGER as STRANGER
from governance.refusals import STUDENT as STUDENT
from governance.refusals import refusal as refusal
from governance.standing_in import stands_in
from surveys import commands as s
from surveys.people import Person, Role
from surveys.survey import Wave


class Source(StrEnum):
    """Who is acting: a person, the clock (and other parts of the service), the operator, or
    nobody in particular."""

    PERSON = "person"
    CLOCK = "clock"
    NOBODY = "nobody"
    """Who speaks anonymously, or comes with a receipt: it is not known who, nor asked."""
    OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts. A person is None when the platform's account is nobody of the roster."""

    source: Source = Source.PERSON
    person: Person | None = None
    standing: Standing = field(default_factory=Standing)
    guest: bool = False

    @property
    def cto(self) -> bool:
        return Office.CTO in self.standing.offices

    @property
    def person_id(self) -> UUID | None:
        return self.person.id if self.person else None


def may(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    """None when the actor may give this command, else a polite refusal."""
    if actor.source is Source.CLOCK:
        return clock_may(command)
    if actor.source is Source.OPERATOR:
        return operator_may(command)
    if actor.source is Source.NOBODY:
        return None if isinstance(command, g.UnsignedCommand) else refusal(STRANGER)
    return (
        _stranger(actor, store)
        or _named(actor, command, store)
        or _person_may(actor, command, store)
    )


def _named(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    """What names somebody is to them as if it were not there, whichever command asks for it."""
    items = (getattr(command, field, None) for field in ("item_id", "into"))
    return refusal(GONE) if any(is_kept_from(actor, one, store) for one in items if one) else None


def is_kept_from(actor: Actor, item_id: UUID, store: GovernanceStore) -> bool:
    """Whether an item names who asks for it."""
    return actor.person_id is not None and actor.person_id in store.named_in(item_id)


def _stranger(actor: Actor, store: GovernanceStore) -> Refused | None:
    if actor.guest:
        return refusal(GUEST)
    if actor.person is None:
        return refusal(STRANGER)
    if actor.person.role is Role.STUDENT or store.district().is_student(actor.person.email):
        return refusal(STUDENT)
    if not actor.person.active:
        return refusal(LEFT)
    return None


def _person_may(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    match command:
        case (
            s.ShowPage()
            | s.AnswerPage()
            | s.DeclineWave()
            | s.ShowSaid()  # their own: it is looked for under who asks, and nobody else
            | g.ShowFeedbackForm()
            | g.GiveFeedback()
            | g.ShowInbox()
            | g.ShowHome()
            | g.ShowMySurveys()
            | g.Converse()
            | g.HoldWords()
            | g.PassOn()  # their own words: they are looked for under who asks, and nobody else
            | g.LetGo()
            | g.ShowHelp()
            | g.AskSignInLink()
            | g.ChooseLanguage()
            | g.ShowFigures()
            | g.ShowChanges()
            | g.ReadConclusions()  # what is published is for all of the staff
            | g.NoteAddress()  # about the speaker's own account: performing takes no other
        ):
            return None
        case (
            s.LaunchSurvey()
            | s.CheckLaunch()
            | s.CloseWave()
            | s.ExtendWave()
            | s.SetHold()
            | s.LiftHold()
            | g.ShowAnnouncementForm()
            | g.WriteAnnouncement()
            | g.SendAnnouncement()
            | g.ShowUrgentForm()
            | g.ShowProgress()
            | g.ShowCampaign()
            | g.StopCampaign()
            | g.ResumeCampaign()
            | g.ShowResendForm()
            | g.ResendAnnouncement()
            | g.ShowRecallForm()
            | g.RecallAnnouncement()
            | g.ShowAsking()
            | g.ShowAskAgainForm()
            | g.AskAgain()
            | g.ShowDesk()
            | g.ShowConclusionsForm()
            | g.WriteConclusions()
            | g.PublishConclusions()
            | g.ShowSurveys()
            | g.ShowDraft()
            | g.ShowPlan()
            | g.ShowLaunch()
            | g.SaveDraft()
            | g.DropDraft()
            | g.FinishDraft()
            | g.TrySurvey()
            | g.StartSeries()
            | g.CheckSeries()
            | g.ShowSeries()
            | g.PauseSeries()
            | g.ResumeSeries()
            | g.StopSeries()
            | g.MoveDate()
            | g.HoldOriginals()
            | g.LiftOriginalsHold()
        ):
            return None if actor.cto else refusal(CTO_ONLY)
        case s.ShowResults() | s.ExportResults() | s.ReadComments():
            wave = store.wave(command.wave_id)
            return None if sees_all_tables(actor, wave) else refusal(CTO_ONLY)
        case (
            g.ShowApproval()
            | g.ApproveAnnouncement()
            | g.ShowDeclineForm()
            | g.DeclineAnnouncement()
        ):
            return None if may_approve(actor.standing, store) else refusal(APPROVERS_ONLY)
        case (
            s.OpenWave()
            | s.RemindWave()
            | g.FileReading()
            | g.FileReply()
            | g.BringIn()
            | g.StartAnnouncement()
            | g.LapseApproval()
            | g.RepeatSurvey()
            | g.EscalateCase()
            | g.RemindTakers()
            | g.TellDigests()
            | g.NoteTicket()
            | g.NoteHandOver()
            | g.RemindReader()
            | g.LeaveTogether()
            | g.KeepHouse()
            | g.RemindDockets()
            | g.TellTriage()
            | g.TellTrends()
        ):
            return refusal(MACHINE_ONLY)
        case g.HandOverItem() | g.KeepItem():
            item = store.item(command.item_id)
            return (
                None if item and item.author and item.author == actor.person_id else refusal(GONE)
            )
        case g.ShowCases():
            return None if responds(actor) else refusal(RESPONDERS_ONLY)
        case g.ShowCase() | g.TakeCase() | g.ShowCloseCaseForm() | g.CloseCase():
            theirs = answers_for(actor, command.urgency, command.item_id, store)
            return None if theirs else refusal(RESPONDERS_ONLY)
        case g.ShowAdviceForm() | g.WriteAdvice() | g.SendAdvice() | g.ShowAdvice():
            return None if may_advise(actor.standing, command, store) else refusal(LEADERS_ONLY)
        case g.ShowDecisionForm() | g.DecideAdvice() | g.TellOutcome():
            return None if actor.cto else refusal(CTO_ONLY)
        case g.ShowAnonymousForm() | g.GiveAnonymously() | g.CollectAnswer() | g.ReplyAnonymously():
            return refusal(NOT_SIGNED_IN)  # here it is known who speaks
        case g.ShowReplyForm() | g.ReplyToCommittee():
            item = store.item(command.item_id)
            mine = item is not None and item.author == actor.person_id
            return None if mine else refusal(GONE)
        case g.NoteAbsence() | g.DropAbsence():
            return None if actor.standing.leads else refusal(LEADERS_ONLY)
        case g.ShowChair() | g.DisposeTogether() | g.ShowAgenda():
            return None if command.queue in actor.standing.sits else refusal(NOT_YOURS)
        case g.UndoTogether():
            bulk = store.bulk(command.bulk_id)
            ours = bulk is not None and bulk.queue in actor.standing.sits
            return None if ours else refusal(NOT_YOURS)
        case g.ShowDocket() | g.ShowDigest() | g.ShowTrends() | g.SettlePost():
            if works_on(actor, command.queue):
                return None
            named = command.queue in (TRIAGE, RESTRICTED)
            return refusal(NAMED_PERSON_ONLY if named else NOT_YOURS)
        case g.ChooseBriefs():
            return None if command.queue in actor.standing.leads else refusal(LEADERS_ONLY)
        case g.AcknowledgeItem():
            item = store.item(command.item_id)
            return None if item and responds_to(actor, item) else _sensitive(actor, item, store)
        case g.ShowTakenOut() | g.CorrectTakenOut() | g.ConfirmTakenOut():
            return _author(actor, store.item(command.item_id))
        case (
            g.ShowItem()
            | g.ShowMoveForm()
            | g.MoveItem()
            | g.ShowAnswerForm()
            | g.AnswerItem()
            | g.ShowAskForm()
            | g.AskAuthor()
            | g.ShowStudentDataForm()
            | g.RemoveStudentData()
        ):
            return _sensitive(actor, store.item(command.item_id), store)
        case (
            g.DiscussItem()
            | g.ShowAssignForm()
            | g.AssignItem()
            | g.ShowLinkForm()
            | g.LinkItem()
            | g.ShowMatter()
            | g.SplitItem()
            | g.MergeItem()
            | g.ShowMatterForm()
            | g.JoinItem()
            | g.PartItem()
        ):
            return _item(actor, store.item(command.item_id))
        case g.ShowCorrections() | g.ForgetCorrection():
            return None if works_on(actor, TRIAGE) else refusal(NAMED_PERSON_ONLY)
        case g.ShowAnnouncement() | g.AcknowledgeAnnouncement():
            return _announced(actor, command.announcement_id, store)
        case _:
            assert_never(command)


def sees_all_tables(actor: Actor, wave: Wave | None) -> bool:
    """The CTO's office, and whoever is on a committee that the survey names, while they are."""
    if actor.cto:
        return True
    return wave is not None and not actor.standing.sits.isdisjoint(wave.survey.committees)


def _item(actor: Actor, item: Item | None) -> Refused | None:
    if item is None or item.queue is None:
        return refusal(GONE)
    return None if works_on(actor, item.queue) else refusal(NOT_YOURS)


def _sensitive(actor: Actor, item: Item | None, store: GovernanceStore) -> Refused | None:
    """What there is to do with something sensitive, also for who stands in for its readers."""
    if item is not None and stands_in(store, actor.person_id, item):
        return None
    return _item(actor, item)


def _author(actor: Actor, item: Item | None) -> Refused | None:
    """To others it is as if it were not there: whose it is must not be told by a refusal."""
    mine = item is not None and item.author is not None and item.author == actor.person_id
    return None if mine else refusal(GONE)


def works_on(actor: Actor, queue: str) -> bool:
    """Whether somebody works on a queue: a committee's members, triage's owners, the one reader
    of what is restricted. The CTO has no docket (domain plan, Access)."""
    if queue == TRIAGE:
        return Office.TRIAGE_OWNER in actor.standing.offices
    if queue == RESTRICTED:
        return Office.RESTRICTED_READER in actor.standing.offices
    return queue in actor.standing.sits


def responds_to(actor: Actor, item: Item) -> bool:
    """Whether somebody is a named responder to what an item is urgent about: they may say that
    they are taking care of it, on whichever queue it is."""
    alarms = item.reading.alarms if item.reading else ()
    return any(RESPONDERS[urgency] in actor.standing.offices for urgency in alarms)


def responds(actor: Actor) -> bool:
    """Whether somebody is called about urgent things: by a duty of theirs, or in the end."""
    called = {*RESPONDERS.values(), Office.ISO, Office.CTO}
    return not called.isdisjoint(actor.standing.offices)


def answers_for(actor: Actor, urgency: Urgency, item_id: UUID, store: GovernanceStore) -> bool:
    """Whether an urgent case is somebody's: they respond to its kind, or it has gone up to them
    because nobody took it; and it does not name them."""
    if is_kept_from(actor, item_id, store):
        return False
    if RESPONDERS[urgency] in actor.standing.offices:
        return store.case(item_id, urgency) is not None
    who = actor.person_id if responds(actor) else None
    return who is not None and store.was_called(item_id, urgency, who)


def _announced(actor: Actor, announcement_id: UUID, store: GovernanceStore) -> Refused | None:
    person_id = actor.person_id
    if person_id is not None and store.was_announced_to(announcement_id, person_id):
        return None
    return None if actor.cto else refusal(GONE)
