"""How ready people are for a change: the form, what it does before it does it, and what came."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Confirm,
    Figures,
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
from governance.forms.commands import Open
from governance.pulses import wording as say
from governance.pulses.commands import AskPulse, DropPulse, PlanPulse, ShowReady
from governance.pulses.messages import PulseLine, PulsePlanView, Ready, ReadyView
from governance.pulses.model import STATEMENTS, Moment, PulseState
from governance.second_person.wording import guarded
from governance.waves import reach_wording
from governance.waves.promise_wording import promised


def view(words: Words, message: ReadyView) -> Card:
    found = message.ready
    told = [one for one in found.lines if one.findings is not None]
    return Card(
        title=words.prose("Readiness: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(_said(words, found), Look.STRONG, Secrecy.SIGNED_IN),
            *lines([_todo(words, found)], secrecy=Secrecy.SIGNED_IN),
            *_figures(words, told),
            *_groups(words, told),
            *_links(words, told),
        ),
        presses=_presses(words, found),
        page=Page(label=words.say("Open the page"), path=links.ready("", found.change_id)),
        up=Page(label=words.say("Back to the change"), path=links.change("", found.change_id)),
    )


def _said(words: Words, found: Ready) -> list[str]:
    if not found.lines:
        return [words.say("Nobody has been asked yet.")]
    return [say.line(words, one, found) for one in found.lines]


def _todo(words: Words, found: Ready) -> str:
    if found.sees or not any(one.closed for one in found.lines):
        return say.todo(words, found)
    if found.committee:
        return words.say(
            "Results are shown to the CTO's office and to members of “{committee}”.",
            committee=found.committee,
        )
    return words.say("Results are shown to the CTO's office.")


def _figures(words: Words, told: list[PulseLine]) -> tuple[Part, ...]:
    """The mean of each element, 1 to 5: before → after."""
    if not any(one.findings and one.findings.rated for one in told):
        return ()
    pairs = tuple(
        (
            say.named(words, key),
            " → ".join(
                say.mean(words, one.findings.rated.get(key)) for one in told if one.findings
            ),
        )
        for key in STATEMENTS
    )
    note = words.say(
        "Means of a scale from 1 to 5, with 95% intervals. The barrier is the first that is 3 or "
        "less (ADKAR)."
    )
    return (
        Figures(pairs=pairs, secrecy=Secrecy.SIGNED_IN),
        *lines([note], Look.QUIET),
    )


def _groups(words: Words, told: list[PulseLine]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in told:
        if one.findings is None:
            continue
        first = say.first(words, one.findings)
        rows = [*([first] if first else []), *(say.low(words, low) for low in one.findings.low)]
        if one.findings.withheld:
            names = words.all_of([say.group(words, group) for group in one.findings.withheld])
            rows.append(words.say("Not shown: {groups}.", groups=names))
        if not rows:
            continue
        parts += lines([say.moment(words, one.pulse.moment)], Look.STRONG)
        parts.append(Bullets(lines=tuple(rows), secrecy=Secrecy.SIGNED_IN))
    return tuple(parts)


def _links(words: Words, told: list[PulseLine]) -> tuple[Part, ...]:
    labels = {
        Moment.BEFORE: words.say("All results before the change"),
        Moment.AFTER: words.say("All results after the change"),
    }
    return tuple(
        Link(
            label=labels[one.pulse.moment],
            url=links.results("", one.pulse.wave_id),
            secrecy=Secrecy.SIGNED_IN,
        )
        for one in told
    )


def _presses(words: Words, found: Ready) -> tuple[Press, ...]:
    presses = []
    if found.can and found.asks:
        label = words.say("Ask how ready people are")
        presses.append(Press(label=label, command=Open(of=PlanPulse(change_id=found.change_id))))
    for one in found.lines:
        if one.pulse.state is PulseState.PLANNED and found.asks:
            drops = DropPulse(change_id=found.change_id, moment=one.pulse.moment)
            presses.append(Press(label=words.say("Cancel it"), command=drops))
    return tuple(presses)


def preview(words: Words, message: PulsePlanView) -> Card:
    closes = words.when(message.closes_at)
    if message.opens_at is None:
        when = words.say("It opens as soon as you confirm, and closes on {closes}.", closes=closes)
        yes = words.say("Ask now")
    else:
        when = words.say(
            "It opens on {opens} and closes on {closes}. If the change moves, it moves too.",
            opens=words.when(message.opens_at),
            closes=closes,
        )
        yes = words.say("Schedule it")
    press = Press(
        label=yes,
        command=AskPulse(change_id=message.change_id, moment=message.moment),
        style=Style.PRIMARY,
        confirm=Confirm(title=yes, text=when, yes=yes, no=words.say("Not now")),
    )
    return Card(
        title=words.written(message.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([when]),
            *lines([" ".join(reach_wording.lines(words, message.reach))]),
            Bullets(
                lines=tuple(words.text(one) for one in message.statements),
                secrecy=Secrecy.ANYWHERE,
            ),
            *lines([promised(words, message.promise)], Look.QUIET),
        ),
        presses=(
            guarded(words, press, message.second),
            Press(
                label=words.say("Change it"),
                command=Open(of=PlanPulse(change_id=message.change_id)),
            ),
        ),
        up=Page(label=words.say("Back to the change"), path=links.change("", message.change_id)),
    )


CARDS: Drawings = {ReadyView: view, PulsePlanView: preview}

NOTES: Notes = {
    ShowReady: lambda *_: "",
    AskPulse: lambda words, *_: words.say("Saved."),
    DropPulse: lambda words, *_: words.say("Nobody will be asked."),
}
