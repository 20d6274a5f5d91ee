"""Acknowledging the IT rules: what one person gets, and how many have done it."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import (
    Card,
    Confirm,
    Entries,
    Figures,
    Link,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Share,
    Style,
)
from core.words import Words
from governance import links
from governance.acknowledgements.commands import AcknowledgeRules, AskAcknowledgements
from governance.acknowledgements.handlers import question_about
from governance.acknowledgements.messages import (
    Acknowledgement,
    AcknowledgementFigures,
    ChangedCount,
)
from governance.acknowledgements.model import Listed
from governance.card_parts import Drawings, Notes, lines
from governance.docket.commands import ShowFeedbackForm
from governance.duties.cards import bullets, by_group
from governance.rules.cards import section_beginnings
from governance.rules.wording import day_of
from governance.second_person.wording import guarded

_EXCERPT = 280
"""Characters of what changed; the rule's page has it all."""


def card(words: Words, message: Acknowledgement) -> Card:
    done = message.done_at is not None
    return Card(
        title=title(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(said(words, message)),
            Entries(
                rows=tuple((_page(words, one), about(words, one)) for one in message.rules),
                secrecy=Secrecy.ANYWHERE,
            ),
            *(() if done else _begins(words, message)),
        ),
        presses=() if done else presses_of(words, message),
        page=Page(
            label=words.say("Open it on the web"),
            path=links.acknowledgement("", message.given.id),
        ),
    )


def title(words: Words, message: Acknowledgement) -> str:
    given = message.given
    if not given.annual:
        if message.done_at:
            return words.say("You acknowledged a rule that changed")
        return words.say("Please acknowledge a rule that changed")
    if message.done_at:
        return words.say("You acknowledged the IT rules for {year}", year=given.year)
    if message.reminder:
        return words.say("Reminder: please acknowledge the IT rules for {year}", year=given.year)
    return words.say("Please acknowledge the IT rules for {year}", year=given.year)


def said(words: Words, message: Acknowledgement) -> list[str]:
    if message.done_at is not None:
        return [
            words.say(
                "You did this on {day}. Nothing more is needed.",
                day=words.day(message.done_at, year=True),
            )
        ]
    changed = words.say("These rules have changed since you opened them. Read them again.")
    if message.opened and (shown := message.shown):
        return [first_read(words, shown)]
    return [
        changed if message.moved_on else "",
        words.say(
            "Read these rules and acknowledge them by {day}. Select a rule to read its text.",
            day=day_of(words, message.due),
        )
        if len(message.rules) > 1
        else words.say(
            "Read this rule and acknowledge it by {day}. Select it to read its text.",
            day=day_of(words, message.due),
        ),
    ]


def first_read(words: Words, one: Listed) -> str:
    return words.say(
        "{number} has to be opened before you can acknowledge it. Here it is. Nothing is "
        "recorded yet.",
        number=one.number,
    )


def _page(words: Words, one: Listed) -> Page:
    label = words.say("{number}: {title}", number=one.number, title=words.text(one.title))
    return Page(label=label, path=links.rule("", one.rule_id, one.version))


def about(words: Words, one: Listed) -> str:
    version = words.say("Version {n}", n=words.number(one.version))
    said = [version]
    if one.new:
        said.append(words.say("new"))
    elif one.changed:
        said.append(words.say("changed: {what}", what=_cut(one.changed)))
    if one.read_first:
        said.append(words.say("to be opened first"))
    return " · ".join(said)


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _begins(words: Words, message: Acknowledgement) -> tuple[Part, ...]:
    """How each section begins of the rule that is opened, or of a single one. It is read before
    anybody says that they did."""
    shown = message.shown
    if shown is None:
        return ()
    text, _ = shown.text_for(words.locale)
    whole = links.rule("", shown.rule_id, shown.version)
    read = _link(words.say("Read the full rule"), whole) if message.opened else ()
    return (*section_beginnings(words, text), *read)


