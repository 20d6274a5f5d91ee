"""The figures of an assessment: counts, and means of scores from 1 to 5.

CIS publishes the formulas for its Controls Self Assessment Tool (CSAT) in its knowledge base
(cisecurity.atlassian.net, page 276267293): a sub-control's score is based on its applicable scoring
categories; a control's score is the average of its applicable sub-controls; the organization's
score is the average of its applicable controls. CSAT Pro scores whole numbers from 1 to 5.
``docs/decisions/0073`` has what we decided beyond that.

Means are only rounded when they are shown (``shown``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """Numbers of safeguards. ``assessed``: they apply and have scores. ``confirmed``: the ISO
    confirmed their answer, whether they apply or not."""

    in_scope: int = 0
    not_applicable: int = 0
    assessed: int = 0
    confirmed: int = 0

    @property
    def applicable(self) -> int:
        """In scope, without those that do not apply."""
        return self.in_scope - self.not_applicable

    @property
    def half_assessed(self) -> bool:
        """Whether at least half of those that apply are assessed. With fewer, a printed overall
        score would be about a minority of them, and its readers cannot look at the rest."""
        return 2 * self.assessed >= self.applicable

    @property
    def answered(self) -> int:
        return self.assessed + self.not_applicable

    @property
    def unconfirmed(self) -> int:
        """Answered, but not yet confirmed by the ISO."""
        return self.answered - self.confirmed


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``mean`` None: nothing is assessed yet, nothing applies, or (``hidden``) the reader may not
    see it."""

    mean: float | None
    counts: Counts
    hidden: bool = False

    @property
    def applies(self) -> bool:
        return self.counts.applicable > 0


@dataclass(frozen=True, kw_only=True)
class ControlFigure:
    """``dimensions``: the mean of each, over the same safeguards."""

    control: Control
    figure: Figure
    dimensions: Mapping[Dimension, float | None]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of an assessment. ``functions`` and ``groups`` are those with safeguards in its
    scope. A group includes the safeguards of the groups before it."""

    overall: Figure
    dimensions: Mapping[Dimension, float | None]
    controls: tuple[ControlFigure, ...]
    functions: tuple[tuple[Named, Figure], ...] = ()
    groups: tuple[tuple[Named, Figure], ...] = ()

    def control(self, number: str) -> ControlFigure | None:
        return next((one for one in self.controls if one.control.number == number), None)


def answer_of(row: Assessed | None) -> Answer | None:
    """The answer that counts: one that is done or confirmed. An answer that was sent back, or that
    its owner has not rechecked since an earlier assessment, does not count."""
    if row is None or row.waiting or not row.answer.given:
        return None
    return row.answer


def score(answer: Answer | None) -> float | None:
    """The mean of a safeguard's dimensions. None: it is not assessed, or does not apply."""
    if answer is None or not answer.applicable or not answer.scores:
        return None
    return fmean(answer.scores.values())


def mean(scores: Iterable[float | None]) -> float | None:
    """The mean of the scores that exist. What is not assessed is left out and is not zero."""
    found = [one for one in scores if one is not None]
    return fmean(found) if found else None


def shown(score: float) -> Decimal:
    """Rounded to one decimal, half up: 2.25 becomes 2.3."""
    return Decimal(repr(score)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def step_of(score: float) -> int:
    """The whole number nearest to what is shown, by which a score has its color."""
    return int(shown(score).quantize(Decimal(1), ROUND_HALF_UP))


def figures(assessment: Assessment, framework: Framework, rows: Iterable[Assessed]) -> Figures:
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
        for named in groups_to(framework, assessment.group)
    ]
    return Figures(
        overall=_overall(by_number, [one.number for one in scope], controls),
        dimensions={one: mean(each.dimensions[one] for each in controls) for one in Dimension},
        controls=controls,
        functions=_each(functions, by_number),
        groups=_each(groups, by_number),
    )


def groups_to(framework: Framework, last: str) -> tuple[Named, ...]:
    """A group and those before it."""
    keys = [one.key for one in framework.groups]
    return framework.groups[: keys.index(last) + 1]


def _each(
    parts: Iterable[tuple[Named, Sequence[str]]], by_number: Mapping[str, Assessed]
) -> tuple[tuple[Named, Figure], ...]:
    return tuple((named, _figure(by_number, numbers)) for named, numbers in parts if numbers)


def _controls(
    framework: Framework, by_number: Mapping[str, Assessed], numbers: Collection[str]
) -> tuple[ControlFigure, ...]:
    """The controls that have a safeguard among ``numbers``."""
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
    """The mean of safeguards. Each counts equally."""
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


def _overall(
    by_number: Mapping[str, Assessed], numbers: Sequence[str], controls: Iterable[ControlFigure]
) -> Figure:
    """The mean of the controls' scores. Each control counts equally."""
    score = mean(one.figure.mean for one in controls)
    return replace(_figure(by_number, numbers), mean=score)


def assessed(rows: Iterable[Assessed]) -> frozenset[str]:
    """The numbers of the safeguards that have a score."""
    return frozenset(one.number for one in rows if score(answer_of(one)) is not None)


# -- the trend -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Run:
    """An assessment with its answers."""

    assessment: Assessment
    framework: Framework
    rows: Sequence[Assessed]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What changed between two assessments. ``before`` and ``after``: their means over the
    ``common`` safeguards, those with a score in both. ``other``: some have a score in only one."""

    version: bool
    scope: bool
    common: int
    other: bool
    before: float | None
    after: float | None

    @property
    def alike(self) -> bool:
        """Whether their scores can be compared as they are."""
        return not (self.version or self.scope)


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """``figure``: over the assessment's own scope. ``step``: from the one before; None: it is the
    first."""

    assessment: Assessment
    figure: Figure
    step: Step | None = None

    @property
    def finished(self) -> bool:
        return self.assessment.state is AssessmentState.CLOSED


def trend(
    runs: Sequence[Run], versions: Sequence[Framework], control: str = ""
) -> tuple[TrendPoint, ...]:
    """The score of a control, or ("") of the whole, in each assessment with it in scope. ``runs``:
    of one framework, the oldest first. ``versions``: all of its versions, the newest first."""
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
    """The safeguards in scope of one control, or ("") of all."""
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
    return _overall(by_number, numbers, _controls(run.framework, by_number, set(numbers)))


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
