"""Who may do what. One function, asked once for every command; a test crosses it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from governance import commands as g
from governance.approvals import may_approve
from governance.commands import Command
from governance.committees import RESPONDERS, RESTRICTED, TRIAGE, Office
from governance.feedback import Item
from governance.messages import Refused
from governance.ports import GovernanceStore, Standing
from surveys import commands as s
from surveys.people import Person, Role
from surveys.questions import Unfit
from surveys.survey import Wave


class Source(StrEnum):
    """Who is acting: a person, the clock (and other parts of the service), or the operator."""

    PERSON = "person"
    CLOCK = "clock"
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


def refusal(why: str, **values: str) -> Refused:
    return Refused(why=Unfit(why=why, values=values))


STRANGER = "I do not know this account. Ask the help desk to add you to the staff roster."
STUDENT = "This service is for staff. Please talk to a teacher or your school's office."
LEFT = "Your account is no longer active in the staff roster. Ask the help desk if that is wrong."
GUEST = "Guest and bot accounts cannot use this service. Sign in with your district account."
CTO_ONLY = "Only the Chief Technology Officer's office can do this. Ask them if you need it."
NOT_YOURS = "This belongs to a committee you are not on. Ask its chair if you need to see it."
MACHINE_ONLY = "This happens by itself at its time; nobody can start it by hand."
NAMED_PERSON_ONLY = "Only one named person and their deputies can open this page."
GONE = "This is not here anymore, or it never was."
CLOSED_TO_OPERATOR = "An operator looks after the machine, not after what people said."
TWO_PEOPLE = (
    "Sending something as urgent takes two people of the district. Ask the Chief Technology "
    "Officer's office to do it from the desk."
)
APPROVERS_ONLY = (
    "Only people who are named to approve urgent announcements can do this. Ask the Chief "
    "Technology Officer's office who they are."
)


def may(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    """None when the actor may give this command, else a polite refusal."""
    if actor.source is Source.CLOCK:
        return _clock_may(command)
    if actor.source is Source.OPERATOR:
        return _operator_may(command)
    return _stranger(actor, store) or _person_may(actor, command, store)


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


def _clock_may(command: Command) -> Refused | None:
    match command:
        case (
            s.OpenWave()
            | s.RemindWave()
            | s.CloseWave()
            | g.FileReading()
            | g.StartAnnouncement()
            | g.LapseApproval()
            | g.RepeatSurvey()
            | g.NoteAddress()
            | g.KeepHouse()
        ):
            return None
        case _:
            return refusal(MACHINE_ONLY)


def _operator_may(command: Command) -> Refused | None:
    """The operator launches for the CTO's office, and sees no answer and no feedback."""
    match command:
        case g.SendAnnouncement(urgent=True):
            return refusal(TWO_PEOPLE)
        case (
            s.LaunchSurvey()
            | s.CheckLaunch()
            | s.CloseWave()
            | s.ExtendWave()
            | s.LiftHold()
            | g.WriteAnnouncement()
            | g.SendAnnouncement()
            | g.ShowProgress()
            | g.ShowAsking()
            | g.ShowPlan()
            | g.StopCampaign()
            | g.ResumeCampaign()
            | g.StartSeries()
            | g.CheckSeries()
            | g.ShowSeries()
            | g.PauseSeries()
            | g.ResumeSeries()
            | g.StopSeries()
            | g.MoveDate()
        ):
            return None
        case _:
            return refusal(CLOSED_TO_OPERATOR)


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
            | g.ShowHelp()
            | g.AskSignInLink()
            | g.ChooseLanguage()
            | g.ReadConclusions()  # what is published is for all of the staff
            | g.NoteAddress()  # about the speaker's own account: performing takes no other
        ):
            return None
        case (
            s.LaunchSurvey()
            | s.CheckLaunch()
            | s.CloseWave()
            | s.ExtendWave()
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
            | g.StartAnnouncement()
            | g.LapseApproval()
            | g.RepeatSurvey()
            | g.KeepHouse()
        ):
            return refusal(MACHINE_ONLY)
        case g.ShowDocket():
            if works_on(actor, command.queue):
                return None
            named = command.queue in (TRIAGE, RESTRICTED)
            return refusal(NAMED_PERSON_ONLY if named else NOT_YOURS)
        case g.AcknowledgeItem():
            item = store.item(command.item_id)
            return None if item and responds_to(actor, item) else _item(actor, item)
        case g.ShowItem() | g.ShowMoveForm() | g.MoveItem() | g.ShowAnswerForm() | g.AnswerItem():
            return _item(actor, store.item(command.item_id))
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
    urgency = item.reading.urgency if item.reading else None
    return urgency is not None and RESPONDERS[urgency] in actor.standing.offices


def _announced(actor: Actor, announcement_id: UUID, store: GovernanceStore) -> Refused | None:
    person_id = actor.person_id
    if person_id is not None and store.was_announced_to(announcement_id, person_id):
        return None
    return None if actor.cto else refusal(GONE)
