"""Talking with an author: what is said once a question or a reply is sent."""

from __future__ import annotations

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, Notes
from governance.conversations import wording as say
from governance.conversations.commands import AskAuthor
from governance.conversations.messages import ReplyKept
from governance.messages import Brief


def kept(words: Words, message: ReplyKept) -> Card:
    return Card(
        title=say.kept(words, message.committee),
        secrecy=Secrecy.ANYWHERE,
        page=Page(label=words.say("What you told us"), path=links.told("")),
        note=wording.not_monitored(words),
    )


def _asked(words: Words, _: AskAuthor, item: Brief) -> str:
    return say.was_asked(words) if item.asked_back else ""


CARDS: Drawings = {ReplyKept: kept}

NOTES: Notes = {AskAuthor: _asked}
