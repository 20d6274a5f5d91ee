"""Messages as accessible HTML: one ``match`` over everything Sounding Board says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from markupsafe import Markup

from bot import (
    asking_words,
    campaign_words,
    conclusion_words,
    my_survey_words,
    reach_words,
    said_words,
    urgent_words,
    watch_words,
)
from bot.charts import chart, progress_bar
from bot.conversation import Reader
from bot.matrices import together
from bot.web.asking import fields, inline_fields, ordinal
from bot.web.draw_said import draw_my_surveys, draw_said
from bot.web.rendering import render
from bot.web.result_figures import Figure, figure
from bot.words import Words
from governance.approval_messages import ApprovalAsked, ApprovalSettled, DeclineForm, UrgentForm
from governance.conclusions import Conclusions
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
from governance.my_surveys import MySurveys
from governance.watch_messages import ChannelOpened, Repetition, RosterRefused
from surveys.messages import (
    Answered,
    AnswersSealed,
    Declined,
    Invitation,
    QuestionPage,
    Results,
    WaveClosedAlready,
    WaveLaunched,
    WhatYouSaid,
)
from surveys.questions import Unfit
from surveys.results import WaveResults


def draw(
    message: Message, reader: Reader, *, csrf: str = "", level: int = 2, did: str = ""
) -> Markup:
    """A message as HTML for one reader.

    ``csrf`` is the token of the forms inside; ``level`` the heading's (1 where the message is the
    page). ``did`` is what the reader did with an invitation. What people typed is escaped; only
    the templates' own text is markup.
    """
    words = Words(reader.locale, reader.timezone)

    def ink(template: str, **more: object) -> Markup:
        name = f"messages/{template}.html"
        return render(name, reader, m=message, csrf=csrf, level=level, **more)

    match message:
        case Invitation():
            asked = inline_fields(message)
            return ink("invitation", fields=asked, ordinal=ordinal, did=did)
        case QuestionPage():
            return ink("question_page", fields=fields(message, words), ordinal=ordinal)
        case Answered():
            return ink("answered")
        case Declined():
            return ink("declined")
        case WhatYouSaid():
            return draw_said(message, reader, csrf=csrf, level=level)
        case AnswersSealed():
            return ink("answers_sealed", sealed=said_words.sealed(words, message))
        case MySurveys():
            return draw_my_surveys(message, reader, level=level)
        case WaveClosedAlready():
            return ink("wave_closed_already")
        case WaveLaunched(reach=reach):
            chosen = reach_words.beside(words, reach) if reach else []
            return ink("wave_launched", chosen=chosen)
        case Results(results=results):
            return ink("results", picture=first_picture(results, words))
        case Notice():
            return ink("notice")
        case NoticeAcknowledged():
            return ink("notice_acknowledged")
        case FeedbackForm():
            return ink("feedback_form")
        case FeedbackReceived():
            return ink("feedback_received")
        case Brief():
            return ink("brief")
        case RestrictedWaiting():
            return ink("restricted_waiting")
        case UrgentAlert():
            return ink("urgent_alert")
        case MoveForm():
            return ink("move_form")
        case AnswerForm():
            return ink("answer_form")
        case Told():
            return ink("told")
        case AnnouncementForm():
            declined = urgent_words.declined(words, message.declined_why)
            return ink("announcement_form", declined=declined)
        case AnnouncementDrafted():
            return draw_draft(message, reader, csrf=csrf, level=level)
        case AnnouncementScheduled():
            return ink("announcement_scheduled")
        case UrgentForm():
            return ink("urgent_form", lines=urgent_words.form_lines(words, message))
        case ApprovalAsked():
            return ink(
                "approval_asked",
                said=urgent_words.asked(words, message),
                lines=urgent_words.asked_lines(words, message),
                approve=urgent_words.approve_label(words, message),
            )
        case DeclineForm():
            return ink("decline_form")
        case ApprovalSettled():
            ended = urgent_words.settled(words, message)
            follows = urgent_words.settled_lines(words, message)
            return ink("approval_settled", said=ended, lines=follows)
        case Progress():
            return ink(
                "progress",
                bar=_read_bar(message, words),
                waits=urgent_words.waiting(words, message.announcement),
                notes=urgent_words.approval_lines(words, message.approval),
            )
        case WaveProgress():
            return ink("wave_progress", said=asking_words.sentence(words, message))
        case ResendForm(missed=missed) | AskAgainForm(missed=missed):
            said = campaign_words.resend_sentence(words, missed)
            lines = campaign_words.missed(words, missed)
            twice = campaign_words.maybe_twice(words, missed)
            at = _campaign_page(message)
            return ink("resend_form", said=said, lines=lines, twice=twice, at=at)
        case RecallForm():
            return ink("recall_form", lines=campaign_words.recall_lines(words, message))
        case Conclusions():
            return ink(
                "conclusions",
                parts=conclusion_words.parts(words, message, in_words=False),
                thanks=conclusion_words.thanks(words, message),
                figures=_figures(message, words),
                number_words=conclusion_words.number_words,
            )
        case ChannelOpened() | RosterRefused() | Repetition():
            return ink(
                "watched",
                title=watch_words.title(words, message),
                lines=watch_words.lines(words, message),
                page=watch_words.page(message),
                press=watch_words.press(words, message),
            )
        case Refused():
            return ink("refused")
        case Help():
            return ink("help")
        case SignInLink():
            return ink("signin_link")
        case Done():
            return Markup("")
        case _:
            assert_never(message)


def draw_draft(
    message: AnnouncementDrafted,
    reader: Reader,
    *,
    csrf: str,
    level: int = 1,
    unfit: Mapping[str, Unfit] | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Markup:
    """A draft to check, with why the time to send it (``typed``: day, time) does not fit."""
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/announcement_drafted.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        unfit=unfit or {},
        typed=typed,
        offer=urgent_words.offer(words),
        declined=urgent_words.declined(words, message.announcement.declined_why),
    )


def _campaign_page(message: ResendForm | AskAgainForm) -> tuple[str, str]:
    """Where a form to send something again is handed in, and where to go without it."""
    match message:
        case ResendForm(announcement_id=announcement):
            at = f"/announcements/{announcement}"
            return f"{at}/resend", f"{at}/progress"
        case AskAgainForm(wave_id=wave):
            return f"/desk/asking/{wave}/resend", f"/desk/asking/{wave}"
        case _:
            assert_never(message)


def _read_bar(message: Progress, words: Words) -> Markup:
    tally, ident = message.tally, f"read-{message.announcement.id.hex[:8]}"
    return progress_bar(tally.acknowledged, tally.people, words.say("read"), words, ident=ident)


def draw_title(message: Message, words: Words) -> str:
    """A message in a few words: the page's title, and the line of an older one in the inbox."""
    say = words.say
    match message:
        case Invitation() | QuestionPage() | Declined() | WaveLaunched():
            return words.text(message.title)
        case Answered():
            return _thanks(message, words)
        case WhatYouSaid() | AnswersSealed():
            return said_words.title(words, message)
        case MySurveys():
            return my_survey_words.title(words)
        case WaveClosedAlready():
            return say("“{title}” has closed", title=words.text(message.title))
        case Results(results=results):
            return say("Results: {title}", title=words.text(results.title))
        case Notice(change=change):
            return words.text(change.title)
        case NoticeAcknowledged():
            return say("You have read: {title}", title=words.text(message.title))
        case FeedbackForm():
            return say("Tell us something")
        case FeedbackReceived():
            return say("Thank you, we have it")
        case Brief():
            return say("For {committee}", committee=words.queue(message.queue_name))
        case RestrictedWaiting():
            return say("Something sensitive waits for you")
        case UrgentAlert():
            return say("Urgent: this needs a person now")
        case MoveForm():
            return say("Move this to another queue")
        case AnswerForm():
            return say("Answer this")
        case Told():
            return say("About what you told us")
        case AnnouncementForm():
            return say("Write an announcement")
        case AnnouncementDrafted():
            return say("Check before you send")
        case AnnouncementScheduled():
            return say("Your announcement is on its way")
        case UrgentForm():
            return say("Send “{title}” as urgent?", title=words.text(message.title))
        case ApprovalAsked():
            return urgent_words.asked(words, message)
        case DeclineForm():
            title = words.text(message.title)
            return say("Decline to send “{title}” as urgent?", title=title)
        case ApprovalSettled():
            return urgent_words.settled(words, message)
        case Progress(announcement=announcement):
            title = words.text(announcement.change.title)
            return say("What became of “{title}”", title=title)
        case WaveProgress():
            return say("Asking: {title}", title=words.text(message.wave.survey.title))
        case ResendForm() | AskAgainForm():
            return say("Send again: {title}", title=words.text(message.title))
        case RecallForm():
            return say("Take “{title}” back?", title=words.text(message.title))
        case Conclusions():
            return conclusion_words.title(words, message)
        case ChannelOpened() | RosterRefused() | Repetition():
            return watch_words.title(words, message)
        case Refused():
            return say("We cannot do that")
        case Help():
            return say("What you can do here")
        case SignInLink():
            return say("Your page on the web")
        case Done():
            return ""
        case _:
            assert_never(message)


def _thanks(message: Answered, words: Words) -> str:
    if message.trial:
        return words.tried()
    if message.changed:
        return words.say("Thank you, your change is saved")
    return words.say("Thank you, your answers are saved")


def _figures(message: Conclusions, words: Words) -> list[Figure]:
    """Of what was heard: the figures that go along."""
    start, as_of = f"heard-{message.wave_id.hex[:8]}", message.as_of
    if as_of is None:
        return []
    told = enumerate(together(message.told))
    return [figure(one, words, f"{start}-{place}", as_of) for place, one in told]


def first_picture(results: WaveResults, words: Words) -> Markup | None:
    """The one picture of a results card: the district's first question that can be drawn."""
    for table in results.tables:
        if table.plan.by:
            continue
        for cell in table.cells:
            for result in together(cell.questions):
                picture = chart(result, words, ident=f"card-{results.wave_id.hex[:8]}")
                if picture:
                    return picture
    return None
