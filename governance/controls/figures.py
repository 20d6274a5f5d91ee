"""The figures of an assessment: means of scores from 1 to 5, and counts.

The formulas are those that CIS publishes for its Controls Self Assessment Tool (CSAT) in its
knowledge base (cisecurity.atlassian.net, page 276267293): a sub-control's score is based on its
applicable scoring categories; the applicable sub-controls of a control are averaged; the
organization's average is that of its applicable controls. CSAT Pro scores whole numbers from 1 to
5. ``docs/decisions/0073`` says what we decided beside that.

Means are not rounded before they are shown (``shown``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean

from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Control,
    Dimension,
    Framework,
    Named,
)
from governance.controls.renumbering import number_in


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Of safeguards. ``assessed``: those that apply and have their scores. ``confirmed``: of those
    that have an answer, whether they apply or not."""

    in_scope: int = 0
    not_applicable: int = 0
    assessed: int = 0
    confirmed: int = 0

    @property
    def applicable(self) -> int:
        """Those of which nobody has said that they do not apply."""
        return self.in_scope - self.not_applicable

    @property
    def unassessed(self) -> int:
        return self.applicable - self.assessed

    @property
    def answered(self) -> int:
        return self.assessed + self.not_applicable

    @property
    def unconfirmed(self) -> int:
        """Answered; the ISO has still to confirm them."""
        return self.answered - self.confirmed


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``mean`` None: nothing is assessed yet, or nothing applies, or (``hidden``) its reader may
    not see it."""

    mean: float | None
    counts: Counts
    hidden: bool = False

    @property
    def applies(self) -> bool:
        return self.counts.applicable > 0


@dataclass(frozen=True, kw_only=True)
class ControlFigure:
    """``dimensions``: the mean of each one alone, over the same safeguards."""

    control: Control
    figure: Figure
    dimensions: Mapping[Dimension, float | None]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of a whole assessment. ``functions`` and ``groups`` are those with safeguards in its scope;
    a group has the safeguards of the groups before it, too."""

    overall: Figure
    dimensions: Mapping[Dimension, float | None]
    controls: tuple[ControlFigure, ...]
    functions: tuple[tuple[Named, Figure], ...] = ()
    groups: tuple[tuple[Named, Figure], ...] = ()

    def control(self, number: str) -> ControlFigure | None:
        return next((one for one in self.controls if one.control.number == number), None)


def answer_of(row: Assessed | None) -> Answer | None:
    """What counts of a safeguard: an answer that is done or confirmed. One that was sent back does
    not count until it is done again, and one that was taken over not until its owner says so."""
    if row is None or row.waiting or not row.answer.given:
        return None
    return row.answer


def score(answer: Answer | None) -> float | None:
    """The mean of a safeguard's dimensions. None: not assessed, or it does not apply."""
    if answer is None or not answer.applicable or not answer.scores:
        return None
    return fmean(answer.scores.values())


def mean(scores: Iterable[float | None]) -> float | None:
    """Over those that there are: what is not assessed is left out, and is no zero."""
    found = [one for one in scores if one is not None]
    return fmean(found) if found else None


