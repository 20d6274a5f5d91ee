"""An item of a docket, as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.render_card import at
from bot.web.rendering import render
from core.words import Words
from governance.conversations import wording as conversing_words
from governance.conversations.commands import AskAuthor
from governance.docket import wording as docket_words
from governance.docket.commands import (
    AnswerItem,
    AssignItem,
    BringBack,
    FillAnswer,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    WriteSubject,
)
from governance.docket.handlers import FILE_IT
from governance.duplicates import wording as matter_words
from governance.faq import wording as faq_words
from governance.forms.commands import Open
from governance.messages import Brief
from governance.redaction import wording as personal_words
from governance.redaction.commands import RemoveStudentData
from governance.references import wording as link_words
from governance.references.commands import LinkItem
from governance.saved_answers.cards import saving
from governance.urgent import wording as case_words


def draw_docket(message: Brief, reader: Reader, *, csrf: str, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/brief.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        personal=personal_words,
        **docket_words.beside(words, message),
        case=case_words.stands(words, message.case) if message.case else "",
        unopened=docket_words.unopened(words, message),
        why_here=docket_words.why_here(words, message),
        beside=[*matter_words.beside(words, message), *link_words.beside(words, message.links)],
        waits=conversing_words.waits(words, message),
        link=link_words.opens(words),
        rule_ways=[
            (link_words.way(words, one), one.path)
            for one in (*message.links, *((message.proposed,) if message.proposed else ()))
            if one.path
        ],
        proposal=link_words.may_be_about(words, message.proposed) if message.proposed else "",
        settles=[
            (at(one.command), one.label)
            for links in (True, False)
            for one in link_words.settling(words, message, links=links)
        ],
        adds=[(at(one.command), one.label) for one in faq_words.adding(words, message)],
        keeps=_keeps(words, message),
        hears=_hears(words, message),
        all_of_it=matter_words.all_of_it(words),
        ways=_ways(message),
        sends={
            to: at(MoveItem(item_id=message.item_id, to=to))
            for to in (*(one.committee for one in message.likely), FILE_IT)
        },
    )


def _hears(words: Words, message: Brief) -> str:
    """Who gets what is written beside the list."""
    return matter_words.hears(words, message.said_by) or words.say(
        "It goes to the author with your committee’s name. Say what happens next and when."
    )


def _keeps(words: Words, message: Brief) -> list[tuple[str, str]]:
    """Where its answer can be kept for another time."""
    found = saving(message)
    return [(at(found), words.say("Save this answer"))] if found else []


def _ways(message: Brief) -> Mapping[str, str]:
    """Where its buttons lead."""
    item = message.item_id
    return {
        "answer": at(ShowAnswerForm(item_id=item)),
        "send": at(AnswerItem(item_id=item, text="")),
        "fill": at(FillAnswer(item_id=item)),
        "aside": at(Open(of=PutAside(item_id=item))),
        "back": at(BringBack(item_id=item)),
        "subject": at(Open(of=WriteSubject(item_id=item))),
        "assign": at(Open(of=AssignItem(item_id=item))),
        "ask": at(Open(of=AskAuthor(item_id=item))),
        "link": at(Open(of=LinkItem(item_id=item))),
        "move": at(Open(of=MoveItem(item_id=item))),
        "student-data": at(Open(of=RemoveStudentData(item_id=item))),
    }
