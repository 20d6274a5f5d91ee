"""The figures of an assessment: a worked example by hand, CSAT's published rules, and a second
computation of random assessments by other means."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import text
from governance.controls.figures import Figures, Run, figures, shown, trend
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Control,
    Dimension,
    Framework,
    Safeguard,
    Target,
)
from governance.controls.renumbering import number_in
from governance.controls.views import TargetLine
from tests.governance.controls.eighteen import EIGHTEEN
from tests.governance.controls.frameworks import SMALL

NOW = datetime(2026, 11, 30, 15, tzinfo=UTC)
DUE = date(2027, 1, 15)


def assessment(n: int = 1, group: str = "g2", **more: object) -> Assessment:
    given = Assessment(
        id=UUID(int=n),
        name=f"Winter {n}",
        framework="small",
        version="2",
        group=group,
        due=DUE,
        state=AssessmentState.OPEN,
        made_at=NOW,
    )
    return replace(given, **more)  # type: ignore[arg-type]


def row(
    number: str, *scores: int, state: AnswerState = AnswerState.CONFIRMED, applies: bool = True
) -> Assessed:
    """``scores``: policy, implemented, automated, reported."""
    return Assessed(
        assessment_id=UUID(int=1),
        number=number,
        due=DUE,
        state=state,
        answer=Answer(applicable=applies, scores=dict(zip(Dimension, scores, strict=False))),
    )


def not_applicable(number: str) -> Assessed:
    return row(number, applies=False)


def unanswered(number: str) -> Assessed:
    return Assessed(assessment_id=UUID(int=1), number=number, due=DUE)


# -- by hand -------------------------------------------------------------------------------------


def worked() -> Figures:
    rows = [
        row("1.1", 2, 3, 1, 2),
        row("1.2", 5, 4, 4, 4, state=AnswerState.DONE),
        not_applicable("1.10"),
        row("2.1", 1, 1, 1, 2),
    ]
    return figures(assessment(), SMALL, rows)


def test_a_small_assessment_worked_out_by_hand() -> None:
    """1.1 (2 + 3 + 1 + 2) / 4 = 2; 1.2 (5 + 4 + 4 + 4) / 4 = 4.25; 1.10 does not apply;
    2.1 (1 + 1 + 1 + 2) / 4 = 1.25.

    Control 1: (2 + 4.25) / 2 = 3.125. Control 2: 1.25.
    Overall: (3.125 + 1.25) / 2 = 2.1875. (The mean of the three safeguards would be 2.5.)
    Detect: 1.1 alone, 2. Protect: (4.25 + 1.25) / 2 = 2.75.
    G1 (1.1, 1.2, 2.1): (2 + 4.25 + 1.25) / 3 = 2.5. G2 has 1.10, too, which does not apply: 2.5.
    Policy of control 1: (2 + 5) / 2 = 3.5; of all: (3.5 + 1) / 2 = 2.25.
    """
    found = worked()
    assert [one.figure.mean for one in found.controls] == [3.125, 1.25]
    assert found.overall.mean == 2.1875
    assert [(named.key, one.mean) for named, one in found.functions] == [
        ("protect", 2.75),
        ("detect", 2.0),
    ]
    assert [(named.key, one.mean) for named, one in found.groups] == [("g1", 2.5), ("g2", 2.5)]
    assert found.controls[0].dimensions[Dimension.POLICY] == 3.5
    assert found.dimensions[Dimension.POLICY] == 2.25


def test_the_counts_of_the_same_assessment() -> None:
    counts = worked().overall.counts
    assert (counts.in_scope, counts.applicable, counts.not_applicable) == (4, 3, 1)
    assert counts.assessed == 3
    assert (counts.answered, counts.confirmed, counts.unconfirmed) == (4, 3, 1)


@pytest.mark.parametrize(
    ("mean", "said"), [(2.25, "2.3"), (2.1875, "2.2"), (3.0, "3.0"), (3.449, "3.4"), (0.95, "1.0")]
)
def test_a_score_is_rounded_when_it_is_shown(mean: float, said: str) -> None:
    assert shown(mean) == Decimal(said)


@pytest.mark.parametrize(("mean", "reached"), [(3.45, True), (3.44, False), (None, False)])
def test_a_target_is_reached_by_what_is_shown(mean: float | None, *, reached: bool) -> None:
    target = Target(framework="small", score=3.5, by=DUE, set_at=NOW)
    assert TargetLine(target=target, mean=mean).reached is reached


@pytest.mark.parametrize(
    ("mean", "days", "missed"), [(3.0, 1, True), (3.0, 0, False), (3.5, 1, False), (None, 1, False)]
)
def test_a_target_is_missed_once_its_day_has_passed(
    mean: float | None, days: int, *, missed: bool
) -> None:
    target = Target(framework="small", score=3.5, by=DUE, set_at=NOW)
    line = TargetLine(target=target, mean=mean, on=DUE + timedelta(days=days))
    assert line.missed is missed


# -- what does not count -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "left_out",
    [
        unanswered("1.2"),
        row("1.2", 1, 1, 1, 1, state=AnswerState.SENT_BACK),
        row("1.2", 1, 1, 1, 1, state=AnswerState.OPEN),
        not_applicable("1.2"),
        row("1.2", 1, 1, 1, 1, applies=False),
    ],
    ids=["unanswered", "sent back", "taken over", "not applicable", "not applicable anymore"],
)
def test_what_is_not_assessed_is_no_zero(left_out: Assessed) -> None:
    found = figures(assessment(), SMALL, [row("1.1", 4, 4, 4, 4), left_out])
    assert found.controls[0].figure.mean == 4.0
    assert found.overall.mean == 4.0
    assert set(found.dimensions.values()) == {4.0}
    assert found.overall.counts.assessed == 1


def test_an_answer_counts_before_it_is_confirmed_and_that_is_said() -> None:
    done = row("2.1", 2, 2, 2, 2, state=AnswerState.DONE)
    counts = figures(assessment(), SMALL, [done]).overall.counts
    assert (counts.assessed, counts.confirmed, counts.unconfirmed) == (1, 0, 1)


def test_a_control_without_an_assessed_safeguard_has_no_score() -> None:
    rows = [unanswered("1.1"), unanswered("1.2"), unanswered("1.10"), not_applicable("2.1")]
    first, second = figures(assessment(), SMALL, rows).controls
    assert (first.figure.mean, first.figure.applies) == (None, True)
    assert (second.figure.mean, second.figure.applies) == (None, False)
    assert set(first.dimensions.values()) == {None}


def test_only_what_is_in_scope_is_counted() -> None:
    rows = [row("1.1", 2, 2, 2, 2), row("1.10", 5, 5, 5, 5), row("2.1", 4, 4, 4, 4)]
    within = figures(assessment(group="g1", controls=("1",)), SMALL, rows)
    assert [one.control.number for one in within.controls] == ["1"]
    assert within.overall.mean == 2.0
    assert [named.key for named, _ in within.groups] == ["g1"]


# -- a second computation ------------------------------------------------------------------------


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def by_chance(seed: int, framework: Framework = EIGHTEEN) -> list[Assessed]:
    """A row for each safeguard, of any state and answer."""
    rng, rows = chance(seed), []
    for one in framework.safeguards:
        kind = rng.randrange(8)
        if kind == 0:
            rows.append(unanswered(one.number))
        elif kind == 1:
            state = rng.choice([AnswerState.DONE, AnswerState.CONFIRMED, AnswerState.SENT_BACK])
            rows.append(replace(not_applicable(one.number), state=state))
        else:
            scores = [rng.randint(1, 5) for _ in Dimension]
            rows.append(row(one.number, *scores, state=rng.choice(list(AnswerState))))
    return rows


def exactly(framework: Framework, numbers: Sequence[str], rows: Sequence[Assessed]) -> Fraction:
    """CSAT's overall score of some safeguards in fractions: safeguard, control, organization."""
    of_controls: dict[str, list[Fraction]] = {}
    for one in rows:
        if one.number not in numbers or one.state.value not in ("done", "confirmed"):
            continue
        if one.answer.applicable is not True:
            continue
        total = sum(one.answer.scores[each] for each in one.answer.scores)
        control = one.number.split(".")[0]
        of_controls.setdefault(control, []).append(Fraction(total, 4))
    means = [sum(scores) / len(scores) for scores in of_controls.values()]
    assert {one.number for one in framework.controls} >= set(of_controls)
    return Fraction(sum(means), len(means))


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("group", ["ig1", "ig2", "ig3"])
def test_the_overall_score_is_that_of_a_second_computation(seed: int, group: str) -> None:
    rows = by_chance(seed)
    found = figures(assessment(group=group), EIGHTEEN, rows)
    cut = {"ig1": ("ig1",), "ig2": ("ig1", "ig2"), "ig3": ("ig1", "ig2", "ig3")}[group]
    numbers = [one.number for one in EIGHTEEN.safeguards if one.group in cut]
    assert found.overall.mean == pytest.approx(float(exactly(EIGHTEEN, numbers, rows)), abs=1e-12)
    assert found.overall.counts.in_scope == len(numbers) == {"ig1": 56, "ig2": 130}.get(group, 153)


