"""The plan's components and their goals. A changed goal is a new version, never an edit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal of the plan. ``version`` counts from 1; ``retired`` ones stay for the record."""

    key: str
    title: str
    description: str = ""
    version: int = 1
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Component:
    """One of the four components of the CLASS plan."""

    key: str
    name: str
    goals: tuple[Goal, ...] = ()
