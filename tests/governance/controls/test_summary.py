"""What a committee can work out from the means that it sees, by exact linear algebra."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import uuid4

import pytest

from core.text import text
from governance.controls.committee_figures import for_committee, seen_by
from governance.controls.figures import Figures, Run, figures
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
    Safeguard,
)
from governance.controls.summary import LEAST, Shown, counted, shown

SIZES = (5, 7, 14, 12, 6, 8, 7, 12, 7, 7, 5, 8, 11, 9, 7, 14, 9, 5)
"""Safeguards of each control of CIS Controls v8.1."""

Vector = list[Fraction]


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def framework(rng: random.Random, sizes: Sequence[int] = SIZES) -> Framework:
    keys = ("g1", "g2", "g3")
    functions = ("govern", "identify", "protect", "detect", "respond", "recover")

    def one(number: str) -> Safeguard:
        return Safeguard(
            number=number, name=text("x"), group=rng.choice(keys), function=rng.choice(functions)
        )

    return Framework(
        key="f",
        version="1",
        name=text("x"),
        short="F",
        groups=tuple(Named(key=key, name=text(key)) for key in keys),
        functions=tuple(Named(key=key, name=text(key)) for key in functions),
        controls=tuple(
            Control(
                number=str(c),
                name=text("x"),
                safeguards=tuple(one(f"{c}.{n}") for n in range(1, size + 1)),
            )
            for c, size in enumerate(sizes, start=1)
        ),
    )


def closed(group: str = "g3") -> Assessment:
    return Assessment(
        id=uuid4(),
        name="Winter",
        framework="f",
        version="1",
        group=group,
        due=date(2027, 1, 15),
        state=AssessmentState.CLOSED,
        made_at=datetime(2026, 11, 30, tzinfo=UTC),
    )


def means(frame: Framework, told: Shown, assessed: Sequence[str]) -> list[Vector]:
    """What is shown, each as weights of the safeguards' scores."""

    def mean(of: Collection[str]) -> Vector:
        return [Fraction(int(one in of), len(of)) for one in assessed]

    by_control = {
        control.number: {s.number for s in control.safeguards} & set(assessed)
        for control in frame.controls
    }
    scored = [mean(of) for of in by_control.values() if of]
    by_function = {
        key: {s.number for s in frame.safeguards if s.function == key} & set(assessed)
        for key in told.functions
    }
    by_group = {key: {s.number for s in frame.in_group(key)} & set(assessed) for key in told.groups}
    overall = [sum(column, Fraction()) / len(scored) for column in zip(*scored, strict=True)]
    return [
        *(mean(by_control[number]) for number in told.controls),
        *(mean(of) for of in (*by_function.values(), *by_group.values())),
        *([overall] if told.overall else ()),
    ]