@pytest.mark.parametrize("seed", range(25))
def test_each_part_is_that_of_a_second_computation(seed: int) -> None:
    rows = by_chance(seed)
    found = figures(assessment(group="ig3"), EIGHTEEN, rows)
    scores = {
        one.number: Fraction(sum(one.answer.scores.values()), 4)
        for one in rows
        if one.answer.applicable and one.state.value in ("done", "confirmed")
    }
    for named, figure in (*found.functions, *found.groups):
        own = [
            scores[one.number]
            for one in EIGHTEEN.safeguards
            if one.number in scores and (one.function == named.key or one.group <= named.key)
            if named.key.startswith("ig") == (one.function != named.key)
        ]
        assert figure.mean == pytest.approx(float(sum(own) / len(own)), abs=1e-12), named.key
        assert figure.counts.assessed == len(own)
    for one in found.controls:
        number = one.control.number
        own = [score for key, score in scores.items() if key.split(".")[0] == number]
        if not own:
            assert one.figure.mean is None
            continue
        assert one.figure.mean == pytest.approx(float(sum(own) / len(own)), abs=1e-12)
        of_four = [one.dimensions[each] for each in Dimension]
        assert sum(Fraction(each or 0) for each in of_four) / 4 == pytest.approx(one.figure.mean)


