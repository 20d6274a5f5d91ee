"""One message read: personal data, tone, urgency, and where it goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from threadpoolctl import threadpool_limits

from core.people import Level, Role
from governance.committees.model import Committee
from governance.feedback.model import Destination, Reading, Urgency
from governance.reading.alarms import RestrictedReader, UrgencyReader
from governance.reading.embedding import Vectors, available, embed, embed_within
from governance.reading.examples import Example
from governance.reading.fixing import FixingReader
from governance.reading.personal_data import find, redact
from governance.reading.pieces import pieces_of
from governance.reading.router import Judgement, Router
from governance.reading.tone import ToneReader, aspects_of, polarity
from governance.reading.written import VectorStore

REMEMBERED = 500
"""So many corrections, the newest, count by themselves."""


@dataclass(frozen=True, kw_only=True)
class _Lessons:
    committees: tuple[Committee, ...] = ()
    examples: tuple[Example, ...] = ()
    corrections: tuple[Example, ...] = ()


class Reader:
    """Reads messages for one district. Training takes a second or two and some 300 MB, so the
    service keeps it in a process of its own (``worker.ReadingRoom``)."""

    def __init__(
        self,
        router: Router,
        names: Collection[str] = (),
        *,
        urgent: UrgencyReader,
        restricted: RestrictedReader,
        tones: ToneReader,
        fixing: FixingReader | None = None,
        lessons: _Lessons | None = None,
        vectors: VectorStore | None = None,
    ) -> None:
        self.router = router
        self._names = frozenset(names)
        self._urgent = urgent
        self._restricted = restricted
        self._tones = tones
        self._fixing = fixing or FixingReader()
        self._lessons = lessons or _Lessons()
        self._vectors = vectors or VectorStore()

    @classmethod
    def train(
        cls,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
        corrections: Sequence[Example] = (),
        *,
        vectors: VectorStore | None = None,
    ) -> Reader:
        """``names``: the people of the roster ("Ada Byron"), to recognise them in messages.
        ``corrections``: see ``correct``. ``vectors``: where several readers share them.

        The router learns examples without the personal data in them, as it will judge them.
        """
        known = frozenset(names)
        plain = tuple(replace(e, text=redact(e.text, find(e.text, known))) for e in examples)
        lessons = _Lessons(committees=tuple(committees), examples=plain)
        vectors = vectors or VectorStore()
        with threadpool_limits(limits=1):  # more threads fight for the cores: 10 s became 95 s
            reader = cls(
                _trained(lessons, vectors),
                known,
                urgent=UrgencyReader.train(vectors.of, examples),
                restricted=RestrictedReader.train(vectors.of),
                tones=ToneReader.train(vectors.of, examples),
                fixing=FixingReader.train(vectors.of),
                lessons=lessons,
                vectors=vectors,
            )
        reader.correct(corrections)
        return reader

    def correct(self, corrections: Sequence[Example]) -> None:
        """What people put right: all of it that holds, the newest first, each as redacted text,
        role, level and the committees it is for (none: out of scope). It counts from the next
        message on. It stays beside what was learned: mixed into that, it would no longer show
        which themes are handled elsewhere. Only without the embedding model, where nobody can tell
        what is like it, everything is learned anew (some seconds)."""
        with threadpool_limits(limits=1):  # as above
            beside = not self._lessons.corrections
            if beside and self.router.remember(corrections[:REMEMBERED]):
                return
            self._lessons = replace(self._lessons, corrections=tuple(corrections))
            self.router = _trained(self._lessons, self._vectors)

    def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        """Read one message. The route is read from the text without personal data (so no name
        is ever learned as belonging to a committee); what else there is to read, from the
        original. Both have one vector where nothing was taken out."""
        return self.judged(text, role, level)[1]

    def theme(self, redacted: str) -> str:
        """The theme that a text without personal data is on; "" where it is on none."""
        return next(iter(self.router.judge(redacted, None, None).themes), "")

    def alarms(self, text: str) -> tuple[Urgency, ...]:
        """``Reading.alarms`` of the message, without reading what else there is in it."""
        return self._kinds(text, embed([text]) if available() else None)

    def _kinds(self, text: str, vector: Vectors | None) -> tuple[Urgency, ...]:
        """Every way in which a message is urgent: the whole of it, and each piece by itself."""
        pieces = pieces_of(text)
        rows = embed(pieces) if pieces and vector is not None else None
        return self._urgent.kinds(text, vector, pieces, rows)

    def judged(
        self, text: str, role: Role | None, level: Level | None
    ) -> tuple[Judgement, Reading]:
        """As ``read``, with the judgement that its route is from."""
        spans = find(text, self._names)
        redacted = redact(text, spans)
        parts = aspects_of(redacted)
        meant, vector, of_parts = _vectors_of(redacted, parts, text)
        judgement = self.router.judge(redacted, role, level, meant)
        urgent = self._kinds(text, vector)
        restricted = self._restricted.read([text], vector)[0]
        return judgement, Reading(
            redacted=redacted,
            spans=spans,
            tone=self._tones.read([text], vector)[0],
            polarity=polarity(text),
            aspects=self._tones.aspects(redacted, parts, of_parts),
            urgency=urgent[0] if urgent else None,
            destination=_destination(restricted, judgement, urgent),
            committees=judgement.likely,
            confidence=judgement.confidence,
            themes=judgement.themes,
            needs_fixing=self._fixing.read(text, vector),
            also_urgent=urgent[1:],
        )


def _vectors_of(
    redacted: str, parts: Sequence[tuple[int, int]], text: str
) -> tuple[Vectors | None, Vectors | None, Vectors | None]:
    """A row of the redacted text, one of the original, and one of each part of the redacted; None
    without the embedding model."""
    if not available():
        return None, None, None
    beside = [] if redacted == text else [text]
    rows, of_parts = embed_within(redacted, parts, beside=beside)
    return rows[:1], rows[-1:], of_parts


def _trained(lessons: _Lessons, vectors: VectorStore) -> Router:
    with threadpool_limits(limits=1):  # as above
        return Router.train(
            lessons.committees, lessons.examples, corrections=lessons.corrections, vectors=vectors
        )


def _destination(
    restricted: bool, judgement: Judgement, urgent: Collection[Urgency]
) -> Destination:
    """A person in danger is one person's to read, whatever else the message is about. What else may
    be an emergency is never filed away."""
    if restricted or Urgency.SAFETY in urgent:
        return Destination.RESTRICTED
    if urgent and judgement.destination is Destination.NONE:
        return Destination.TRIAGE
    return judgement.destination
