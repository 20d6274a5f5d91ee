"""Urgent cases as cards: the alert, taking it, closing it. For one person's own chat only."""

from __future__ import annotations

from typing import assert_never

from bot import case_words as say
from bot import links
from bot.conversation import Reader
from bot.teams import draw_help_desk
from bot.teams.cards import (
    FIELD,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    line,
    link,
    quoted,
    short,
    text_input,
)
from bot.teams.draw_feedback import LONGEST_SHOWN, reason
from bot.words import Words
from governance.case_messages import CaseMessage, CaseNews, CloseCaseForm, UrgentAlert
from governance.commands import CloseCase, ShowCase, ShowCloseCaseForm, TakeCase
from governance.hand_over import HandOverMessage, HelpDeskOffer, Ticket
from governance.responding import LONGEST_NOTE

_LINES = 8
"""Lines of the history that stand on a card; the page has them all."""


def draw(words: Words, message: CaseMessage | HandOverMessage, reader: Reader) -> Drawn:
    match message:
        case HelpDeskOffer() | Ticket():
            return draw_help_desk.draw(words, message)
        case UrgentAlert():
            return urgent_alert(words, message, reader)
        case CaseNews():
            return case_news(words, message, reader)
        case CloseCaseForm():
            return close_form(words, message)
        case _:
            assert_never(message)


def urgent_alert(words: Words, alert: UrgentAlert, reader: Reader) -> Drawn:
    title, needs = say.kind(words, alert.urgency), say.needs(words, alert)
    body: list[Element] = [line(title, strong=True, alarm=True), line(needs, strong=True)]
    if next_one := say.follows(words, alert):
        body.append(line(next_one))
    body += [
        line(say.about(words, alert)),
        quoted(short(alert.original, LONGEST_SHOWN)),
        *(line(one) for one in say.ended(words, alert)),
        *(line(say.line(words, step), quiet=True) for step in alert.history[-_LINES:]),
        line(say.logged(words, alert), quiet=True),
    ]
    summary = words.say("{title}: this message needs you now.", title=title)
    return card(body, _actions(words, alert, reader), summary=summary, locale=words.locale)


def _actions(words: Words, alert: UrgentAlert, reader: Reader) -> list[Element]:
    item, urgency = alert.item_id, alert.urgency
    actions: list[Element] = []
    if alert.closed_at is None:
        close = ShowCloseCaseForm(item_id=item, urgency=urgency)
        if not alert.taken_by:
            taking = TakeCase(item_id=item, urgency=urgency)
            actions.append(execute(say.take(words), taking, primary=True))
        actions.append(execute(words.say("Close it"), close, primary=bool(alert.taken_by)))
    if reader.web_url:
        page = links.case(reader.web_url, item, urgency)
        actions.append(link(words.say("Open it on its page"), page))
    return actions


def case_news(words: Words, message: CaseNews, reader: Reader) -> Drawn:
    said = say.news(words, message)
    page = links.case(reader.web_url, message.item_id, message.urgency)
    actions = [link(words.say("Open it on its page"), page)] if reader.web_url else []
    return card([heading(said)], actions, summary=said, locale=words.locale)


def close_form(words: Words, form: CloseCaseForm) -> Drawn:
    title = words.say("How did it end?")
    body = [
        heading(title),
        *reason(words, form.unfit, "outcome"),
        choice_set(
            f"{FIELD}outcome",
            words.say("How did it end?"),
            say.outcomes(words),
            # Only a choice that there is: Teams takes no card with another.
            value=form.outcome if form.outcome in dict(say.outcomes(words)) else "",
            required=True,
            error=words.say("Please choose one."),
        ),
        *reason(words, form.unfit, "note"),
        text_input(
            f"{FIELD}note",
            words.say("What was done?"),
            value=form.note,
            required=True,
            longest=LONGEST_NOTE,
            error=words.say("Please write something."),
        ),
        line(words.say("Those who respond to such cases can read it."), quiet=True),
    ]
    closing = CloseCase(item_id=form.item_id, urgency=form.urgency)
    back = ShowCase(item_id=form.item_id, urgency=form.urgency)
    actions = [
        execute(words.say("Close it"), closing, primary=True, inputs=True),
        execute(words.say("Back"), back),
    ]
    return card(body, actions, summary=title, locale=words.locale)
