"""How well messages are read: figures of what was read, beside what is true.

Who learns from what, and is tested on what, is in ``measuring``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from governance.feedback.model import Destination, Reading, Span, Urgency
from governance.reading.calibration import ROUTED_RIGHT
from governance.reading.examples import Example
from governance.reading.lessons import NONE
from governance.reading.personal_data import PLACEHOLDERS, find
from governance.reading.scores import (
    Pairs,
    calibration_by_chance,
    calibration_error,
    share,
    surest,
)


class Method(StrEnum):
    """What reads: ours, and the plain ones beside it."""

    READER = "reader"
    NAIVE_BAYES = "textblob_naive_bayes"
    WORDS = "tfidf_logistic_regression"
    POLARITY = "textblob_polarity"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was said of a message. ``first``: a committee or ``NONE``, with its probability;
    ``likely``: committees alone, likeliest first."""

    first: str
    confidence: float
    likely: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Routing:
    """Shares 0..1 over ``messages``, of which ``inside`` are for a
    committee. ``hit``: the first choice is one of the true committees
    ("none" where there is none). ``in_scope`` and ``top3``: over those with a committee.
    ``covered``: of those, how many can be sent to a committee, surest first, so that 90% of all
    that is sent is right. ``out_of_scope``: share of the out-of-scope messages of which "none" was
    the first choice. ``calibration``: see ``scores.calibration_error``; ``by_chance``: what it
    would be if every confidence were true (``scores.calibration_by_chance``)."""

    messages: int
    inside: int
    hit: float
    in_scope: float
    top3: float
    covered: float
    out_of_scope: float
    calibration: float
    by_chance: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """``routed``/``routed_right``: share sent to a committee, and of those how many rightly;
    ``filed``/``filed_right`` the same for out of scope; ``filed_of_out``: of the out-of-scope
    messages those that were filed. The rest went to triage or restricted. ``lost``: messages in no
    committee's channel, not in triage, not filed and not restricted."""

    routed: float
    routed_right: float
    filed: float
    filed_right: float
    filed_of_out: float
    restricted: int
    lost: int


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """Of personal data: per kind (pieces found whole, pieces there), the spans that touch nothing
    personal, and in how many of all messages there are such."""

    found: Mapping[str, tuple[int, int]]
    needless: int
    touched: int = 0
    messages: int = 0

    def recall(self, kind: str) -> float:
        """Share of the pieces of a kind found whole; 1.0 where there is none."""
        hit, there = self.found.get(kind, (0, 0))
        return hit / there if there else 1.0

    def line(self) -> str:
        parts = [f"{kind} {hit}/{there}" for kind, (hit, there) in sorted(self.found.items())]
        return f"personal data: {', '.join(parts)}; needless {self.needless}"


@dataclass(frozen=True, kw_only=True)
class Alarms:
    """Counts of messages: ``found`` of ``there`` urgent ones, ``kind_right`` of them also in what
    way; ``false`` alarms on ``others``."""

    there: int
    found: int
    kind_right: int
    others: int
    false: int


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Of one method. A routing, a tone (macro-F1) and pairs of duplicates for each set that was
    held out; None: not labelled, or the method does not read it. ``together``: of the messages of
    all sets, each as it was read in its own."""

    routing: tuple[Routing, ...] = ()
    together: Routing | None = None
    tone: tuple[float, ...] | None = None
    alarms: Alarms | None = None
    duplicates: tuple[Pairs, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The whole picture. ``sets``: the names of what was held out, each from a reader that had not
    learned from it. Personal data is not trained. ``decisions``: one for each set."""

    sets: tuple[str, ...]
    methods: Mapping[Method, Measured]
    decisions: tuple[Decisions, ...]
    personal: Recognition = field(default_factory=lambda: Recognition(found={}, needless=0))

    @property
    def reader(self) -> Measured:
        return self.methods[Method.READER]

    def lines(self) -> str:
        """What the tests print."""
        said = [
            f"{name}: {routing}\n{decided}"
            for name, routing, decided in zip(
                self.sets, self.reader.routing, self.decisions, strict=True
            )
        ]
        tones = self.reader.tone or ()
        return "\n".join(
            [*said, f"tone {tones}", f"{self.reader.alarms}", f"{self.reader.duplicates}"]
        )


# -- of routes ----------------------------------------------------------------------------------


