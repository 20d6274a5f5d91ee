"""The list of assessments, and the message that asks an owner to assess."""

from __future__ import annotations

from core.cards import Card, Entries, Look, Page, Part, Press, Secrecy
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines, opens
from governance.controls import addresses
from governance.controls import wording as say
from governance.controls.answer_commands import AnswerNext
from governance.controls.messages import OwnLine, PracticesView, SafeguardsAsked
from governance.controls.model import AnswerState, Assessment, AssessmentState, Framework
from governance.controls.running_commands import WriteAssessment
from governance.forms.commands import Open

_SHOWN = 20
"""Safeguards of an assessment that are listed; its page has all."""


def practices(words: Words, message: PracticesView) -> Card:
    nothing = (
        words.say("There are no assessments yet.")
        if message.runs
        else words.say("You have no safeguards to assess.")
    )
    said = [] if message.all or message.own else [nothing]
    rows = tuple(
        (
            Page(label=one.name, path=addresses.assessment(one.id)),
            f"{say.framework(words, of)} · {say.state(words, one)}",
        )
        for one, of in message.all
    )
    waiting = [one for one, _, own in message.own if any(map(_waits, own))]
    decisions = Page(label=words.say("All decisions"), path=addresses.GAPS)
    decides = message.decides and message.all
    return Card(
        title=words.say("Security practices"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *(part for each in message.own for part in _own(words, *each)),
            *lines(said),
            *lines([words.say("Assessments")] if rows else [], Look.STRONG),
            *((Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()),
            *((Entries(rows=((decisions, ""),), secrecy=Secrecy.SIGNED_IN),) if decides else ()),
        ),
        presses=tuple(
            opens(
                words.say("Assess the next one: {name}", name=one.name)
                if len(waiting) > 1
                else words.say("Assess the next one"),
                AnswerNext(assessment_id=one.id),
            )
            for one in waiting
        ),
        more=_begins(words, message),
        page=Page(label=words.say("Open it on the web"), path=addresses.PRACTICES),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def _waits(line: OwnLine) -> bool:
    return line.state in (AnswerState.OPEN, AnswerState.SENT_BACK)


def _own(
    words: Words, given: Assessment, of: Framework, own: tuple[OwnLine, ...]
) -> tuple[Part, ...]:
    """The reader's safeguards, those without an answer first."""
    left = sum(1 for one in own if _waits(one))
    said = (
        words.count("You have {n} safeguard to assess.", "You have {n} safeguards to assess.", left)
        if left
        else words.say("You have assessed all of them.")
    )
    shown = sorted(own, key=lambda one: not _waits(one))[:_SHOWN]
    more = len(own) - len(shown)
    rows = tuple(
        (
            Page(
                label=say.named(words, of, one.number),
                path=addresses.own(given.id, one.number, waits=_waits(one)),
            ),
            say.state_of(words, given, one.state, one.due),
        )
        for one in shown
    )
    rest = words.count("And {n} more on its page.", "And {n} more on its page.", more)
    return (
        *lines(
            [words.say("Your safeguards: {name}", name=given.name)], Look.STRONG, Secrecy.SIGNED_IN
        ),
        *lines([said]),
        Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),
        *lines([rest] if more else []),
    )


def _begins(words: Words, message: PracticesView) -> tuple[Press, ...]:
    if not message.runs:
        return ()
    newest = {one.key: one for one in reversed(message.frameworks)}
    return tuple(
        Press(
            label=words.say("Begin an assessment: {framework}", framework=words.text(one.name)),
            command=Open(of=WriteAssessment(framework=one.key)),
        )
        for one in sorted(newest.values(), key=lambda one: one.key)
    )


def asked(words: Words, message: SafeguardsAsked) -> Card:
    """Outside it says how many there are, and in a chat also which; never what was answered."""
    given, left = message.assessment, len(message.numbers)
    title = (
        words.count("Please assess {n} safeguard", "Please assess {n} safeguards", left)
        if left
        else words.say("Your safeguards are assessed")
    )
    again = words.say("This is a reminder.") if message.reminder and left else ""
    due = words.say("Due on {day}.", day=words.day(message.due)) if left else ""
    minutes = words.count("About {n} minute.", "About {n} minutes.", left) if left else ""
    numbers = ", ".join(f"{message.short} {one}" for one in message.numbers)
    done = words.count("{n} other is done.", "{n} others are done.", message.done)
    back = ", ".join(f"{message.short} {one}" for one in message.sent_back)
    told = words.say("Sent back: {numbers}. The form says why.", numbers=back) if back else ""
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([" ".join(one for one in (again, due, minutes) if one)]),
            *lines([given.name], Look.QUIET, Secrecy.SIGNED_IN),
            *lines([numbers], secrecy=Secrecy.SIGNED_IN),
            *lines([done] if left and message.done else [], Look.QUIET, Secrecy.SIGNED_IN),
            *lines([told], secrecy=Secrecy.SIGNED_IN),
        ),
        presses=(
            opens(
                words.say("Assess the next one"),
                AnswerNext(assessment_id=given.id, ask=message.ask),
            ),
        )
        if left
        else (),
        page=Page(label=words.say("Your safeguards"), path=addresses.PRACTICES),
        note=words.say(
            "Your answers are stored encrypted. They are never posted in chat or emailed."
        )
        if left and given.state is AssessmentState.OPEN
        else "",
    )


CARDS: Drawings = {PracticesView: practices, SafeguardsAsked: asked}
