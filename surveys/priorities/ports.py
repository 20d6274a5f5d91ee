"""What comparing pairs and ideas need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from surveys.priorities.model import Idea, IdeaState, Reason
from surveys.questions import Choice, Pair
from surveys.survey import Survey


class PriorityStore(Protocol):
    # -- how often choices were shown ------------------------------------------------------
    def choices_shown(self, wave_id: UUID, question: str, group: str) -> Mapping[str, int]:
        """How often each choice was shown to people of a group, by its key."""
        ...

    def note_shown(self, wave_id: UUID, question: str, group: str, pair: Pair) -> None: ...

    # -- ideas -----------------------------------------------------------------------------
    def idea(self, idea_id: UUID) -> Idea | None: ...

    def ideas(
        self, wave_id: UUID, question: str | None = None, *, state: IdeaState | None = None
    ) -> Sequence[Idea]:
        """In random order."""
        ...

    def ideas_of(self, wave_id: UUID, question: str, keys: Sequence[str]) -> Sequence[Idea]:
        """Those with these keys, in the order of the keys."""
        ...

    def count_ideas(self, wave_id: UUID, question: str, state: IdeaState) -> int: ...

    def put_idea(self, idea: Idea) -> None:
        """One that is added is a choice of the wave's survey from now on."""
        ...

    def wait_another_morning(self, wave_id: UUID, question: str) -> int:
        """Count a school morning for each idea that waits: the most that one of them has waited. 0:
        none waits."""
        ...

    def decline_waiting(self, wave_id: UUID, question: str, reason: Reason) -> None:
        """All that wait."""
        ...

    def reads_ideas(self, email: str) -> bool:
        """Whether somebody is named to read the ideas of an open wave that has some."""
        ...

    def surveys_with_ideas(self) -> Mapping[UUID, Survey]:
        """By id: open waves for which somebody has added an idea, as they were launched."""
        ...

    def works_here(self, email: str) -> bool:
        """Whether somebody with that address is on the roster."""
        ...

    def choices_taking_ideas(self) -> Sequence[Choice]:
        """All choices of open questions to which staff may add some."""
        ...