def told_alone(vectors: list[Vector]) -> set[int]:
    """The safeguards whose scores follow from these means, by Gauss and Jordan."""
    rows = [list(one) for one in vectors]
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        first = rows[done][column]
        rows[done] = [one / first for one in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                by = row[column]
                rows[at] = [x - by * y for x, y in zip(row, rows[done], strict=True)]
        done += 1
    alone = [[at for at, one in enumerate(row) if one] for row in rows]
    return {row[0] for row in alone if len(row) == 1}


def scored(numbers: Collection[str], score: int = 3) -> dict[str, dict[Dimension, int]]:
    return {number: dict.fromkeys(Dimension, score) for number in numbers}


def scope_of(frame: Framework, assessment: Assessment) -> list[str]:
    return [one.number for one in assessment.scope(frame)]


def test_the_check_finds_what_can_be_worked_out() -> None:
    frame = framework(chance(0), (5, 1))
    of = scope_of(frame, closed())
    every = Shown(overall=True, controls=frozenset({"1"}))
    assert told_alone(means(frame, every, of)) == {of.index("2.1")}


@pytest.mark.parametrize("seed", range(60))
def test_no_score_of_a_safeguard_follows_from_what_the_committee_sees(seed: int) -> None:
    rng = chance(seed)
    sizes = SIZES if seed % 3 else tuple(rng.randint(1, 9) for _ in range(rng.randint(1, 5)))
    frame, assessment = framework(rng, sizes), closed(rng.choice(("g1", "g2", "g3")))
    scope = scope_of(frame, assessment)
    assessed = [one for one in scope if rng.random() < rng.choice((0.2, 0.7, 1))]
    told = shown(frame, assessment, scored(assessed))
    assert not told_alone(means(frame, told, assessed))
    assert all(len([w for w in one if w]) >= LEAST for one in means(frame, told, assessed))


@pytest.mark.parametrize("seed", range(60))
def test_no_score_follows_where_the_reader_knows_their_own(seed: int) -> None:
    rng = chance(seed)
    sizes = SIZES if seed % 3 else tuple(rng.randint(1, 9) for _ in range(rng.randint(1, 5)))
    frame, assessment = framework(rng, sizes), closed(rng.choice(("g1", "g2", "g3")))
    assessed = scope_of(frame, assessment)
    own = {one for one in assessed if rng.random() < rng.choice((0.1, 0.5, 0.9))}
    told = shown(frame, assessment, scored(assessed), own)
    known = [[Fraction(one == each) for one in assessed] for each in own]
    alone = {assessed[at] for at in told_alone([*means(frame, told, assessed), *known])}
    assert alone == own


def test_a_mean_of_five_is_shown_and_one_of_four_is_not() -> None:
    frame = framework(chance(1), (5, 5, 5, 4, 4))
    told = shown(frame, closed(), scored(scope_of(frame, closed())))
    assert told.overall
    assert told.controls == {"1", "2", "3"}
    assert not shown(frame, closed(), scored(["4.1", "4.2", "4.3", "4.4"])).overall


def test_what_is_left_beside_the_shown_is_never_a_few() -> None:
    frame = framework(chance(1), (5, 6, 4))
    told = shown(frame, closed(), scored(scope_of(frame, closed())))
    assert told.overall
    assert told.controls == {"2"}


def test_nothing_is_shown_while_answers_still_come_in() -> None:
    frame = framework(chance(1))
    still_open = replace(closed(), state=AssessmentState.OPEN)
    assert shown(frame, still_open, scored(scope_of(frame, still_open))) == Shown()


# -- how many safeguards do not apply ------------------------------------------------------------


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_no_answer_follows_from_how_many_safeguards_do_not_apply(seed: int, own: bool) -> None:
    """A count is a sum over its safeguards, so it can be taken from another."""
    rng = chance(seed)
    sizes = SIZES if seed % 3 else tuple(rng.randint(1, 9) for _ in range(rng.randint(1, 5)))
    frame, assessment = framework(rng, sizes), closed(rng.choice(("g1", "g2", "g3")))
    share = rng.choice((0.3, 1))
    scope = [one for one in scope_of(frame, assessment) if rng.random() < share]  # of answered ones
    mine = {one for one in scope if own and rng.random() < rng.choice((0.1, 0.5, 0.9))}
    told = counted(frame, assessment, scope, mine)
    known = [[Fraction(one == each) for one in scope] for each in mine]
    every = [Fraction(1)] * len(scope)
    sums = means(frame, replace(told, overall=False), scope) + ([every] if told.overall else [])
    assert {scope[at] for at in told_alone([*sums, *known])} == mine
    for one in sums:
        assert (
            len([at for at, weight in enumerate(one) if weight and scope[at] not in mine]) >= LEAST
        )


def test_how_many_do_not_apply_is_told_of_five_and_not_of_four() -> None:
    frame = framework(chance(1), (5, 5, 5, 4, 4))
    scope = scope_of(frame, closed())
    told = counted(frame, closed(), scope)
    assert told.overall
    assert told.controls == {"1", "2", "3"}
    assert counted(frame, replace(closed(), state=AssessmentState.OPEN), scope) == Shown()
    assert counted(frame, closed(), ["1.1", "2.1", "3.1"]) == Shown()


def seen(frame: Framework, assessment: Assessment, applies: Mapping[str, bool]) -> Figures:
    """What the committee sees where these safeguards are answered."""
    rows = [
        Assessed(
            assessment_id=assessment.id,
            number=number,
            due=assessment.due,
            state=AnswerState.CONFIRMED,
            answer=Answer(applicable=one, scores=dict.fromkeys(Dimension, 3) if one else {}),
        )
        for number, one in applies.items()
    ]
    run = Run(assessment=assessment, framework=frame, rows=rows)
    (told,) = seen_by(None, [run]).values()
    return for_committee(figures(assessment, frame, rows), told)


def in_groups(frame: Framework, last: Collection[str]) -> Framework:
    """The framework with these safeguards in its third group and all others in its second."""
    controls = tuple(
        replace(
            control,
            safeguards=tuple(
                replace(one, group="g3" if one.number in last else "g2", function="govern")
                for one in control.safeguards
            ),
        )
        for control in frame.controls
    )
    return replace(frame, controls=controls)


@pytest.mark.parametrize("many", [1, 3])
def test_few_answers_look_alike_whether_they_apply_or_not(many: int) -> None:
    frame, assessment = framework(chance(1), (11,)), closed()
    answered = [f"1.{n}" for n in range(1, many + 1)]
    applying = seen(frame, assessment, dict.fromkeys(answered, True))
    assert applying == seen(frame, assessment, dict.fromkeys(answered, False))
    assert applying.overall.hidden


def test_a_mean_is_not_shown_because_two_do_not_apply() -> None:
    """The mean of the second group would be that of all, so that showing it told nothing new, if
    the two others do not apply."""
    last = ("1.13", "1.14")
    frame, assessment = in_groups(framework(chance(1), (14,)), last), closed()
    every = dict.fromkeys(scope_of(frame, assessment), True)
    for applies in (True, False):
        found = seen(frame, assessment, {**every, **dict.fromkeys(last, applies)})
        groups = {one.key: figure.hidden for one, figure in found.groups}
        assert groups["g2"], applies


def answered(frame: Framework, scores: Mapping[str, Mapping[Dimension, int]]) -> Figures:
    """What the committee sees of these scores."""
    assessment = closed()
    rows = [
        Assessed(
            assessment_id=assessment.id,
            number=number,
            due=assessment.due,
            state=AnswerState.CONFIRMED,
            answer=Answer(applicable=True, scores=dict(scores[number])),
        )
        for number in scope_of(frame, assessment)
    ]
    run = Run(assessment=assessment, framework=frame, rows=rows)
    (told,) = seen_by(None, [run]).values()
    return for_committee(figures(assessment, frame, rows), told)


@pytest.mark.parametrize("end", [1, 5])
@pytest.mark.parametrize("almost", [False, True])
def test_a_control_at_an_end_does_not_tell_each_of_its_safeguards(end: int, almost: bool) -> None:
    """At 589ad58b "1.0" of seven safeguards was the score of each. Nor does the overall score tell
    it, less the other controls."""
    frame = framework(chance(3), (7, 7, 7))
    scores = scored(scope_of(frame, closed()))
    scores |= scored([f"2.{n}" for n in range(1, 8)], end)
    if almost:  # still shown as 1.0 or 5.0
        scores["2.7"] = {**scores["2.7"], next(iter(Dimension)): 2 if end == 1 else 4}
    found = answered(frame, scores)
    hidden = {one.control.number: one.figure.hidden for one in found.controls}
    assert hidden["2"]
    third = [number for number in ("1", "3") if not hidden[number]]
    assert found.overall.hidden or len(third) < 2, "nor by taking the others from the whole"


def test_dimensions_are_hidden_together_where_one_is_at_an_end() -> None:
    """Of three dimensions and the mean the fourth would follow."""
    frame = framework(chance(3), (7, 7, 7))
    first, *_ = Dimension
    scores = scored(scope_of(frame, closed()))
    scores |= {f"2.{n}": {**scores[f"2.{n}"], first: 5} for n in range(1, 8)}
    found = answered(frame, scores)
    (second,) = (one for one in found.controls if one.control.number == "2")
    assert not second.figure.hidden
    assert set(second.dimensions.values()) == {None}
    (other,) = (one for one in found.controls if one.control.number == "1")
    assert set(other.dimensions.values()) == {3}
