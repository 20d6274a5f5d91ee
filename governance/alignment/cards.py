"""Priorities and the goals they serve: the page, the form to confirm them, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Confirm,
    Entries,
    Form,
    Link,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.alignment import wording as say
from governance.alignment.commands import (
    AlignPriorities,
    DraftGoalAdvice,
    SendAlignment,
    ShowAlignForm,
    ShowAlignment,
)
from governance.alignment.messages import AlignForm, AlignmentView, AlignRow, PrioritiesToAlign
from governance.alignment.model import LATER, NONE, Alignment, GoalLine, Idea, second_of
from governance.card_parts import Drawings, Notes, lines
from governance.labels import Labels
from governance.recommendations.model import AdviceState

MOST = 10
"""Lines of a list: a message in Teams takes 28 KB, and the page's table has all that is ranked."""

OF_ONE = 3
"""Priorities that are named of one goal."""


def view(words: Words, message: AlignmentView) -> Card:
    found = message.alignment
    return Card(
        title=words.prose("Priorities and goals: {title}", title=words.written(found.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([say.headline(words, found)], Look.STRONG, Secrecy.SIGNED_IN),
            *lines([say.summary(words, found)], secrecy=Secrecy.SIGNED_IN),
            *lines([_sent(words, message)], Look.QUIET, Secrecy.SIGNED_IN),
            *_list(words, words.say("Goals with priorities behind them"), _energy(words, found)),
            *_list(
                words,
                words.say("What staff want that no goal covers"),
                [say.priority(words, one) for one in found.uncovered],
            ),
            *_quiet(words, found),
            *_ideas(words, found),
            *_advice(words, found),
            *_ways(words, message),
        ),
        presses=_presses(words, message),
        more=_recommending(words, message),
        page=Page(label=words.say("Open the page"), path=links.alignment("", found.wave_id)),
        up=Page(label=words.say("The results"), path=links.results("", found.wave_id))
        if message.sees
        else None,
    )


def _sent(words: Words, message: AlignmentView) -> str:
    found = message.alignment
    if found.steering:
        if found.sent_at is None:
            return ""
        return words.say(
            "Sent to “{committee}” on {day}.",
            committee=found.steering,
            day=words.day(found.sent_at),
        )
    if not message.aligns:
        return ""
    return words.say(
        "No steering committee is named. Name it in plan.yaml, under “steering”, and load the "
        "district’s files."
    )


def _list(words: Words, title: str, said: Sequence[str]) -> tuple[Part, ...]:
    if not said:
        return ()
    shown = list(said[:MOST])
    if len(said) > MOST:
        shown.append(words.count("{n} more.", "{n} more.", len(said) - MOST))
    return (
        *lines([title], Look.STRONG),
        Bullets(lines=tuple(shown), secrecy=Secrecy.SIGNED_IN),
    )


def _energy(words: Words, found: Alignment) -> list[str]:
    return [_goal(words, one) for one in found.energy]


def _goal(words: Words, one: GoalLine) -> str:
    """ "One sign-in to everything: Single sign-on (place 1, 62 ± 5 of 100)"."""
    title = words.text(one.title)
    if one.retired:
        title = words.say("{goal} (retired since)", goal=title)
    elif one.reworded:
        title = words.say("{goal} (reworded since)", goal=title)
    some = [say.priority(words, each) for each in one.priorities[:OF_ONE]]
    if len(one.priorities) > OF_ONE:
        some.append(words.count("{n} more", "{n} more", len(one.priorities) - OF_ONE))
    return f"{title}: {'; '.join(some)}"


def _quiet(words: Words, found: Alignment) -> tuple[Part, ...]:
    """Before everything is confirmed nobody knows which goals have none."""
    if found.open or not found.quiet:
        return ()
    note = words.say(
        "Nothing in this survey is about these goals, so it says nothing for or against them."
    )
    names = [words.text(one.title) for one in found.quiet]
    return (
        *_list(words, words.say("Goals this survey did not ask about"), names),
        *lines([note], Look.QUIET),
    )


def _ideas(words: Words, found: Alignment) -> tuple[Part, ...]:
    said = [say.idea(words, one) for one in found.ideas]
    return _list(words, words.say("Proposals for discussion"), said)


def _advice(words: Words, found: Alignment) -> tuple[Part, ...]:
    if not found.advice:
        return ()
    rows = tuple(
        (Page(label=one.title, path=links.advice("", one.id)), Labels(words)(one.state))
        for one in found.advice
    )
    return (
        *lines([words.say("Recommendations")], Look.STRONG),
        Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),
    )


def _ways(words: Words, message: AlignmentView) -> tuple[Part, ...]:
    """To tell everyone who was asked, once something was decided."""
    decided = (AdviceState.ACCEPTED, AdviceState.DECLINED)
    found = message.alignment
    if not message.sends or not any(one.state in decided for one in found.advice):
        return ()
    return (
        Link(
            label=words.say("Tell everyone who was asked"),
            url=f"{links.alignment('', found.wave_id)}/tell",
            secrecy=Secrecy.SIGNED_IN,
        ),
    )


def _presses(words: Words, message: AlignmentView) -> tuple[Press, ...]:
    found = message.alignment
    presses = []
    if message.aligns:
        label = (
            words.say("Match priorities to goals") if found.open else words.say("Change matches")
        )
        style = Style.PRIMARY if found.open else Style.PLAIN
        confirms = ShowAlignForm(wave_id=found.wave_id)
        presses.append(Press(label=label, command=confirms, style=style))
    if message.sends and found.shown:
        presses.append(_send(words, found))
    return tuple(presses)


