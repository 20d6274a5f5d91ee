"""Which safeguards are gaps, and what is decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from governance.controls.carried import targets_in
from governance.controls.figures import answer_of, score
from governance.controls.model import HIGHEST, Assessed, Assessment, Framework, Safeguard, Target
from governance.gaps.model import Gap
from governance.ports import GovernanceStore


def is_gap(framework: Framework, row: Assessed, targets: Sequence[Target]) -> bool:
    """Whether its score is under its target: its control's, else the whole framework's, else the
    highest step. What has no score yet is no gap, though it had one in the assessment before."""
    found = score(answer_of(row))
    if found is None:
        return False
    control = framework.control_of(row.number)
    wanted = {one.control: one.score for one in targets}
    whole = wanted.get("", float(HIGHEST))
    target = wanted.get(control.number, whole) if control else whole
    return found < target


def gaps_in(store: GovernanceStore, assessment: Assessment, framework: Framework) -> list[str]:
    """The numbers of the safeguards of an assessment that are gaps."""
    targets = targets_in(store, framework)
    rows = store.assessed(assessment.id)
    return [one.number for one in rows if is_gap(framework, one, targets)]


def open_gap(store: GovernanceStore, framework: str, number: str) -> Gap | None:
    """What is decided about a safeguard."""
    mine = (framework, number)
    found = (one for one in store.gaps(open_only=True) if (one.framework, one.number) == mine)
    return next(found, None)


def placed(
    store: GovernanceStore, assessment_id: UUID, number: str
) -> tuple[Framework, Safeguard, Assessed] | None:
    """A safeguard as it stands in an assessment."""
    assessment = store.assessment(assessment_id)
    row = store.assessed_one(assessment_id, number)
    framework = store.framework(assessment.framework, assessment.version) if assessment else None
    safeguard = framework.safeguard(number) if framework else None
    if framework is None or safeguard is None or row is None:
        return None
    return framework, safeguard, row


def named(store: GovernanceStore, gap: Gap) -> tuple[str, Safeguard | None]:
    """How a gap's safeguard is called: its number with the framework's short name ("CIS 4.1"), and
    the safeguard itself as it was assessed."""
    assessment = store.assessment(gap.assessment_id)
    version = assessment.version if assessment else ""
    framework = store.framework(gap.framework, version) or store.framework(gap.framework)
    if framework is None:
        return gap.number, None
    return f"{framework.short} {gap.number}", framework.safeguard(gap.number)
