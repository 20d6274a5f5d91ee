"""Which scales of a survey rate ADKAR's five elements, in YAML: their keys, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from bot.files.fields import Entry
from bot.files.problems import one_of
from surveys.questions import CountedQuestion, Scale
from surveys.results.barriers import ELEMENTS


def read_adkar(entry: Entry, counted: Sequence[CountedQuestion]) -> tuple[str, ...]:
    """``[awareness, desire, knowledge, ability, reinforcement]``: five keys of scales of 1 to 5
    (a matrix's statement is "matrix.statement"), each of them required; left out, none."""
    if "adkar" not in entry.fields:
        return ()
    scales = {one.key: one for one in counted if isinstance(one, Scale)}
    named = entry.words("adkar", required=True)
    for node, key in named:
        scale = scales.get(key)
        if scale is None:
            fix = one_of(key, sorted(scales))
            entry.source.problem(node, f'This survey asks no scale with the key "{key}".', fix)
        elif (scale.lowest, scale.points) != (1, 5):
            fix = "Give it 5 points."
            entry.source.problem(node, "ADKAR's elements are rated from 1 to 5.", fix)
        elif not scale.required:
            fix = f'Write "required: true" at "{key}".'
            entry.source.problem(node, "A barrier needs an answer to all five scales.", fix)
    keys = tuple(key for _, key in named)
    if len(keys) != len(ELEMENTS) or len(set(keys)) != len(keys):
        fix = "Name awareness, desire, knowledge, ability and reinforcement, in this order."
        entry.wrong("adkar", "ADKAR has five elements, and each has its own scale.", fix)
        return ()
    return keys
