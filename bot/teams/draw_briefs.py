"""A committee's side of feedback as cards: the brief, and what is sensitive."""

from __future__ import annotations

from bot import links
from bot.conversation import Reader
from bot.teams.act_list import act_list
from bot.teams.cards import (
    Drawn,
    Element,
    card,
    execute,
    heading,
    labelled,
    line,
    link,
    quoted,
    short,
)
from bot.teams.draw_conversing import conversation
from bot.teams.render import LONGEST_SHOWN
from bot.wording import case_words, docket_words, link_words, matter_words, personal_words
from bot.wording.labels import Labels
from bot.words import Words
from core.commands import Command
from governance.commands import (
    AcknowledgeItem,
    DiscussItem,
    MoveItem,
    ShowAnswerForm,
    ShowAskForm,
    ShowAssignForm,
    ShowLinkForm,
    ShowMatterForm,
    ShowMoveForm,
    ShowStudentDataForm,
)
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.handlers import FILE_IT
from governance.feedback.model import ItemState
from governance.messages import (
    Brief,
)


def brief(words: Words, item: Brief, reader: Reader) -> Drawn:
    title = words.say("For {queue}: a message from staff", queue=words.queue(item.queue_name))
    body = [heading(title)]
    if item.urgency:
        body.append(line(case_words.kind(words, item.urgency), strong=True, alarm=True))
    body += [quoted(short(item.redacted, LONGEST_SHOWN)), *_facts(words, item)]
    body += [_moved(words, *move) for move in item.history]
    body += conversation(words, item)
    if item.answer:
        body.append(
            labelled(words.say("Answered by {who}:", who=item.answered_by or "–"), item.answer)
        )
    summary = words.say("{title}: {text}", title=title, text=short(item.redacted, 120))
    body += _others(words, item)
    body += _apart(words, item)
    return card(body, _brief_actions(words, item, reader), summary=summary, locale=words.locale)


def _facts(words: Words, item: Brief) -> list[Element]:
    named = Labels(words)
    said = words.say(
        "{who}, {when}. {tone}.",
        who=named.byline(item.byline),
        when=words.day(item.received_at),
        tone=named(item.tone),
    )
    made = [line(said)]
    if item.queue == TRIAGE:
        likely = [
            words.say(
                "{committee} ({sure})",
                committee=item.names.get(guess.committee, guess.committee),
                sure=words.percent(guess.probability),
            )
            for guess in item.likely[:3]
        ]
        made.append(line(words.say("We are not sure whose it is.")))
        if likely:
            made.append(labelled(words.say("Perhaps:"), ", ".join(likely)))
    elif item.queue != RESTRICTED:
        made.append(
            line(
                words.say(
                    "It came here because its words fit your charter; we are {sure} sure.",
                    sure=words.sure(item.confidence),
                ),
                quiet=True,
            )
        )
    if item.assigned_to:
        made.append(line(docket_words.assigned(words, item.assigned_to, chosen=item.chosen)))
    made += [line(said) for said in matter_words.beside(words, item)]
    made += [line(said) for said in link_words.beside(words, item.links)]
    status = labelled(words.say("State:"), named(item.state))
    due = [labelled(words.say("Due:"), words.day(item.due_at))] if item.due_at else []
    return [*made, status, *(due if item.can_answer else [])]


def _moved(words: Words, here: str, there: str, why: str) -> Element:
    said = words.say(
        "Moved from {here} to {there}.", here=words.queue(here), there=words.queue(there)
    )
    return line(f"{said} {short(words.reason(why), 300)}" if why else said, quiet=True)


def _brief_actions(words: Words, item: Brief, reader: Reader) -> list[Element]:
    actions: list[Element] = []
    if item.can_answer:
        if item.state is ItemState.NEW and item.queue != TRIAGE:
            acknowledge = AcknowledgeItem(item_id=item.item_id)
            actions.append(execute(words.say("Acknowledge"), acknowledge, primary=True))
        answer = execute(words.say("Answer"), ShowAnswerForm(item_id=item.item_id))
        move = execute(words.say("Move"), ShowMoveForm(item_id=item.item_id))
        if item.queue != TRIAGE:
            actions.append(answer)
        if item.queue == TRIAGE:
            actions += _sorting(words, item)
        if item.queue == RESTRICTED:
            actions.append(move)
    if item.queue == TRIAGE and item.can_answer:
        return actions  # with its three committees they are five: a card has no more in one row
    if item.can_be_purged:
        actions.append(_student_data(words, item))
    if item.said_by is not None and reader.web_url:
        said = matter_words.all_of_it(words)
        actions.append(link(said, links.matter(reader.web_url, item.item_id)))
    if reader.web_url:
        actions.append(link(words.say("Open the list"), links.docket(reader.web_url, item.queue)))
    return actions


def _student_data(words: Words, item: Brief) -> Element:
    command = ShowStudentDataForm(item_id=item.item_id)
    return execute(personal_words.student_data_here(words), command)


def _apart(words: Words, item: Brief) -> list[Element]:
    """In triage, whose row of buttons is full, in a row of its own above."""
    if item.queue != TRIAGE or not (item.can_answer and item.can_be_purged):
        return []
    return [{"type": "ActionSet", "actions": [_student_data(words, item)]}]


def _others(words: Words, item: Brief) -> list[Element]:
    """What else a committee can do with an item, likeliest first: in a list below it."""
    if not item.can_answer or item.queue in (TRIAGE, RESTRICTED):
        return []
    subject = item.item_id
    others: list[tuple[str, Command]] = [
        (words.say("Assign"), ShowAssignForm(item_id=subject)),
        (words.say("Move"), ShowMoveForm(item_id=subject)),
    ]
    if item.urgency is None:
        same = ShowMatterForm(item_id=subject, joins=True)
        others.append((matter_words.same_as(words), same))
    if item.said_by is not None:
        apart = ShowMatterForm(item_id=subject, joins=False)
        others.append((matter_words.split_off(words), apart))
    if item.can_be_linked:
        others.append((link_words.offered(words), ShowLinkForm(item_id=subject)))
    if item.state is not ItemState.IN_DISCUSSION:
        others.insert(0, (words.say("Discuss"), DiscussItem(item_id=subject)))
    if not item.asked_back:
        others.insert(0, (words.say("Ask the author"), ShowAskForm(item_id=subject)))
    return act_list(
        words.say("Something else"),
        words.say("Do it"),
        others,
        error=words.say("Please choose one."),
        placeholder=words.say("Choose one"),
    )


def _sorting(words: Words, item: Brief) -> list[Element]:
    """Triage's buttons: one tap moves."""
    nearest = [
        execute(
            words.say("To {committee}", committee=item.names.get(one.committee, one.committee)),
            MoveItem(item_id=item.item_id, to=one.committee),
            primary=place == 0,
        )
        for place, one in enumerate(item.likely[:3])
    ]
    another = execute(matter_words.another(words), ShowMoveForm(item_id=item.item_id))
    kindly = MoveItem(item_id=item.item_id, to=FILE_IT)
    return [*nearest, another, execute(matter_words.not_technology(words), kindly)]
