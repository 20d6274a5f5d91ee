"""A form that did not fit, once more: what was typed is kept, and why stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.filling import CHANGE_FIELDS
from governance.approval_messages import DeclineForm
from governance.commands import (
    AnswerItem,
    Command,
    DeclineAnnouncement,
    GiveFeedback,
    MoveItem,
    ShowAnswerForm,
    ShowDeclineForm,
    ShowFeedbackForm,
    ShowMoveForm,
    WriteAnnouncement,
)
from governance.messages import AnnouncementForm, AnswerForm, FeedbackForm, Message, MoveForm
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
        case AnswerItem(item_id=item):
            return ShowAnswerForm(item_id=item)
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
        case AnswerItem(), AnswerForm():
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
    typed = {key: fields[key] for key in CHANGE_FIELDS if key in fields}
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
