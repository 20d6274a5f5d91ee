"""Feedback: its receipt, what its author hears, and that something sensitive waits."""

from __future__ import annotations

from typing import assert_never

from core.cards import (
    Card,
    ChoiceField,
    Facts,
    Form,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    TextField,
)
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, lines, opens, quoted, why
from governance.chat import wording as chat_words
from governance.conversations import wording as conversing_words
from governance.conversations.commands import ReplyToCommittee
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback import wording as about_words
from governance.feedback.handlers import LONGEST
from governance.feedback.model import Naming
from governance.forms.commands import Open
from governance.messages import FeedbackForm, FeedbackReceived, News, RestrictedWaiting, Told
from governance.recommendations import wording as recommendation_words
from governance.redaction import wording as personal_words
from governance.references import wording as link_words
from governance.sensitive import wording as sensitive_words
from governance.urgent import wording as case_words


def feedback_form(words: Words, message: FeedbackForm) -> Card:
    opened = opens(words.say("Tell us something"), ShowFeedbackForm(about=message.token))
    door, parts = message.anonymous_door, about_words.parts(words, message.token, message.named)
    anonymous = links.anonymous("", door, message.token)
    part = ChoiceField(
        key="about",
        label=words.say("Which part do you mean?"),
        choices=parts,
        chosen=(message.token,),
    )
    return Card(
        title=words.say("Tell us something"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(about_words.about(words, message.named) or [_what_for(words)]),
            *lines([wording.not_monitored(words)], Look.ALARM),
            *lines([_passed_on(words)] if message.passed_on else []),
            *lines(chat_words.contacts(words, message.contacts), Look.QUIET),
        ),
        form=Form(
            fields=(
                *((part,) if parts else ()),
                TextField(
                    key="text",
                    label=words.say("Your message"),
                    value=message.text,
                    longest=LONGEST,
                    hint=wording.leave_names_out(words),
                    why=why(words, message.unfit, "text"),
                    rows=6,
                ),
                ChoiceField(
                    key="naming",
                    label=words.say("Whose name goes with it?"),
                    choices=(
                        (Naming.WITHHELD.value, words.say("Without my name")),
                        (Naming.NAMED.value, words.say("With my name")),
                    ),
                    chosen=(message.naming.value,),
                    hint=_namings(words),
                    why=why(words, message.unfit, "naming"),
                ),
            ),
            submit=opens(words.say("Send"), _gives(message)),
            opens=opened,
            leave=Page(label=words.say("Not now"), path=links.inbox("")),
        ),
        page=Page(
            label=conversing_words.anonymous_link(words),
            path=anonymous,
        )
        if door
        else None,
        note=conversing_words.anonymous_way(words) if door else "",
    )


def _gives(message: FeedbackForm) -> GiveFeedback:
    return GiveFeedback(item_id=message.item_id, text="", about=message.token)


def _what_for(words: Words) -> str:
    return words.say(
        "Say what works, what doesn’t, and what you wish for. It goes to the committee that can "
        "act on it, and you’ll get the reply here."
    )


def _passed_on(words: Words) -> str:
    return words.say(
        "Someone else wrote this. We don’t pass on who wrote it, and we don’t tell them."
    )


def _namings(words: Words) -> str:
    return words.say(
        "Without your name: {withheld} With your name: {named}",
        withheld=wording.withheld_name(words),
        named=conversing_words.named(words),
    )


def received(words: Words, message: FeedbackReceived) -> Card:
    return Card(
        title=words.say("Thank you. We have your message."),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(about_words.about(words, message.named) or [wording.received(words)]),
            *lines([wording.naming(words, message.naming)]),
            *lines(_help_desk(words, message)),
            *lines([wording.not_monitored(words)], Look.ALARM),
        ),
        presses=(Press(label=words.say("Tell us something else"), command=ShowFeedbackForm()),),
        page=Page(label=words.say("Go to home"), path=links.inbox("")),
    )


def _help_desk(words: Words, message: FeedbackReceived) -> list[str]:
    """Always there: whether a message is about a fault is found out only when it has been read."""
    if not message.help_desk:
        return []
    return [
        words.say(
            "If something is broken and cannot wait, contact the help desk: {how}",
            how=message.help_desk,
        )
    ]


def told(words: Words, message: Told) -> Card:
    if message.news is News.URGENT:
        return _urgent(words, message)
    asked = message.question is not None
    return Card(
        title=_news(words, message),
        secrecy=Secrecy.SIGNED_IN,
        outside=_outside(words, message),
        parts=(
            *_said(words, message),
            *lines(
                [words.say("About: {name}.", name=words.text(message.about))]
                if message.about
                else [],
                secrecy=Secrecy.SIGNED_IN,
            ),
            *lines(
                [wording.unfit(words, message.outcome)] if message.outcome else [],
                Look.STRONG,
                Secrecy.SIGNED_IN,
            ),
            *_facts(_answer(words, message)),
            *lines(_more(words, message), secrecy=Secrecy.SIGNED_IN),
            *(() if message.anonymous else link_words.ways(words, message.became)),
            *quoted(message.question or "", by=conversing_words.asked_by(words, message.committee)),
            *_facts(tuple(wording.contacts(words, message.contacts))),
        ),
        presses=(opens(words.say("Reply"), Open(of=ReplyToCommittee(item_id=message.item_id))),)
        if asked
        else (),
        page=_page(words, message),
        note=wording.not_monitored(words) if asked else "",
    )