def shown(score: float) -> Decimal:
    """As it is shown: one decimal, and a half goes up. 2.25 is 2.3."""
    return Decimal(repr(score)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def figures(assessment: Assessment, framework: Framework, rows: Iterable[Assessed]) -> Figures:
    """All figures of an assessment."""
    by_number = {one.number: one for one in rows}
    scope = assessment.scope(framework)
    numbers = {one.number for one in scope}
    controls = _controls(framework, by_number, numbers)
    functions = [
        (named, [one.number for one in scope if one.function == named.key])
        for named in framework.functions
    ]
    groups = [
        (named, [one.number for one in framework.in_group(named.key) if one.number in numbers])
        for named in _groups_to(framework, assessment.group)
    ]
    return Figures(
        overall=_overall(controls),
        dimensions={one: mean(each.dimensions[one] for each in controls) for one in Dimension},
        controls=controls,
        functions=_each(functions, by_number),
        groups=_each(groups, by_number),
    )


def _groups_to(framework: Framework, last: str) -> tuple[Named, ...]:
    keys = [one.key for one in framework.groups]
    return framework.groups[: keys.index(last) + 1]


def _each(
    parts: Iterable[tuple[Named, Sequence[str]]], by_number: Mapping[str, Assessed]
) -> tuple[tuple[Named, Figure], ...]:
    return tuple((named, _figure(by_number, numbers)) for named, numbers in parts if numbers)


def _controls(
    framework: Framework, by_number: Mapping[str, Assessed], numbers: Collection[str]
) -> tuple[ControlFigure, ...]:
    """Of each control with a safeguard among ``numbers``."""
    found = []
    for control in framework.controls:
        own = [one.number for one in control.safeguards if one.number in numbers]
        if own:
            figure = _figure(by_number, own)
            answers = [answer_of(by_number.get(one)) for one in own]
            dimensions = {
                each: mean(one.scores.get(each) for one in answers if one and one.applicable)
                for each in Dimension
            }
            found.append(ControlFigure(control=control, figure=figure, dimensions=dimensions))
    return tuple(found)


def _figure(by_number: Mapping[str, Assessed], numbers: Sequence[str]) -> Figure:
    """The mean over safeguards, each counting the same."""
    rows = [by_number.get(one) for one in numbers]
    answers = [answer_of(one) for one in rows]
    scores = [score(one) for one in answers]
    return Figure(
        mean=mean(scores),
        counts=Counts(
            in_scope=len(numbers),
            not_applicable=sum(one is not None and not one.applicable for one in answers),
            assessed=sum(one is not None for one in scores),
            confirmed=sum(
                row is not None and answer is not None and row.state is AnswerState.CONFIRMED
                for row, answer in zip(rows, answers, strict=True)
            ),
        ),
    )


def _overall(controls: Sequence[ControlFigure]) -> Figure:
    """The mean of the controls' scores, each control counting the same."""
    counts = [one.figure.counts for one in controls]
    return Figure(
        mean=mean(one.figure.mean for one in controls),
        counts=Counts(
            in_scope=sum(one.in_scope for one in counts),
            not_applicable=sum(one.not_applicable for one in counts),
            assessed=sum(one.assessed for one in counts),
            confirmed=sum(one.confirmed for one in counts),
        ),
    )


def assessed(rows: Iterable[Assessed]) -> frozenset[str]:
    """The numbers of the safeguards that have a score."""
    return frozenset(one.number for one in rows if score(answer_of(one)) is not None)


# -- the trend -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Run:
    """An assessment with what was answered in it."""

    assessment: Assessment
    framework: Framework
    rows: Sequence[Assessed]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What became different between two assessments. ``before`` and ``after``: the means over the
    ``common`` safeguards, which have a score in both. ``other``: some have one in only one."""

    version: bool
    scope: bool
    common: int
    other: bool
    before: float | None
    after: float | None

    @property
    def alike(self) -> bool:
        """Whether the scores of both can be compared as they are."""
        return not (self.version or self.scope)


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """``figure``: over its own scope. ``step``: from the assessment before; None: the first."""

    assessment: Assessment
    figure: Figure
    step: Step | None = None

    @property
    def finished(self) -> bool:
        return self.assessment.state is AssessmentState.CLOSED


def trend(
    runs: Sequence[Run], versions: Sequence[Framework], control: str = ""
) -> tuple[TrendPoint, ...]:
    """The score of a control, or ("") of the whole, in each assessment that has it in its scope.
    ``runs``: of one framework, the oldest first. ``versions``: all of it, the newest first."""
    found: list[TrendPoint] = []
    last: Run | None = None
    for run in runs:
        numbers = _numbers(run, control)
        if not numbers:
            continue
        step = _step(last, run, versions, control) if last else None
        figure = _part(run, numbers, control)
        found.append(TrendPoint(assessment=run.assessment, figure=figure, step=step))
        last = run
    return tuple(found)


def _numbers(run: Run, control: str) -> list[str]:
    """The safeguards in scope, those of one control, or of all."""
    own = {
        each.number
        for one in run.framework.controls
        if control in ("", one.number)
        for each in one.safeguards
    }
    return [one.number for one in run.assessment.scope(run.framework) if one.number in own]


def _part(run: Run, numbers: Sequence[str], control: str) -> Figure:
    by_number = {one.number: one for one in run.rows}
    if control:
        return _figure(by_number, numbers)
    return _overall(_controls(run.framework, by_number, set(numbers)))


def _step(before: Run, after: Run, versions: Sequence[Framework], control: str) -> Step:
    version, earlier = after.framework.version, before.framework.version
    scored_then = assessed(before.rows).intersection(_numbers(before, ""))
    scored_now = assessed(after.rows).intersection(_numbers(after, control))
    same = {one: number_in(versions, one, version, earlier) for one in _numbers(after, control)}
    common = [now for now, then in same.items() if now in scored_now and then in scored_then]
    then = [same[one] for one in common]
    own = scored_then.intersection(_numbers(before, control))
    return Step(
        version=version != earlier,
        scope=_scope(before.assessment) != _scope(after.assessment),
        common=len(common),
        other=own != set(then) or len(scored_now) != len(common),
        before=_part(before, then, control).mean,
        after=_part(after, common, control).mean,
    )


def _scope(assessment: Assessment) -> tuple[str, frozenset[str]]:
    return assessment.group, frozenset(assessment.controls)
