"""One item of a docket, with all that can be done with it."""

from __future__ import annotations

from typing import assert_never

from core.cards import Bullets, Card, Facts, Look, Page, Part, Press, Secrecy, Style
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, lines, quoted
from governance.committees.model import RESTRICTED, TRIAGE
from governance.conversations import wording as conversing_words
from governance.conversations.commands import AskAuthor
from governance.docket import wording as docket_words
from governance.docket.commands import (
    AcknowledgeItem,
    AssignItem,
    BringBack,
    DiscussItem,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    ShowItem,
)
from governance.docket.handlers import FILE_IT
from governance.duplicates import wording as matter_words
from governance.duplicates.commands import JoinItem, PartItem
from governance.faq import wording as faq_words
from governance.feedback.model import ItemState
from governance.forms.commands import Open
from governance.labels import Labels
from governance.messages import Brief
from governance.redaction import wording as personal_words
from governance.redaction.commands import RemoveStudentData
from governance.references import wording as link_words
from governance.references.commands import LinkItem
from governance.urgent import wording as case_words

LIKELY = 3
"""Committees that triage can choose with one press."""

_MOVES = 5
"""Of a long history the newest; the item's page has the others."""

_TALK = 4
"""Questions and replies; its page has them all."""


def brief(words: Words, item: Brief) -> Card:
    return Card(
        badge=case_words.kind(words, item.urgency) if item.urgency and item.needs_a_person else "",
        title=words.say("Message for {committee}", committee=wording.queue(words, item.queue_name)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *quoted("" if item.unopened else item.redacted),
            *lines(_about(words, item), Look.QUIET, Secrecy.SIGNED_IN),
            *link_words.ways(words, item.links),
            *_aside(words, item),
            *_proposed(words, item),
            *_moves(words, item),
            *_talk(words, item),
            *lines([case_words.stands(words, item.case) if item.case else ""], Look.STRONG),
            *_state(words, item),
        ),
        presses=_presses(words, item),
        more=_more(words, item),
        page=_page(words, item),
    )


def _about(words: Words, item: Brief) -> list[str]:
    named = Labels(words)
    came = words.say("Received {when}.", when=words.day(item.received_at))
    told = [f"{named.byline(item.byline)} · {named(item.tone)} · {came}"]
    told.append(docket_words.why_here(words, item))
    if item.assigned_to:
        told.append(docket_words.assigned(words, item.assigned_to, chosen=item.chosen))
    return [*told, *matter_words.beside(words, item), *link_words.beside(words, item.links)]


def _aside(words: Words, item: Brief) -> tuple[Part, ...]:
    if item.aside is None:
        return ()
    return lines([docket_words.put_aside(words, item.aside)], Look.STRONG, Secrecy.SIGNED_IN)


def _proposed(words: Words, item: Brief) -> tuple[Part, ...]:
    if item.proposed is None:
        return ()
    return lines([link_words.may_be_about(words, item.proposed)], Look.STRONG, Secrecy.SIGNED_IN)


def _moves(words: Words, item: Brief) -> tuple[Part, ...]:
    moved = tuple(docket_words.moved(words, *one) for one in item.history[-_MOVES:])
    return (Bullets(lines=moved, secrecy=Secrecy.SIGNED_IN),) if moved else ()


def _talk(words: Words, item: Brief) -> tuple[Part, ...]:
    said = tuple(conversing_words.lines(words, item.conversation[-_TALK:]))
    waits = lines([conversing_words.waits(words, item)], Look.STRONG)
    return (*((Facts(pairs=said, secrecy=Secrecy.SIGNED_IN),) if said else ()), *waits)


def _state(words: Words, item: Brief) -> tuple[Part, ...]:
    if item.unopened:
        return lines([docket_words.unopened(words, item)], Look.QUIET)
    if item.state is ItemState.ANSWERED:
        by = item.answered_by or wording.queue(words, item.queue_name)
        answered = (words.say("Answered by {who}", who=by), item.answer or "")
        return (Facts(pairs=(answered,), secrecy=Secrecy.SIGNED_IN),)
    due = words.say("Answer by {day}.", day=words.day(item.due_at)) if item.due_at else ""
    return (
        *lines([_stands(words, item)], Look.STRONG),
        *lines([due] if item.state is not ItemState.FILED else [], Look.QUIET),
    )


def _stands(words: Words, item: Brief) -> str:
    match item.state:
        case ItemState.HANDED_OVER:
            return words.say("With the help desk")
        case ItemState.FILED:
            return words.say("Filed: not about technology.")
        case ItemState.ACKNOWLEDGED:
            return words.say("Acknowledged. The author has been notified.")
        case ItemState.IN_DISCUSSION:
            return words.say("In discussion. The author has been notified.")
        case ItemState.NEW | ItemState.RECEIVED | ItemState.ANSWERED:
            return "" if item.can_answer else words.say("It is no longer here.")
        case _:
            assert_never(item.state)


