"""How ready people are, in words that the change's page, the cards and the chart share."""

from __future__ import annotations

from core.people import Level, Role
from core.words import Words
from governance import wording
from governance.labels import Labels
from governance.pulses.findings import NONE, Findings, Low, Rated
from governance.pulses.messages import PulseLine, Ready
from governance.pulses.model import Moment, PulseState
from surveys.questions import Unfit
from surveys.results.beside import Group


def element(words: Words, key: str) -> str:
    """Inside a sentence."""
    return {
        "awareness": words.say("awareness"),
        "desire": words.say("desire"),
        "knowledge": words.say("knowledge"),
        "ability": words.say("ability"),
        "reinforcement": words.say("reinforcement"),
    }[key]


def named(words: Words, key: str) -> str:
    said = element(words, key)
    return said[:1].upper() + said[1:]


def moment(words: Words, one: Moment) -> str:
    return words.say("Before the change") if one is Moment.BEFORE else words.say("After the change")


def line(words: Words, one: PulseLine, ready: Ready) -> str:
    """How a pulse stands, in one sentence: "Before: knowledge is the barrier (2.8)." """
    said = _stands(words, one, ready)
    if one.pulse.moment is Moment.BEFORE:
        return words.say("Before: {said}", said=said)
    return words.say("After: {said}", said=said)


def _stands(words: Words, one: PulseLine, ready: Ready) -> str:
    if one.pulse.state is PulseState.LEFT_OUT:
        why = wording.unfit(words, Unfit(why=one.pulse.why, values=one.pulse.values))
        return words.say("not asked. {why}", why=why)
    if one.pulse.state is PulseState.PLANNED:
        return words.say("opens on {when}.", when=words.when(one.opens_at))
    if not one.closed:
        return words.say("being asked until {when}.", when=words.when(one.closes_at))
    if not ready.sees:
        return words.say("staff were asked.")
    if one.unopened:
        return words.say("the results are ready.")
    if one.findings is None:
        return words.say("closed; the results are being prepared.")
    return barrier(words, one.findings)


def barrier(words: Words, found: Findings) -> str:
    if not found.barrier:
        return words.say("not shown; there were too few answers.")
    if found.barrier == NONE:
        return words.say("no barrier.")
    rated = found.rated[found.barrier]
    return words.say(
        "{element} is the barrier ({mean}).",
        element=element(words, found.barrier),
        mean=words.number(rated.said),
    )


def mean(words: Words, rated: Rated | None) -> str:
    """ "2.8 ± 0.2"; the interval is never told as none."""
    if rated is None:
        return words.say("not shown")
    half = max(round((rated.high - rated.low) / 2, 1), 0.1)
    return f"{words.number(rated.said)} ± {words.number(half)}"


def first(words: Words, found: Findings) -> str:
    """What holds back the most people first; "" where it is not shown."""
    if found.first is None or found.first.share is None:
        return ""
    return words.say(
        "For most people, {element} is the first barrier (about {share}).",
        element=element(words, found.first.key),
        share=words.percent(found.first.share),
    )


def group(words: Words, one: Group) -> str:
    """ "office professionals in middle schools"."""
    labels, parts = Labels(words), dict(one)
    role, level = parts.get("role", ""), parts.get("level", "")
    who = labels(role) if role else words.say("Staff")
    who = who if role == Role.BOARD else who.lower()
    where = labels(Level(level)).lower() if level else ""
    return words.say("{who} in {where}", who=who, where=where) if where else who


def low(words: Words, found: Low) -> str:
    """A group's line: what is low, and how many agree."""
    agree, who = found.agree, group(words, found.group)
    who, what = who[:1].upper() + who[1:], element(words, found.element)
    if agree.share is None:
        return words.say("{who}: {element} is low. Few agree.", who=who, element=what)
    share = words.say("about {share}", share=words.percent(agree.share))
    return words.say(
        "{who}: {element} is low. {share} agree.",
        who=who,
        element=what,
        share=share[:1].upper() + share[1:],
    )


def todo(words: Words, ready: Ready) -> str:
    """What to do next, where a released figure says so: about the group that agrees least, else
    about the barrier of all."""
    asked = [one for one in ready.lines if one.findings is not None]
    found = asked[-1].findings if asked else None
    if found is None:
        return ""
    if found.low:
        who = group(words, found.low[0].group)
        return _what_helps(words, found.low[0].element, who)
    if found.barrier in ("", NONE):
        return ""
    return _what_helps(words, found.barrier, words.say("staff"))


def _what_helps(words: Words, key: str, who: str) -> str:
    say = words.say
    return {
        "awareness": say(
            "Awareness is low among {who}: explain again why this is changing.", who=who
        ),
        "desire": say("Desire is low among {who}: ask what holds people back.", who=who),
        "knowledge": say("Knowledge is low among {who}: add a session.", who=who),
        "ability": say("Ability is low among {who}: offer practice and help on site.", who=who),
        "reinforcement": say(
            "Reinforcement is low among {who}: show what went well and keep helping.", who=who
        ),
    }[key]
