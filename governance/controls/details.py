"""The page of an assessment: how far it is, its score, each control with its safeguards, and what
waits. A committee and an owner see less of it (``controls.dashboard``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from core.cards import Entries, Facts, Link, Look, Page, Part, Press, Prose, Run
from core.details import Detail, Grid, GridRow, Menu, Section, Square
from core.reports import Block, Chart
from core.tiles import Tag, Tile, Tone
from core.words import Words
from governance.card_parts import lines, opens
from governance.controls import addresses, wording
from governance.controls import figure_wording as say
from governance.controls.facets import PracticeLine, drawn
from governance.controls.figure_commands import RemoveTarget, SetTarget
from governance.controls.figure_sections import figure_sections
from governance.controls.figures import ControlFigure, TrendPoint, answer_of, score, step_of
from governance.controls.model import HIGHEST, Assessment, AssessmentState, Dimension
from governance.controls.running_cards import run_presses
from governance.controls.running_commands import ReviewNext
from governance.controls.views import (
    AssessmentView,
    ControlView,
    FiguresPage,
    SafeguardLine,
    TargetLine,
)
from governance.forms.commands import Open
from governance.goals.facets import FacetLine

DIMENSIONS: Final = "dimensions"
"""The key of the chart of a control's four dimensions."""

_SHOWN = 12
"""Safeguards of a kind that are listed as waiting; the page of owners has all."""


def assessment_detail(words: Words, view: AssessmentView, trend: tuple[Block, ...]) -> Detail:
    """``trend``: the scores of several assessments; none of one."""
    given, found = view.assessment, drawn(words, view.facets)
    primary, actions, more = _ways(words, view, found)
    return Detail(
        title=given.name,
        state=_state(words, given),
        facts=_facts(words, view),
        primary=primary,
        actions=actions,
        more=more,
        pages=(Page(label=words.say("Report"), path=addresses.report(given.id)),)
        if view.full
        else (),
        menus=tuple(
            Menu(label=one.name, pages=tuple(page for page, _ in one.entries), says=_all(one.said))
            for one in found
            if isinstance(one, PracticeLine) and one.menu
        ),
        notes=lines([_for_committee(words, view)], Look.QUIET),
        tiles=tuple(_tiles(words, view, found)),
        sections=(*_sections(words, view, found), *figure_sections(words, view, trend)),
    )


# -- a control -----------------------------------------------------------------------------------


def control_detail(words: Words, view: ControlView, trend: tuple[Block, ...]) -> Detail:
    """``trend``: the scores of several assessments; none of one."""
    control, aim = view.control, view.target(view.control.control.number)
    number = control.control.number
    targets = [say.target(words, aim), say.set_by(words, aim)] if aim else []
    review = words.count("Review {n} answer", "Review {n} answers", view.reviews)
    ways = target_presses(words, view, number) if view.sets else ()
    assessed = bool(control.figure.counts.assessed)
    return Detail(
        title=(
            Run(f"{say.numbered(view.framework, number)} "),
            *words.written(control.control.name),
        ),
        facts=say.basis(words, control.figure.counts),
        more=ways,
        pages=(
            (Page(label=review, path=addresses.control_review(view.assessment.id, number)),)
            if view.reviews
            else ()
        ),
        notes=(
            *lines([" ".join(targets)] if targets else []),
            *lines([say.which_targets(words, view)], Look.QUIET),
        ),
        tiles=(_score(words, view, aim),),
        sections=(
            *(
                (
                    Section(
                        title=words.say("The four dimensions"),
                        blocks=(Chart(key=DIMENSIONS, narrow=True),),
                    ),
                )
                if assessed
                else ()
            ),
            Section(title=words.say("Safeguards"), grid=_scores(words, view)),
            *((Section(title=words.say("Trend"), blocks=trend),) if trend else ()),
        ),
    )


def _score(words: Words, view: ControlView, aim: TargetLine | None) -> Tile:
    mean = view.control.figure.mean
    below = aim is not None and mean is not None and not aim.reached
    return Tile(
        label=words.say("Score"),
        figure=say.score(words, mean),
        of="" if mean is None else _of(words, aim),
        share=None if mean is None else mean / HIGHEST,
        says=say.figure(words, view.control.figure)
        if mean is None
        else say.assessed(words, view.control.figure.counts),
        tone=Tone.CAUTION if below else Tone.PLAIN,
    )


