"""Gaps as cards. Only a gap has any of them, so what may appear anywhere does not name the
safeguard."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import (
    Card,
    Confirm,
    Entries,
    Facts,
    Line,
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
from governance.card_parts import Drawings, Notes, lines
from governance.controls import addresses
from governance.forms.commands import Open
from governance.gaps import wording as say
from governance.gaps.commands import (
    AcceptRisk,
    BeginWork,
    CloseGap,
    DecideGap,
    DeclineRisk,
    JudgeSaid,
    SendTicket,
    ShowGap,
)
from governance.gaps.messages import (
    Decided,
    DecisionDue,
    GapRow,
    GapsView,
    GapView,
    NamedInDecision,
    Origins,
    Undecided,
    WorkLine,
)
from governance.gaps.model import WorkKind
from governance.goals.wording import day_of


def decision_due(words: Words, message: DecisionDue) -> Card:
    return Card(
        title=words.say("Work on security practices needs a decision"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([message.safeguard], Look.STRONG, Secrecy.SIGNED_IN),
        presses=(
            Press(
                label=words.say("Decide"),
                command=Open(
                    of=DecideGap(assessment_id=message.assessment_id, number=message.number)
                ),
                style=Style.PRIMARY,
            )
            if message.decides
            else Press(
                label=words.say("See details"),
                command=ShowGap(gap_id=message.gap_id),
                chat_only=True,
            ),
        ),
        page=Page(label=words.say("Open it on the web"), path=addresses.gap(message.gap_id)),
    )


def named_in_decision(words: Words, message: NamedInDecision) -> Card:
    """Without the safeguard's number, since only a gap has a decision."""
    read = Press(
        label=words.say("Read the decision"),
        command=ShowGap(gap_id=message.gap_id),
        style=Style.PRIMARY,
        chat_only=True,
    )
    return Card(
        title=words.say("Work on security practices: a decision needs your answer")
        if message.open
        else words.say("Work on security practices: you are named in a decision"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([words.say("Open it to read the decision.")]),
        presses=(read,) if message.open else (),
        page=Page(label=words.say("Open it on the web"), path=addresses.gap(message.gap_id)),
    )


# -- the register ------------------------------------------------------------------------------


def register(words: Words, message: GapsView) -> Card:
    parts: list[Part] = []
    rows = tuple((_page(words, one), say.row(words, one)) for one in message.rows)
    if rows:
        parts.append(Entries(rows=rows, secrecy=Secrecy.SIGNED_IN))
    else:
        none = words.say("No decisions yet.")
        parts += lines([words.say("No decisions of this kind.") if message.choice else none])
    undecided = tuple((_page(words, one), say.undecided(words, one)) for one in message.undecided)
    if undecided:
        n = words.number(len(undecided))
        parts += lines([words.say("Not decided yet ({n})", n=n)], Look.STRONG, Secrecy.SIGNED_IN)
        old = sum(bool(one.earlier) for one in message.undecided)
        of_old = words.count(
            "{n} of these scores is from an earlier assessment.",
            "{n} of these scores are from earlier assessments.",
            old,
        )
        parts += lines([of_old] if old else [], secrecy=Secrecy.SIGNED_IN)
        parts.append(Entries(rows=undecided, secrecy=Secrecy.SIGNED_IN))
    title = words.say("Work on security practices")
    return Card(
        title=f"{title}: {say.choice(words, message.choice)}" if message.choice else title,
        outside=title,
        secrecy=Secrecy.SIGNED_IN,
        parts=tuple(parts),
        page=Page(label=words.say("Open it on the web"), path=addresses.gaps(message.choice)),
        up=Page(label=words.say("Security practices"), path=addresses.PRACTICES),
        kept=False,
    )


def _page(words: Words, one: GapRow | Undecided) -> Page:
    label = f"{one.safeguard}: {words.text(one.name)}" if one.name else one.safeguard
    if isinstance(one, GapRow):
        return Page(label=label, path=addresses.gap(one.gap_id))
    return Page(label=label, path=addresses.safeguard(one.assessment_id, one.number))


# -- one gap -----------------------------------------------------------------------------------


def gap(words: Words, message: GapView) -> Card:
    holds, *before = message.decisions
    ready = any(one.done for one in message.works) and message.decides
    done = words.say("The work is done. Check the safeguard, and close this if nothing is left.")
    return Card(
        title=words.say("About {safeguard}", safeguard=message.safeguard),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("Work on security practices"),
        parts=(
            *lines([words.text(message.name) if message.name else ""], Look.STRONG),
            *lines([say.stands(words, message)], Look.STRONG, Secrecy.SIGNED_IN),
            *lines([message.closed_why], secrecy=Secrecy.SIGNED_IN),
            Facts(pairs=say.facts(words, holds), secrecy=Secrecy.SIGNED_IN),
            *_works(words, message),
            *lines([done] if ready else [], secrecy=Secrecy.SIGNED_IN),
            *_before(words, before),
        ),
        presses=_presses(words, message, ready=ready),
        more=_begins(words, message),
        page=Page(label=words.say("Open it on the web"), path=addresses.gap(message.gap_id)),
        up=Page(label=words.say("Work on security practices"), path=addresses.GAPS)
        if message.opens
        else Page(label=words.say("Home"), path="/"),
        kept=False,
    )


def _works(words: Words, message: GapView) -> list[Part]:
    parts: list[Part] = []
    if message.works:
        parts += lines([words.say("Work started")], Look.STRONG, Secrecy.SIGNED_IN)
    for one in message.works:
        said = say.work(words, one)
        if one.opens:
            parts.append(Link(label=said, url=_place(one), secrecy=Secrecy.SIGNED_IN))
        else:
            parts.append(Line(text=said, secrecy=Secrecy.SIGNED_IN))
    if message.opens:
        safeguard = addresses.safeguard(message.assessment_id, message.number)
        label = words.say("{safeguard} in the assessment", safeguard=message.safeguard)
        parts.append(Link(label=label, url=safeguard, secrecy=Secrecy.SIGNED_IN))
    return parts


def _place(one: WorkLine) -> str:
    match one.kind:
        case WorkKind.RULE:
            return links.rule("", one.subject)
        case WorkKind.CHANGE:
            return links.change("", one.subject)
        case _:
            return (links.campaign if one.sent else links.draft)("", one.subject)


def _before(words: Words, before: Sequence[Decided]) -> list[Part]:
    if not before:
        return []
    return [
        *lines([words.say("Earlier decisions")], Look.STRONG, Secrecy.SIGNED_IN),
        *(Facts(pairs=say.facts(words, one), secrecy=Secrecy.SIGNED_IN) for one in before),
    ]


def _presses(words: Words, message: GapView, *, ready: bool) -> tuple[Press, ...]:
    if message.answers:
        gap_id, number = message.gap_id, message.answers
        day = day_of(words, message.decisions[0].decision.by_day)
        return (
            Press(
                label=words.say("Accept the risk"),
                command=AcceptRisk(gap_id=gap_id, number=number),
                style=Style.PRIMARY,
                confirm=Confirm(
                    title=words.say("Accept this risk?"),
                    text=words.say(
                        "Until {day}, you are responsible for accepting this risk. Your name "
                        "and today’s date stay on record.",
                        day=day,
                    ),
                    yes=words.say("Accept the risk"),
                    no=words.say("Not now"),
                ),
            ),
            Press(
                label=words.say("Decline it"),
                command=Open(of=DeclineRisk(gap_id=gap_id, number=number)),
            ),
        )
    if not message.decides:
        return ()
    decides = Open(of=DecideGap(assessment_id=message.assessment_id, number=message.number))
    again = message.returned and not ready
    return (
        Press(
            label=words.say("Decide again"),
            command=decides,
            style=Style.PRIMARY if again else Style.PLAIN,
        ),
        Press(
            label=words.say("Close it"),
            command=Open(of=CloseGap(gap_id=message.gap_id)),
            style=Style.PRIMARY if ready else Style.PLAIN,
        ),
    )


def _begins(words: Words, message: GapView) -> tuple[Press, ...]:
    return tuple(
        Press(
            label=say.begins(words, kind),
            command=Open(of=SendTicket(gap_id=message.gap_id))
            if kind is WorkKind.TICKET
            else BeginWork(gap_id=message.gap_id, kind=kind),
        )
        for kind in message.begins
    )


# -- on what was created for it ----------------------------------------------------------------


def origins(words: Words, message: Origins) -> Card:
    return Card(
        title=words.say("Security practices"),
        secrecy=Secrecy.ANYWHERE,
        parts=tuple(
            Link(
                label=words.say("Created for {safeguard}", safeguard=safeguard),
                url=addresses.gap(gap_id),
                secrecy=Secrecy.SIGNED_IN,
            )
            for gap_id, safeguard in message.gaps
        ),
        kept=False,
    )


CARDS: Drawings = {
    DecisionDue: decision_due,
    NamedInDecision: named_in_decision,
    GapsView: register,
    GapView: gap,
    Origins: origins,
}

NOTES: Notes = {
    DecideGap: lambda words, *_: words.say("Saved."),
    CloseGap: lambda words, *_: words.say("Saved."),
    JudgeSaid: lambda words, *_: words.say("Saved."),
    SendTicket: lambda words, *_: words.say("It is on its way to the help desk."),
    BeginWork: lambda words, _, message: say.begun(words, message),
}
