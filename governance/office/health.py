"""What the service says of itself, as a list: what needs fixing first."""

from __future__ import annotations

from collections.abc import Sequence

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words

Finding = tuple[bool, str]
"""Whether it is well, and what was found, in the reader's words."""

_FIX, _WELL = "fix", "well"


def health_list(words: Words, findings: Sequence[Finding]) -> ListView:
    """``Row.key``: its place among the findings."""
    say = words.say
    numbered = sorted(enumerate(findings), key=lambda one: one[1][0])
    return ListView(
        columns=(
            Column(key="state", label=say("State"), sorts=False),
            Column(key="what", label=say("What we found"), sorts=False),
        ),
        title="what",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_FIX, label=say("Needs fixing"), always=True),
            Filter(key=_WELL, label=say("Working")),
        ),
        rows=tuple(
            Row(
                key=str(n),
                cells=(
                    Cell(
                        text=say("Working") if good else say("Needs fixing"),
                        tone=Tone.GOOD if good else Tone.NOW,
                    ),
                    Cell(text=said),
                ),
                filters=frozenset(("", _WELL if good else _FIX)),
                searched=said,
            )
            for n, (good, said) in numbered
        ),
        empty=say("There is nothing to report."),
    )


def health_line(words: Words, findings: Sequence[Finding]) -> str:
    """How much needs fixing, in a sentence."""
    wrong = sum(not good for good, _ in findings)
    if not wrong:
        return words.say("Everything we check is working.")
    return words.count("{n} thing needs fixing.", "{n} things need fixing.", wrong)