def _scores(words: Words, view: ControlView) -> Grid:
    """Each safeguard with its score in each dimension, and their mean."""
    heads = (
        words.say("Safeguard"),
        words.say("State"),
        words.say("Owner"),
        words.say("Last assessed"),
    )
    each = (*(say.dimension(words, one) for one in Dimension), words.say("Score"))
    rows = tuple(_dimensions(words, view, line) for line in view.lines)
    return Grid(rows=rows, heads=heads, each=each)


def _dimensions(words: Words, view: ControlView, line: SafeguardLine) -> GridRow:
    number, answer = line.safeguard.number, answer_of(line.row)
    if answer is not None and not answer.applicable:
        squares: tuple[Square, ...] = (Square(text=words.say("does not apply")),)
    else:
        given = answer.scores if answer else {}
        mean = score(answer)
        squares = (
            *(_step(words, given.get(one)) for one in Dimension),
            Square(text=say.score(words, mean), step=step_of(mean))
            if mean is not None
            else _step(words, None),
        )
    at = line.row.answered_at
    return GridRow(
        name=(
            Run(f"{say.numbered(view.framework, number)} "),
            *words.written(line.safeguard.name),
        ),
        squares=squares,
        cells=(
            say.state(words, line.row),
            line.owner or words.say("No owner"),
            say.day_of(words, at) if at else "",
        ),
        path=addresses.safeguard(view.assessment.id, number),
    )


def _step(words: Words, given: int | None) -> Square:
    """The score of one safeguard in one dimension, which is a whole number."""
    if given is None:
        return Square(text=say.DASH, says=words.say("not assessed yet"))
    return Square(text=words.number(given), step=given)


# -- an assessment -------------------------------------------------------------------------------


def _state(words: Words, given: Assessment) -> Tag:
    if given.state is AssessmentState.OPEN:
        until = words.say("Open until {day}", day=words.short_day(given.due))
        return Tag(text=until, tone=Tone.INFO)
    return Tag(text=wording.state(words, given))


def target_presses(words: Words, view: FiguresPage, control: str = "") -> tuple[Press, ...]:
    """To set the target of a control, or ("") of the whole, or to change or remove it."""
    one = view.assessment.id
    form = Open(of=SetTarget(assessment_id=one, control=control))
    if view.target(control) is None:
        return (Press(label=words.say("Set a target"), command=form),)
    remove = RemoveTarget(assessment_id=one, control=control)
    return (
        Press(label=words.say("Change the target"), command=form),
        Press(label=words.say("Remove the target"), command=remove),
    )


def _all(said: Sequence[str]) -> str:
    return " ".join(said)


def _facts(words: Words, view: AssessmentView) -> str:
    """How far it is. Without figures: by when."""
    if view.figures is None:
        return say.timing(words, view.assessment)
    counts = view.figures.overall.counts
    told = [
        words.say(
            "{answered} of {all} answered",
            answered=words.number(counts.answered),
            all=words.number(counts.in_scope),
        ),
        words.say("{n} confirmed", n=words.number(counts.confirmed)),
    ]
    if waits := _to_confirm(view):
        told.append(words.count("{n} waits for you", "{n} wait for you", waits))
    return " · ".join(told)


def _to_confirm(view: AssessmentView) -> int:
    """How many answers the reader can confirm."""
    confirms = view.sets and view.waiting and view.assessment.state is AssessmentState.OPEN
    return len(view.waiting.to_confirm) if confirms and view.waiting else 0


def _for_committee(words: Words, view: AssessmentView) -> str:
    if view.figures is None or view.full:
        return ""
    summary = words.say(
        "This is the summary for {committee}. Only the people who lead IT and IT security see "
        "individual safeguards.",
        committee=view.committee or words.say("the committee"),
    )
    hidden = (
        words.say("Scores are shown once the assessment is closed.")
        if view.open
        else words.say("Scores that would reveal the scores of a few safeguards are hidden.")
    )
    return f"{summary} {hidden}"


