"""What the docket says in every place in the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, assert_never

from core.words import Words
from governance import wording
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.due import Away
from governance.docket.history import StepKind, StepLine
from governance.docket.messages import DocketLine
from governance.docket.open_items import Aside
from governance.feedback.model import ItemState
from governance.messages import Brief


def assigned(words: Words, name: str, *, chosen: bool) -> str:
    """Who looks after an item: whom the committee chose, or whose matter it is first."""
    if chosen:
        return words.say("Assigned to {name}.", name=name)
    return words.say("For {name}, the Technology Leader of the building.", name=name)


def beside(words: Words, item: Brief) -> Mapping[str, object]:
    """What a page shows of an item in sentences: who looks after it, and what was done."""
    name, steps = item.assigned_to, item.steps
    return {
        "assigned": assigned(words, name, chosen=item.chosen) if name else "",
        "subject": subject(words, item),
        "heading_beside": heading(words, item),
        "received": received(words, item),
        "aside": put_aside(words, item.aside) if item.aside else "",
        "change_aside": change_aside(words, item),
        "bring_back": bring_back(words),
        "edit_subject": edit_subject(words),
        "steps": [(step(words, one), one.at) for one in steps],
    }


def put_aside(words: Words, aside: Aside) -> str:
    """Until when something is put aside, and why."""
    return words.say("Put aside until {day}: {why}", day=words.day(aside.until), why=aside.why)


def short_aside(words: Words, aside: Aside) -> str:
    """The same where a list says "put aside" already."""
    return words.say("Until {day}: {why}", day=words.short_day(aside.until), why=aside.why)


def until(words: Words, aside: Aside) -> str:
    """What a press that put it aside is answered with."""
    return words.say("Put aside until {day}.", day=words.day(aside.until))


def bring_back(words: Words) -> str:
    return words.say("Bring back now")


def change_aside(words: Words, item: Brief) -> str:
    """The label of what shows the form to put something aside."""
    return words.say("Change the day") if item.aside else words.say("Put aside until…")


def edit_subject(words: Words) -> str:
    return words.say("Edit the subject")


LONGEST_FIRST_WORDS: Final = 90
"""Characters of the first words that stand for a subject."""

_SHORTEST_CLAUSE = 20
"""A comma before that is one of a list, or after "Hello"."""

_FIRST_SENTENCE = re.compile(r"(?<=\w\w\w)[.!?;:](?=\s|$)|\n")

_CLAUSE_ENDS = re.compile(
    r"(?:,|\s[–—-])\s|\s(?=(?:but|because|which|while|although|since|so that"
    r"|pero|porque|aunque|mientras|ya que|así que)\s)",
    re.IGNORECASE,
)


def subject(words: Words, item: Brief | DocketLine) -> str:
    """An item in one line: what its committee calls it, else its theme and the first clause of its
    words, of which personal data was taken out."""
    said = clause(words, item)
    if item.unopened or item.subject or not item.theme:
        return said
    return f"{words.name(item.theme)}: {said}"


def clause(words: Words, item: Brief | DocketLine) -> str:
    """The same where its theme is beside it. What is sensitive and was opened by nobody has
    none."""
    if item.unopened:
        return words.say("Not opened yet")
    if item.subject:
        return item.subject
    first = " ".join(_FIRST_SENTENCE.split(item.redacted.strip(), maxsplit=1)[0].split())
    return _shortened(first) or words.say("No words")


def heading(words: Words, item: Brief) -> str:
    """What stands above its words, and does not say them again."""
    if item.unopened or item.subject:
        return clause(words, item)
    return words.name(item.theme) or words.say("Message")


def _shortened(sentence: str) -> str:
    """As many whole clauses as there is room for; a longer clause is cut between two words."""
    if len(sentence) <= LONGEST_FIRST_WORDS:
        return sentence
    ends = [one.start() for one in _CLAUSE_ENDS.finditer(sentence)]
    fitting = [one for one in ends if _SHORTEST_CLAUSE <= one <= LONGEST_FIRST_WORDS]
    if fitting:
        return sentence[: fitting[-1]]
    return sentence[:LONGEST_FIRST_WORDS].rsplit(" ", 1)[0] + "…"


def age(words: Words, item: DocketLine) -> str:
    """How long ago it came."""
    return words.count("{n} day", "{n} days", item.age) if item.age else words.say("Today")


def received(words: Words, item: Brief) -> str:
    """The day it came; on its committee's pages with how long ago that is."""
    day = words.day(item.received_at)
    if not item.age:
        return words.say("Received {when}.", when=day)
    return words.count(
        "Received {when}, {n} day ago.", "Received {when}, {n} days ago.", item.age, when=day
    )


