"""Everything Sounding Board says, in Slack: as a message, a modal or the home tab.

Messages mean, Slack shows: one ``match`` over the whole union, ending in ``assert_never``, so a
kind that is added does not type-check before it is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.slack import (
    draw_announcements,
    draw_asking,
    draw_campaigns,
    draw_dockets,
    draw_feedback,
    draw_urgent,
    links,
)
from bot.slack.blocks import (
    MESSAGE_BLOCKS,
    TEXT,
    TITLE,
    VIEW_BLOCKS,
    VIEW_BYTES,
    Block,
    Pen,
    cut,
    escaped,
    finish,
    link,
    paragraph,
    plain,
)
from bot.slack.draw_help import draw_help, draw_signin_link, on_the_web, sentence, whole_on_the_web
from bot.slack.draw_home import SHORT, dockets, home, waiting
from bot.slack.draw_surveys import draw_survey, page_form
from bot.slack.drawn import Drawn, Form
from bot.slack.heard import OnCommand, Shown
from governance.approval_messages import ApprovalAsked, ApprovalSettled, DeclineForm, UrgentForm
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementForm,
    AnnouncementScheduled,
    AnswerForm,
    AskAgainForm,
    Brief,
    Done,
    FeedbackForm,
    FeedbackReceived,
    Help,
    Message,
    MoveForm,
    Notice,
    NoticeAcknowledged,
    Progress,
    RecallForm,
    Refused,
    ResendForm,
    RestrictedWaiting,
    SignInLink,
    Told,
    UrgentAlert,
    WaveProgress,
)
from governance.views import CampaignView, DeskView, DocketView, HomeView, InboxView, View
from surveys.messages import (
    Answered,
    Declined,
    Invitation,
    QuestionPage,
    Rejected,
    Results,
    WaveClosedAlready,
    WaveLaunched,
)

CALLBACK = "soundingboard"
"""The callback id of every modal; what it means is its token in the private metadata."""

Body = dict[str, Any]


def draw_message(message: Message | View | Rejected, pen: Pen) -> Body:
    """``text`` and ``blocks`` of a message."""
    drawn = _draw(message, pen)
    return _message_of(drawn.text, drawn.blocks, pen)


def _message_of(text: str, blocks: list[Block], pen: Pen) -> Body:
    if len(blocks) > MESSAGE_BLOCKS:
        blocks = [*blocks[: MESSAGE_BLOCKS - 1], whole_on_the_web(links.inbox(pen.web_url), pen)]
    return {"text": escaped(cut(text, TEXT)), "blocks": finish(blocks, pen.nonce)}


def draw_answer(where: OnCommand, message: Message | View | Rejected, pen: Pen) -> Body:
    """The answer to something typed: of what waits only the part that was asked for, and of a
    word that is none of ours that it is not known."""
    match where.shown, message:
        case (Shown.WAITING, HomeView()):
            return _message_of(pen.say("Waiting for you"), waiting(message, pen), pen)
        case (Shown.DOCKETS, HomeView()):
            return _message_of(pen.say("The lists of your committees"), dockets(message, pen), pen)
    if not where.unknown:
        return draw_message(message, pen)
    said = pen.say(
        "I do not know “{words}”. This is what you can type:", words=cut(where.unknown, SHORT)
    )
    return _message_of(said, [paragraph(said), *_draw(message, pen).blocks], pen)


def draw_modal(message: Message | View | Rejected, pen: Pen, origin: str = "") -> Body:
    """A modal: a form to hand in, or something to read. ``origin`` (channel and ts) names the
    message that the form was opened from, to be brought up to date afterwards."""
    form = _form(message, pen)
    if form is None:
        drawn = _draw(message, pen)
        view = _view(pen.say("Sounding Board"), drawn.blocks, pen)
        return {**view, "private_metadata": f" {origin}"} if origin else view
    view = _view(form.title, form.blocks, pen)
    view["close"] = plain(pen.say("Not now"), TITLE)
    view["submit"] = plain(form.submit, TITLE)
    view["private_metadata"] = f"{form.token} {origin}".strip()
    if len(form.blocks) > VIEW_BLOCKS or len(json.dumps(view)) > VIEW_BYTES:
        # A form is never cut: what does not fit is filled in on the web.
        return _view(form.title, [whole_on_the_web(form.web_link, pen)], pen)
    return view


def is_form(message: Message | View | Rejected) -> bool:
    """Whether it wants a modal to be filled in (a draft can be read as a message, too)."""
    return isinstance(
        message,
        QuestionPage
        | FeedbackForm
        | MoveForm
        | AnswerForm
        | AnnouncementForm
        | UrgentForm
        | DeclineForm,
    )


def web_link(message: Message | View | Rejected, pen: Pen) -> str:
    """Where the same form is on the web, for when Slack cannot open it."""
    form = _form(message, pen)
    return form.web_link if form else links.inbox(pen.web_url)


def draw_home(message: Message | View | Rejected, pen: Pen) -> Body:
    """The home tab; like everything else within Slack's limits, however much there is."""
    blocks = home(message, pen) if isinstance(message, HomeView) else _draw(message, pen).blocks
    return {"type": "home", "blocks": finish(blocks[:VIEW_BLOCKS], pen.nonce)}


def draw_too_busy(message: Message | View | Rejected, pen: Pen) -> Body:
    """Slack could not open the form (it allows about 100 a minute): the same on the web."""
    said = pen.say("Slack is too busy to open the form. ")
    url = web_link(message, pen)
    blocks = [paragraph(said, link(url, pen.say("Fill it in on the web")))]
    return {"text": escaped(f"{said}{url}"), "blocks": finish(blocks, pen.nonce)}


