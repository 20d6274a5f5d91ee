"""Measuring without flattering: each message is read by a reader that has not learned from it.

Beside our reader two plain methods learn from the very same messages (labelled ones of the other
parts, those that come with the reader, charters) and read the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from governance.committees.model import Committee
from governance.feedback.model import Reading, Tone, Urgency
from governance.reading.duplicates import groups
from governance.reading.evaluation import (
    Alarms,
    Choice,
    Evaluation,
    Measured,
    Method,
    Recognition,
    alarms,
    decisions,
    personal_spans,
    recognition,
    routing,
)
from governance.reading.examples import Example
from governance.reading.exemplars import exemplars
from governance.reading.labelled import Label, Labelled, Part
from governance.reading.lessons import NONE, rows_of
from governance.reading.personal_data import find, redact
from governance.reading.plain import NaiveBayes, Plain, WordRegression, groups_by_words
from governance.reading.reader import Reader
from governance.reading.router import Judgement
from governance.reading.scores import Pairs, macro_f1, pairs
from governance.reading.tone import tone as by_polarity
from governance.reading.written import VectorStore, written

Step = Callable[[str], None]
"""Is told what is being done now."""

PLAIN: Mapping[Method, Callable[[Sequence[str], Sequence[str]], Plain]] = {
    Method.NAIVE_BAYES: NaiveBayes,
    Method.WORDS: WordRegression,
}

_CALM = "calm"
_URGENT = "urgent"
_COSINES = tuple(at / 20 for at in range(3, 19))

_One = TypeVar("_One")


@dataclass(kw_only=True)
class _Said:
    """What one method said of each message, in the order of the parts."""

    choices: list[Choice] = field(default_factory=list)
    tones: list[Tone] = field(default_factory=list)
    urgencies: list[Urgency | bool | None] = field(default_factory=list)


def steps(parts: Sequence[Part], *, beside: bool) -> int:
    """How often ``measure`` tells what it is doing."""
    return len(parts) * (2 + (len(PLAIN) if beside else 0)) + 1


def measure(
    committees: Sequence[Committee],
    parts: Sequence[Part],
    names: Collection[str] = (),
    *,
    pooled: bool = False,
    beside: bool = True,
    doing: Step = lambda _: None,
) -> Evaluation:
    """Read each part after learning from the others (some ten seconds a part). ``names``: the
    roster's. ``pooled``: the parts are folds of one file, and figures are of all of it; else of
    each part. ``beside``: let the plain methods read, too."""
    vectors = VectorStore()
    known = frozenset(names)
    said: dict[Method, _Said] = {Method.READER: _Said()}
    if beside:
        said |= {method: _Said() for method in (*PLAIN, Method.POLARITY)}
    readings: list[Reading] = []
    for part in parts:
        messages = [one.example for one in part.messages]
        learned = [one for other in parts if other is not part for one in other.messages]
        doing(f"{part.name}: learning from the rest")
        reader = Reader.train(committees, [one.example for one in learned], known, vectors=vectors)
        doing(f"{part.name}: reading")
        judged = [reader.judged(e.text, e.role, e.level) for e in messages]
        readings += [reading for _, reading in judged]
        _hear(said[Method.READER], judged)
        if beside:
            _plainly(said, committees, learned, messages, known, _of(part, doing))
    doing("duplicates")
    return _evaluation(parts, pooled, said, readings, known, vectors)


def _of(part: Part, doing: Step) -> Step:
    return lambda what: doing(f"{part.name}: {what}")


def _hear(said: _Said, judged: Iterable[tuple[Judgement, Reading]]) -> None:
    for judgement, reading in judged:
        likely = judgement.likely
        keys = tuple(one.committee for one in likely)
        said.choices.append(Choice(first=judgement.first, confidence=judgement.sure, likely=keys))
        said.tones.append(reading.tone)
        said.urgencies.append(reading.urgency)


# -- the plain methods --------------------------------------------------------------------------


def _plainly(
    said: Mapping[Method, _Said],
    committees: Sequence[Committee],
    learned: Sequence[Labelled],
    messages: Sequence[Example],
    names: Collection[str],
    doing: Step,
) -> None:
    routes = _routes(committees, [one.example for one in learned], names)
    tones = _tones(learned)
    urgent = _urgencies(learned)
    texts = [e.text for e in messages]
    redacted = [redact(text, find(text, names)) for text in texts]
    for method, learn in PLAIN.items():
        doing(method.value.replace("_", " "))
        said[method].choices += map(_choice, learn(*routes).shares(redacted))
        said[method].tones += [Tone(_likeliest(one)) for one in learn(*tones).shares(texts)]
        found = [_likeliest(one) == _URGENT for one in learn(*urgent).shares(texts)]
        said[method].urgencies += found
    said[Method.POLARITY].tones += [by_polarity(text)[0] for text in texts]


def _routes(
    committees: Sequence[Committee], examples: Sequence[Example], names: Collection[str]
) -> tuple[list[str], list[str]]:
    """Texts and the main committee of each: all that the router learns from."""
    plain = [replace(e, text=redact(e.text, find(e.text, names))) for e in examples]
    rows = rows_of(committees, plain, written())
    return [row.text for row in rows], [
        max(row.committees, key=lambda key: row.committees[key]) for row in rows
    ]


def _tones(learned: Sequence[Labelled]) -> tuple[list[str], list[str]]:
    known = [(e.text, e.tone.value) for e in exemplars() if e.tone is not None]
    own = [one.example for one in learned if Label.TONE in one.labels]
    known += 2 * [(e.text, e.sentiment.value) for e in own if e.sentiment is not None]
    return [text for text, _ in known], [mood for _, mood in known]


def _urgencies(learned: Sequence[Labelled]) -> tuple[list[str], list[str]]:
    known = [(e.text, bool(e.urgent)) for e in exemplars() if e.urgent is not None]
    own = [one.example for one in learned if Label.URGENT in one.labels]
    known += [(e.text, e.urgent is not None) for e in own]
    return [text for text, _ in known], [_URGENT if there else _CALM for _, there in known]


def _choice(shares: Mapping[str, float]) -> Choice:
    ordered = sorted(shares, key=lambda key: (-shares[key], key))
    likely = tuple(key for key in ordered if key != NONE)
    return Choice(first=ordered[0], confidence=shares[ordered[0]], likely=likely)


def _likeliest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda key: shares[key])


# -- the figures --------------------------------------------------------------------------------


def _evaluation(
    parts: Sequence[Part],
    pooled: bool,
    said: Mapping[Method, _Said],
    readings: Sequence[Reading],
    names: Collection[str],
    vectors: VectorStore,
) -> Evaluation:
    messages = [one for part in parts for one in part.messages]
    held = _sets(parts, pooled)
    personal = [m.example for m in messages if Label.PERSONAL in m.labels]
    measured = {method: _measured(messages, held, one) for method, one in said.items()}
    for method, found in _duplicates(messages, held, readings, vectors).items():
        if method in measured:
            measured[method] = replace(measured[method], duplicates=found)
    return Evaluation(
        sets=("all",) if pooled else tuple(part.name for part in parts),
        methods=measured,
        decisions=tuple(decisions([m.example for m in messages[at]], readings[at]) for at in held),
        personal=recognition([(e.text, personal_spans(e)) for e in personal], names)
        if personal
        else Recognition(found={}, needless=0),
    )


def _sets(parts: Sequence[Part], pooled: bool) -> list[slice]:
    """Where the messages are over which a figure is made."""
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part.messages))
    return [slice(0, ends[-1])] if pooled else [*map(slice, ends, ends[1:])]


def _measured(messages: Sequence[Labelled], held: Sequence[slice], said: _Said) -> Measured:
    routes = [
        routing([m.example for m in messages[at]], said.choices[at]) for at in held if said.choices
    ]
    tones = [
        macro_f1([(m.example.sentiment, got) for m, got in known], [*Tone])
        for at in held
        if (known := _labelled(messages[at], said.tones[at], Label.TONE))
    ]
    return Measured(
        routing=tuple(routes),
        together=routing([m.example for m in messages], said.choices) if routes else None,
        tone=tuple(tones) or None,
        alarms=_alarms(messages, said),
    )


def _alarms(messages: Sequence[Labelled], said: _Said) -> Alarms | None:
    known = _labelled(messages, said.urgencies, Label.URGENT) if said.urgencies else []
    if not known:
        return None
    return alarms([m.example.urgent for m, _ in known], [got for _, got in known])


def _labelled(
    messages: Sequence[Labelled], got: Sequence[_One], label: Label
) -> list[tuple[Labelled, _One]]:
    return [(m, one) for m, one in zip(messages, got, strict=True) if label in m.labels]


def _duplicates(
    messages: Sequence[Labelled],
    held: Sequence[slice],
    readings: Sequence[Reading],
    vectors: VectorStore,
) -> dict[Method, tuple[Pairs, ...]]:
    """Beside ours TF-IDF, at whichever cosine suits it best on these very messages."""
    ours, plain = [], []
    for at in held:
        known = _labelled(messages[at], readings[at], Label.MATTER)
        if not known:
            continue
        texts = [reading.redacted for _, reading in known]
        true = [m.matter for m, _ in known]
        ours.append(pairs(groups(texts, vectors.of(texts)), true))
        tried = [pairs(groups_by_words(texts, cosine), true) for cosine in _COSINES]
        plain.append(max(tried, key=lambda one: one.f1))
    if not ours:
        return {}
    return {Method.READER: tuple(ours), Method.WORDS: tuple(plain)}
