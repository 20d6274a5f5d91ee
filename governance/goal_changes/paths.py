"""Where changes of the plan are on the web."""

from __future__ import annotations

from uuid import UUID

from governance import links


def proposals() -> str:
    return "/plan-changes"


def proposal(proposal_id: UUID) -> str:
    return f"{proposals()}/{proposal_id}"


def bound(key: str) -> str:
    return f"{links.goal('', key)}/bound"


def series(series_id: UUID) -> str:
    return f"/desk/series/{series_id}"
