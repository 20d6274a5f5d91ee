"""How well messages are read, by cross-validation: what the decision page and the tests print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from governance.committees import Committee
from governance.feedback import Destination, Span, Tone
from governance.reading.examples import Example
from governance.reading.personal_data import PLACEHOLDERS, find, redact
from governance.reading.reader import Reader
from governance.reading.router import NONE, Judgement
from governance.reading.tone import tone
from governance.reading.urgency import urgency


@dataclass(frozen=True, kw_only=True)
class Routing:
    """Shares 0..1 over ``messages``. ``hit``: the first choice is one of the true committees
    ("none" where there is none). ``in_scope`` and ``top3``: over those with a committee.
    ``routed``/``routed_right``: share sent to a committee, and of those how many rightly;
    ``filed``/``filed_right`` the same for out of scope; the rest went to triage or restricted.
    ``out_of_scope``: share of the out-of-scope messages of which "none" was the first choice.
    ``lost``: messages in no committee's channel, not in triage, not filed and not restricted."""

    messages: int
    hit: float
    in_scope: float
    top3: float
    routed: float
    routed_right: float
    filed: float
    filed_right: float
    out_of_scope: float
    restricted: int
    lost: int

    def line(self) -> str:
        return (
            f"{self.messages} messages: first choice {self.hit:.3f} (in scope {self.in_scope:.3f}, "
            f"top-3 {self.top3:.3f}, out of scope {self.out_of_scope:.3f}); "
            f"routed {self.routed:.3f} of which right {self.routed_right:.3f}; "
            f"filed {self.filed:.3f} of which right {self.filed_right:.3f}; "
            f"restricted {self.restricted}; lost {self.lost}"
        )


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """Of personal data: per kind (pieces found whole, pieces there), and the spans that touch
    nothing personal."""

    found: Mapping[str, tuple[int, int]]
    needless: int

    def recall(self, kind: str) -> float:
        """Share of the pieces of a kind found whole; 1.0 where there is none."""
        hit, there = self.found.get(kind, (0, 0))
        return hit / there if there else 1.0

    def line(self) -> str:
        parts = [f"{kind} {hit}/{there}" for kind, (hit, there) in sorted(self.found.items())]
        return f"personal data: {', '.join(parts)}; needless {self.needless}"


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The whole picture. ``across`` trains on one author's file and tests on the other's, both
    ways; ``folds`` is five-fold over all. Tone, urgency and personal data are not trained.
    ``urgent``: (found with the right kind, there); ``false_alarms`` among the rest."""

    across: tuple[Routing, Routing]
    folds: Routing
    tone_f1: float
    urgent: tuple[int, int]
    false_alarms: int
    personal: Recognition

    def lines(self) -> str:
        return "\n".join(
            (
                f"a -> b  {self.across[0].line()}",
                f"b -> a  {self.across[1].line()}",
                f"5-fold  {self.folds.line()}",
                f"tone macro-F1 {self.tone_f1:.3f}",
                f"urgent {self.urgent[0]}/{self.urgent[1]}, false alarms {self.false_alarms}",
                self.personal.line(),
            )
        )


def evaluate(
    committees: Sequence[Committee], a: Sequence[Example], b: Sequence[Example]
) -> Evaluation:
    """Measure on two files of labelled messages by different authors (some seconds)."""
    both = [*a, *b]
    urgent, false_alarms = _urgent(both)
    return Evaluation(
        across=(cross(committees, a, b), cross(committees, b, a)),
        folds=folds(committees, both),
        tone_f1=_tone_f1(both),
        urgent=urgent,
        false_alarms=false_alarms,
        personal=recognition([(e.text, personal_spans(e)) for e in both]),
    )


def cross(
    committees: Sequence[Committee], train: Sequence[Example], test: Sequence[Example]
) -> Routing:
    """Train on one set, test on another."""
    return _routing(test, _read(Reader.train(committees, train), test))


def folds(committees: Sequence[Committee], examples: Sequence[Example], k: int = 5) -> Routing:
    """k-fold cross-validation with a fixed shuffle."""
    fold = np.random.default_rng(1).permutation(len(examples)) % k
    read: dict[int, tuple[Judgement, Destination]] = {}
    for held in range(k):
        reader = Reader.train(
            committees, [e for e, f in zip(examples, fold, strict=True) if f != held]
        )
        mine = [i for i, f in enumerate(fold) if f == held]
        read |= dict(zip(mine, _read(reader, [examples[i] for i in mine]), strict=True))
    return _routing(examples, [read[i] for i in range(len(examples))])


def _read(reader: Reader, examples: Sequence[Example]) -> list[tuple[Judgement, Destination]]:
    out = []
    for e in examples:
        judgement = reader.router.judge(redact(e.text, find(e.text)), e.role, e.level)
        out.append((judgement, reader.read(e.text, e.role, e.level).destination))
    return out


def _routing(examples: Sequence[Example], read: Sequence[tuple[Judgement, Destination]]) -> Routing:
    truth = [frozenset(e.committees) or frozenset({NONE}) for e in examples]
    hits = [j.first in t for (j, _), t in zip(read, truth, strict=True)]
    inside = [bool(e.committees) for e in examples]
    top3 = [
        bool({x.committee for x in j.likely[:3]} & t)
        for (j, _), t, within in zip(read, truth, inside, strict=True)
        if within
    ]
    went = Counter(destination for _, destination in read)

    def right(where: Destination) -> float:
        mine = [hit for (_, d), hit in zip(read, hits, strict=True) if d is where]
        return _share(mine)

    return Routing(
        messages=len(examples),
        hit=_share(hits),
        in_scope=_share([h for h, i in zip(hits, inside, strict=True) if i]),
        top3=_share(top3),
        routed=went[Destination.COMMITTEE] / len(examples),
        routed_right=right(Destination.COMMITTEE),
        filed=went[Destination.NONE] / len(examples),
        filed_right=right(Destination.NONE),
        out_of_scope=_share([h for h, i in zip(hits, inside, strict=True) if not i]),
        restricted=went[Destination.RESTRICTED],
        lost=len(examples) - sum(went[d] for d in Destination),
    )


def _share(values: Sequence[bool]) -> float:
    """Share of true values; 1.0 of none (nothing went wrong)."""
    return sum(values) / len(values) if values else 1.0


def _tone_f1(examples: Sequence[Example]) -> float:
    pairs = [(e.sentiment, tone(e.text)[0]) for e in examples if e.sentiment is not None]
    scores = []
    for one in Tone:
        both = sum(true is one and read is one for true, read in pairs)
        either = sum(true is one for true, _ in pairs) + sum(read is one for _, read in pairs)
        scores.append(2 * both / either if either else 1.0)
    return sum(scores) / len(scores)


def _urgent(examples: Sequence[Example]) -> tuple[tuple[int, int], int]:
    read = [(e.urgent, urgency(e.text)) for e in examples]
    there = [(true, found) for true, found in read if true is not None]
    found = sum(true is found for true, found in there)
    false_alarms = sum(true is None and found is not None for true, found in read)
    return (found, len(there)), false_alarms


def personal_spans(example: Example) -> tuple[Span, ...]:
    """The labelled pieces of personal data of a message, wherever they stand in it."""
    return tuple(
        Span(start=m.start(), end=m.end(), kind=kind)
        for text, kind in dict.fromkeys(example.personal)
        for m in re.finditer(re.escape(text), example.text)
    )


def recognition(texts: Sequence[tuple[str, Sequence[Span]]]) -> Recognition:
    """Compare what is found in texts with where personal data is. A piece counts as found when
    all of it would be redacted, whatever kind it was taken for. Kinds that the product does not
    promise to find (diagnoses, user names, IP addresses) are left out."""
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    needless = 0
    for text, spans in texts:
        got = find(text)
        for span in spans:
            if span.kind in PLACEHOLDERS:
                there[span.kind] += 1
                covered = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in got)
                found[span.kind] += covered >= span.end - span.start
        needless += sum(not any(s.start < t.end and t.start < s.end for t in spans) for s in got)
    return Recognition(
        found={kind: (found[kind], n) for kind, n in there.items()}, needless=needless
    )
