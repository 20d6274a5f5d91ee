"""Messages as accessible HTML: one ``match`` over everything Sounding Board says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import assert_never

from markupsafe import Markup

from bot import (
    asking_words,
    campaign_words,
    case_words,
    chat_words,
    conclusion_words,
    conversing_words,
    digest_words,
    link_words,
    links,
    matter_words,
    my_survey_words,
    personal_words,
    reach_words,
    recommendation_words,
    said_words,
    sensitive_words,
    urgent_words,
    watch_words,
)
from bot.beside_words import answered_words
from bot.conversation import Reader
from bot.languages import base_of, language_name, texts
from bot.web.asking import fields, inline_fields, ordinal
from bot.web.campaign_notes import campaign_page
from bot.web.card_pictures import first_picture, read_bar
from bot.web.draw_cases import case_title, draw_case
from bot.web.draw_conversing import conversing_title, draw_conversing, draw_told
from bot.web.draw_digests import told_in_sums
from bot.web.draw_dockets import docket_title, draw_docket
from bot.web.draw_personal import draw_personal
from bot.web.draw_recommendations import draw_recommendation
from bot.web.draw_said import draw_my_surveys, draw_said, thanks
from bot.web.rendering import render
from bot.web.result_figures import heard_figures
from bot.words import Words
from governance.approval_messages import ApprovalAsked, ApprovalSettled, DeclineForm, UrgentForm
from governance.case_messages import CaseNews, CloseCaseForm, UrgentAlert
from governance.chat import ChatAnswer, ChatMessage, ShallIPassItOn
from governance.conclusions import Conclusions
from governance.conversing_messages import AskForm, ReplyForm, ReplyKept
from governance.digest_messages import Digest, MonthlyFigures
from governance.docket_messages import AssignForm, LinkForm, MatterForm
from governance.hand_over import HelpDeskOffer, Ticket
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
    News,
    Notice,
    Progress,
    RecallForm,
    Refused,
    ResendForm,
    RestrictedWaiting,
    SignInLink,
    Told,
    WaveProgress,
)
from governance.my_surveys import MySurveys
from governance.personal_messages import PersonalMessage
from governance.recommendation_messages import AdviceSent, AdviceSettled, DecisionForm
from governance.watch_messages import (
    ChannelOpened,
    DocketOverdue,
    Growing,
    RecordsHold,
    Repetition,
    RosterRefused,
    TriageWaiting,
)
from surveys.messages import (
    Answered,
    AnswersDeleted,
    Declined,
    Invitation,
    QuestionPage,
    Results,
    WaveClosedAlready,
    WaveLaunched,
    WhatYouSaid,
)
from surveys.questions import Unfit
from surveys.words import Text


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

    if isinstance(message, PersonalMessage):
        return draw_personal(message, reader, csrf=csrf, level=level)
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
        case AnswersDeleted():
            return ink("answers_deleted", said=said_words.deleted(words, message))
        case MySurveys():
            return draw_my_surveys(message, reader, level=level)
        case WaveClosedAlready():
            return ink("wave_closed_already")
        case WaveLaunched(reach=reach):
            chosen = reach_words.beside(words, reach) if reach else []
            return ink("wave_launched", chosen=chosen)
        case Results(results=results):
            answered = answered_words(results, words)
            return ink("results", picture=first_picture(results, words), answered=answered)
        case Notice():
            return ink("notice")
        case FeedbackForm(anonymous_door=door):
            way, named = conversing_words.anonymous_way(words), conversing_words.named(words)
            return ink("feedback_form", way=way, named_way=named, at=links.anonymous("", door))
        case FeedbackReceived():
            return ink("feedback_received")
        case Brief() | AssignForm() | LinkForm() | MatterForm():
            return draw_docket(message, reader, csrf=csrf, level=level)
        case RestrictedWaiting():
            return ink("restricted_waiting", sensitive=sensitive_words)
        case UrgentAlert() | CaseNews() | CloseCaseForm() | HelpDeskOffer() | Ticket():
            return draw_case(message, reader, csrf=csrf, level=level)
        case MoveForm():
            return ink("move_form")
        case AnswerForm():
            return ink("answer_form", hears=matter_words.hears(words, message.said_by))
        case AdviceSent() | DecisionForm() | AdviceSettled():
            return draw_recommendation(message, reader, csrf=csrf, level=level)
        case Told():
            return draw_told(message, reader, csrf=csrf, level=level)
        case AskForm() | ReplyForm() | ReplyKept():
            return draw_conversing(message, reader, csrf=csrf, level=level)
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
                bar=read_bar(message, words),
                waits=urgent_words.waiting(words, message.announcement),
                notes=[
                    *urgent_words.approval_lines(words, message.approval),
                    *link_words.led(words, message),
                ],
            )
        case WaveProgress():
            return ink("wave_progress", said=asking_words.sentence(words, message))
        case ResendForm(missed=missed) | AskAgainForm(missed=missed):
            said = campaign_words.resend_sentence(words, missed)
            lines = campaign_words.missed(words, missed)
            twice = campaign_words.maybe_twice(words, missed)
            at = campaign_page(message)
            return ink("resend_form", said=said, lines=lines, twice=twice, at=at)
        case RecallForm():
            return ink("recall_form", lines=campaign_words.recall_lines(words, message))
        case Conclusions():
            return ink(
                "conclusions",
                parts=conclusion_words.parts(words, message, in_words=False),
                thanks=conclusion_words.thanks(words, message),
                figures=heard_figures(message, words),
                number_words=conclusion_words.number_words,
            )
        case Digest() | MonthlyFigures():
            return told_in_sums(message, reader, level=level)
        case (
            ChannelOpened()
            | RosterRefused()
            | Repetition()
            | DocketOverdue()
            | TriageWaiting()
            | Growing()
            | RecordsHold()
        ):
            return ink("watched", **watch_words.parts(words, message))
        case ChatAnswer() | ShallIPassItOn():
            return ink("chat", lines=_of_chat(words, message))
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


def _of_chat(words: Words, message: ChatMessage) -> list[str]:
    """Typed words are answered in chat; a page would show the same."""
    if isinstance(message, ShallIPassItOn):
        return [chat_words.shall_i(words), chat_words.why_asked(words, message)]
    return chat_words.lines(words, message)


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
        others=_in_other_languages(message, reader),
        offer=urgent_words.offer(words),
        declined=urgent_words.declined(words, message.announcement.declined_why),
    )


def _in_other_languages(
    message: AnnouncementDrafted, reader: Reader
) -> list[tuple[str, Markup, Markup]]:
    """(language, the title, the words drawn) for each other language that it is written in, with
    our labels as whoever reads that language sees them."""
    words, change = Words(reader.locale, reader.timezone), message.announcement.change
    spoken = {tag for one in texts(change) for tag in (one.language, *one.translations)}

    def written(text: Text, tag: str) -> Markup:
        language = text.language_for(tag)
        return Markup('<span lang="{}">{}</span>').format(language, text.in_locale(tag))

    def drawn(tag: str) -> Markup:
        there = replace(reader, locale=tag)
        labels = Words(tag).spoken
        drawn = render(
            "messages/_change.html", there, change=change, written=partial(written, tag=tag)
        )
        return Markup('<div lang="{}">{}</div>').format(labels, drawn)

    return [
        (language_name(words, tag), written(change.title, tag), drawn(tag))
        for tag in sorted(spoken)
        if base_of(tag) != words.spoken
    ]


def draw_title(message: Message, words: Words) -> str:
    """A message in a few words: the page's title, and the line of an older one in the inbox."""
    say = words.say
    if isinstance(message, PersonalMessage):
        return personal_words.title_of(words, message)
    match message:
        case Invitation() | QuestionPage() | Declined() | WaveLaunched():
            return words.text(message.title)
        case Answered():
            return thanks(message, words)
        case WhatYouSaid() | AnswersDeleted():
            return said_words.title(words, message)
        case MySurveys():
            return my_survey_words.title(words)
        case WaveClosedAlready():
            return say("“{title}” has closed", title=words.text(message.title))
        case Results(results=results):
            return say("Results: {title}", title=words.text(results.title))
        case Notice(change=change):
            return words.text(change.title)
        case FeedbackForm():
            return say("Tell us something")
        case FeedbackReceived():
            return say("Thank you. We have your message.")
        case Brief():
            return say("For {committee}", committee=words.queue(message.queue_name))
        case RestrictedWaiting():
            return say("Something sensitive waits for you")
        case UrgentAlert() | CaseNews() | CloseCaseForm() | HelpDeskOffer() | Ticket():
            return case_title(message, words)
        case MoveForm():
            return say("Move this to another queue")
        case AnswerForm():
            return say("Answer this")
        case AssignForm() | LinkForm() | MatterForm():
            return docket_title(message, words)
        case AdviceSent() | DecisionForm() | AdviceSettled():
            return recommendation_words.title(words, message)
        case Told(news=News.URGENT):
            return case_words.notice(words, message)[0]
        case Told():
            return say("About what you told us")
        case AskForm() | ReplyForm() | ReplyKept():
            return conversing_title(message, words)
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
        case Digest() | MonthlyFigures():
            return digest_words.title(words, message)
        case ChannelOpened() | RosterRefused() | Repetition() | DocketOverdue():
            return watch_words.title(words, message)
        case TriageWaiting() | Growing() | RecordsHold():
            return watch_words.title(words, message)
        case ChatAnswer() | ShallIPassItOn():
            return _of_chat(words, message)[0]
        case Refused():
            return say("We cannot do that")
        case Help():
            return say("What you can do here")
        case SignInLink():
            return say("Home on the web")
        case Done():
            return ""
        case _:
            assert_never(message)