# -- what never changes a figure -----------------------------------------------------------------

seeds = st.integers(0, 10_000)


def whole(rows: Sequence[Assessed]) -> Figures:
    return figures(assessment(group="ig3"), EIGHTEEN, rows)


def means(found: Figures) -> dict[str, float | None]:
    return {one.control.number: one.figure.mean for one in found.controls}


@given(seeds, st.integers(0, 152))
def test_what_does_not_apply_changes_no_other_controls_score(seed: int, at: int) -> None:
    rows = by_chance(seed)
    without = [*rows[:at], not_applicable(rows[at].number), *rows[at + 1 :]]
    own = rows[at].number.split(".")[0]
    before, after = means(whole(rows)), means(whole(without))
    assert {k: v for k, v in before.items() if k != own} == {
        k: v for k, v in after.items() if k != own
    }
    removed = means(whole([*rows[:at], *rows[at + 1 :]]))
    assert after == removed, "it counts as little as what is not there"


@given(seeds, st.integers(0, 152))
def test_what_is_not_assessed_is_as_if_it_were_not_there(seed: int, at: int) -> None:
    rows = by_chance(seed)
    blank = [*rows[:at], unanswered(rows[at].number), *rows[at + 1 :]]
    found, removed = whole(blank), whole([*rows[:at], *rows[at + 1 :]])
    assert means(found) == means(removed)
    assert found.overall.mean == removed.overall.mean
    assert found.dimensions == removed.dimensions


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(seed: int, rng: random.Random) -> None:
    rows = by_chance(seed)
    shuffled = rng.sample(rows, len(rows))
    assert whole(rows) == whole(shuffled)


