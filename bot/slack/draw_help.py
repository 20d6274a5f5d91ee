"""What belongs to no room in Slack: help, refusals, and where something is on the web."""

from __future__ import annotations

from collections.abc import Mapping

from bot.registry import encode
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
from governance import links, wording
from governance.announcements.commands import WriteAnnouncement
from governance.changes.commands import ShowCalendar
from governance.chat import wording as chat_words
from governance.chat.shortcuts import shortcuts
from governance.docket.commands import ShowFeedbackForm
from governance.forms.commands import Open
from governance.learning.commands import ShowLearning
from governance.messages import Help, SignInLink
from governance.people.ways_in import AskSignInLink
from governance.service_notices.commands import ShowServiceStatus
from governance.waves import my_survey_wording as my_survey_words
from governance.waves.my_surveys import ShowMySurveys


def draw_signin_link(message: SignInLink, pen: Pen) -> Drawn:
    """The way to one's own page. It is drawn for one person alone."""
    heading = pen.say("Home on the web")
    if message.token is None:
        url = links.signin(pen.web_url)
        said = pen.say("Because of your role, sign in there with your district account.")
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
    return f"{once} {pen.say('It signs you in, so don’t share it.')}"


def sentence(said: str) -> Drawn:
    return Drawn(text=said, blocks=[paragraph(said)])


def whole_on_the_web(url: str, pen: Pen) -> Block:
    return paragraph(
        pen.say("This is too long for {platform}.", platform="Slack"),
        " ",
        link(url, pen.say("Open it on the web")),
    )


def contacts(whom: Mapping[str, str], pen: Pen) -> list[Block]:
    """Whom to turn to."""
    lines = [f"{name}: {how}" for name, how in wording.contacts(pen.words, whom)]
    return [bullets(lines)] if lines else []


def draw_help(message: Help, pen: Pen) -> Drawn:
    said = chat_words.help_title(pen.words, message)
    lines = [
        chat_words.what_i_do(pen.words),
        pen.say(
            "Or type /soundingboard feedback for the form, where you choose whether to give "
            "your name."
        ),
        pen.say("To send a message that you read, choose “Send this to a committee” in its menu."),
        *chat_words.can_type(pen.words, message),
    ]
    blocks = [
        header(pen.say("What you can do here")),
        paragraph(bold(wording.not_monitored(pen.words))),
        paragraph(said),
        bullets(lines),
    ]
    blocks += contacts(message.contacts, pen)
    tell = button(pen.say("Tell us something"), encode(ShowFeedbackForm()), style="primary")
    more = [button(pen.say("Write an announcement"), encode(Open(of=WriteAnnouncement())))]
    page = button(pen.say("Sign in on the web"), encode(AskSignInLink()))
    mine = button(my_survey_words.title(pen.words), encode(ShowMySurveys()))
    coming = button(pen.say("Change calendar"), encode(ShowCalendar()))
    learn = button(pen.say("Training"), encode(ShowLearning()))
    works = button(pen.say("Service status"), encode(ShowServiceStatus()))
    pages = [button(one.label(pen.words), encode(one.command)) for one in shortcuts()]
    more = more if message.cto else []
    blocks.append(actions(tell, mine, coming, learn, works, *pages, *more, page))
    blocks.append(paragraph(link(links.inbox(pen.web_url), pen.say("Home on the web"))))
    return Drawn(text=said, blocks=blocks)
