"""Which safeguards are gaps, and what is decided about them.

A gap keeps the number that its safeguard had in the assessment of its last decision. In another
version of the framework it is looked up by the number there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from governance.controls.carried import targets_in
from governance.controls.figures import answer_of, score
from governance.controls.model import (
    HIGHEST,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
    Safeguard,
    Target,
)
from governance.controls.renumbering import number_in
from governance.gaps.model import Gap
from governance.ports import GovernanceStore


def target_of(framework: Framework, number: str, targets: Sequence[Target]) -> float | None:
    """What a safeguard is to reach: its control's target, else the whole framework's."""
    control = framework.control_of(number)
    wanted = {one.control: one.score for one in targets}
    return wanted.get(control.number if control else "", wanted.get(""))


def is_gap(framework: Framework, row: Assessed, targets: Sequence[Target]) -> bool:
    """Whether its score is under its target; without a target, under the highest step. What has no
    score yet is no gap, though it had one in the assessment before."""
    found = score(answer_of(row))
    target = target_of(framework, row.number, targets)
    return found is not None and found < (float(HIGHEST) if target is None else target)


def gaps_in(store: GovernanceStore, assessment: Assessment, framework: Framework) -> list[str]:
    """The numbers of the safeguards of an assessment that are gaps."""
    targets = targets_in(store, framework)
    rows = store.assessed(assessment.id)
    return [one.number for one in rows if is_gap(framework, one, targets)]


@dataclass(frozen=True, kw_only=True)
class Register:
    """The open gaps, with every assessment and framework, read once. The newest come first."""

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

    def gap(self, framework: Framework, number: str) -> Gap | None:
        """The one of a safeguard, by its number in a version of its framework."""
        mine = (one for one in self.gaps if one.framework == framework.key)
        return next((one for one in mine if self._is_about(one, framework, number)), None)

    def _is_about(self, gap: Gap, framework: Framework, number: str) -> bool:
        its = self.assessed_against(gap)
        if its is None or its.version == framework.version:
            return gap.number == number
        versions, here, there = self.versions(gap.framework), framework.version, its.version
        return (
            number_in(versions, number, here, there) == gap.number
            or number_in(versions, gap.number, there, here) == number
        )


def register_of(store: GovernanceStore) -> Register:
    return Register(
        gaps=store.gaps(open_only=True),
        assessments=store.assessments(),
        frameworks=store.frameworks(),
    )


@dataclass(frozen=True, kw_only=True)
class Found:
    """A safeguard that is a gap, as it was assessed. ``target`` None: none is set."""

    framework: Framework
    safeguard: Safeguard
    row: Assessed
    score: float
    target: float | None


def latest_gaps(store: GovernanceStore, register: Register, newest: Framework) -> Iterator[Found]:
    """The safeguards of a framework that are gaps by the last answer that counts. ``newest``: the
    version that was assessed last."""
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
            if row is None or answer_of(row) is None:
                continue
            left.remove(safeguard)
            found = score(row.answer)
            if found is not None and is_gap(framework, row, targets):
                yield Found(
                    framework=framework,
                    safeguard=safeguard,
                    row=row,
                    score=found,
                    target=target_of(framework, row.number, targets),
                )


def open_gap(store: GovernanceStore, framework: Framework, number: str) -> Gap | None:
    """What is decided about a safeguard of a version of a framework."""
    return register_of(store).gap(framework, number)


def placed(
    store: GovernanceStore, assessment_id: UUID, number: str
) -> tuple[Framework, Safeguard, Assessed] | None:
    """A safeguard as it stands in an assessment, but in no draft: that can be deleted."""
    assessment = store.assessment(assessment_id)
    if assessment is None or assessment.state is AssessmentState.DRAFT:
        return None
    row = store.assessed_one(assessment_id, number)
    framework = store.framework(assessment.framework, assessment.version)
    safeguard = framework.safeguard(number) if framework else None
    if framework is None or safeguard is None or row is None:
        return None
    return framework, safeguard, row


def named(store: GovernanceStore, gap: Gap) -> tuple[str, Safeguard | None]:
    """How a gap's safeguard is called: its number with the framework's short name ("CIS 4.1"), and
    the safeguard itself as it was assessed."""
    assessment = store.assessment(gap.assessment_id)
    version = assessment.version if assessment else ""
    return named_in(store.framework(gap.framework, version), gap)


def named_in(framework: Framework | None, gap: Gap) -> tuple[str, Safeguard | None]:
    if framework is None:
        return gap.number, None
    return f"{framework.short} {gap.number}", framework.safeguard(gap.number)
