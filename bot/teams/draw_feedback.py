"""Feedback as cards: the form, the receipt, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot import (
    case_words,
    conversing_words,
    link_words,
    links,
    personal_words,
    recommendation_words,
    sensitive_words,
)
from bot.conversation import Reader
from bot.teams.cards import (
    FIELD,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    labelled,
    line,
    link,
    misfit,
    paragraphs,
    short,
    text_input,
)
from bot.words import Words
from governance.commands import (
    GiveFeedback,
    ShowFeedbackForm,
    ShowReplyForm,
)
from governance.feedback import Naming
from governance.listening import LONGEST
from governance.messages import (
    FeedbackForm,
    FeedbackReceived,
    News,
    Told,
)
from surveys.questions import Unfit

LONGEST_SHOWN = 4000
"""Characters of a message shown in a brief: the card stays under what Teams takes."""


def reason(words: Words, unfit: Mapping[str, Unfit], key: str) -> list[Element]:
    """Why an input does not fit, to stand above it."""
    why = unfit.get(key)
    return [misfit(words.unfit(why))] if why else []


def contact_lines(words: Words, contacts: Mapping[str, str]) -> list[Element]:
    return [labelled(f"{who}:", how) for who, how in words.contacts(contacts)]


def feedback_form(words: Words, form: FeedbackForm, command: GiveFeedback, reader: Reader) -> Drawn:
    """``command`` names the item that pressing the button will give."""
    known = form.anonymous_door and reader.web_url
    door = links.anonymous(reader.web_url, form.anonymous_door) if known else ""
    title = words.say("Tell us something")
    body = [
        heading(title),
        line(words.say("What works, what does not, what you wish for: in your own words.")),
        line(words.leave_names_out()),
        *reason(words, form.unfit, "text"),
        text_input(
            f"{FIELD}text",
            words.say("Your message"),
            value=form.text,
            required=True,
            longest=LONGEST,
            error=words.say("Please write something."),
        ),
        *reason(words, form.unfit, "naming"),
        choice_set(
            f"{FIELD}naming",
            words.say("Your name"),
            [
                (Naming.WITHHELD.value, words.say("Keep my name from the committee")),
                (Naming.NAMED.value, words.say("Show my name to the committee")),
            ],
            value=form.naming.value,
            required=True,
            error=words.say("Please choose one."),
        ),
        line(words.withheld_name(), quiet=True),
        line(conversing_words.named(words), quiet=True),
        *([line(conversing_words.anonymous_way(words), quiet=True)] if door else []),
        line(words.not_monitored(), quiet=True),
        *contact_lines(words, form.contacts),
    ]
    send = execute(words.say("Send"), command, primary=True, inputs=True)
    instead = [link(conversing_words.anonymous_link(words), door)] if door else []
    return card(body, [send, *instead], summary=title, locale=words.locale)


def feedback_received(words: Words, received: FeedbackReceived) -> Drawn:
    said = words.say("Thank you. We have your message.")
    body = [
        heading(said),
        line(words.received()),
        line(words.naming(received.naming), quiet=True),
        line(words.not_monitored(), quiet=True),
    ]
    more = execute(words.say("Tell us something else"), ShowFeedbackForm())
    return card(body, [more], summary=said, locale=words.locale)


# -- the author --------------------------------------------------------------------------------


def told(words: Words, news: Told) -> Drawn:
    if news.news is News.URGENT:
        return _urgent(words, news)
    said = _news(words, news)
    body = [
        heading(said),
        labelled(
            words.say("On {day} you said:", day=words.day(news.received_at)), short(news.said, 600)
        ),
    ]
    if news.reason:
        body += [
            line(words.say("Why"), strong=True),
            *paragraphs(short(news.reason, LONGEST_SHOWN)),
        ]
    if news.answer:
        body.append(line(words.say("The answer:"), strong=True))
        body += paragraphs(short(news.answer, LONGEST_SHOWN))
        if news.answered_by:
            body.append(
                line(
                    words.say(
                        "{who}, {committee}",
                        who=news.answered_by,
                        committee=words.answerer(news.committee, within=True),
                    ),
                    quiet=True,
                )
            )
    body += [line(one) for one in link_words.heard(words, news)]
    asked, reply = question(words, news)
    body += [*asked, *contact_lines(words, news.contacts)]
    more = execute(words.say("Tell us something else"), ShowFeedbackForm())
    return card(body, [*reply, more], summary=said, locale=words.locale)


def _urgent(words: Words, news: Told) -> Drawn:
    """The number to call before anything else."""
    call, following = case_words.notice(words, news)
    body = [line(call, strong=True, alarm=True), *contact_lines(words, news.contacts)]
    body += [line(one) for one in following]
    if news.said:
        said = words.say("On {day} you said:", day=words.day(news.received_at))
        body.append(labelled(said, short(news.said, 600)))
    body.append(line(words.not_monitored(), quiet=True))
    return card(body, summary=call, locale=words.locale)


def question(words: Words, news: Told) -> tuple[list[Element], list[Element]]:
    """What an author is asked, and the button to reply."""
    if news.question is None:
        return [], []
    reply = execute(words.say("Reply"), ShowReplyForm(item_id=news.item_id), primary=True)
    asked = labelled(conversing_words.asked_by(words, news.committee), news.question)
    return [asked, line(words.not_monitored(), quiet=True)], [reply]


def _news(words: Words, news: Told) -> str:
    committee = words.answerer(news.committee)
    match news.news:
        case News.ASKED:
            return conversing_words.asked(words, news)
        case News.ACKNOWLEDGED:
            return words.say(
                "{committee} has your message and is looking at it.", committee=committee
            )
        case News.IN_DISCUSSION:
            return words.say("{committee} discusses your message.", committee=committee)
        case News.ANSWERED:
            return words.say("{committee} has answered your message.", committee=committee)
        case News.ACCEPTED | News.DECLINED:
            return recommendation_words.heard(words, news)
        case News.BECAME:
            return link_words.news(words, news)
        case News.FILED:
            return words.say(
                "Your message is not about technology, so no committee here can take it up. "
                "Please turn to the help desk or your principal."
            )
        case News.RESTRICTED | News.NO_READER:
            return sensitive_words.instead(words, news) or words.say(
                "Your message is sensitive. No committee sees it; one named person reads it. "
                "You can also turn to the people below."
            )
        case News.URGENT:
            return case_words.notice(words, news)[0]
        case News.TAKEN:
            return case_words.taken(words, news)
        case News.TAKEN_OUT:
            return personal_words.title(words)
        case News.STUDENT_DATA:
            return personal_words.told(words)
    assert_never(news.news)