def _send(words: Words, found: Alignment) -> Press:
    to = found.steering or words.say("the CTO’s office")
    label = words.say("Send it to the steering committee")
    if not found.steering:
        label = words.say("Send it to the CTO’s office")
    return Press(
        label=words.say("Send it again") if found.sent_at else label,
        command=SendAlignment(wave_id=found.wave_id, after=second_of(found.sent_at)),
        style=Style.PLAIN if found.open or found.sent_at else Style.PRIMARY,
        confirm=Confirm(
            title=words.say("Send it?"),
            text=words.say("It goes to {committee}, with the figures on this page.", committee=to),
            yes=words.say("Send it"),
            no=words.say("Not now"),
        ),
    )


def _recommending(words: Words, message: AlignmentView) -> tuple[Press, ...]:
    if not message.leads:
        return ()
    wave = message.alignment.wave_id
    return tuple(
        Press(label=say.idea_press(words, one), command=_drafts(wave, one))
        for one in message.alignment.ideas
    )


def _drafts(wave: UUID, one: Idea) -> DraftGoalAdvice:
    if one.priority is not None:
        question, choice = one.priority.key
        return DraftGoalAdvice(wave_id=wave, question=question, choice=choice)
    return DraftGoalAdvice(wave_id=wave, goal=one.goal.key if one.goal else "")


# -- confirming --------------------------------------------------------------------------------


def form(words: Words, message: AlignForm) -> Card:
    at, wave = message.paging, message.wave_id
    leave = links.alignment("", wave)
    left = say.waiting(words, message.left) if message.left else ""
    where = ""
    if at.pages > 1:
        where = words.say(
            "Page {n} of {pages}.", n=words.number(at.page + 1), pages=words.number(at.pages)
        )
    return Card(
        title=words.prose("Match priorities to goals: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(
                [words.say("Your choices are recorded with your name. You can change them later.")]
            ),
            *lines([" ".join(part for part in (left, where) if part)], Look.QUIET),
        ),
        form=Form(
            fields=tuple(_row(words, one) for one in message.rows),
            submit=Press(
                label=words.say("Save"),
                command=AlignPriorities(wave_id=wave, page=at.page),
            ),
            opens=Press(
                label=words.say("Match priorities to goals"),
                command=ShowAlignForm(wave_id=wave, page=at.page),
                style=Style.PRIMARY,
            ),
            leave=Page(label=words.say("Not now"), path=leave),
            back=ShowAlignment(wave_id=wave),
        ),
        presses=tuple(
            Press(label=label, command=ShowAlignForm(wave_id=wave, page=page))
            for label, page in (
                (words.say("Previous page"), at.page - 1),
                (words.say("Next page"), at.page + 1),
            )
            if 0 <= page < at.pages
        ),
        up=Page(label=words.say("Priorities and goals"), path=leave),
    )


def _row(words: Words, one: AlignRow) -> ChoiceField:
    goals = tuple((value, words.text(title)) for value, title in one.goals)
    return ChoiceField(
        key=one.key,
        label=words.text(one.aligned.priority.label),
        choices=(
            *goals,
            (NONE, words.say("No goal covers this")),
            (LATER, words.say("Decide later")),
        ),
        chosen=(one.chosen,),
        hint=_hint(words, one),
    )


def _hint(words: Words, one: AlignRow) -> str:
    if one.aligned.settled:
        return words.say("Confirmed.")
    if one.aligned.retired is not None:
        return words.say(
            "Its goal, “{goal}”, has been retired. Choose again.",
            goal=words.text(one.aligned.retired),
        )
    if one.proposed is None:
        return ""
    if one.proposed.by_author:
        return words.say("Suggested by the survey’s author.")
    if one.proposed.sure:
        return words.say("Suggested: the closest goal in meaning.")
    return words.say("No goal stands out. The closest ones are listed first.")


def to_align(words: Words, message: PrioritiesToAlign) -> Card:
    wave = message.wave_id
    said = words.count(
        "Staff ranked {n} priority. Say which goal of the plan it serves.",
        "Staff ranked {n} priorities. Say which goal of the plan each one serves.",
        message.many,
    )
    done = words.say("Every priority is matched.")
    confirms = Press(
        label=words.say("Match priorities to goals"),
        command=ShowAlignForm(wave_id=wave),
        style=Style.PRIMARY,
    )
    return Card(
        title=words.prose("Priorities and goals: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said if message.open else done]),
        presses=(confirms,) if message.open else (),
        page=Page(label=words.say("Open the page"), path=links.alignment("", wave))
        if message.reads
        else None,
    )


def _saved(words: Words, _: AlignPriorities, __: object) -> str:
    return words.say("Saved.")


def _went(words: Words, _: SendAlignment, message: object) -> str:
    if isinstance(message, AlignmentView) and message.alignment.steering:
        return words.say("Sent to “{committee}”.", committee=message.alignment.steering)
    return words.say("No steering committee is named in plan.yaml, so it went to the CTO’s office.")


CARDS: Drawings = {
    AlignmentView: view,
    AlignForm: form,
    PrioritiesToAlign: to_align,
}

NOTES: Notes = {AlignPriorities: _saved, SendAlignment: _went}