def _ways(
    words: Words, view: AssessmentView, found: Sequence[FacetLine]
) -> tuple[Press | None, tuple[Press, ...], tuple[Press, ...]]:
    """Who runs it confirms answers or opens a draft; an owner assesses their next safeguard."""
    given, n = view.assessment, _to_confirm(view)
    asked = [one for line in found if line.entries for one in line.presses]
    other = [one for line in found if not line.entries for one in line.presses]
    runs, rest = run_presses(words, given, bool(n)) if view.sets else ((), ())
    targets = target_presses(words, view) if view.sets and view.figures else ()
    first: Press | None = None
    if n:
        label = words.count("Confirm {n} answer", "Confirm {n} answers", n)
        first, runs = opens(label, ReviewNext(assessment_id=given.id)), runs[1:]
    elif runs and given.state is AssessmentState.DRAFT:
        first, runs = runs[0], runs[1:]
    elif asked:
        first, asked = asked[0], asked[1:]
    return first, tuple(asked), (*other, *runs, *targets, *rest)


# -- tiles ---------------------------------------------------------------------------------------


def _tiles(words: Words, view: AssessmentView, found: Sequence[FacetLine]) -> Iterator[Tile]:
    if view.figures is not None and view.scored:
        yield _overall(words, view)
    for one in found:
        if isinstance(one, PracticeLine):
            yield from one.tiles
    if view.full and view.assessment.state is AssessmentState.OPEN:
        told = view.owing.reminded_at
        yield Tile(
            label=words.say("Owners who still owe answers"),
            figure=words.number(view.owing.people),
            says=words.say("reminded {day}", day=words.short_day(told))
            if told
            else words.say("not reminded yet"),
            path=addresses.run(view.assessment.id),
        )


def _overall(words: Words, view: AssessmentView) -> Tile:
    aim, points = view.target(), _until(view)
    overall = view.figures.overall if view.figures else points[-1].figure
    below = aim is not None and overall.mean is not None and not aim.reached
    return Tile(
        label=words.say("Overall"),
        figure=say.score(words, overall.mean),
        of=_of(words, aim),
        trend=tuple(one.figure.mean for one in points),
        trend_says=say.trend(words, points),
        says=say.assessed(words, overall.counts),
        tone=Tone.CAUTION if below else Tone.PLAIN,
    )


def _until(view: AssessmentView) -> tuple[TrendPoint, ...]:
    """The assessments up to the one that is shown."""
    ids = [one.assessment.id for one in view.trend]
    here = view.assessment.id
    return view.trend[: ids.index(here) + 1] if here in ids else ()


def _of(words: Words, aim: TargetLine | None) -> str:
    if aim is None:
        return words.say("of {highest}", highest=words.number(5))
    target = words.number(aim.target.score)
    if aim.closed:
        return words.say("of 5, current target {score}", score=target)
    return words.say("of 5, target {score}", score=target)


# -- controls and what else there is -------------------------------------------------------------


def _sections(words: Words, view: AssessmentView, found: Sequence[FacetLine]) -> Iterator[Section]:
    if view.full and view.figures is not None:
        yield Section(title=words.say("Controls"), grid=_controls(words, view))
    told = [_facet(one) for one in found if not _is_menu(one)]
    yield from (one for one in told if one.todo)
    if view.full and view.open:
        yield _waiting(words, view)
    yield from (one for one in told if one.parts and not one.todo)
    yield Section(title=words.say("About this assessment"), parts=_about(words, view))


def _facet(one: FacetLine) -> Section:
    rows = tuple((page, said) for page, said in one.entries if said)
    pages = (page for page, said in one.entries if not said)
    each = one.each if isinstance(one, PracticeLine) else ()
    return Section(
        title=one.name,
        parts=(
            *lines(one.said, Look.QUIET, wording.OURS),
            *((Entries(rows=rows, secrecy=wording.OURS),) if rows else ()),
            *(Link(label=one.label, url=one.path, secrecy=wording.OURS) for one in pages),
        ),
        todo=each,
        beside=bool(each),
    )


def _is_menu(one: FacetLine) -> bool:
    return isinstance(one, PracticeLine) and one.menu


def _controls(words: Words, view: AssessmentView) -> Grid:
    lines_of: dict[str, list[SafeguardLine]] = {}
    control_of = {
        safeguard.number: control.number
        for control in view.framework.controls
        for safeguard in control.safeguards
    }
    for line in view.lines:
        lines_of.setdefault(control_of[line.safeguard.number], []).append(line)
    last = view.last_time
    heads = [words.say("Control"), words.say("Safeguards"), words.say("Score")]
    heads += [words.say("Last time")] if last else []
    shown_of = [
        _control(words, view, one, lines_of.get(one.control.number, []))
        for one in (view.figures.controls if view.figures else ())
    ]
    note = words.say("Each square is a safeguard with its score, rounded to a whole number.")
    if last:
        note += " " + words.say("Last time: {name}.", name=last.name)
    return Grid(rows=tuple(shown_of), heads=(*heads, words.say("Owner")), note=note)


