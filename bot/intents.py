"""Button tokens: what a button or a form means, small enough to travel inside a chat message.

``encode`` writes a command as ``name|id|…``; ``decode`` reads it back or says None. A token holds
ids only, never words: chat platforms keep what passes through them, and anybody who can see a
message can read its buttons. What was typed or chosen comes with the form and is added by
``bot.filling``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from bot.case_intents import OnCase, about_case, case_parts
from bot.conversing_intents import conversing_about, conversing_parts
from bot.docket_intents import docket_about, docket_in_detail, docket_parts
from bot.personal_intents import personal_about, personal_parts
from governance.commands import (
    AcknowledgeAnnouncement,
    AcknowledgeItem,
    AnswerItem,
    ApproveAnnouncement,
    AskAgain,
    AskSignInLink,
    Command,
    DeclineAnnouncement,
    GiveFeedback,
    HandOverItem,
    KeepItem,
    MoveItem,
    ReadConclusions,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    SendAnnouncement,
    ShowAnnouncement,
    ShowAnnouncementForm,
    ShowAnswerForm,
    ShowApproval,
    ShowAskAgainForm,
    ShowAsking,
    ShowDeclineForm,
    ShowFeedbackForm,
    ShowHelp,
    ShowItem,
    ShowMoveForm,
    ShowMySurveys,
    ShowProgress,
    ShowRecallForm,
    ShowResendForm,
    ShowUrgentForm,
    StopCampaign,
    WriteAnnouncement,
)
from governance.feedback import Naming, Urgency
from surveys.commands import AnswerPage, DeclineWave, ShowPage, ShowResults, ShowSaid

LONGEST = 2000
"""Longest token in characters (Slack's limit for a button's value)."""

MOST_PAGES = 100
"""A page number beyond this is not one of ours."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", re.ASCII)


def encode(command: Command) -> str:
    """The token of a command. Raises ValueError for commands that no button carries."""
    parts = _parts(command)
    if parts is None:
        raise ValueError(f"no button carries {type(command).__name__}")
    return "|".join(str(part) for part in parts)


def _parts(command: Command) -> tuple[object, ...] | None:
    match command:
        case ShowPage(wave_id=wave, page=page):
            return "page", wave, page
        case AnswerPage(wave_id=wave, page=page, back=back):
            return "back" if back else "answer", wave, page
        case GiveFeedback(item_id=item, naming=naming):
            return "tell", item, naming
        case MoveItem(item_id=item, to=to):
            return ("move", item, to) if to else ("move", item)
        case ShowAnnouncementForm(announcement_id=announcement) if announcement:
            return "announce-form", announcement
        case (
            ShowFeedbackForm()
            | ShowHelp()
            | ShowMySurveys()
            | ShowAnnouncementForm()
            | AskSignInLink()
        ):
            return (_BARE_NAMES[type(command)],)
        case (
            DeclineWave(wave_id=subject) | ShowSaid(wave_id=subject) | ShowResults(wave_id=subject)
        ):
            return _SUBJECT_NAMES[type(command)], subject
        case (
            ShowItem(item_id=subject)
            | AcknowledgeItem(item_id=subject)
            | ShowMoveForm(item_id=subject)
            | ShowAnswerForm(item_id=subject)
            | AnswerItem(item_id=subject)
        ):
            return _SUBJECT_NAMES[type(command)], subject
        case StopCampaign(subject=subject) | ResumeCampaign(subject=subject):
            return _SUBJECT_NAMES[type(command)], subject
        case (
            ShowAsking(wave_id=subject)
            | ShowAskAgainForm(wave_id=subject)
            | ReadConclusions(wave_id=subject)
        ):
            return _SUBJECT_NAMES[type(command)], subject
        case _ if isinstance(command, OnCase | HandOverItem | KeepItem):
            return case_parts(command)
        case AskAgain(wave_id=wave, unknown=unknown):
            return ("ask-again", wave, "unknown") if unknown else ("ask-again", wave)
        case _:
            return _parts_around_items(command) or _announcing_parts(command)