def _page(words: Words, item: Brief) -> Page | None:
    if item.said_by is not None:
        return Page(label=matter_words.all_of_it(words), path=links.matter("", item.item_id))
    if item.queue == TRIAGE and item.can_answer:
        return None
    return Page(label=words.say("Open the list"), path=links.docket("", item.queue))


# -- what can be done ------------------------------------------------------------------------------


def _presses(words: Words, item: Brief) -> tuple[Press, ...]:
    if item.unopened:
        opened = words.say("Open and read it")
        return (Press(label=opened, command=ShowItem(item_id=item.item_id), style=Style.PRIMARY),)
    if not item.can_answer:
        purge = (_student_data(words, item),) if item.can_be_purged else ()
        settling = link_words.settling(words, item, links=True)
        return (*faq_words.adding(words, item), *settling, *purge)
    if item.queue == TRIAGE:
        return _sorting(words, item)
    new = item.state is ItemState.NEW
    acknowledge = Press(
        label=words.say("Acknowledge"),
        command=AcknowledgeItem(item_id=item.item_id),
        style=Style.PRIMARY,
    )
    answer = Press(
        label=words.say("Answer"),
        command=ShowAnswerForm(item_id=item.item_id),
        style=Style.PLAIN if new else Style.PRIMARY,
    )
    return (
        *((acknowledge,) if new else ()),
        answer,
        *link_words.settling(words, item, links=True),
        _student_data(words, item),
    )


def _sorting(words: Words, item: Brief) -> tuple[Press, ...]:
    """Triage's buttons: one press moves. With what else there is they are six, as many as Teams
    shows: the link to all that was said takes the place of one."""
    most = LIKELY if item.said_by is None else LIKELY - 1
    nearest = (
        Press(
            label=words.say("To {committee}", committee=item.names.get(to, to)),
            command=MoveItem(item_id=item.item_id, to=to),
            style=Style.PLAIN if place else Style.PRIMARY,
        )
        for place, to in enumerate(one.committee for one in item.likely[:most])
    )
    another = Press(
        label=matter_words.another(words), command=Open(of=MoveItem(item_id=item.item_id))
    )
    kindly = Press(
        label=matter_words.not_technology(words),
        command=MoveItem(item_id=item.item_id, to=FILE_IT),
    )
    return (*nearest, another, kindly)


def _student_data(words: Words, item: Brief) -> Press:
    said = personal_words.student_data_here(words)
    return Press(label=said, command=Open(of=RemoveStudentData(item_id=item.item_id)))


def _more(words: Words, item: Brief) -> tuple[Press, ...]:
    """What else there is to do with it, likeliest first."""
    if item.unopened:
        return ()
    not_about = link_words.settling(words, item, links=False)
    if not item.can_answer:
        return not_about
    if item.queue == TRIAGE:
        return (_student_data(words, item),)
    this = item.item_id
    move = Press(label=words.say("Move"), command=Open(of=MoveItem(item_id=this)))
    ask = Press(label=words.say("Ask the author"), command=Open(of=AskAuthor(item_id=this)))
    asks = () if item.asked_back else (ask,)
    if item.queue == RESTRICTED:
        return (*asks, move)
    discuss = Press(label=words.say("Discuss"), command=DiscussItem(item_id=this))
    same = Open(of=JoinItem(item_id=this))
    apart = Open(of=PartItem(item_id=this))
    return (
        *not_about,
        *asks,
        *(() if item.state is ItemState.IN_DISCUSSION else (discuss,)),
        Press(label=words.say("Assign"), command=Open(of=AssignItem(item_id=this))),
        *_put_aside(words, item),
        move,
        *(() if item.urgency else (Press(label=matter_words.same_as(words), command=same),)),
        *((Press(label=matter_words.split_off(words), command=apart),) if item.said_by else ()),
        *(
            (Press(label=link_words.offered(words), command=Open(of=LinkItem(item_id=this))),)
            if item.can_be_linked
            else ()
        ),
    )


def _put_aside(words: Words, item: Brief) -> tuple[Press, ...]:
    if not item.is_committees:
        return ()
    back = Press(label=docket_words.bring_back(words), command=BringBack(item_id=item.item_id))
    shows = Open(of=PutAside(item_id=item.item_id))
    changes = Press(label=docket_words.change_aside(words, item), command=shows)
    return (back, changes) if item.aside else (changes,)


CARDS: Drawings = {Brief: brief}
