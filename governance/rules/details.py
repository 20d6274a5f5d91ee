"""A rule's page: how it stands, the steps of its process, what to do about it, and its history. The
text itself is drawn by the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from core.cards import Bullets, Entries, Facts, Link, Page, Part, Press, Quote, Secrecy, Style
from core.details import Detail, Section, Todo
from core.reports import Passage
from core.text import Text
from core.tiles import Moment, Stage, Step, Tile
from core.words import Words
from governance import links, wording
from governance.card_parts import lines
from governance.labels import Labels
from governance.references import wording as reference_words
from governance.references.model import BoundLine
from governance.rules import cards
from governance.rules import wording as say
from governance.rules.commands import ShowComments
from governance.rules.messages import RuleView
from governance.rules.model import RuleState, RuleStep, Version
from governance.rules.model import Step as Taken

_IN_VIEW = 2
"""Buttons beside the first one; the rest are under More."""

_PROCESS: Final = (
    ((RuleState.DRAFT,), RuleStep.DRAFTED),
    ((RuleState.PROPOSED,), RuleStep.PROPOSED),
    ((RuleState.COMMENTING, RuleState.CONSIDERING), RuleStep.OPENED),
    ((RuleState.RATIFYING,), RuleStep.SUBMITTED),
    ((RuleState.RATIFIED,), RuleStep.RATIFIED),
    ((RuleState.PUBLISHED,), RuleStep.PUBLISHED),
)
"""The states of each step that a reader is shown, and what began it."""


def rule_detail(words: Words, view: RuleView, number: int, title: Text) -> Detail:
    """``number``: of the version that is read; 0: the draft."""
    primary, actions, more = _ways(words, view)
    return Detail(
        title=words.prose("{number}: {title}", number=view.rule.number, title=words.written(title)),
        state=say.version_tag(words, view.rule, number),
        facts=_facts(words, view),
        primary=primary,
        actions=actions,
        more=more,
        notes=(*lines([say.stands(words, view)]), *_elsewhere(words, view, number)),
        steps=tuple(_steps(words, view, number)),
        tiles=tuple(_tiles(words, view)),
        todo=tuple(_todo(words, view)),
        sections=tuple(_sections(words, view, number)),
        history=tuple(_moments(words, view)),
        on_paper=say.on_paper(words, view.rule, number),
    )


def changed_sections(words: Words, view: RuleView, version: Version | None) -> tuple[Section, ...]:
    """Above the text: what changed in the version that is read, and the way to all of it."""
    if version is None or version.number == 1:
        return ()
    earlier = version.number - 1
    ways = []
    if earlier in [one.number for one in view.versions]:
        at = links.compared("", view.rule.id, earlier, version.number)
        ways.append(Link(label=words.say("See every change"), url=at, secrecy=Secrecy.SIGNED_IN))
    if version.answers:
        at = links.rule_comments("", view.rule.id, earlier)
        n = len(version.answers)
        answers = words.count("Answers {n} comment", "Answers {n} comments", n)
        ways.append(Link(label=answers, url=at, secrecy=Secrecy.SIGNED_IN))
    if not (version.changed or ways):
        return ()
    said = (Passage(text=version.changed, typed=True),) if version.changed else ()
    title = words.say("What changed in version {n}", n=words.number(version.number))
    return (Section(title=title, blocks=said, parts=tuple(ways)),)


def _facts(words: Words, view: RuleView) -> str:
    version = view.version
    told = [
        say.kind(words, view.rule.kind),
        words.say(
            "version {n} of {day}", n=words.number(version.number), day=say.dated(words, version.at)
        )
        if version
        else "",
        wording.queue(words, view.committee),
        words.say("owner: {name}", name=view.owner) if view.owner else "",
    ]
    return " · ".join(one for one in told if one)


def _ways(
    words: Words, view: RuleView
) -> tuple[Press | None, tuple[Press, ...], tuple[Press, ...]]:
    """The comments have a link of their own on the page."""
    card = cards.rule(words, view)
    own = [one for one in card.presses if not isinstance(one.command, ShowComments)]
    primary = next((one for one in own if one.style is Style.PRIMARY), None)
    left = [one for one in own if one is not primary]
    return primary, tuple(left[:_IN_VIEW]), (*left[_IN_VIEW:], *card.more)


# -- which version this is -------------------------------------------------------------------------


def _elsewhere(words: Words, view: RuleView, number: int) -> Iterator[Part]:
    """The version that holds and the newest, where the one that is read is another."""
    rule = view.rule
    newest = view.versions[-1].number if view.versions else 0
    told: list[tuple[str, int]] = []
    if not number and newest:
        said = "This is the draft. Nobody else sees it. The newest version is version {n}."
        told.append((words.say(said, n=words.number(newest)), newest))
    elif number and rule.holds and rule.holds != number:
        n = words.number(rule.holds)
        told.append((words.say("Version {n} is in effect.", n=n), rule.holds))
    if number and newest > number and newest != rule.holds:
        n = words.number(newest)
        is_open = rule.state is RuleState.COMMENTING and newest == rule.version
        said = (
            words.say("Version {n} is open for comment.", n=n)
            if is_open
            else words.say("There is a newer version: {n}.", n=n)
        )
        told.append((said, newest))
    for label, other in told:
        yield Link(label=label, url=links.rule("", rule.id, other), secrecy=Secrecy.SIGNED_IN)


def _steps(words: Words, view: RuleView, number: int) -> Iterator[Step]:
    """Of the version that is worked on, or all behind it where it is in force. None of another. A
    step that is done has the day on which it ended, the present one the day on which it began."""
    rule = view.rule
    ready = number and number in (rule.in_force, rule.coming.version if rule.coming else None)
    if not ready and (number not in (0, rule.version) or rule.state is RuleState.PUBLISHED):
        return
    labels = (
        words.say("Draft"),
        words.say("Committee"),
        words.say("Comments from staff"),
        words.say("Vote"),
        words.say("Approval"),
        words.say("Published"),
    )
    states = [states for states, _ in _PROCESS]
    now = next((n for n, one in enumerate(states) if rule.state in one), len(states))
    for n, (label, (_, begun)) in enumerate(zip(labels, _PROCESS, strict=True)):
        stage = Stage.DONE if ready or n < now else Stage.NOW if n == now else Stage.LATER
        since = _last(view, begun, number)
        ended = _last(view, _PROCESS[n + 1][1], number) if n + 1 < len(_PROCESS) else since
        at = {Stage.DONE: ended or since, Stage.NOW: since, Stage.LATER: None}[stage]
        yield Step(label=label, stage=stage, detail=say.dated(words, at) if at else "")


def _last(view: RuleView, step: RuleStep, number: int) -> datetime | None:
    """When a step was last taken for this version, or for one before it of the same text."""
    if step is RuleStep.DRAFTED:
        begun = [one.at for one, _ in view.steps if one.step in (step, RuleStep.REVISING)]
        return max(begun, default=None)
    taken = [one for one, _ in view.steps if one.step is step]
    fits = [one.at for one in taken if not number or one.version <= number]
    return max(fits, default=None)


# -- figures and what to do ------------------------------------------------------------------------


def _tiles(words: Words, view: RuleView) -> Iterator[Tile]:
    if view.comments and view.version:
        yield Tile(
            label=words.say("Comments"),
            figure=words.number(view.comments),
            share=view.answered / view.comments,
            says=words.count("{n} answered", "{n} answered", view.answered),
            path=links.rule_comments("", view.rule.id, view.version.number),
        )
    if view.exemptions:
        yield Tile(label=words.say("Exceptions"), figure=words.number(len(view.exemptions)))


def _todo(words: Words, view: RuleView) -> Iterator[Todo]:
    left = view.comments - view.answered
    if RuleStep.SUBMITTED in view.can and left > 0 and view.version:
        yield Todo(
            says=words.count("Answer {n} comment", "Answer {n} comments", left),
            press=Press(
                label=words.say("Read the comments"),
                command=ShowComments(rule_id=view.rule.id, version=view.version.number),
            ),
        )


# -- content and history ---------------------------------------------------------------------------


def _sections(words: Words, view: RuleView, number: int) -> Iterator[Section]:
    if view.exemptions:
        told = tuple(say.exemption(words, one, whom) for one, whom in view.exemptions)
        parts: tuple[Part, ...] = (Bullets(lines=told, secrecy=Secrecy.SIGNED_IN),)
        yield Section(title=words.say("Exceptions"), parts=parts)
    if view.linked:
        yield Section(title=say.linked_title(words), parts=tuple(_linked(words, view)))
    if pairs := tuple(_about(words, view)):
        parts = (Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN),)
        yield Section(title=words.say("About this rule"), parts=parts, beside=True)
    if len(view.versions) > 1 or (view.versions and not number):
        parts = tuple(_versions(words, view, number))
        yield Section(title=words.say("Versions"), parts=parts, beside=True)


def _linked(words: Words, view: RuleView) -> Iterator[Part]:
    for one in view.linked:
        told = say.linked(words, one)
        if one.section:
            path = links.rule("", view.rule.id, one.version, one.section)
            yield Link(label=told, url=path, secrecy=Secrecy.SIGNED_IN)
            told = ""
        yield Quote(text=one.words, by=told, secrecy=Secrecy.SIGNED_IN)


def _about(words: Words, view: RuleView) -> Iterator[tuple[str, str]]:
    rule, version = view.rule, view.version
    effective = rule.effective if version and version.number == rule.in_force else None
    pairs = (
        (words.say("In effect from"), say.dated(words, effective) if effective else ""),
        (words.say("Next review"), say.dated(words, rule.review) if rule.review else ""),
        (
            words.say("Who it is for"),
            Labels(words, view.buildings).audience(version.audience) if version else "",
        ),
        (words.say("Supports"), "; ".join(_supported(words, one) for one in view.supports)),
    )
    yield from ((label, told) for label, told in pairs if told)


def _supported(words: Words, one: BoundLine | str) -> str:
    if isinstance(one, str):
        return one
    return reference_words.marked(words, reference_words.name(words, one), one)


def _versions(words: Words, view: RuleView, number: int) -> Iterator[Part]:
    """The newest first, and what to compare."""
    rule = view.rule
    rows = []
    for one in reversed(view.versions):
        n = words.number(one.number)
        label = words.say("Version {n}", n=n)
        state = say.version_tag(words, rule, one.number).text
        parts = [say.dated(words, one.at), state]
        if one.number == number:
            parts.append(words.say("shown here"))
        rows.append(
            (Page(label=label, path=links.rule("", rule.id, one.number)), " · ".join(parts))
        )
    yield Entries(rows=tuple(rows), secrecy=Secrecy.SIGNED_IN)
    for one in reversed(view.versions):
        if number and one.number != number:
            old, new = sorted((one.number, number))
            yield Link(
                label=words.say(
                    "Compare versions {old} and {new}", old=words.number(old), new=words.number(new)
                ),
                url=links.compared("", rule.id, old, new),
                secrecy=Secrecy.SIGNED_IN,
            )


def _moments(words: Words, view: RuleView) -> Iterator[Moment]:
    """The newest first."""
    for one, whom in reversed(view.steps):
        detail = [*(told.rstrip(".") for told in _told(words, one)), whom, one.why]
        yield Moment(
            when=say.dated(words, one.at),
            what=say.took(words, one.step),
            detail=" · ".join(part for part in detail if part),
        )


def _told(words: Words, one: Taken) -> Iterator[str]:
    if vote := one.vote:
        yield words.say(
            "Vote on {day}, with {present} members present: {favor} for, {against} against, "
            "{abstained} abstained.",
            day=say.dated(words, vote.on),
            present=words.number(vote.present),
            favor=words.number(vote.favor),
            against=words.number(vote.against),
            abstained=words.number(vote.abstained),
        )
    elif one.day and one.step is RuleStep.PUBLISHED:
        yield words.say("In effect from {day}", day=say.dated(words, one.day))
    elif one.day:
        yield words.say("until {day}", day=say.dated(words, one.day))
