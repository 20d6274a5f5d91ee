"""Who is being asked during an installation: somebody at a terminal, or nobody."""

from __future__ import annotations

from typing import Protocol


class Desk(Protocol):
    """Plain lines only, one below the other: they can be read out, logged and pasted."""

    @property
    def attended(self) -> bool:
        """Whether somebody is there to be asked."""
        ...

    def tell(self, line: str = "") -> None: ...

    def ask(self, question: str, default: str = "") -> str:
        """One line; the default where nobody is there or nothing is typed."""
        ...

    def ask_secret(self, question: str) -> str:
        """As ``ask``, without showing what is typed."""
        ...

    def confirm(self, question: str, *, default: bool) -> bool: ...


TRIES = 3
"""How often the same thing is asked for when the answer cannot be right."""
