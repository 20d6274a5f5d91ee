"""What alignment needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from governance.alignment.model import Binding, Sent


class AlignmentStore(Protocol):
    def bindings(self, wave_id: UUID | None = None) -> Sequence[Binding]:
        """What was confirmed last, of each choice of a wave or of all waves."""
        ...

    def bind(self, binding: Binding) -> None:
        """From now on this holds; what held before is kept."""
        ...

    def alignment_sent(self, wave_id: UUID) -> Sent | None:
        """The last time."""
        ...

    def put_alignment_sent(self, sent: Sent) -> None: ...

    def want_meanings(self, texts: Collection[str]) -> Mapping[str, bytes]:
        """Note texts whose meaning is to be known, and give those that are known."""
        ...

    def new_texts(self, texts: Collection[str]) -> Sequence[str]:
        """Those that were not noted yet."""
        ...

    def texts_without_meaning(self, most: int) -> Sequence[str]: ...

    def keep_meanings(self, meanings: Mapping[str, bytes]) -> None: ...

    def meanings_of(self, texts: Collection[str]) -> Mapping[str, bytes]:
        """The vectors of those whose meaning is known."""
        ...

    def advise_on(self, recommendation_id: UUID, wave_id: UUID) -> None:
        """A recommendation was begun because of what a wave put first."""
        ...

    def advised_on(self, wave_id: UUID) -> Sequence[UUID]: ...

    def wave_advised(self, recommendation_id: UUID) -> UUID | None: ...
