"""A change's page: how far it is, whom it reached, what to do next, what people read, and the
messages about it with their dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from core.cards import Look, Part, Press, Style
from core.details import Detail, Section, Todo
from core.tiles import Moment, Stage, Step, Tag, Tone
from core.words import Words
from governance import links
from governance.card_parts import change as written
from governance.card_parts import lines
from governance.changes import cards
from governance.changes import wording as say
from governance.changes.commands import ShowSequence
from governance.changes.facets import FacetLine, drawn
from governance.changes.messages import ChangeView, MessageDate
from governance.changes.model import ChangeState, ChangeStep, Phase
from governance.languages import lacking

_TONES: Final = {
    ChangeState.PROPOSED: Tone.CAUTION,
    ChangeState.APPROVED: Tone.INFO,
    ChangeState.UNDER_WAY: Tone.INFO,
    ChangeState.DONE: Tone.GOOD,
}

_IN_VIEW = 2
"""Buttons beside the first one; the rest are under More."""


def change_detail(words: Words, view: ChangeView) -> Detail:
    record, found = view.record, drawn(words, view.facets)
    primary, actions, more = _ways(words, view, found)
    lacks = lines(lacking(words, record.words) if view.works else [], Look.QUIET)
    return Detail(
        title=words.written(record.words.title),
        state=state_tag(words, record.state),
        facts=_facts(words, view),
        primary=primary,
        actions=actions,
        more=more,
        notes=lacks,
        steps=tuple(_steps(words, view)),
        tiles=tuple(one.tile for one in found if one.tile),
        todo=tuple(Todo(says=one.todo, press=one.does or one.press) for one in found if one.todo),
        sections=tuple(_sections(words, view, found)),
        history=tuple(_moments(words, view)),
        history_title=words.say("Messages and dates") if view.dates else words.say("History"),
    )


def state_tag(words: Words, state: ChangeState) -> Tag:
    return Tag(text=say.state(words, state), tone=_TONES.get(state, Tone.PLAIN))


def _facts(words: Words, view: ChangeView) -> str:
    record = view.record
    told = [words.say("planned for {day}", day=words.day(record.day))]
    if view.owner:
        told.append(words.say("owner: {name}", name=view.owner))
    if view.works:
        told.append(words.say("risk: {risk}", risk=say.risk(words, record.risk).lower()))
    return " · ".join(told)


def _ways(
    words: Words, view: ChangeView, found: Sequence[FacetLine]
) -> tuple[Press | None, tuple[Press, ...], tuple[Press, ...]]:
    """What its process asks for comes first; for staff, what they can ask and learn."""
    own = [*cards.steps_to_take(words, view), *cards.other_steps(words, view)]
    rest = [one.press for one in found if one.press and not one.todo]
    first = own[0] if own and own[0].style is Style.PRIMARY else None
    done = next((one for one in own if _is_done(one)), None) if first is None else None
    primary = first or done
    left = [one for one in (*own, *rest) if one is not primary]
    if not view.works:
        return primary, tuple(left[: _IN_VIEW + 1]), tuple(left[_IN_VIEW + 1 :])
    actions = [one for one in left if isinstance(one.command, ShowSequence)]
    return primary, tuple(actions), tuple(one for one in left if one not in actions)


def _is_done(one: Press) -> bool:
    return getattr(one.command, "step", None) is ChangeStep.DONE


# -- steps -----------------------------------------------------------------------------------------


def _steps(words: Words, view: ChangeView) -> Iterator[Step]:
    """Those that the reader knows of, with the one that it is at. None where it was withdrawn."""
    if view.record.state is ChangeState.WITHDRAWN:
        return
    shown = [(label, day, done) for label, day, done in _process(words, view) if label]
    now = next((n for n, (_, __, done) in enumerate(shown) if not done), len(shown))
    for n, (label, day, _) in enumerate(shown):
        stage = Stage.DONE if n < now else Stage.NOW if n == now else Stage.LATER
        yield Step(label=label, stage=stage, detail=words.short_day(day) if day else "")


def _process(words: Words, view: ChangeView) -> Iterator[tuple[str, date | None, bool]]:
    """(label, when, whether it is behind us); "" for what the reader is not told of."""
    record, over = view.record, view.record.state is ChangeState.DONE
    proposed = next((one for one, _ in view.steps if one.step is ChangeStep.PROPOSED), None)
    begun = record.state is not ChangeState.DRAFT
    if view.works:
        yield words.say("Proposed"), proposed.at if proposed else None, begun
    approved = record.decision.at if record.decision else None
    yield words.say("Approved"), approved, approved is not None
    sent = [one.at for one in view.dates if one.sent]
    planned = [one.at for one in view.dates]
    if view.works:
        first = min(sent, default=None) or min(planned, default=None)
        yield words.say("Announced"), first, bool(sent) or over
    live = view.today is not None and view.today >= record.day
    yield words.say("Preparing"), None, live or over
    followed = [one for one in view.dates if one.phase is Phase.FOLLOW_UP]
    after = [one.at for one in followed]
    told = any(one.sent for one in followed)
    yield words.say("Live"), record.day, told or over
    if followed:
        yield words.say("Follow-up"), min(after), over
    elif over:
        yield words.say("Done"), None, True


# -- content and history ---------------------------------------------------------------------------


def _sections(words: Words, view: ChangeView, found: Sequence[FacetLine]) -> Iterator[Section]:
    yield Section(
        title=words.say("What people read") if view.works else words.say("What changes for you"),
        parts=written(words, view.record.words),
    )
    about: tuple[Part, ...] = (*cards.decided(words, view), *cards.background(words, view))
    if about:
        yield Section(title=words.say("About this change"), parts=about)
    for one in found:
        if one.said and not one.tile:
            yield Section(title=one.name, parts=lines([one.said]), beside=True)


def _moments(words: Words, view: ChangeView) -> Iterator[Moment]:
    """Its steps and the messages about it, in the order of their dates."""
    told: list[tuple[datetime, Moment]] = []
    for step, name in view.steps:
        what = say.took(words, step.step)
        if step.step is ChangeStep.MOVED and step.day:
            what = words.say("Moved to {day}", day=words.day(step.day))
        detail = " · ".join(part for part in (name, step.why) if part)
        told.append((step.at, Moment(when=words.short_day(step.at), what=what, detail=detail)))
    told += [(one.at, _message(words, view, one)) for one in view.dates]
    yield from (moment for _, moment in sorted(told, key=lambda one: one[0]))


def _message(words: Words, view: ChangeView, one: MessageDate) -> Moment:
    return Moment(
        when=words.short_day(one.at),
        what=say.phase(words, one.phase),
        stage=Stage.DONE if one.sent else Stage.LATER,
        detail=say.how_far(words, one),
        path=links.sequence("", view.record.id, one.announcement.id),
    )
