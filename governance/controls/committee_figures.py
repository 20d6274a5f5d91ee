"""The figures that a committee sees. ``summary`` decides which means and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from governance.controls.figures import Figure, Figures, Run, TrendPoint, answer_of, assessed
from governance.controls.model import Dimension
from governance.controls.summary import Shown, counted, shown

Seen = tuple[Shown, Shown]
"""Which means of an assessment a reader sees, and which counts of safeguards that do not apply."""


def seen_by(reader: UUID | None, runs: Sequence[Run]) -> dict[UUID, Seen]:
    """By the id of the assessment."""
    return {one.assessment.id: _seen_of(one, reader) for one in runs}


def for_committee(found: Figures, seen: Seen) -> Figures:
    """Only the means and counts that do not reveal the answers of a few safeguards."""
    means, counts = seen
    nothing = dict.fromkeys(Dimension)
    return replace(
        found,
        overall=_seen(found.overall, means.overall, counts.overall),
        dimensions=found.dimensions if "" in means.dimensions else nothing,
        controls=tuple(
            replace(
                one,
                figure=_seen(one.figure, number in means.controls, number in counts.controls),
                dimensions=one.dimensions if number in means.dimensions else nothing,
            )
            for one in found.controls
            for number in [one.control.number]
        ),
        functions=tuple(
            (one, _seen(figure, one.key in means.functions, one.key in counts.functions))
            for one, figure in found.functions
        ),
        groups=tuple(
            (one, _seen(figure, one.key in means.groups, one.key in counts.groups))
            for one, figure in found.groups
        ),
    )


def points_for_committee(
    points: Sequence[TrendPoint], seen: Mapping[UUID, Seen]
) -> tuple[TrendPoint, ...]:
    """Comparisons of two assessments are left out: they are further means."""
    return tuple(
        replace(
            one,
            figure=_seen(one.figure, means.overall, counts.overall),
            step=replace(one.step, before=None, after=None) if one.step else None,
        )
        for one in points
        for means, counts in [seen[one.assessment.id]]
    )


def _seen_of(run: Run, reader: UUID | None) -> Seen:
    """A mean is shown only where the count is: a mean that is hidden would reveal which safeguards
    are missing from it."""
    theirs = {one.number for one in run.rows if reader and reader in (one.owner, one.answered_by)}
    answered = [one.number for one in run.rows if answer_of(one) is not None]
    scores = {one.number: answer.scores for one in run.rows if (answer := answer_of(one))}
    scored = {number: scores[number] for number in assessed(run.rows)}
    means = shown(run.framework, run.assessment, scored, theirs)
    counts = counted(run.framework, run.assessment, answered, theirs)
    both = Shown(
        overall=means.overall and counts.overall,
        controls=means.controls & counts.controls,
        functions=means.functions & counts.functions,
        groups=means.groups & counts.groups,
        dimensions=frozenset(
            number
            for number in means.dimensions
            if (number in counts.controls if number else counts.overall)
        ),
    )
    return both, counts


def _seen(figure: Figure, mean: bool, counts: bool) -> Figure:
    """The figure, its mean hidden unless ``mean``. Unless ``counts``, safeguards that do not apply
    count as assessed. Where nothing is answered, there is nothing to hide."""
    told, has_any = figure.counts, figure.mean is not None
    if not counts:
        told, has_any = replace(told, assessed=told.answered, not_applicable=0), told.answered > 0
    if mean or not has_any:
        return replace(figure, counts=told)
    return replace(figure, mean=None, counts=told, hidden=True)
