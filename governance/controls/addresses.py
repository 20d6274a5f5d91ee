"""Where assessments and gaps are on the web."""

from __future__ import annotations

from uuid import UUID

PRACTICES = "/practices"
GAPS = f"{PRACTICES}/tasks"


def assessment(assessment_id: UUID) -> str:
    return f"{PRACTICES}/{assessment_id}"


def control(assessment_id: UUID, number: str) -> str:
    return f"{assessment(assessment_id)}/controls/{number}"


def safeguard(assessment_id: UUID, number: str) -> str:
    return f"{assessment(assessment_id)}/safeguards/{number}"


def report(assessment_id: UUID) -> str:
    """The page that is printed."""
    return f"{assessment(assessment_id)}/report"


def exported(assessment_id: UUID, form: str) -> str:
    """``form``: csv, xlsx or json."""
    return f"{assessment(assessment_id)}/export/{form}"


UNDECIDED = "undecided"
"""Of gaps: no decision holds about them."""


def gaps(choice: str | None = None) -> str:
    """All work on gaps, or only what has this decision, or in this assessment has none."""
    return f"{GAPS}?state={choice}" if choice else GAPS


def gap(gap_id: UUID) -> str:
    return f"{GAPS}/{gap_id}"


def begin(framework: str) -> str:
    """The form of a new assessment."""
    return f"{PRACTICES}/begin/{framework}"


def run(assessment_id: UUID) -> str:
    """Owners and progress."""
    return f"{assessment(assessment_id)}/run"


def owners(assessment_id: UUID, control: str = "") -> str:
    """The table of owners: a row for each control, or for each safeguard of one."""
    return f"{assessment(assessment_id)}/owners{f'/{control}' if control else ''}"


def owners_file(assessment_id: UUID) -> str:
    """The form that takes owners as lines or as a file."""
    return f"{assessment(assessment_id)}/owners-file"


def answer(assessment_id: UUID, number: str) -> str:
    """An owner's form."""
    return f"{safeguard(assessment_id, number)}/answer"


def own(assessment_id: UUID, number: str, *, waits: bool) -> str:
    """Where an owner goes: to the form while it has no answer."""
    return answer(assessment_id, number) if waits else safeguard(assessment_id, number)


def review(assessment_id: UUID, number: str) -> str:
    """The ISO's form."""
    return f"{safeguard(assessment_id, number)}/review"


def control_review(assessment_id: UUID, number: str) -> str:
    return f"{control(assessment_id, number)}/review"
