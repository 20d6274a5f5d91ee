"""The figures that a committee sees. ``summary`` decides which means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from governance.controls.figures import Figure, Figures, Run, TrendPoint, assessed
from governance.controls.model import Dimension
from governance.controls.summary import Shown, shown


def for_committee(run: Run, found: Figures, reader: UUID | None) -> Figures:
    """All counts, and only the means that do not reveal the scores of a few safeguards."""
    kept = _kept(run, reader)
    nothing = dict.fromkeys(Dimension)
    return replace(
        found,
        overall=_if(kept.overall, found.overall),
        dimensions=found.dimensions if kept.overall else nothing,
        controls=tuple(
            one
            if one.control.number in kept.controls
            else replace(one, figure=_if(False, one.figure), dimensions=nothing)
            for one in found.controls
        ),
        functions=tuple(
            (named, _if(named.key in kept.functions, one)) for named, one in found.functions
        ),
        groups=tuple((named, _if(named.key in kept.groups, one)) for named, one in found.groups),
    )


def points_for_committee(
    runs: Sequence[Run], points: Sequence[TrendPoint], reader: UUID | None
) -> tuple[TrendPoint, ...]:
    """Comparisons of two assessments are left out: they are further means."""
    told = {one.assessment.id: _kept(one, reader).overall for one in runs}
    return tuple(
        replace(
            one,
            figure=_if(told[one.assessment.id], one.figure),
            step=replace(one.step, before=None, after=None) if one.step else None,
        )
        for one in points
    )


def _kept(run: Run, reader: UUID | None) -> Shown:
    theirs = {one.number for one in run.rows if reader and reader in (one.owner, one.answered_by)}
    return shown(run.framework, run.assessment, assessed(run.rows), theirs)


def _if(told: bool, figure: Figure) -> Figure:
    """The figure, hidden unless ``told``. Where there is no mean, there is nothing to hide."""
    if told or figure.mean is None:
        return figure
    return replace(figure, mean=None, hidden=True)
