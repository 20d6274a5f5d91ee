"""The whole store inside one transaction: every aggregate's module, joined."""

from __future__ import annotations

from governance.ports import GovernanceStore
from storage.acknowledgements import Acknowledgements
from storage.ageing import Ageing
from storage.alignment import Alignments
from storage.anonymous import Anonymous
from storage.audit_trail import AuditTrail
from storage.board_reports import BoardReports
from storage.briefs import Briefs
from storage.bulks import Bulks
from storage.campaigns import Campaigns
from storage.changes import Changes
from storage.conclusions import Concluding
from storage.controls import Controls
from storage.conversations import Conversations
from storage.digests import Digests
from storage.dockets import Dockets
from storage.drafts import Drafts
from storage.faq import Faq
from storage.feedback import Feedback
from storage.foreseeing import Foreseeing
from storage.goal_changes import GoalChanges
from storage.goals import Goals
from storage.handing_over import HandingOver
from storage.learning import Learning
from storage.lessons import Lessons
from storage.lists import Lists
from storage.office import OfficeLists
from storage.open_items import OpenItems
from storage.originals import Originals
from storage.panels import Panels
from storage.participating import Participating
from storage.priorities import Priorities
from storage.pulses import Pulses
from storage.read_reminders import ReadReminders
from storage.recommendations import Recommendations
from storage.saved_answers import SavedAnswers
from storage.series import Repeating
from storage.service_notices import ServiceNotices
from storage.sessions import Sessions
from storage.slack_installations import SlackInstallations
from storage.unsent import UnsentFormRows
from storage.urgent_cases import UrgentCases
from storage.waiting import SinceRestore
from storage.waits import WaitsCounted
from storage.wave_counts import WaveCounts


class Transaction(
    Campaigns,
    ReadReminders,
    Lessons,
    Acknowledgements,
    Ageing,
    Priorities,
    Participating,
    Drafts,
    Concluding,
    Originals,
    Briefs,
    Feedback,
    Dockets,
    SavedAnswers,
    Recommendations,
    UrgentCases,
    Digests,
    Anonymous,
    Conversations,
    OpenItems,
    OfficeLists,
    WaitsCounted,
    WaveCounts,
    HandingOver,
    Bulks,
    Sessions,
    UnsentFormRows,
    SlackInstallations,
    AuditTrail,
    Panels,
    Repeating,
    Foreseeing,
    Changes,
    Faq,
    Pulses,
    Learning,
    ServiceNotices,
    Lists,
    Goals,
    GoalChanges,
    Alignments,
    BoardReports,
    Controls,
    SinceRestore,
):
    """What an activity gets as its ``store``."""


def _implements(transaction: Transaction) -> GovernanceStore:
    """Does not type-check unless a transaction is all that governance asks for."""
    return transaction
