"""What the clock may do, and the operator, who looks after the machine and not after the words."""

from __future__ import annotations

from governance import commands as g
from governance.commands import Command
from governance.messages import Refused
from governance.refusals import CLOSED_TO_OPERATOR, MACHINE_ONLY, TWO_PEOPLE, refusal
from surveys import commands as s


def clock_may(command: Command) -> Refused | None:
    match command:
        case (
            s.OpenWave()
            | s.RemindWave()
            | s.CloseWave()
            | g.FileReading()
            | g.FileReply()
            | g.BringIn()
            | g.StartAnnouncement()
            | g.LapseApproval()
            | g.RepeatSurvey()
            | g.EscalateCase()
            | g.RemindTakers()
            | g.NoteTicket()
            | g.NoteHandOver()
            | g.RemindReader()
            | g.NoteAddress()
            | g.TellDigests()
            | g.LeaveTogether()
            | g.KeepHouse()
            | g.RemindDockets()
            | g.TellTriage()
            | g.TellTrends()
        ):
            return None
        case _:
            return refusal(MACHINE_ONLY)


def operator_may(command: Command) -> Refused | None:
    """The operator launches for the CTO's office, and sees no answer and no feedback."""
    match command:
        case g.SendAnnouncement(urgent=True):
            return refusal(TWO_PEOPLE)
        case (
            s.LaunchSurvey()
            | s.CheckLaunch()
            | s.CloseWave()
            | s.ExtendWave()
            | s.SetHold()
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
            | g.HoldOriginals()
            | g.LiftOriginalsHold()
        ):
            return None
        case _:
            return refusal(CLOSED_TO_OPERATOR)
