"""What speaking anonymously, and talking with an author, ask of a store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.conversations.model import Exchange
from governance.faq.model import Offer


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What was said anonymously and is being brought in. ``receipt`` is the hash of its code;
    ``item_id`` is of the item that it replies to, None: it is one of its own."""

    receipt: bytes
    text: str
    morning: datetime
    item_id: UUID | None = None
    about: str = ""


class AnonymousStore(Protocol):
    """Of a code the store keeps hashes only, under keys that are not in the database."""

    def anonymous_doors(self, now: datetime) -> tuple[str, str]:
        """The part of the link to speak anonymously: this month's, and last month's."""
        ...

    def receipt_code(self, nonce: str, text: str) -> str:
        """The code of a message: always the same for the same form and words."""
        ...

    def keep_waiting(
        self,
        code: str,
        text: str,
        morning: datetime,
        *,
        item_id: UUID | None = None,
        about: str = "",
    ) -> bytes:
        """Keep what was said until its morning, encrypted, with nothing that says when it came.
        Said twice it is kept once. Gives by what it is taken (``take_waiting``)."""
        ...

    def waits_until(self, code: str) -> datetime | None:
        """The morning of a message that was not brought in yet."""
        ...

    def item_of_receipt(self, code: str) -> UUID | None: ...

    def take_waiting(self, now: datetime, once: bytes | None) -> Sequence[Waiting]:
        """What is due, or the one that cannot wait, in random order; none of it stays behind."""
        ...

    def keep_receipt(self, receipt: bytes, item_id: UUID) -> None: ...

    def has_receipt(self, receipt: bytes) -> bool: ...


class HeldWordsStore(Protocol):
    """Words that wait until their author says whether to pass them on."""

    def hold_words(
        self,
        item_id: UUID,
        person_id: UUID,
        words: str,
        now: datetime,
        offer: Offer | None = None,
    ) -> None:
        """Keep them encrypted, once for each id. ``offer``: what was shown instead of sending
        them."""
        ...

    def held_words(self, item_id: UUID, person_id: UUID, since: datetime) -> str | None:
        """A person's own, kept at or after a moment; None: they are not there."""
        ...

    def last_held(self, person_id: UUID, since: datetime) -> UUID | None:
        """The newest that a person was asked about, at or after a moment."""
        ...

    def drop_words(self, item_id: UUID, person_id: UUID) -> bool:
        """Delete a person's own. False: they are not there."""
        ...

    def forget_words(self, before: datetime) -> int:
        """Delete what was kept before a moment. How many."""
        ...


class ConversationStore(Protocol):
    """Questions to authors, and their replies."""

    def add_exchange(self, exchange: Exchange, original: str | None = None) -> bool:
        """Keep a question, or a reply with its original encrypted. False: somebody else's has
        its number."""
        ...

    def exchanges(self, item_id: UUID) -> tuple[Exchange, ...]:
        """Of one item, in order."""
        ...

    def exchange(self, exchange_id: UUID) -> Exchange | None: ...

    def reply_original(self, exchange_id: UUID) -> str | None:
        """A reply as it was written; None once it was deleted."""
        ...

    def keep_reply(self, exchange_id: UUID, words: str, *, original: bool) -> None:
        """A reply was read: what is left of it, and whether its original is kept."""
        ...

    def unread_replies(self, *, most: int = 20, but: Collection[UUID] = ...) -> Sequence[UUID]: ...

    def forget_replies(self, before: datetime) -> int:
        """Delete the originals of replies that were kept before a moment. How many."""
        ...
