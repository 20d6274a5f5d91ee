"""Readers that learn alarms and tone from every twentieth written message, for tests of what is
around a reader: a room that starts, dies and ends, or a command's answer."""

from __future__ import annotations

import pytest

from governance.reading import child, worker

_learn = worker._learn

SERVE = "from tests.governance.reading.few_lessons import serve_few; serve_few()"
"""In place of ``child.SERVE``."""


def learn_from_few(patch: pytest.MonkeyPatch) -> None:
    from governance.reading import alarms, exemplars, measuring, tone  # heavy, for a room's child

    few = exemplars.exemplars()[::20]
    for module in (alarms, measuring, tone):
        patch.setattr(module, "exemplars", lambda: few)


def serve_few() -> None:
    worker._learn = _learn_few
    child.serve()


def _learn_few(lessons: worker._Lessons) -> None:
    with pytest.MonkeyPatch.context() as patch:
        learn_from_few(patch)
        _learn(lessons)