@given(seeds)
def test_every_mean_is_between_1_and_5_and_the_counts_add_up(seed: int) -> None:
    found = whole(by_chance(seed))
    every = [found.overall, *(one.figure for one in found.controls)]
    every += [one for _, one in (*found.functions, *found.groups)]
    for one in every:
        assert one.mean is None or 1 <= one.mean <= 5
        counts = one.counts
        assert 0 <= counts.assessed <= counts.applicable <= counts.in_scope
        assert 0 <= counts.confirmed <= counts.answered


# -- the trend -----------------------------------------------------------------------------------

OLD = replace(
    SMALL,
    version="1",
    controls=(
        replace(SMALL.controls[0], safeguards=SMALL.controls[0].safeguards[:2]),
        Control(
            number="2",
            name=text("Accounts"),
            safeguards=(Safeguard(number="2.9", name=text("Leavers"), group="g1"),),
        ),
    ),
)
NEW = replace(SMALL, renumbered={"2.1": "2.9"})


def test_assessments_of_the_same_scope_are_compared_as_they_are() -> None:
    runs = [
        Run(assessment=assessment(1), framework=SMALL, rows=[row("1.1", 2, 2, 2, 2)]),
        Run(assessment=assessment(2), framework=SMALL, rows=[row("1.1", 4, 4, 4, 4)]),
    ]
    first, second = trend(runs, [SMALL])
    assert first.step is None
    assert second.step is not None
    assert second.step.alike
    assert (first.figure.mean, second.figure.mean) == (2.0, 4.0)


def test_another_scope_is_compared_over_what_both_have() -> None:
    """G1 first: 1.1 is 2, so 2. Then G2: 1.1 is 3 and 1.10 is 5, so 4. Over what both have: 2,
    then 3."""
    runs = [
        Run(assessment=assessment(1, "g1"), framework=SMALL, rows=[row("1.1", 2, 2, 2, 2)]),
        Run(
            assessment=assessment(2, "g2"),
            framework=SMALL,
            rows=[row("1.1", 3, 3, 3, 3), row("1.10", 5, 5, 5, 5)],
        ),
    ]
    _, point = trend(runs, [SMALL])
    assert point.figure.mean == 4.0
    assert point.step is not None
    assert (point.step.scope, point.step.version, point.step.common) == (True, False, 1)
    assert (point.step.before, point.step.after) == (2.0, 3.0)


def test_a_new_version_is_compared_by_the_numbers_that_it_had() -> None:
    """Before, 2.9 was what 2.1 is now. 1.10 is new."""
    before = Run(
        assessment=assessment(1, version="1"),
        framework=OLD,
        rows=[row("1.1", 1, 1, 1, 1), row("2.9", 3, 3, 3, 3)],
    )
    after = Run(
        assessment=assessment(2),
        framework=NEW,
        rows=[row("1.1", 2, 2, 2, 2), row("1.10", 4, 4, 4, 4), row("2.1", 5, 5, 5, 5)],
    )
    _, point = trend([before, after], [NEW, OLD])
    assert point.figure.mean == (3 + 5) / 2
    assert point.step is not None
    assert (point.step.version, point.step.scope, point.step.common) == (True, False, 2)
    assert (point.step.before, point.step.after) == (2.0, 3.5)
    (_, of_accounts) = trend([before, after], [NEW, OLD], "2")
    assert of_accounts.step is not None
    assert (of_accounts.step.before, of_accounts.step.after) == (3.0, 5.0)