def _parts_around_items(command: Command) -> tuple[object, ...] | None:
    return docket_parts(command) or personal_parts(command) or conversing_parts(command)


def _announcing_parts(command: Command) -> tuple[object, ...] | None:
    match command:
        case ResendAnnouncement(announcement_id=announcement, unknown=unknown):
            return ("resend", announcement, "unknown") if unknown else ("resend", announcement)
        case SendAnnouncement(announcement_id=announcement, urgent=True):
            return "send", announcement, "urgent"
        case ApproveAnnouncement(announcement_id=announcement, request=request):
            return "approve", announcement, request
        case DeclineAnnouncement(announcement_id=announcement, request=request):
            return "decline-urgent", announcement, request
        case (
            WriteAnnouncement(announcement_id=subject)
            | SendAnnouncement(announcement_id=subject)
            | ShowUrgentForm(announcement_id=subject)
            | ShowApproval(announcement_id=subject)
            | ShowDeclineForm(announcement_id=subject)
            | ShowAnnouncement(announcement_id=subject)
            | AcknowledgeAnnouncement(announcement_id=subject)
            | ShowProgress(announcement_id=subject)
            | ShowResendForm(announcement_id=subject)
            | ShowRecallForm(announcement_id=subject)
            | RecallAnnouncement(announcement_id=subject)
        ):
            return _SUBJECT_NAMES[type(command)], subject
        case _:
            return None


_BARE_NAMES: Mapping[type, str] = {
    ShowFeedbackForm: "feedback-form",
    ShowHelp: "help",
    ShowMySurveys: "surveys",
    ShowAnnouncementForm: "announce-form",
    AskSignInLink: "sign-in",
}

_SUBJECT_NAMES: Mapping[type, str] = {
    DeclineWave: "decline",
    ShowSaid: "said",
    ShowResults: "results",
    ShowItem: "item",
    AcknowledgeItem: "ack-item",
    ShowMoveForm: "move-form",
    ShowAnswerForm: "answer-form",
    AnswerItem: "answer-item",
    WriteAnnouncement: "write",
    SendAnnouncement: "send",
    ShowUrgentForm: "urgent-form",
    ShowApproval: "approval",
    ShowDeclineForm: "decline-form",
    ShowAnnouncement: "announcement",
    AcknowledgeAnnouncement: "read",
    ShowProgress: "progress",
    StopCampaign: "stop",
    ResumeCampaign: "resume",
    ShowResendForm: "resend-form",
    ShowRecallForm: "recall-form",
    RecallAnnouncement: "recall",
    ReadConclusions: "heard",
    ShowAsking: "asking",
    ShowAskAgainForm: "ask-again-form",
}


def decode(token: object) -> Command | None:
    """The command of a token, without what a form adds; None for anything that is not ours."""
    if not isinstance(token, str) or not token or len(token) > LONGEST:
        return None
    match token.split("|"):
        case ["feedback-form"]:
            return ShowFeedbackForm()
        case ["help"]:
            return ShowHelp()
        case ["surveys"]:
            return ShowMySurveys()
        case ["announce-form"]:
            return ShowAnnouncementForm()
        case ["sign-in"]:
            return AskSignInLink()
        case [name, subject]:
            return _about(name, _uuid(subject))
        case [name, subject, detail]:
            return _in_detail(name, _uuid(subject), detail)
        case _:
            return None


def _about(name: str, subject: UUID | None) -> Command | None:
    if subject is None:
        return None
    match name:
        case "decline":
            return DeclineWave(wave_id=subject)
        case "said":
            return ShowSaid(wave_id=subject)
        case "results":
            return ShowResults(wave_id=subject)
        case "item":
            return ShowItem(item_id=subject)
        case "ack-item":
            return AcknowledgeItem(item_id=subject)
        case "move-form":
            return ShowMoveForm(item_id=subject)
        case "move":
            return MoveItem(item_id=subject, to="")
        case "answer-form":
            return ShowAnswerForm(item_id=subject)
        case "answer-item":
            return AnswerItem(item_id=subject, text="")
        case "keep-item":
            return KeepItem(item_id=subject)
        case _:
            found = docket_about(name, subject) or personal_about(name, subject)
            found = found or conversing_about(name, subject)
            return found or _about_announcement(name, subject)


