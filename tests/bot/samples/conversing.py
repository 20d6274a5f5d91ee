"""A committee and an author who talk: what every platform draws of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from governance.conversations import forms
from governance.conversations.commands import AskAuthor, ReplyToCommittee
from governance.conversations.messages import ReplyKept
from governance.conversations.model import Exchange
from governance.messages import Brief, FeedbackForm, Message, News, Told
from surveys.questions import Unfit
from tests.bot.samples.forms import form

DOOR = "7KQ2-M8FD"


def talk(item: UUID, at: datetime, words: str) -> tuple[Exchange, ...]:
    asked = Exchange(
        id=UUID(int=801), item_id=item, number=1, words="Which room is it?", at=at, queue="network"
    )
    said = Exchange(
        id=UUID(int=802), item_id=item, number=2, words=words, at=at + timedelta(days=1)
    )
    again = replace(asked, id=UUID(int=803), number=3, words="Since when?", at=said.at)
    return asked, said, again


def conversing(brief: Brief, told: Told, hostile: str) -> dict[str, Message]:
    """By name: forms, what an author is asked, and a brief under which they talk."""
    item, committee = brief.item_id, brief.queue_name
    asked = replace(told, news=News.ASKED, committee=committee, answer=None, answered_by=None)
    said = talk(item, brief.received_at, hostile)
    return {
        "feedback_form_three_ways": FeedbackForm(item_id=item, anonymous_door=DOOR),
        "ask_form": form(AskAuthor(item_id=item), forms.asking(item, brief.redacted)),
        "ask_form_wrong": form(
            AskAuthor(item_id=item, text=hostile),
            forms.asking(item, brief.redacted),
            unfit={"text": Unfit(why="Write the question first.")},
        ),
        "reply_form": form(
            ReplyToCommittee(item_id=item),
            forms.replying(committee, hostile, "The Wi-Fi drops."),
        ),
        "reply_kept": ReplyKept(item_id=item, committee=committee),
        "told_asked": replace(asked, question=hostile),
        "told_asked_replied": asked,
        "brief_asked_back": replace(brief, conversation=said, asked_back=True),
        "brief_replied": replace(brief, conversation=said[:2]),
    }