def routing(examples: Sequence[Example], choices: Sequence[Choice]) -> Routing:
    """Figures of first choices, by whomever they are."""
    truth = [frozenset(e.committees) or frozenset({NONE}) for e in examples]
    hits = [c.first in t for c, t in zip(choices, truth, strict=True)]
    inside = [bool(e.committees) for e in examples]
    top3 = [bool({*c.likely[:3]} & t) for c, t in zip(choices, truth, strict=True)]
    return Routing(
        messages=len(examples),
        inside=sum(inside),
        hit=share(hits),
        in_scope=share(_where(hits, inside)),
        top3=share(_where(top3, inside)),
        covered=_covered(choices, hits, inside),
        out_of_scope=share(_where(hits, [not one for one in inside])),
        calibration=calibration_error(
            [(c.confidence, hit) for c, hit in zip(choices, hits, strict=True)]
        ),
        by_chance=calibration_by_chance([c.confidence for c in choices]),
    )


def _covered(choices: Sequence[Choice], hits: Sequence[bool], inside: Sequence[bool]) -> float:
    sent = [
        (choice.confidence, hit, within)
        for choice, hit, within in zip(choices, hits, inside, strict=True)
        if choice.first != NONE
    ]
    sent.sort(key=lambda one: -one[0])
    most = surest([(confidence, hit) for confidence, hit, _ in sent], ROUTED_RIGHT)
    return sum(within for _, _, within in sent[:most]) / max(1, sum(inside))


def decisions(examples: Sequence[Example], readings: Sequence[Reading]) -> Decisions:
    """Figures of where messages went."""
    went = Counter(reading.destination for reading in readings)
    out = [got for e, got in zip(examples, readings, strict=True) if not e.committees]
    routed = [
        got.committees[0].committee in e.committees
        for e, got in zip(examples, readings, strict=True)
        if got.destination is Destination.COMMITTEE
    ]
    filed = [
        not e.committees
        for e, got in zip(examples, readings, strict=True)
        if got.destination is Destination.NONE
    ]
    return Decisions(
        routed=len(routed) / len(examples),
        routed_right=share(routed),
        filed=len(filed) / len(examples),
        filed_right=share(filed),
        filed_of_out=share([got.destination is Destination.NONE for got in out]),
        restricted=went[Destination.RESTRICTED],
        lost=len(examples) - sum(went[d] for d in Destination),
    )


def _where(values: Sequence[bool], wanted: Sequence[bool]) -> list[bool]:
    return [value for value, yes in zip(values, wanted, strict=True) if yes]


# -- of urgency ---------------------------------------------------------------------------------


def alarms(true: Sequence[Urgency | None], read: Sequence[Urgency | bool | None]) -> Alarms:
    """Compare alarms with what is urgent. ``read``: True where a method knows no kinds."""
    there = [(one, got) for one, got in zip(true, read, strict=True) if one is not None]
    rest = [got for one, got in zip(true, read, strict=True) if one is None]
    return Alarms(
        there=len(there),
        found=sum(bool(got) for _, got in there),
        kind_right=sum(one is got for one, got in there),
        others=len(rest),
        false=sum(bool(got) for got in rest),
    )


# -- of personal data ---------------------------------------------------------------------------


def personal_spans(example: Example) -> tuple[Span, ...]:
    """The labelled pieces of personal data of a message, wherever they stand in it."""
    return tuple(
        Span(start=m.start(), end=m.end(), kind=kind)
        for text, kind in dict.fromkeys(example.personal)
        for m in re.finditer(re.escape(text), example.text)
    )


def recognition(
    texts: Sequence[tuple[str, Sequence[Span]]], names: Collection[str] = ()
) -> Recognition:
    """Compare what is found in texts with where personal data is. A piece counts as found when
    all of it would be redacted, whatever kind it was taken for. Kinds that the product does not
    promise to find (diagnoses, user names, IP addresses) are left out. ``names``: the roster's."""
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    needless = touched = 0
    known = frozenset(names)
    for text, spans in texts:
        got = find(text, known)
        for span in spans:
            if span.kind in PLACEHOLDERS:
                there[span.kind] += 1
                covered = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in got)
                found[span.kind] += covered >= span.end - span.start
        idle = sum(not any(s.start < t.end and t.start < s.end for t in spans) for s in got)
        needless += idle
        touched += idle > 0
    return Recognition(
        found={kind: (found[kind], n) for kind, n in there.items()},
        needless=needless,
        touched=touched,
        messages=len(texts),
    )
