"""What belongs to no room in Slack: help, refusals, and where something is on the web."""

from __future__ import annotations

from typing import assert_never

from bot import links, my_survey_words
from bot.intents import encode
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
    note,
    paragraph,
)
from bot.slack.drawn import Drawn
from governance.commands import (
    AskSignInLink,
    ShowAnnouncementForm,
    ShowFeedbackForm,
    ShowMySurveys,
)
from governance.conclusions import ConclusionsForm
from governance.messages import Help, SignInLink
from governance.series_views import SeriesChecked, SeriesStarted, SeriesView
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
from surveys.exporting import Exported, SomeComments
from surveys.messages import LaunchChecked


def draw_signin_link(message: SignInLink, pen: Pen) -> Drawn:
    """The way to one's own page. It is drawn for one person alone."""
    heading = pen.say("Your page on the web")
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


def on_the_web(view: View, pen: Pen) -> Drawn:
    match view:
        case InboxView() | HomeView():
            url, said = links.inbox(pen.web_url), pen.say("Your page")
        case DocketView(queue=queue, name=name):
            url, said = (
                links.docket(pen.web_url, queue),
                pen.say("The list of {name}", name=pen.words.queue(name)),
            )
        case (
            DeskView()
            | LaunchChecked()
            | LaunchView()
            | SeriesChecked()
            | SeriesStarted()
            | SeriesView()
        ):
            url, said = links.desk(pen.web_url), pen.say("The desk")
        case SurveysView() | DraftView() | DraftChanged() | PlanView():
            url, said = links.surveys(pen.web_url), pen.say("Surveys")
        case CampaignView(announcement=announcement):
            url = links.campaign(pen.web_url, announcement.id)
            said = pen.say("Person by person, on the web")
        case (
            ConclusionsForm(wave_id=wave_id)
            | Exported(wave_id=wave_id)
            | SomeComments(wave_id=wave_id)
        ):
            url, said = links.results(pen.web_url, wave_id), pen.say("See all results")
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
        pen.say("To see what waits for you, type /soundingboard surveys."),
    ]
    if message.committees:
        lines.append(pen.say("To see the list of your committee, type /soundingboard docket."))
    if message.cto:
        lines.append(pen.say("To write an announcement, type /soundingboard announce."))
    blocks = [header(pen.say("Sounding Board")), paragraph(bold(said)), bullets(lines)]
    if message.committees:
        names = ", ".join(name for _, name in pen.words.queues(message.committees))
        blocks.append(paragraph(bold(pen.say("You sit on: ")), names))
    blocks += [note(pen.words.not_monitored()), *draw_feedback.contacts(message.contacts, pen)]
    tell = button(
        pen.say("Tell Computing Services something"), encode(ShowFeedbackForm()), style="primary"
    )
    more = [button(pen.say("Write an announcement"), encode(ShowAnnouncementForm()))]
    page = button(pen.say("Sign in on the web"), encode(AskSignInLink()))
    mine = button(my_survey_words.title(pen.words), encode(ShowMySurveys()))
    blocks.append(actions(tell, mine, *(more if message.cto else []), page))
    blocks.append(paragraph(link(links.inbox(pen.web_url), pen.say("Your page on the web"))))
    return Drawn(text=said, blocks=blocks)
