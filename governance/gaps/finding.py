"""Which safeguards are gaps, and what is decided about them.

A gap keeps the number that its safeguard has in the assessment of its last decision. In another
version of the framework it is looked up by the number there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from governance.controls.carried import targets_in
from governance.controls.figures import answer_of, score
from governance.controls.finding import place_of
from governance.controls.model import (
    HIGHEST,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
    Safeguard,
    Target,
)
from governance.controls.renumbering import are_same, number_in
from governance.gaps.messages import Undecided
from governance.gaps.model import Gap
from governance.ports import GovernanceStore


def target_of(framework: Framework, number: str, targets: Sequence[Target]) -> float | None:
    """The score a safeguard should reach: its control's target, else the framework's."""
    control = framework.control_of(number)
    wanted = {one.control: one.score for one in targets}
    return wanted.get(control.number if control else "", wanted.get(""))


def is_gap(framework: Framework, row: Assessed, targets: Sequence[Target]) -> bool:
    """Whether its score is below its target, or below the highest step if there is no target.
    Without a score it is no gap, even if it had one in an earlier assessment."""
    found = score(answer_of(row))
    target = target_of(framework, row.number, targets)
    return found is not None and found < (float(HIGHEST) if target is None else target)


@dataclass(frozen=True, kw_only=True)
class Register:
    """The open gaps with every assessment (the newest first) and framework, read once."""

    gaps: Sequence[Gap]
    assessments: Sequence[Assessment]
    frameworks: Sequence[Framework]

    def versions(self, key: str) -> list[Framework]:
        return [one for one in self.frameworks if one.key == key]

    def framework_of(self, assessment: Assessment) -> Framework | None:
        mine = (assessment.framework, assessment.version)
        return next((one for one in self.frameworks if (one.key, one.version) == mine), None)

    def assessed_against(self, gap: Gap) -> Framework | None:
        """The version in which the gap has its number."""
        found = (self.framework_of(one) for one in self.assessments if one.id == gap.assessment_id)
        return next(found, None)

    def assessed_last(self) -> Iterator[Framework]:
        """Each framework, in the version that was assessed last."""
        found: set[str] = set()
        for one in self.assessments:
            framework = self.framework_of(one)
            if framework and one.state is not AssessmentState.DRAFT and framework.key not in found:
                found.add(framework.key)
                yield framework

    def newest(self) -> tuple[tuple[UUID, str], ...]:
        """The assessment of each framework that began last, with its name."""
        found: dict[str, tuple[UUID, str]] = {}
        for one in self.assessments:
            if one.state is not AssessmentState.DRAFT:
                found.setdefault(one.framework, (one.id, one.name))
        return tuple(found.values())

    def earlier_name(self, assessment_id: UUID) -> str:
        """The name of an assessment, unless it is the newest of its framework."""
        if assessment_id in dict(self.newest()):
            return ""
        return next(one.name for one in self.assessments if one.id == assessment_id)

    def gap(self, framework: Framework, number: str) -> Gap | None:
        """The one of a safeguard, by its number in a version of its framework."""
        versions, mine = self.versions(framework.key), (framework.version, number)
        for one in self.gaps:
            if one.framework == framework.key:
                its = self.assessed_against(one) or framework
                if are_same(versions, mine, (its.version, one.number)):
                    return one
        return None


def register_of(store: GovernanceStore) -> Register:
    return Register(
        gaps=store.gaps(open_only=True),
        assessments=store.assessments(),
        frameworks=store.frameworks(),
    )


def undecided(store: GovernanceStore, register: Register) -> Iterator[Undecided]:
    """The gaps that nothing is decided about, by the last answer that counts to each safeguard."""
    found = [one for one, gap in open_gaps(store, register) if gap is None]
    owners = store.names_of({row.owner for _, _, row, _ in found if row.owner})
    for framework, safeguard, row, targets in found:
        yield Undecided(
            assessment_id=row.assessment_id,
            number=row.number,
            safeguard=f"{framework.short} {row.number}",
            name=safeguard.name,
            score=score(row.answer) or 0,
            target=target_of(framework, row.number, targets),
            owner=owners.get(row.owner, "") if row.owner else "",
            earlier=register.earlier_name(row.assessment_id),
        )


def how_many_undecided(store: GovernanceStore, register: Register) -> tuple[int, int]:
    """How many gaps no decision holds about, as ``ShowGaps`` lists them: nothing was decided, or it
    needs a new decision. And how many of them an assessment before the newest found, which the
    newest one's page leaves out. However many there are, nobody's name is read."""
    never = [row for (_, _, row, _), gap in open_gaps(store, register) if gap is None]
    earlier = sum(bool(register.earlier_name(one.assessment_id)) for one in never)
    return len(never) + sum(one.returned_at is not None for one in register.gaps), earlier


_Answered = tuple[Framework, Safeguard, Assessed, Sequence[Target]]


def open_gaps(store: GovernanceStore, register: Register) -> Iterator[tuple[_Answered, Gap | None]]:
    """Each gap by the last answer that counts to its safeguard, with its entry in the register;
    None: there is none."""
    for newest in register.assessed_last():
        for answered in _last_answers(store, register, newest):
            framework, _, row, targets = answered
            if is_gap(framework, row, targets):
                yield answered, register.gap(framework, row.number)


def _last_answers(
    store: GovernanceStore, register: Register, newest: Framework
) -> Iterator[_Answered]:
    """Of each safeguard of the newest version: its last answer, with the version and the targets
    there."""
    left, versions = list(newest.safeguards), register.versions(newest.key)
    for assessment in register.assessments:
        framework = register.framework_of(assessment)
        if framework is None or framework.key != newest.key or not left:
            continue
        if assessment.state is AssessmentState.DRAFT:
            continue
        targets = targets_in(store, framework)
        rows = {one.number: one for one in store.assessed(assessment.id)}
        for safeguard in list(left):
            there = number_in(versions, safeguard.number, newest.version, framework.version)
            row = rows.get(there)
            if row is not None and answer_of(row) is not None:
                left.remove(safeguard)
                yield framework, safeguard, row, targets


def placed(
    store: GovernanceStore, assessment_id: UUID, number: str
) -> tuple[Framework, Safeguard, Assessed] | None:
    """A safeguard as it stands in an assessment. Not in a draft, which can be deleted."""
    place = place_of(store, assessment_id, number)
    if place is None or place.safeguard is None or place.row is None:
        return None
    if place.assessment.state is AssessmentState.DRAFT:
        return None
    return place.framework, place.safeguard, place.row


def named(store: GovernanceStore, gap: Gap) -> tuple[str, Safeguard | None]:
    """What a gap's safeguard is called: its number with the framework's short name ("CIS 4.1"), and
    the safeguard itself as it was assessed."""
    assessment = store.assessment(gap.assessment_id)
    version = assessment.version if assessment else ""
    return named_in(store.framework(gap.framework, version), gap)


def named_in(framework: Framework | None, gap: Gap) -> tuple[str, Safeguard | None]:
    if framework is None:
        return gap.number, None
    return f"{framework.short} {gap.number}", framework.safeguard(gap.number)