def _control(
    words: Words, view: AssessmentView, one: ControlFigure, own: Sequence[SafeguardLine]
) -> GridRow:
    number, last = one.control.number, view.last_time
    cells = [say.score(words, one.figure.mean) if one.figure.applies else words.say("n/a")]
    if last:
        cells.append(say.score(words, last.means.get(number)))
    owners = list(dict.fromkeys(line.owner for line in own if line.owner))
    cells.append(_owners(words, owners))
    return GridRow(
        name=f"{number} {words.text(one.control.name)}",
        path=addresses.control(view.assessment.id, number),
        squares=tuple(_square(words, view, line) for line in own),
        cells=tuple(cells),
    )


def _owners(words: Words, names: Sequence[str]) -> str:
    if len(names) > 1:
        return words.say("{name} and {n} more", name=names[0], n=words.number(len(names) - 1))
    return names[0] if names else words.say("No owner")


def _square(words: Words, view: AssessmentView, line: SafeguardLine) -> Square:
    number, answer = line.safeguard.number, answer_of(line.row)
    mean, name = score(answer), f"{number} {words.text(line.safeguard.name)}"
    step = None if mean is None else step_of(mean)
    if step is not None:
        text = words.number(step)
        says = words.say(
            "{safeguard}: {score} of 5, {word}",
            safeguard=name,
            score=say.score(words, mean),
            word=_word(words, step),
        )
    elif answer is not None and not answer.applicable:
        text = words.say("N/A")
        says = words.say("{safeguard}: does not apply", safeguard=name)
    else:
        text = say.DASH
        says = words.say("{safeguard}: not assessed yet", safeguard=name)
    path = addresses.safeguard(view.assessment.id, number)
    return Square(text=text, says=says, step=step, path=path)


def _word(words: Words, step: int) -> str:
    return {
        1: words.say("very low"),
        2: words.say("low"),
        3: words.say("medium"),
        4: words.say("high"),
        5: words.say("very high"),
    }[step]


def _waiting(words: Words, view: AssessmentView) -> Section:
    """Which safeguards wait, and for what."""
    title, waits = words.say("What is waiting"), view.waiting
    kinds = (
        (
            (words.say("To confirm"), waits.to_confirm),
            (words.say("Overdue"), waits.late),
            (words.say("Sent back to owner"), waits.sent_back),
            (words.say("Without an owner"), waits.without_owner),
        )
        if waits
        else ()
    )
    rows = tuple(
        GridRow(
            name=words.say("{label} ({n})", label=label, n=words.number(len(numbers))),
            squares=(*(_numbered(view, one) for one in numbers[:_SHOWN]), *_rest(view, numbers)),
        )
        for label, numbers in kinds
        if numbers
    )
    nothing = words.say("There is nothing to confirm, and nothing is overdue.")
    return Section(
        title=title,
        grid=Grid(rows=rows) if rows else None,
        parts=lines([] if rows else [nothing]),
        beside=True,
    )


def _numbered(view: AssessmentView, number: str) -> Square:
    return Square(text=number, path=addresses.safeguard(view.assessment.id, number))


def _rest(view: AssessmentView, numbers: Sequence[str]) -> Iterator[Square]:
    more = len(numbers) - _SHOWN
    if more > 0:
        yield Square(text=f"+{more}", path=addresses.run(view.assessment.id))


def _about(words: Words, view: AssessmentView) -> tuple[Part, ...]:
    given, framework = view.assessment, view.framework
    pairs: list[tuple[str, Prose]] = [
        (words.say("Framework"), say.framework(words, framework)),
        (words.say("Scope"), say.scope(words, given, framework)),
        (words.say("Due date"), say.day(words, given.due)),
    ]
    if view.committee and view.figures is not None:
        pairs.append((words.say("Committee that sees the summary"), view.committee))
    return (Facts(pairs=tuple(pairs), secrecy=wording.OURS),)
