"""One message read: personal data, tone, urgency, and where it goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from threadpoolctl import threadpool_limits

from governance.committees import Committee
from governance.feedback import Destination, Reading, Urgency
from governance.reading.examples import Example
from governance.reading.personal_data import find, redact
from governance.reading.restricted import is_restricted
from governance.reading.router import Judgement, Router
from governance.reading.tone import tone
from governance.reading.urgency import urgency
from surveys.people import Level, Role


class Reader:
    """Reads messages for one district. Training takes a second or two and some 300 MB, so the
    service keeps it in a process of its own (``worker.ReadingRoom``)."""

    def __init__(self, router: Router, names: Collection[str] = ()) -> None:
        self.router = router
        self._names = frozenset(names)

    @classmethod
    def train(
        cls,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
    ) -> Reader:
        """``names``: the people of the roster ("Ada Byron"), to recognise them in messages.

        Examples are learned without the personal data in them, as they will be judged.
        """
        known = frozenset(names)
        plain = [replace(e, text=redact(e.text, find(e.text, known))) for e in examples]
        with threadpool_limits(limits=1):  # more threads fight for the cores: 10 s became 95 s
            return cls(Router.train(committees, plain), known)

    def read(self, text: str, role: Role, level: Level) -> Reading:
        """Read one message. The route is read from the text without personal data (so no name
        is ever learned as belonging to a committee); urgency from the original."""
        spans = find(text, self._names)
        redacted = redact(text, spans)
        judgement = self.router.judge(redacted, role, level)
        urgent = urgency(text)
        mood, polarity = tone(text)
        return Reading(
            redacted=redacted,
            spans=spans,
            tone=mood,
            polarity=polarity,
            urgency=urgent,
            destination=_destination(text, judgement, urgent),
            committees=judgement.likely,
            confidence=judgement.confidence,
        )


def _destination(text: str, judgement: Judgement, urgent: Urgency | None) -> Destination:
    if is_restricted(text):
        return Destination.RESTRICTED
    if urgent is not None and judgement.destination is Destination.NONE:
        return Destination.TRIAGE  # what may be an emergency is never filed away
    return judgement.destination
