"""A reading room whose child learns alarms and tone from every twentieth written message: tests of
how it starts, dies and ends need no reader that knows more."""

from __future__ import annotations

from governance.reading import worker

_open, _learn = worker._open, worker._learn


def open_with_few(lessons: worker._Lessons) -> None:
    """In place of ``worker._open``."""
    worker._learn = _learn_few
    _open(lessons)


def _learn_few(lessons: worker._Lessons) -> None:
    from governance.reading import alarms, exemplars, tone  # heavy: only the child loads it

    few = exemplars.exemplars()[::20]
    alarms.exemplars = tone.exemplars = lambda: few  # type: ignore[attr-defined]
    _learn(lessons)
