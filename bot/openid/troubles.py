"""What can go wrong between the provider and us."""

from __future__ import annotations

from enum import StrEnum


class ProviderError(Exception):
    """The provider cannot be used: it does not answer, or not as it must. ``str``: what, for the
    log and the doctor; it holds no secret and no person."""


class TokenError(Exception):
    """What the provider sent is not to be believed. ``str``: why, for the log; no person."""


class Why(StrEnum):
    """Why an account cannot come in, though the provider knows it."""

    ELSEWHERE = "elsewhere"
    """It is another organisation's, or private."""
    GUEST = "guest"
    UNVERIFIED = "unverified"
    """The provider has not verified its address."""


class NotAdmittedError(Exception):
    """An account that is not one of the district's staff accounts."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