def test_a_half_assessed_year_is_compared_over_what_has_a_score_in_both() -> None:
    """1.1 was 2 and 2.1 was 4: 3. Now 1.1 is 3 and 2.1 is to come: 3. Over 1.1 alone: 2, then 3."""
    before = [row("1.1", 2, 2, 2, 2), row("2.1", 4, 4, 4, 4)]
    runs = [
        Run(assessment=assessment(1), framework=SMALL, rows=before),
        Run(assessment=assessment(2), framework=SMALL, rows=[row("1.1", 3, 3, 3, 3)]),
    ]
    _, point = trend(runs, [SMALL])
    assert point.figure.mean == 3.0
    assert point.step is not None
    assert (point.step.alike, point.step.other, point.step.common) == (True, True, 1)
    assert (point.step.before, point.step.after) == (2.0, 3.0)
    _, whole = trend([runs[0], replace(runs[1], rows=before)], [SMALL])
    assert whole.step is not None
    assert not whole.step.other


def versions_of(*numbers: Sequence[str], moved: Mapping[str, str]) -> list[Framework]:
    """One control with these safeguards in each version. ``moved``: from each to the next."""
    return [
        replace(
            SMALL,
            version=str(n),
            renumbered={now: then for now, then in moved.items() if n > 1 and now in each},
            controls=(
                Control(
                    number="1",
                    name=text("Devices"),
                    safeguards=tuple(
                        Safeguard(number=one, name=text(one), group="g1") for one in each
                    ),
                ),
            ),
        )
        for n, each in enumerate(numbers, start=1)
    ]


def test_a_number_that_is_used_again_is_another_safeguard() -> None:
    """1.1 became 1.2, and another safeguard is called 1.1 now. The one in both stays at 5."""
    old, new = versions_of(["1.1"], ["1.1", "1.2"], moved={"1.2": "1.1"})
    before = Run(
        assessment=assessment(1, "g1", version="1"), framework=old, rows=[row("1.1", 5, 5, 5, 5)]
    )
    after = Run(
        assessment=assessment(2, "g1"),
        framework=new,
        rows=[row("1.1", 1, 1, 1, 1), row("1.2", 5, 5, 5, 5)],
    )
    _, point = trend([before, after], [new, old])
    assert point.step is not None
    assert (point.step.common, point.step.before, point.step.after) == (1, 5.0, 5.0)


def test_a_safeguard_keeps_its_history_over_a_version_that_nobody_assessed() -> None:
    """1.1 became 1.2, which became 1.3."""
    moved = {"1.2": "1.1", "1.3": "1.2"}
    every = versions_of(["1.1"], ["1.1", "1.2"], ["1.1", "1.2", "1.3"], moved=moved)
    first, _, third = every
    newest = every[::-1]
    assert number_in(newest, "1.3", "3", "1") == "1.1"
    assert [number_in(newest, one, "3", "1") for one in ("1.1", "1.2")] == ["", ""]
    before = Run(
        assessment=assessment(1, "g1", version="1"), framework=first, rows=[row("1.1", 5, 5, 5, 5)]
    )
    after = Run(
        assessment=assessment(2, "g1", version="3"),
        framework=third,
        rows=[row(one, 1, 1, 1, 1) for one in ("1.1", "1.2")] + [row("1.3", 4, 4, 4, 4)],
    )
    _, point = trend([before, after], newest)
    assert point.step is not None
    assert (point.step.common, point.step.before, point.step.after) == (1, 5.0, 4.0)


def test_a_number_that_was_gone_in_between_is_another_safeguard() -> None:
    every = versions_of(["1.1", "1.2"], ["1.1"], ["1.1", "1.2"], moved={})
    newest = every[::-1]
    assert [number_in(newest, one, "3", "1") for one in ("1.1", "1.2")] == ["1.1", ""]


def test_an_assessment_without_a_control_is_left_out_of_its_trend() -> None:
    runs = [
        Run(assessment=assessment(1, controls=("1",)), framework=SMALL, rows=[]),
        Run(assessment=assessment(2), framework=SMALL, rows=[row("2.1", 2, 2, 2, 2)]),
    ]
    assert [one.assessment.name for one in trend(runs, [SMALL], "2")] == ["Winter 2"]
    assert len(trend(runs, [SMALL])) == 2