def unopened(words: Words, item: Brief) -> str:
    """Of what is sensitive, in place of its words. A responder may have read it as a case."""
    if item.case:
        return words.say("Opening it is recorded.")
    return words.say("Nobody has read it yet. Opening it is recorded.")


def why_here(words: Words, item: Brief) -> str:
    """Why it is in this queue; "" of what is done with."""
    if item.state in (ItemState.ANSWERED, ItemState.FILED):
        return ""
    if item.about:
        return words.say("About: {name}.", name=words.text(item.about))
    if item.history:
        return words.say("Moved here: see below.")
    if item.queue == RESTRICTED:
        return words.say("Why here: it may be sensitive, or it could not be read automatically.")
    telling = [one for one in item.likely[:3] if _tells(one.probability)]
    names = [item.names.get(one.committee, one.committee) for one in telling]
    if item.queue == TRIAGE:
        told = words.say("The automatic reader was not sure where this belongs.")
        sure = [words.percent(one.probability) for one in telling]
        likely = ", ".join(f"{name} {how}" for name, how in zip(names, sure, strict=True))
        return f"{told} {words.say('Likely: {likely}.', likely=likely)}" if likely else told
    if not _tells(item.confidence):
        return words.say("Why here: the automatic reader found no committee that fits better.")
    told = words.say(
        "Why here: {share} confidence that it is for {committee}.",
        share=wording.sure(words, item.confidence),
        committee=names[0] if names else wording.queue(words, item.queue_name),
    )
    others = words.say("Next most likely: {names}.", names=", ".join(names[1:]))
    return f"{told} {others}" if names[1:] else told


def _tells(share: float) -> bool:
    """Whether a confidence says something: 0% of it does not."""
    return round(100 * share) > 0


def moved(words: Words, start: str, to: str, why: str) -> str:
    """From which queue to which, and why."""
    said = words.say(
        "Moved from {start} to {to}.",
        start=wording.queue(words, start),
        to=wording.queue(words, to),
    )
    return f"{said} {wording.reason(words, why)}" if why else said


def step(words: Words, one: StepLine) -> str:
    """Who did what with an item."""
    who = one.who or words.say("Someone who has left")
    match one.kind:
        case StepKind.ACKNOWLEDGED:
            return words.say("{who} acknowledged it.", who=who)
        case StepKind.DISCUSSED:
            return words.say("{who} marked it as in discussion.", who=who)
        case StepKind.ASSIGNED:
            return words.say("{who} assigned it to {name}.", who=who, name=one.about)
        case StepKind.UNASSIGNED:
            return words.say("{who} unassigned it from {name}.", who=who, name=one.about)
        case StepKind.ANSWERED:
            return words.say("{who} answered it.", who=who)
        case StepKind.RECOMMENDED:
            return words.say(
                "{who} sent a recommendation with it: {title}", who=who, title=one.about
            )
        case StepKind.LINKED:
            return words.say("{who} linked it to: {title}", who=who, title=one.about)
        case StepKind.UNLINKED:
            return words.say("{who} removed a link: {title}", who=who, title=one.about)
        case StepKind.PUT_ASIDE:
            day = words.day(date.fromisoformat(one.about))
            return words.say("{who} put it aside until {day}.", who=who, day=day)
        case StepKind.BROUGHT_BACK:
            return words.say("{who} brought it back.", who=who)
        case StepKind.SUBJECT:
            return words.say("{who} edited its subject.", who=who)
        case StepKind.UNDONE:
            return words.say("{who} undid the last change.", who=who)
        case StepKind.REMINDED:
            return words.say("The committee was reminded that it is late.")
        case _:
            assert_never(one.kind)


def absence(words: Words, days: Away) -> str:
    """The first and the last day on which somebody is away."""
    if days.first == days.last:
        return words.day(days.first)
    return words.say("{first} to {last}", first=words.day(days.first), last=words.day(days.last))


def facts(words: Words, items: Sequence[DocketLine], now: datetime) -> str:
    """What is on a docket in one line: "11 items are open. 1 is late."."""
    if not items:
        return words.say("Nothing is open.")
    late = sum(is_late(one, now) for one in items)
    aside = sum(one.aside is not None for one in items)
    waiting = sum(one.asked_back and one.aside is None for one in items)
    told = [words.count("{n} item is open.", "{n} items are open.", len(items) - aside)]
    if late:
        told.append(words.count("{n} is late.", "{n} are late.", late))
    if waiting:
        told.append(
            words.count(
                "{n} is waiting for its author’s reply.",
                "{n} are waiting for their authors’ replies.",
                waiting,
            )
        )
    if aside:
        told.append(words.count("{n} is put aside.", "{n} are put aside.", aside))
    return " ".join(told)


def is_late(item: Brief | DocketLine, now: datetime) -> bool:
    """Whether the day is over by which its committee wished to answer."""
    return item.due_at is not None and item.due_at < now
