"""Who must hear of a message now: patterns and what was learned from written emergencies.

Half of those who write of an emergency use no alarming word ("she gave me her hoodie and asked who
would feed her cat"), so a model reads what is meant and patterns read what is said. An alarm goes
to a person, who decides; nothing else follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from governance.feedback.model import Urgency
from governance.reading.against_rest import AgainstRest, Floats, Vectorise
from governance.reading.embedding import Vectors
from governance.reading.examples import Example
from governance.reading.exemplars import Exemplar, exemplars, pieces
from governance.reading.restricted import is_restricted
from governance.reading.urgency import every_kind, urgency

ALARM_ABOVE = -0.4
"""Log odds of any emergency. Chosen so that of ordinary messages, held-out written ones and those
of strangers alike, at most 3 in 100 are above it (docs/decisions/0040); a miss may cost more than a
responder's minute."""

ALARM_ABOVE_BY_WORDS = -1.1
"""The same without the embedding model."""

PIECE_ABOVE = 0.3
"""Log odds of danger to a person in one piece of a message (``pieces``). Higher than for the whole:
a message has many pieces. Chosen so that of the labelled ordinary messages no more than one in a
hundred raises an alarm by a piece alone (docs/decisions/0078)."""

PIECE_ABOVE_BY_WORDS = -0.7
"""The same without the embedding model."""

SENSITIVE_ABOVE = -1.2
"""Log odds of a sensitive matter, chosen so that 2 in 100 ordinary messages are above it."""

SENSITIVE_ABOVE_BY_WORDS = -1.5
"""The same without the embedding model."""

_LOOSENESS = 8.0

_KINDS = tuple(Urgency)


class UrgencyReader:
    """Reads urgency. Make one with ``train`` (a second or two)."""

    def __init__(self, model: AgainstRest, of_pieces: AgainstRest, threshold: float) -> None:
        self._model = model
        self._of_pieces = of_pieces
        self._threshold = threshold

    @classmethod
    def train(
        cls,
        vectors: Vectorise,
        labelled: Sequence[Example] = (),
        written: Sequence[Exemplar] | None = None,
    ) -> UrgencyReader:
        """Learn from what was written for it, and from a district's own labelled messages. Danger
        to a person in a piece of a message has a model of its own: training one model on both made
        it miss what is only hinted at."""
        given = exemplars() if written is None else written
        known = [(e.text, e.urgent) for e in given if e.urgent is not None]
        known += [(e.text, e.urgent or False) for e in labelled]
        texts = [text for text, _ in known]
        labels = [_KINDS.index(kind) if isinstance(kind, Urgency) else -1 for _, kind in known]
        rows = vectors(texts)
        clauses = [(e.text, e.urgent is Urgency.SAFETY) for e in pieces()]
        clauses += [(e.text, e.urgent is Urgency.SAFETY) for e in given if e.urgent is not None]
        said = [text for text, _ in clauses]
        of_said = vectors(said)
        with threadpool_limits(limits=1):
            model = AgainstRest(texts, rows, labels, looseness=_LOOSENESS)
            of_pieces = AgainstRest(
                said, of_said, [0 if there else -1 for _, there in clauses], looseness=_LOOSENESS
            )
        return cls(model, of_pieces, ALARM_ABOVE_BY_WORDS if rows is None else ALARM_ABOVE)

    def read(self, texts: Sequence[str], vectors: Vectors | None) -> list[Urgency | None]:
        """The kind of each message's emergency; None: none. ``vectors``: a row each."""
        odds = self.odds(texts, vectors)
        learned = any_of(odds) > self._threshold
        return [
            urgency(text) or (_KINDS[int(row.argmax())] if alarm else None)
            for text, row, alarm in zip(texts, odds, learned, strict=True)
        ]

    def kinds(
        self,
        text: str,
        vector: Vectors | None,
        parts: Sequence[str] = (),
        of_parts: Vectors | None = None,
    ) -> tuple[Urgency, ...]:
        """Every way in which a message is urgent, danger to a person first. ``vector``: the row of
        the text; ``parts``: what ``pieces_of`` makes of it, with a row each. A piece may
        show danger that neither the patterns nor the whole message show. A message without pieces
        counts as one piece."""
        found = [*self.read([text], vector), *every_kind(text)]
        if self._in_a_piece(parts or [text], of_parts if parts else vector):
            found.append(Urgency.SAFETY)
        first = (Urgency.SAFETY,) if Urgency.SAFETY in found else ()
        return tuple(dict.fromkeys(kind for kind in (*first, *found) if kind is not None))

    def _in_a_piece(self, parts: Sequence[str], vectors: Vectors | None) -> bool:
        odds = self._of_pieces.scores(parts, vectors)[:, 0]
        above = PIECE_ABOVE_BY_WORDS if vectors is None else PIECE_ABOVE
        return bool((odds > above).any())

    def alarms(self, texts: Sequence[str], vectors: Vectors | None) -> list[bool]:
        """Whether what was learned raises an alarm, whatever the patterns say."""
        raised: list[bool] = (any_of(self.odds(texts, vectors)) > self._threshold).tolist()
        return raised

    def odds(self, texts: Sequence[str], vectors: Vectors | None) -> Floats:
        """Log odds of each kind (messages × kinds), by what was learned alone."""
        return self._model.scores(texts, vectors)


def any_of(odds: Floats) -> Floats:
    """Log odds of any of the kinds, as if each message were of one at most."""
    found: Floats = np.logaddexp.reduce(odds, axis=1)
    return found


class RestrictedReader:
    """Reads whether a message is sensitive and not about technology: for the one named reader.
    Make one with ``train``."""

    def __init__(self, model: AgainstRest, threshold: float) -> None:
        self._model = model
        self._threshold = threshold

    @classmethod
    def train(
        cls, vectors: Vectorise, written: Sequence[Exemplar] | None = None
    ) -> RestrictedReader:
        """Learn from what was written for it. A district's own such messages are kept from
        everything that learns."""
        given = exemplars() if written is None else written
        known = [(e.text, e.sensitive) for e in given if e.sensitive is not None]
        texts = [text for text, _ in known]
        labels = [0 if there else -1 for _, there in known]
        rows = vectors(texts)
        with threadpool_limits(limits=1):
            model = AgainstRest(texts, rows, labels, looseness=_LOOSENESS)
        return cls(model, SENSITIVE_ABOVE_BY_WORDS if rows is None else SENSITIVE_ABOVE)

    def read(self, texts: Sequence[str], vectors: Vectors | None) -> list[bool]:
        """Whether each message is for the restricted queue. ``vectors``: a row each."""
        odds = self.odds(texts, vectors)
        return [
            is_restricted(text) or bool(above > self._threshold)
            for text, above in zip(texts, odds, strict=True)
        ]

    def odds(self, texts: Sequence[str], vectors: Vectors | None) -> Floats:
        """Log odds that each message is sensitive, by what was learned alone."""
        found: Floats = self._model.scores(texts, vectors)[:, 0]
        return found
