"""What the FAQ of a change needs of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from governance.faq.model import Asked, FaqEntry, Offer


class FaqStore(Protocol):
    def faq(self, change_id: UUID) -> Sequence[FaqEntry]:
        """The entries of a change, in the order in which they came; not the retired ones."""
        ...

    def faq_entry(self, entry_id: UUID) -> FaqEntry | None:
        """None also where it is retired."""
        ...

    def put_faq_entry(self, entry: FaqEntry) -> bool:
        """Keep its words; how often it helped stays as it is. False: it is retired."""
        ...

    def retire_faq_entry(self, entry_id: UUID) -> None: ...

    def count_helped(self, entry_id: UUID) -> None: ...

    def faq_meanings(self, change_id: UUID) -> Mapping[UUID, bytes]:
        """Of each entry whose meaning is known: the vectors of ``faq.matching.texts_of``, one after
        the other; nothing where it has no English text."""
        ...

    def every_faq(self) -> Mapping[UUID, tuple[Sequence[FaqEntry], Mapping[UUID, bytes]]]:
        """Of each change that has entries: what ``faq`` and ``faq_meanings`` say."""
        ...

    def faq_without_meaning(self) -> FaqEntry | None:
        """One whose meaning is not known yet."""
        ...

    def keep_faq_meaning(self, entry: FaqEntry, vectors: bytes) -> None:
        """Unless its words were changed in the meantime."""
        ...

    def asked_about(self, change_id: UUID) -> Asked: ...

    def offered(self, item_id: UUID, person_id: UUID) -> Offer | None:
        """The entry that a person was shown when their words were held (``hold_words``)."""
        ...
