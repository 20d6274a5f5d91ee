"""What is done with an item beside answering and moving it, as cards."""

from __future__ import annotations

from bot import docket_words, link_words, matter_words
from bot.teams.cards import (
    FIELD,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    line,
    quoted,
    short,
    text_input,
)
from bot.teams.draw_feedback import put_back, reason
from bot.words import Words
from governance.commands import AssignItem, JoinItem, LinkItem, PartItem, ShowItem
from governance.docket_messages import AssignForm, LinkForm, MatterForm
from governance.recommendations import LONGEST_RULE

_QUOTED = 1500
"""Characters of the message shown above a form."""


def assign_form(words: Words, form: AssignForm) -> Drawn:
    title = words.say("Who looks after it?")
    body = [
        heading(title),
        quoted(short(form.redacted, _QUOTED)),
        *reason(words, form.unfit, "to"),
        choice_set(
            f"{FIELD}to",
            words.say("Assign it to"),
            docket_words.choices(words, form),
            value=form.to,
            required=True,
            expanded=False,
            error=words.say("Please choose one."),
            placeholder=words.say("Choose one"),
        ),
    ]
    give = AssignItem(item_id=form.item_id)
    actions = [
        execute(words.say("Assign"), give, primary=True, inputs=True),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def matter_form(words: Words, form: MatterForm) -> Drawn:
    title = matter_words.asked(words, form)
    body = [
        heading(title),
        quoted(short(form.redacted, _QUOTED)),
        line(matter_words.follows(words, form)),
        *reason(words, form.unfit, "to"),
        choice_set(
            f"{FIELD}to",
            title,
            form.choices,
            value=form.to,
            required=True,
            expanded=False,
            error=words.say("Please choose one."),
            placeholder=words.say("Choose one"),
        ),
    ]
    item = form.item_id
    send = JoinItem(item_id=item) if form.joins else PartItem(item_id=item)
    actions = [
        execute(matter_words.pressed(words, form), send, primary=True, inputs=True),
        execute(words.say("Back"), ShowItem(item_id=item)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def link_form(words: Words, form: LinkForm) -> Drawn:
    title = link_words.title(words)
    there = link_words.linked(words, form)
    body = [heading(title), quoted(short(form.redacted, _QUOTED))]
    body += put_back(words, form.doubt)
    if form.choices:
        body += reason(words, form.unfit, "to")
        body.append(
            _choice(words, "to", link_words.choose(words), link_words.choices(words, form), form.to)
        )
    body += [
        *reason(words, form.unfit, "rule"),
        text_input(
            f"{FIELD}rule",
            link_words.rule(words),
            value=form.rule,
            longest=LONGEST_RULE,
            multiline=False,
            error=words.say("Please write something shorter."),
        ),
        line(link_words.hint(words), quiet=True),
    ]
    if there:
        body.append(_choice(words, "away", link_words.away(words), there, form.away))
    link = LinkItem(item_id=form.item_id)
    actions = [
        execute(link_words.opens(words), link, primary=True, inputs=True, doubt=form.doubt),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def _choice(
    words: Words, key: str, label: str, choices: list[tuple[str, str]], chosen: str
) -> Element:
    """One of a list, or nothing."""
    return choice_set(
        f"{FIELD}{key}",
        label,
        choices,
        value=chosen,
        expanded=False,
        error=words.say("Please choose one."),
        placeholder=words.say("Choose one"),
    )
