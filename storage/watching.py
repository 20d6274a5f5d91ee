"""What may be watched of a store: how long transactions take, and which had to be run again."""

from __future__ import annotations

from typing import Literal, Protocol

Kind = Literal["read", "write"]


class StoreWatch(Protocol):
    """Told beside the work, from any thread: must neither raise nor wait."""

    def transaction(self, kind: Kind, seconds: float) -> None:
        """A transaction ended, ``seconds`` after it was asked for (waiting for its turn
        included)."""
        ...

    def again(self) -> None:
        """Another transaction was in the way (PostgreSQL): this one is run again."""
        ...


class Unwatched:
    """Nobody watches."""

    def transaction(self, kind: Kind, seconds: float) -> None:
        pass

    def again(self) -> None:
        pass
