"""What people put right counts from the very next message, and is forgotten when it is gone."""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from threadpoolctl import threadpool_limits

from core.people import Level, Role
from governance.committees.model import Committee
from governance.reading import written as shelf
from governance.reading.examples import Example
from governance.reading.reader import Reader
from governance.reading.router import Router
from governance.reading.themes import owners
from governance.reading.written import VectorStore, written

TEACHER = (Role.TEACHER, Level.MIDDLE)
LAMINATOR = Example(
    text="the laminator in the workroom is broken again",
    role=Role.TEACHER,
    level=Level.MIDDLE,
    committees=("library-media",),
)


def first(reader: Reader, text: str) -> str:
    return reader.router.judge(text, *TEACHER).first


def test_one_correction_moves_the_next_message_on_the_same_subject_and_no_other(
    beginner: Reader,
) -> None:
    again = "Laminator broken again, the one in our workroom"
    others = ("the wifi drops in the gym", "the copier wants a code", "my projector is dim")
    before = [first(beginner, text) for text in (again, *others)]
    assert before[0] != "library-media"
    beginner.correct([LAMINATOR])
    assert [first(beginner, text) for text in (again, *others)] == ["library-media", *before[1:]]
    beginner.correct([])
    assert [first(beginner, text) for text in (again, *others)] == before


def test_one_put_right_as_not_about_technology_is_so_the_next_time(beginner: Reader) -> None:
    beginner.correct([replace(LAMINATOR, committees=())])
    assert first(beginner, "Laminator broken again, the one in our workroom") == "none"
    beginner.correct([])


def test_three_that_agree_move_a_theme_to_where_it_is_handled_and_one_does_not(
    beginner: Reader,
) -> None:
    put_right = [
        replace(LAMINATOR, text=text, committees=("network",))
        for text in (
            "the copier on the second floor wants a code that nobody gave us",
            "Toner is out in the workroom copier, third day",
            "who do I call about the big copier jamming on every job",
        )
    ]
    told_so = "Staple tray is empty on the copy machine and the scan button does nothing"
    assert first(beginner, told_so) == "business-systems"
    beginner.correct(put_right[:1])
    assert first(beginner, told_so) == "business-systems"
    beginner.correct(put_right)
    assert first(beginner, told_so) == "network"
    assert first(beginner, "my paycheck is short two hours again") == "business-systems"
    beginner.correct([])
    assert first(beginner, told_so) == "business-systems"


def test_fifty_corrections_lift_what_is_handled_elsewhere_and_harm_nothing_else(
    committees: tuple[Committee, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A replay. A reader that knows the first writer's messages reads the second's, in three
    districts that each handle eight themes elsewhere than their file says (drawn by lot); of what
    went wrong with these at most fifty messages are put right."""
    second = _by_writer("second_*.jsonl")
    texts = {e.text for e in second}
    lessons = [e for e in written() if e.text not in texts]
    with threadpool_limits(limits=1):
        router = Router.train(committees, [], lessons=lessons, vectors=VectorStore())
    moved: list[tuple[bool, bool]] = []
    others: list[tuple[bool, bool]] = []
    for seed in range(3):
        elsewhere = _elsewhere(committees, seed)
        of_moved, of_others = _replayed(router, second, elsewhere, committees, seed)
        moved += of_moved
        others += of_others
    with capsys.disabled():
        sys.stdout.write(f"\non moved themes {_told(moved)}; others {_told(others)}\n")
    assert len(moved) > 100
    gained, lost = _changed(moved)
    assert gained > 10 * lost
    assert gained / len(moved) > 0.2
    gained, lost = _changed(others)
    assert lost - gained <= 0.01 * len(others)


Before = tuple[bool, bool]
"""Whether a message went right before the corrections, and after."""


def _replayed(
    router: Router,
    stream: Sequence[Example],
    elsewhere: Mapping[str, str],
    committees: Sequence[Committee],
    seed: int,
) -> tuple[list[Before], list[Before]]:
    """Of the messages on the moved themes that were not put right, and of 80 others."""
    handled = [_as_handled(e, committees, elsewhere) for e in stream]
    lot = random.Random(seed)  # noqa: S311  (a replay that is the same each time)
    moved = [e for e in handled if e.themes and e.themes[0] in elsewhere]
    others = lot.sample([e for e in handled if not e.themes or e.themes[0] not in elsewhere], 80)
    before = dict(zip([*moved, *others], _right(router, [*moved, *others]), strict=True))
    wrong = [e for e in moved if not before[e]]
    put_right = lot.sample(wrong, min(50, len(wrong)))
    router.remember(put_right)
    rest = [e for e in moved if e not in put_right]
    after = dict(zip([*rest, *others], _right(router, [*rest, *others]), strict=True))
    router.remember([])
    both = [[(before[e], after[e]) for e in part] for part in (rest, others)]
    return both[0], both[1]


def _elsewhere(committees: Sequence[Committee], seed: int) -> dict[str, str]:
    """Eight themes with one committee each, and another committee for each."""
    lot = random.Random(seed)  # noqa: S311  (as above)
    taken = {theme: keys[0] for theme, keys in owners(committees).items() if len(keys) == 1}
    open_to_all = [c.key for c in committees if c.serves is None]
    return {
        theme: lot.choice([key for key in open_to_all if key != taken[theme]])
        for theme in lot.sample(sorted(taken), 8)
    }


def _by_writer(pattern: str) -> list[Example]:
    return [shelf._example(line, tuple(line["themes"])) for line in shelf._lines((pattern,))]


def _as_handled(
    example: Example, committees: Sequence[Committee], elsewhere: Mapping[str, str]
) -> Example:
    taken = owners(committees)
    serves = {c.key: c.serves for c in committees}
    keys: list[str] = []
    for theme in example.themes:
        takers = [elsewhere[theme]] if theme in elsewhere else taken[theme]
        keys += [key for key in takers if serves[key] in (None, example.level)]
    return replace(example, committees=tuple(dict.fromkeys(keys)))


def _right(router: Router, examples: Sequence[Example]) -> list[bool]:
    vectors = VectorStore().of([e.text for e in examples])
    assert vectors is not None
    with threadpool_limits(limits=1):
        firsts = [
            router.judge(e.text, e.role, e.level, vector[None]).first
            for e, vector in zip(examples, vectors, strict=True)
        ]
    right = zip(firsts, examples, strict=True)
    return [first in (e.committees or ("none",)) for first, e in right]


def _changed(pairs: Sequence[Before]) -> tuple[int, int]:
    """How many went right only after, and only before."""
    return sum(now and not was for was, now in pairs), sum(was and not now for was, now in pairs)


def _told(pairs: Sequence[Before]) -> str:
    was, now = (sum(one) / len(pairs) for one in zip(*pairs, strict=True))
    return f"{was:.3f} -> {now:.3f} (+{_changed(pairs)[0]} -{_changed(pairs)[1]} of {len(pairs)})"