def draw_fault(code: str, pen: Pen) -> Body:
    """Something of ours failed: what happened, what was kept, what to do."""
    said = fault_words(code, pen)
    return {"text": escaped(said), "blocks": finish([paragraph(said)], pen.nonce)}


def fault_words(code: str, pen: Pen) -> str:
    return pen.say(
        "Something failed on our side and nothing was kept. Please try again in a minute. If it "
        "fails again, tell the help desk this code: {code}",
        code=code,
    )


# -- the union --------------------------------------------------------------------------------


def _draw(message: Message | View | Rejected, pen: Pen) -> Drawn:
    match message:
        case (
            Invitation()
            | QuestionPage()
            | Answered()
            | Declined()
            | WaveClosedAlready()
            | WaveLaunched()
            | Results()
        ):
            return draw_survey(message, pen)
        case (
            FeedbackForm()
            | FeedbackReceived()
            | Brief()
            | RestrictedWaiting()
            | UrgentAlert()
            | MoveForm()
            | AnswerForm()
            | Told()
        ):
            return _draw_feedback(message, pen)
        case (
            Notice()
            | NoticeAcknowledged()
            | AnnouncementForm()
            | AnnouncementDrafted()
            | AnnouncementScheduled()
        ):
            return _draw_announcement(message, pen)
        case UrgentForm() | ApprovalAsked() | DeclineForm() | ApprovalSettled():
            return draw_urgent.draw(message, pen)
        case Progress() | WaveProgress() | ResendForm() | AskAgainForm() | RecallForm():
            return _draw_campaign(message, pen)
        case Refused(why=why):
            return sentence(pen.words.unfit(why))
        case Rejected(unfit=unfit, page=page):
            if page is not None:
                return draw_survey(replace(page, unfit=unfit), pen)
            return sentence(" ".join(pen.words.unfit(why) for why in unfit.values()))
        case Help():
            return draw_help(message, pen)
        case SignInLink():
            return draw_signin_link(message, pen)
        case Done():
            return sentence(pen.say("Done."))
        case InboxView() | DocketView() | DeskView() | CampaignView() | HomeView():
            return on_the_web(message, pen)
        case _:
            assert_never(message)


_Feedback = (
    FeedbackForm
    | FeedbackReceived
    | Brief
    | RestrictedWaiting
    | UrgentAlert
    | MoveForm
    | AnswerForm
    | Told
)


def _draw_feedback(message: _Feedback, pen: Pen) -> Drawn:
    match message:
        case FeedbackForm():
            return draw_feedback.feedback_offer(message, pen)
        case FeedbackReceived():
            return draw_feedback.feedback_received(message, pen)
        case Brief():
            return draw_dockets.brief(message, pen)
        case RestrictedWaiting():
            return draw_dockets.restricted_waiting(message, pen)
        case UrgentAlert():
            return draw_dockets.urgent_alert(message, pen)
        case MoveForm():
            return draw_dockets.move_offer(message, pen)
        case AnswerForm():
            return draw_dockets.answer_offer(message, pen)
        case Told():
            return draw_feedback.told(message, pen)
        case _:
            assert_never(message)


_Announcement = (
    Notice | NoticeAcknowledged | AnnouncementForm | AnnouncementDrafted | AnnouncementScheduled
)


def _draw_announcement(message: _Announcement, pen: Pen) -> Drawn:
    match message:
        case Notice():
            return draw_announcements.notice(message, pen)
        case NoticeAcknowledged():
            return draw_announcements.notice_acknowledged(message, pen)
        case AnnouncementForm():
            return draw_announcements.announcement_offer(message, pen)
        case AnnouncementDrafted():
            return draw_announcements.drafted(message, pen)
        case AnnouncementScheduled():
            return draw_announcements.scheduled(message, pen)
        case _:
            assert_never(message)


_Campaign = Progress | WaveProgress | ResendForm | AskAgainForm | RecallForm


def _draw_campaign(message: _Campaign, pen: Pen) -> Drawn:
    match message:
        case Progress():
            return draw_campaigns.progress(message, pen)
        case WaveProgress():
            return draw_asking.wave_progress(message, pen)
        case AskAgainForm():
            return draw_asking.ask_again_form(message, pen)
        case ResendForm():
            return draw_campaigns.resend_form(message, pen)
        case RecallForm():
            return draw_campaigns.recall_form(message, pen)
        case _:
            assert_never(message)


def _form(message: Message | View | Rejected, pen: Pen) -> Form | None:
    match message:
        case QuestionPage():
            return page_form(message, pen)
        case Rejected(page=QuestionPage() as page):
            return page_form(replace(page, unfit=message.unfit), pen)
        case FeedbackForm():
            return draw_feedback.feedback_form(message, pen)
        case MoveForm():
            return draw_dockets.move_form(message, pen)
        case AnswerForm():
            return draw_dockets.answer_form(message, pen)
        case AnnouncementForm():
            return draw_announcements.announcement_form(message, pen)
        case AnnouncementDrafted():
            return draw_announcements.drafted_form(message, pen)
        case UrgentForm():
            return draw_urgent.urgent_form(message, pen)
        case DeclineForm():
            return draw_urgent.decline_form(message, pen)
        case _:
            return None


# -- what belongs to no room ------------------------------------------------------------------


def _view(title: str, blocks: Sequence[Block], pen: Pen) -> Body:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(title, TITLE),
        "close": plain(pen.say("Close"), TITLE),
        "blocks": finish(list(blocks)[:VIEW_BLOCKS], pen.nonce),
    }
