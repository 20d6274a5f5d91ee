"""A committee's side of feedback as cards: the brief, moving, answering, and what is urgent."""

from __future__ import annotations

from bot import docket_words, links
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
    quoted,
    short,
    text_input,
)
from bot.teams.draw_feedback import LONGEST_ANSWER, LONGEST_SHOWN, reason
from bot.teams.labels import byline_name, state_name, tone_name, urgency_name
from bot.words import Words
from governance.commands import (
    AcknowledgeItem,
    AnswerItem,
    MoveItem,
    ShowAnswerForm,
    ShowItem,
    ShowMoveForm,
)
from governance.committees import RESTRICTED, TRIAGE
from governance.feedback import ItemState
from governance.messages import (
    AnswerForm,
    Brief,
    MoveForm,
    RestrictedWaiting,
    UrgentAlert,
)

_QUOTED_IN_FORM = 1500
"""Characters of the message shown above a form, which must have room for what is typed."""


def brief(words: Words, item: Brief, reader: Reader) -> Drawn:
    title = words.say("For {queue}: a message from staff", queue=words.queue(item.queue_name))
    body = [heading(title)]
    if item.urgency:
        body.append(line(urgency_name(words, item.urgency), strong=True, alarm=True))
    body += [quoted(short(item.redacted, LONGEST_SHOWN)), *_facts(words, item)]
    body += [_moved(words, *move) for move in item.history]
    if item.answer:
        body.append(
            labelled(words.say("Answered by {who}:", who=item.answered_by or "–"), item.answer)
        )
    summary = words.say("{title}: {text}", title=title, text=short(item.redacted, 120))
    return card(body, _brief_actions(words, item, reader), summary=summary, locale=words.locale)


def _facts(words: Words, item: Brief) -> list[Element]:
    said = words.say(
        "{who}, {when}. {tone}.",
        who=byline_name(words, item.byline),
        when=words.when(item.received_at),
        tone=tone_name(words, item.tone),
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
        made.append(line(docket_words.assigned(words, item.assigned_to)))
    status = labelled(words.say("State:"), state_name(words, item.state))
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
        actions += [move] if item.queue == TRIAGE else [answer, move]
    if reader.web_url:
        actions.append(link(words.say("Open the list"), links.docket(reader.web_url, item.queue)))
    return actions


def move_form(words: Words, form: MoveForm) -> Drawn:
    title = words.say("Where does this belong?")
    body = [
        heading(title),
        quoted(short(form.redacted, _QUOTED_IN_FORM)),
        *reason(words, form.unfit, "to"),
        choice_set(
            f"{FIELD}to",
            words.say("Move it to"),
            words.queues(form.choices),
            value=form.to,
            required=True,
            expanded=False,
            error=words.say("Please choose one."),
            placeholder=words.say("Choose one"),
        ),
        *reason(words, form.unfit, "why"),
        text_input(
            f"{FIELD}why",
            words.say("Why (optional; whoever gets it reads this)"),
            value=form.why,
            longest=500,
            error=words.say("Please write something shorter."),
        ),
    ]
    actions = [
        execute(
            words.say("Move"), MoveItem(item_id=form.item_id, to=""), primary=True, inputs=True
        ),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def answer_form(words: Words, form: AnswerForm) -> Drawn:
    title = words.say("Your committee's answer")
    body = [
        heading(title),
        quoted(short(form.redacted, _QUOTED_IN_FORM)),
        line(words.say("The author gets it in chat, with your committee's name.")),
        *reason(words, form.unfit, "text"),
        text_input(
            f"{FIELD}text",
            words.say("Answer"),
            value=form.text,
            required=True,
            longest=LONGEST_ANSWER,
            error=words.say("Please write something."),
        ),
    ]
    actions = [
        execute(
            words.say("Send the answer"),
            AnswerItem(item_id=form.item_id, text=""),
            primary=True,
            inputs=True,
        ),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def restricted_waiting(words: Words, waiting: RestrictedWaiting, reader: Reader) -> Drawn:
    said = words.say("A sensitive message waits for you.")
    body = [
        heading(said),
        line(
            words.say(
                "It came in on {when}. It is shown on the restricted page only, never in chat.",
                when=words.when(waiting.received_at),
            )
        ),
    ]
    actions = (
        [link(words.say("Open the restricted page"), links.docket(reader.web_url, RESTRICTED))]
        if reader.web_url
        else []
    )
    return card(body, actions, summary=said, locale=words.locale)


def urgent_alert(words: Words, alert: UrgentAlert) -> Drawn:
    title = urgency_name(words, alert.urgency)
    body = [
        line(title, strong=True, alarm=True),
        line(words.say("This message needs you now. Whoever reads it here is recorded.")),
        quoted(short(alert.original, LONGEST_SHOWN)),
        labelled(words.say("From:"), f"{alert.author}, {alert.building}"),
        labelled(words.say("Received:"), words.when(alert.received_at)),
    ]
    acknowledge = execute(
        words.say("I am on it"), AcknowledgeItem(item_id=alert.item_id), primary=True
    )
    summary = words.say("{title}: this message needs you now.", title=title)
    return card(body, [acknowledge], summary=summary, locale=words.locale)
