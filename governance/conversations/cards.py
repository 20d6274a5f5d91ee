"""Talking with an author: a committee's question, and the reply."""

from __future__ import annotations

from core.cards import Card, Form, Page, Press, Secrecy, TextField
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, Notes, item_form, opens, quoted, why
from governance.conversations import wording as say
from governance.conversations.commands import (
    AskAuthor,
    ReplyToCommittee,
    ShowAskForm,
    ShowReplyForm,
)
from governance.conversations.handlers import LONGEST_QUESTION, LONGEST_REPLY
from governance.conversations.messages import AskForm, ReplyForm, ReplyKept
from governance.messages import Brief


def asking(words: Words, message: AskForm) -> Card:
    item, label = message.item_id, words.say("Ask")
    return Card(
        title=words.say("Ask the author"),
        secrecy=Secrecy.ANYWHERE,
        parts=quoted(message.redacted),
        form=item_form(
            words,
            item,
            (
                TextField(
                    key="text",
                    label=words.say("Your question"),
                    value=message.text,
                    longest=LONGEST_QUESTION,
                    hint=say.asks(words),
                    why=why(words, message.unfit, "text"),
                    rows=4,
                ),
            ),
            hands_in=Press(label=label, command=AskAuthor(item_id=item, text="")),
            opens=opens(label, ShowAskForm(item_id=item)),
        ),
    )


def replying(words: Words, message: ReplyForm) -> Card:
    item = message.item_id
    return Card(
        title=say.has_a_question(words, message.committee),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *quoted(message.question, by=say.asked_by(words, message.committee)),
            *quoted(message.said, by=words.say("You told us:")),
        ),
        form=Form(
            fields=(
                TextField(
                    key="text",
                    label=words.say("Your reply"),
                    value=message.text,
                    longest=LONGEST_REPLY,
                    hint=f"{wording.leave_names_out(words)} {say.replies(words)}",
                    why=why(words, message.unfit, "text"),
                ),
            ),
            submit=Press(
                label=words.say("Send the reply"),
                command=ReplyToCommittee(item_id=item, text=""),
            ),
            opens=opens(words.say("Reply"), ShowReplyForm(item_id=item)),
            leave=Page(label=words.say("Not now"), path=links.inbox("")),
        ),
        note=wording.not_monitored(words),
    )


def kept(words: Words, message: ReplyKept) -> Card:
    return Card(
        title=say.kept(words, message.committee),
        secrecy=Secrecy.ANYWHERE,
        page=Page(label=words.say("What you told us"), path=links.told("")),
        note=wording.not_monitored(words),
    )


def _asked(words: Words, _: AskAuthor, item: Brief) -> str:
    return say.was_asked(words) if item.asked_back else ""


CARDS: Drawings = {AskForm: asking, ReplyForm: replying, ReplyKept: kept}

NOTES: Notes = {AskAuthor: _asked}