def _about_announcement(name: str, subject: UUID) -> Command | None:
    match name:
        case "announce-form":
            return ShowAnnouncementForm(announcement_id=subject)
        case "write":
            return WriteAnnouncement(announcement_id=subject, words={})
        case "send":
            return SendAnnouncement(announcement_id=subject)
        case "announcement":
            return ShowAnnouncement(announcement_id=subject)
        case "read":
            return AcknowledgeAnnouncement(announcement_id=subject)
        case "progress":
            return ShowProgress(announcement_id=subject)
        case _:
            return _about_campaign(name, subject)


def _about_campaign(name: str, subject: UUID) -> Command | None:
    match name:
        case "stop":
            return StopCampaign(subject=subject)
        case "resume":
            return ResumeCampaign(subject=subject)
        case "resend-form":
            return ShowResendForm(announcement_id=subject)
        case "resend":
            return ResendAnnouncement(announcement_id=subject)
        case "recall-form":
            return ShowRecallForm(announcement_id=subject)
        case "recall":
            return RecallAnnouncement(announcement_id=subject)
        case "urgent-form":
            return ShowUrgentForm(announcement_id=subject)
        case "approval":
            return ShowApproval(announcement_id=subject)
        case "decline-form":
            return ShowDeclineForm(announcement_id=subject)
        case _:
            return _about_asking(name, subject)


def _about_asking(name: str, subject: UUID) -> Command | None:
    match name:
        case "heard":
            return ReadConclusions(wave_id=subject)
        case "asking":
            return ShowAsking(wave_id=subject)
        case "ask-again-form":
            return ShowAskAgainForm(wave_id=subject)
        case "ask-again":
            return AskAgain(wave_id=subject)
        case _:
            return None


def _in_detail(name: str, subject: UUID | None, detail: str) -> Command | None:
    if subject is None:
        return None
    match name:
        case "page" if (page := _page(detail)) is not None:
            return ShowPage(wave_id=subject, page=page)
        case "answer" if (page := _page(detail)) is not None:
            return AnswerPage(wave_id=subject, page=page)
        case "back" if (page := _page(detail)) is not None:
            return AnswerPage(wave_id=subject, page=page, back=True)
        case "tell" if detail in (Naming.NAMED, Naming.WITHHELD):  # chat keeps its own copy
            return GiveFeedback(item_id=subject, text="", naming=Naming(detail))
        case "hand-over" if detail in ("named", "unnamed"):
            return HandOverItem(item_id=subject, contact=detail == "named")
        case "move" if _SLUG.fullmatch(detail):
            return MoveItem(item_id=subject, to=detail)
        case _ if detail in tuple(Urgency):
            return about_case(name, subject, Urgency(detail))
        case "resend" if detail == "unknown":
            return ResendAnnouncement(announcement_id=subject, unknown=True)
        case "ask-again" if detail == "unknown":
            return AskAgain(wave_id=subject, unknown=True)
        case "send" if detail == "urgent":
            return SendAnnouncement(announcement_id=subject, urgent=True)
        case "approve" if (request := _number(detail, 15)) is not None:
            return ApproveAnnouncement(announcement_id=subject, request=request)
        case "decline-urgent" if (request := _number(detail, 15)) is not None:
            return DeclineAnnouncement(announcement_id=subject, request=request)
        case _:
            return docket_in_detail(name, subject, detail)


def _uuid(written: str) -> UUID | None:
    """Only the canonical form: ``UUID`` itself also takes braces, prefixes and no hyphens."""
    try:
        found = UUID(written)
    except ValueError:
        return None
    return found if str(found) == written else None


def _page(written: str) -> int | None:
    page = _number(written, 3)
    return page if page is not None and page < MOST_PAGES else None


def _number(written: str, digits: int) -> int | None:
    if not (written.isascii() and written.isdigit() and len(written) <= digits):
        return None
    number = int(written)
    return number if str(number) == written else None
