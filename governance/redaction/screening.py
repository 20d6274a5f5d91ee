"""Personal data is taken out of what a person in charge writes and others read, but never without
a word: its author sees what was found, and says what is none and stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from governance.ports import GovernanceStore
from governance.reading.personal_data import find, redact
from governance.redaction.put_back import Doubt, Found, PutBack, key_of


@dataclass(frozen=True, kw_only=True)
class Screened:
    """``texts``: as others read them. ``doubt``: what to ask before they do; None: nothing.
    ``returned``: how many words that were found stay."""

    texts: tuple[str, ...]
    doubt: Doubt | None
    returned: int = 0


def screen(texts: Sequence[str], back: PutBack, before: Iterable[str] = ()) -> Screened:
    """``texts`` are of a bounded length: looking for names takes its time. ``before``: the texts
    that are there now; what was found in them was put back already."""
    spans = [find(text) for text in texts]
    found: dict[str, Found] = {}
    for text, there in zip(texts, spans, strict=True):
        for span in there:
            words = text[span.start : span.end]
            found[key_of(words)] = Found(key=key_of(words), words=words, kind=span.kind)
    stay = tuple(key for key in found if key in back.keys)
    doubt = Doubt(found=tuple(found.values()), stay=stay)
    if back.seen is None or len(stay) == len(found) or back.seen == doubt.seen:
        kept = tuple(
            redact(text, (one for one in there if key_of(text[one.start : one.end]) not in stay))
            for text, there in zip(texts, spans, strict=True)
        )
        return Screened(texts=kept, doubt=None, returned=len(stay))
    if not back.seen:
        stood = {key_of(text[one.start : one.end]) for text in before for one in find(text)}
        doubt = replace(doubt, stay=tuple(key for key in found if key in stood or key in stay))
    return Screened(texts=tuple(texts), doubt=doubt)


def note_returned(
    store: GovernanceStore, by: UUID | None, screened: Screened, subject: UUID, now: datetime
) -> None:
    """That somebody let words stand that look like personal data; not which."""
    if screened.returned:
        what = f"put back what was taken for personal data: {screened.returned}"
        store.audit(by, what, subject, now)
