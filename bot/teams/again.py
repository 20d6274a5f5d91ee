"""A form that did not fit, once more: what was typed is kept, and why stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.commands import Command
from governance.announcing import LIMITS
from governance.approval_messages import DeclineForm
from governance.case_messages import CloseCaseForm
from governance.commands import (
    AnswerItem,
    AskAuthor,
    AssignItem,
    CloseCase,
    CorrectTakenOut,
    DecideAdvice,
    DeclineAnnouncement,
    GiveFeedback,
    JoinItem,
    LinkItem,
    MoveItem,
    PartItem,
    RemoveStudentData,
    ReplyToCommittee,
    ShowAnswerForm,
    ShowAskForm,
    ShowAssignForm,
    ShowCloseCaseForm,
    ShowDecisionForm,
    ShowDeclineForm,
    ShowFeedbackForm,
    ShowLinkForm,
    ShowMatterForm,
    ShowMoveForm,
    ShowReplyForm,
    ShowStudentDataForm,
    ShowTakenOut,
    WriteAnnouncement,
)
from governance.conversing_messages import AskForm, ReplyForm
from governance.docket_messages import AssignForm, LinkForm, MatterForm
from governance.messages import AnnouncementForm, AnswerForm, FeedbackForm, Message, MoveForm
from governance.personal_messages import StudentDataForm, TakenOutForm
from governance.recommendation_messages import DecisionForm
from surveys.commands import AnswerPage, ShowPage
from surveys.messages import QuestionPage
from surveys.people import Audience, Level, Role
from surveys.questions import RawAnswer, Unfit, chosen_keys


def form_of(command: Command) -> Command | None:
    """What shows the form that a command came from; None where nothing has to be asked for."""
    match command:
        case GiveFeedback():
            return ShowFeedbackForm()
        case MoveItem(item_id=item):
            return ShowMoveForm(item_id=item)
        case AssignItem(item_id=item):
            return ShowAssignForm(item_id=item)
        case JoinItem(item_id=item) | PartItem(item_id=item):
            return ShowMatterForm(item_id=item, joins=isinstance(command, JoinItem))
        case LinkItem(item_id=item):
            return ShowLinkForm(item_id=item)
        case DecideAdvice(recommendation_id=advice, accept=accept):
            return ShowDecisionForm(recommendation_id=advice, accept=accept)
        case AnswerItem(item_id=item):
            return ShowAnswerForm(item_id=item)
        case CloseCase(item_id=item, urgency=urgency):
            return ShowCloseCaseForm(item_id=item, urgency=urgency)
        case CorrectTakenOut(item_id=item):
            return ShowTakenOut(item_id=item)
        case RemoveStudentData(item_id=item):
            return ShowStudentDataForm(item_id=item)
        case AskAuthor(item_id=item):
            return ShowAskForm(item_id=item)
        case ReplyToCommittee(item_id=item):
            return ShowReplyForm(item_id=item)
        case DeclineAnnouncement(announcement_id=announcement):
            return ShowDeclineForm(announcement_id=announcement)
        case AnswerPage(wave_id=wave, page=page):
            return ShowPage(wave_id=wave, page=page)
        case _:
            return None


def refilled(
    command: Command,
    form: object,
    fields: Mapping[str, RawAnswer],
    unfit: Mapping[str, Unfit],
) -> Message | None:
    """The form with what was handed in and why it does not fit; None where there is no form."""
    match command, form:
        case GiveFeedback(), FeedbackForm():
            return replace(form, text=command.text, naming=command.naming, unfit=unfit)
        case MoveItem(), MoveForm():
            return replace(form, to=command.to, why=command.why, unfit=unfit)
        case DecideAdvice(), DecisionForm():
            return replace(form, reason=command.reason, unfit=unfit)
        case AssignItem(), AssignForm():
            return replace(form, to=command.to, unfit=unfit)
        case ((JoinItem() | PartItem()), MatterForm()):
            return replace(form, to=command.to, unfit=unfit)
        case LinkItem(to=to, rule=rule, away=away), LinkForm():
            return replace(form, to=to, rule=rule, away=away, unfit=unfit)
        case AnswerItem(), AnswerForm():
            return replace(form, text=command.text, unfit=unfit)
        case CloseCase(), CloseCaseForm():
            return replace(form, outcome=command.outcome, note=command.note, unfit=unfit)
        case CorrectTakenOut(), TakenOutForm():
            return replace(form, also=command.also, put_back=command.put_back, unfit=unfit)
        case RemoveStudentData(), StudentDataForm():
            return replace(form, words=command.words, whole=command.whole, unfit=unfit)
        case AskAuthor(), AskForm():
            return replace(form, text=command.text, unfit=unfit)
        case ReplyToCommittee(), ReplyForm():
            return replace(form, text=command.text, unfit=unfit)
        case DeclineAnnouncement(), DeclineForm():
            return replace(form, why=command.why, unfit=unfit)
        case AnswerPage(), QuestionPage():
            return replace(form, raw=fields, unfit=unfit)
        case WriteAnnouncement(), _:
            return _announcement(command, fields, unfit)
        case _:
            return None


def _announcement(
    command: WriteAnnouncement, fields: Mapping[str, RawAnswer], unfit: Mapping[str, Unfit]
) -> AnnouncementForm:
    typed = {key: fields[key] for key in LIMITS if key in fields}
    words = {key: value for key, value in typed.items() if isinstance(value, str)}
    levels = chosen_keys(fields.get("levels", ""))
    roles = chosen_keys(fields.get("roles", ""))
    audience = Audience(
        levels=frozenset(level for level in Level if level.value in levels),
        roles=frozenset(role for role in Role if role.value in roles),
    )
    return AnnouncementForm(
        announcement_id=command.announcement_id,
        words={**command.words, **words},
        audience=audience,
        unfit=unfit,
    )
