"""What belongs to no room in Slack: help, refusals, and where something is on the web."""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot.registry import encode
from bot.slack import draw_feedback
from bot.slack.blocks import (
    Block,
    Pen,
    actions,
    bold,
    bullets,
    button,
    header,
    link,
    paragraph,
)
from bot.slack.drawn import Drawn
from bot.wording import chat_words, matter_words, my_survey_words
from governance.anonymous.views import AnonymousView
from governance.chairs.bulk import Bulk
from governance.chairs.views import AgendaView, ChairView
from governance.commands import (
    AskSignInLink,
    ShowAnnouncementForm,
    ShowFeedbackForm,
    ShowMySurveys,
)
from governance.committees.model import TRIAGE
from governance.conclusions.model import ConclusionsForm
from governance.digests.views import FiguresView, WeekView
from governance.duplicates.views import CorrectionsView, MatterView, MatterViews, TrendsView
from governance.messages import Help, SignInLink
from governance.recommendations.model import ChangesView
from governance.series.views import SeriesChecked, SeriesStarted, SeriesView
from governance.urgent.messages import CasesView
from governance.views import (
    CampaignView,
    DeskView,
    DocketView,
    DraftChanged,
    DraftView,
    HomeView,
    InboxView,
    LaunchView,
    PlanView,
    SurveysView,
    View,
)
from surveys.messages import LaunchChecked
from surveys.results.exporting import Exported, SomeComments


def draw_signin_link(message: SignInLink, pen: Pen) -> Drawn:
    """The way to one's own page. It is drawn for one person alone."""
    heading = pen.say("Home on the web")
    if message.token is None:
        url = links.signin(pen.web_url)
        said = pen.say("With your duties you sign in there with your district account.")
        return Drawn(
            text=said,
            blocks=[header(heading), paragraph(said), paragraph(link(url, pen.say("Open it")))],
        )
    url = links.signin(pen.web_url, message.token)
    about = once_for_you(message, pen)
    blocks = [
        header(heading),
        paragraph(about),
        paragraph(link(url, pen.say("Sign in on the web"))),
    ]
    return Drawn(text=f"{heading}. {about}", blocks=blocks)


def once_for_you(message: SignInLink, pen: Pen) -> str:
    """What somebody must know of a link that signs them in."""
    once = pen.words.count(
        "This link works once, for {n} minute.",
        "This link works once, for {n} minutes.",
        message.minutes,
    )
    return f"{once} {pen.say('It signs you in: give it to nobody.')}"


def sentence(said: str) -> Drawn:
    return Drawn(text=said, blocks=[paragraph(said)])


def whole_on_the_web(url: str, pen: Pen) -> Block:
    return paragraph(
        pen.say("This is too long for Slack. "), link(url, pen.say("Open it on the web"))
    )


def _of_matters(view: MatterViews, pen: Pen) -> tuple[str, str]:
    """Where a page of matters is, and what leads to it."""
    match view:
        case MatterView(first=first):
            return links.matter(pen.web_url, first.item_id), matter_words.all_of_it(pen.words)
        case TrendsView(queue=queue, name=name):
            said = pen.say("The list of {name}", name=pen.words.queue(name))
            return links.trends(pen.web_url, queue), said
        case CorrectionsView():
            said = pen.say("The list of {name}", name=pen.words.queue("Triage"))
            return links.docket(pen.web_url, TRIAGE), said
        case _:
            assert_never(view)


def on_the_web(view: View, pen: Pen) -> Drawn:
    if isinstance(view, AnonymousView):  # nobody in chat is ever answered with one
        url, said = links.collecting(pen.web_url), pen.say("Collect an answer")
        return Drawn(text=f"{said}: {url}", blocks=[paragraph(link(url, said))])
    match view:
        case InboxView() | HomeView():
            url, said = links.inbox(pen.web_url), pen.say("Home")
        case DocketView(queue=queue, name=name):
            url = links.docket(pen.web_url, queue)
            said = pen.say("The list of {name}", name=pen.words.queue(name))
        case MatterView() | TrendsView() | CorrectionsView():
            url, said = _of_matters(view, pen)
        case (
            DeskView()
            | LaunchChecked()
            | LaunchView()
            | SeriesChecked()
            | SeriesStarted()
            | SeriesView()
        ):
            url, said = links.desk(pen.web_url), pen.say("Dashboard")
        case SurveysView() | DraftView() | DraftChanged() | PlanView():
            url, said = links.surveys(pen.web_url), pen.say("Surveys")
        case CasesView():
            url, said = links.cases(pen.web_url), pen.say("Urgent cases")
        case CampaignView(announcement=announcement):
            url = links.campaign(pen.web_url, announcement.id)
            said = pen.say("Person by person, on the web")
        case (
            ConclusionsForm(wave_id=wave_id)
            | Exported(wave_id=wave_id)
            | SomeComments(wave_id=wave_id)
        ):
            url, said = links.results(pen.web_url, wave_id), pen.say("See all results")
        case ChairView(queue=queue) | AgendaView(queue=queue) | Bulk(queue=queue):
            url, said = links.chair(pen.web_url, queue), pen.say("Bulk reply")
        case WeekView(digest=digest):
            url = links.week(pen.web_url, digest.queue)
            said = pen.say("{committee}: the week", committee=pen.words.queue(digest.queue_name))
        case FiguresView():
            url, said = links.what_came(pen.web_url), pen.say("Outcome")
        case ChangesView():
            url, said = links.changes(pen.web_url), pen.say("What changed because staff spoke")
        case _:
            assert_never(view)
    return Drawn(text=f"{said}: {url}", blocks=[paragraph(link(url, said))])


def draw_help(message: Help, pen: Pen) -> Drawn:
    said = pen.say("This is the Sounding Board of {district}.", district=message.district)
    lines = [
        pen.say("Write to me here, at any time: it goes to the committee that can act on it."),
        pen.say("Or type /soundingboard feedback for the form, where you choose about your name."),
        pen.say("To send a message that you read, choose “Send this to a committee” in its menu."),
        pen.say("When you are asked something, answer in the message."),
        *chat_words.can_type(pen.words, message),
    ]
    blocks = [
        header(pen.say("Sounding Board")),
        paragraph(bold(pen.words.not_monitored())),
        paragraph(said),
        bullets(lines),
    ]
    if message.committees:
        names = ", ".join(name for _, name in pen.words.queues(message.committees))
        blocks.append(paragraph(bold(pen.say("You sit on: ")), names))
    blocks += draw_feedback.contacts(message.contacts, pen)
    tell = button(pen.say("Tell us something"), encode(ShowFeedbackForm()), style="primary")
    more = [button(pen.say("Write an announcement"), encode(ShowAnnouncementForm()))]
    page = button(pen.say("Sign in on the web"), encode(AskSignInLink()))
    mine = button(my_survey_words.title(pen.words), encode(ShowMySurveys()))
    blocks.append(actions(tell, mine, *(more if message.cto else []), page))
    blocks.append(paragraph(link(links.inbox(pen.web_url), pen.say("Home on the web"))))
    return Drawn(text=said, blocks=blocks)
