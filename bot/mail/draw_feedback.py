"""Mails about what somebody told us: that there is news, and the way to the page."""

from __future__ import annotations

from typing import assert_never

from bot import links, personal_words
from bot.mail.drawn import Drawn
from bot.words import Words
from governance.messages import News
from governance.personal_messages import PersonalMessage, StudentDataRemoved, TakenOut


def told_of(about: News, words: Words, web_url: str) -> Drawn:
    """Not what they said, not what was answered, and not by whom."""
    say = words.say
    match about:
        case News.ACCEPTED | News.DECLINED:
            news = say("A recommendation with what you told us behind it was decided.")
        case News.ANSWERED:
            news = say("There is an answer to what you told us.")
        case News.BECAME:
            news = say("Something was announced because of what you told us.")
        case News.ASKED:
            news = say("A committee has a question about what you told us.")
        case News.TAKEN_OUT:
            news = say("We took personal data out of what you told us. Please look at it.")
        case (
            News.ACKNOWLEDGED
            | News.IN_DISCUSSION
            | News.FILED
            | News.RESTRICTED
            | News.NO_READER
            | News.URGENT
            | News.TAKEN
            | News.STUDENT_DATA
        ):
            news = say("There is news about what you told us.")
        case _:
            assert_never(about)
    return Drawn(
        subject=say("Something waits on your page"),
        heading=say("About what you told us"),
        parts=(("", news), ("", say("You find it on your page, where only you can read it."))),
        press=say("Open your page"),
        url=links.inbox(web_url),
        note=words.not_monitored(),
    )


def personal(message: PersonalMessage, words: Words, web_url: str) -> Drawn:
    if isinstance(message, TakenOut):
        return told_of(News.TAKEN_OUT, words, web_url)
    if not isinstance(message, StudentDataRemoved):
        return waits(words, web_url)
    title = personal_words.removed_title(words)
    said = (personal_words.removed(words, message), personal_words.removed_what(words, message))
    return Drawn(
        subject=title,
        heading=title,
        parts=tuple(("", line) for line in said),
        press=words.say("Open your page"),
        url=links.inbox(web_url),
    )


def waits(words: Words, web_url: str) -> Drawn:
    """Messages that answer somebody at once are never mailed; if one were, it would say no more
    than this."""
    say = words.say
    return Drawn(
        subject=say("Something waits on your page"),
        heading=say("Something waits on your page"),
        parts=(),
        press=say("Open your page"),
        url=links.inbox(web_url),
    )