def _urgent(words: Words, message: Told) -> Card:
    """The number to call before anything else."""
    call, following = case_words.notice(words, message)
    return Card(
        badge=words.say("Urgent"),
        title=call,
        secrecy=Secrecy.SIGNED_IN,
        outside=call,
        parts=(
            *_facts(tuple(wording.contacts(words, message.contacts))),
            *lines(following, secrecy=Secrecy.SIGNED_IN),
            *_said(words, message),
        ),
        page=_page(words, message),
        note=wording.not_monitored(words),
    )


def _page(words: Words, message: Told) -> Page | None:
    """Nobody who stayed anonymous has one."""
    if message.anonymous:
        return None
    return Page(label=words.say("Read it on the web"), path=links.inbox(""))


def _said(words: Words, message: Told) -> tuple[Part, ...]:
    when = words.say("On {day} you wrote:", day=words.day(message.received_at))
    return quoted(message.said, by=when)


def _answer(words: Words, message: Told) -> tuple[tuple[str, str], ...]:
    reason = ((words.say("Why"), message.reason),) if message.reason else ()
    if not message.answer:
        return reason
    who = message.answered_by or wording.answerer(words, message.committee, within=True)
    return (*reason, (words.say("The answer from {who}", who=who), message.answer))


def _facts(pairs: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    shown: tuple[tuple[str, Prose], ...] = pairs
    return (Facts(pairs=shown, secrecy=Secrecy.SIGNED_IN),) if pairs else ()


def _news(words: Words, message: Told) -> str:
    committee = wording.answerer(words, message.committee)
    match message.news:
        case News.ASKED:
            return conversing_words.asked(words, message)
        case News.ACKNOWLEDGED:
            return words.say(
                "{committee} has your message and is looking into it.", committee=committee
            )
        case News.IN_DISCUSSION:
            return words.say("{committee} is discussing your message.", committee=committee)
        case News.ANSWERED:
            return words.say("{committee} has answered you.", committee=committee)
        case News.ACCEPTED | News.DECLINED:
            return recommendation_words.heard(words, message)
        case News.BECAME:
            return link_words.news(words, message)
        case News.FILED:
            return words.say("Your message isn’t about technology.")
        case News.RESTRICTED | News.NO_READER:
            if message.unread:
                return words.say("One named person reads your message.")
            return words.say("Your message is sensitive.")
        case News.URGENT:
            return case_words.notice(words, message)[0]
        case News.TAKEN:
            return case_words.taken(words, message)
        case News.TAKEN_OUT:
            return personal_words.title(words)
        case News.STUDENT_DATA:
            return words.say("Student data was taken out of your message.")
        case _:
            assert_never(message.news)


def _more(words: Words, message: Told) -> list[str]:
    """What the title means for its reader."""
    match message.news:
        case News.FILED:
            return [
                words.say(
                    "No committee here can act on it. Please turn to the help desk or your "
                    "principal."
                )
            ]
        case News.RESTRICTED | News.NO_READER:
            return [
                sensitive_words.instead(words, message)
                or words.say(
                    "No committee sees it: one named person reads it. These people can help "
                    "you directly."
                )
            ]
        case News.STUDENT_DATA:
            return [personal_words.told(words)]
        case _:
            return link_words.heard(words, message)


def _outside(words: Words, message: Told) -> str:
    """Not what they said, not what was answered, and not by whom."""
    match message.news:
        case News.ACCEPTED | News.DECLINED:
            return words.say("A recommendation based on what you told us was decided.")
        case News.ANSWERED:
            return words.say("There is an answer to what you told us.")
        case News.BECAME:
            return words.say("Something was announced because of what you told us.")
        case News.ASKED if message.question is not None:
            return words.say("A committee has a question about what you told us.")
        case News.TAKEN_OUT:
            return words.say("We took personal data out of what you told us. Please check it.")
        case _:
            return words.say("There is news about what you told us.")


def waiting(words: Words, message: RestrictedWaiting) -> Card:
    return Card(
        title=sensitive_words.waiting(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([sensitive_words.who_may(words, message)]),
        page=Page(
            label=sensitive_words.open_it(words, message),
            path=sensitive_words.where(message, ""),
        ),
    )


CARDS: Drawings = {
    FeedbackForm: feedback_form,
    FeedbackReceived: received,
    Told: told,
    RestrictedWaiting: waiting,
}