def presses_of(words: Words, message: Acknowledgement) -> tuple[Press, ...]:
    given, several = message.given, len(message.rules) > 1
    opened = message.opened or (1 if message.shown else 0)
    agree = (
        words.say("I have read them and will follow them")
        if several
        else words.say("I have read it and will follow it")
    )
    return (
        Press(
            label=agree,
            command=AcknowledgeRules(
                set_id=given.id, mark=message.mark, opened=message.proof(opened)
            ),
            style=Style.PRIMARY,
        ),
        Press(
            label=words.say("I have a question"),
            command=ShowFeedbackForm(about=question_about(given, message.rules)),
        ),
    )


# -- figures ---------------------------------------------------------------------------------------


def figures(words: Words, message: AcknowledgementFigures) -> Card:
    year = message.given.year if message.given else message.year
    return Card(
        title=words.say("Acknowledgement of the IT rules, {year}", year=year),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *(_sums(words, message) if message.given else lines([not_asked(words, message)])),
            *_changed(words, message.changed),
            *(_link(words.say("See who is overdue"), links.owed("")) if message.may_list else ()),
            *_link(words.say("Download the file for the auditor"), links.ACKNOWLEDGEMENTS_CSV),
        ),
        presses=_can(words, message),
        page=Page(label=words.say("Open it on the web"), path=links.acknowledgements("")),
        up=Page(label=words.say("IT rules"), path=links.rules("")),
    )


def _link(label: str, path: str) -> tuple[Part, ...]:
    return (Link(label=label, url=path, secrecy=Secrecy.SIGNED_IN),)


def not_asked(words: Words, message: AcknowledgementFigures) -> str:
    """A rule that changed is asked again by itself, so people may owe it all the same."""
    if message.changed:
        return words.say(
            "Staff were asked about the rules below because they changed. They have not been asked "
            "yet to acknowledge all the rules this school year."
        )
    return words.say("No one has been asked yet.")


def _sums(words: Words, message: AcknowledgementFigures) -> tuple[Part, ...]:
    given = message.given
    due = words.say("Due on {day}.", day=day_of(words, given.due)) if given else ""
    return (
        Figures(
            pairs=(
                (words.say("Asked"), words.number(message.asked)),
                (words.say("Acknowledged it"), words.number(message.done)),
                (words.say("Not yet"), words.number(message.asked - message.done)),
            ),
            share=Share(part=message.done, whole=message.asked, label=words.say("acknowledged")),
            secrecy=Secrecy.ANYWHERE,
        ),
        *lines([due, asking(words, message.asking)], Look.QUIET),
        *by_group(words, message.roles, message.buildings),
    )


def asking(words: Words, people: int) -> str:
    """How many people are still to be asked, while asking goes on."""
    if not people:
        return ""
    return words.count(
        "{n} person is still being asked. The tables below do not count them yet.",
        "{n} people are still being asked. The tables below do not count them yet.",
        people,
    )


def _changed(words: Words, changed: Sequence[ChangedCount]) -> tuple[Part, ...]:
    if not changed:
        return ()
    said = [
        words.say(
            "{number}, version {n}: {done} of {asked}",
            number=one.number,
            n=words.number(one.version),
            done=words.number(one.done),
            asked=words.number(one.asked),
        )
        for one in changed
    ]
    return (*lines([words.say("Asked again after a change")], Look.STRONG), bullets(said))


def _can(words: Words, message: AcknowledgementFigures) -> tuple[Press, ...]:
    if not message.may_ask:
        return ()
    asks = Press(
        label=words.say("Ask all staff for {year}", year=message.year),
        command=AskAcknowledgements(),
        style=Style.PRIMARY,
        confirm=Confirm(
            title=words.say("Ask all staff?"),
            text=words.say("Everyone to whom a rule applies gets a message."),
            yes=words.say("Ask all staff"),
            no=words.say("Not now"),
        ),
    )
    return (guarded(words, asks, message.second),)


CARDS: Drawings = {Acknowledgement: card, AcknowledgementFigures: figures}


def _after(words: Words, message: object) -> str:
    if not isinstance(message, Acknowledgement):
        return ""
    if message.done_at:
        return words.say("Thank you. Your acknowledgement is recorded.")
    return first_read(words, message.shown) if message.opened and message.shown else ""


NOTES: Notes = {
    AcknowledgeRules: lambda words, _, message: _after(words, message),
    AskAcknowledgements: lambda words, _, message: (
        words.say("Staff are being asked now.")
        if isinstance(message, AcknowledgementFigures)
        else ""
    ),
}
