"""Which committee a message is for, how sure that is, and when to leave it to a person.

One linear model over three views of a text (words, pieces of words, and the ideas of
``vocabulary``), learned from the committees' charters and from labelled examples. "None of
them" is a class of its own. The probabilities are calibrated and the thresholds chosen on
predictions for messages the model had not seen (out of fold).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.committees import Committee
from governance.feedback import Destination, Likely
from governance.reading.examples import Example
from governance.reading.learning import Features, Floats, Model, softmax
from surveys.people import Level, Role

NONE = "none"
"""The class of what is out of scope."""

ROUTED_RIGHT = 0.85
"""Share of routed messages that must be right, out of fold: a committee that gets others' mail
stops reading its own."""

FILED_RIGHT = 0.93
"""The same for messages filed as out of scope: nobody looks at them again."""

LEAST_JUDGED = 20
"""Fewest out-of-fold messages above a threshold before it is believed."""

NEVER = 2.0
"""A threshold that no probability reaches."""

_FOLDS = 5
_SECOND_COMMITTEE = 0.5
_CHARTER_PHRASE = 0.3


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """``likely``: the committees that may take it, likeliest first. ``none``: the probability
    that it is for none of them. ``first``: the likeliest of all, a key or ``NONE``."""

    likely: tuple[Likely, ...]
    none: float
    destination: Destination

    @property
    def first(self) -> str:
        top = self.likely[0] if self.likely else None
        return NONE if top is None or self.none > top.probability else top.committee

    @property
    def confidence(self) -> float:
        """That the destination (for triage: the first committee) is right, 0..1."""
        if self.destination is Destination.NONE:
            return self.none
        return self.likely[0].probability if self.likely else 0.0


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A text to learn from; ``example`` is the index of the message it comes from (None: a
    charter)."""

    text: str
    label: str
    weight: float
    example: int | None


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Least calibrated probability to route to a committee, and to file as out of scope."""

    route: float = NEVER
    file: float = NEVER


class Router:
    """A trained router. Make one with ``train``."""

    def __init__(
        self,
        *,
        committees: Sequence[Committee],
        features: Features | None,
        classes: tuple[str, ...],
        weights: Floats,
        offsets: Floats,
    ) -> None:
        self._serves: Mapping[str, Level | None] = {c.key: c.serves for c in committees}
        self._features = features
        self._classes = classes
        self._weights = weights
        self._offsets = offsets
        self.temperature = 1.0
        self.thresholds = Thresholds()

    @classmethod
    def train(cls, committees: Sequence[Committee], examples: Sequence[Example]) -> Router:
        """Learn from charters and examples. Examples of unknown committees are left out. Without
        enough examples every message goes to triage, with the committees in order."""
        examples = _of_known(examples, {c.key for c in committees})
        rows = _rows(committees, examples)
        classes = tuple(sorted({row.label for row in rows}))
        if len(classes) < 2:
            nothing = np.zeros((0, len(classes)))
            offsets = np.zeros(len(classes))
            return cls(
                committees=committees,
                features=None,
                classes=classes,
                weights=nothing,
                offsets=offsets,
            )
        features = Features([row.text for row in rows])
        labels = np.array([classes.index(row.label) for row in rows])
        model = Model.fit(features.rotated, labels, _row_weights(rows), len(classes))
        router = cls(
            committees=committees,
            features=features,
            classes=classes,
            weights=features.unrotate(model.weights),
            offsets=model.offsets,
        )
        if examples:
            router._calibrate(rows, labels, examples)
        features.forget_texts()
        return router

    def judge(self, text: str, role: Role, level: Level) -> Judgement:
        """Which committee, how sure, and where to send it."""
        probabilities = self._probabilities(self._logits(text), role, level)
        likely = tuple(
            Likely(committee=key, probability=p)
            for key, p in sorted(probabilities.items(), key=lambda kp: (-kp[1], kp[0]))
            if key != NONE
        )
        none = probabilities.get(NONE, 0.0)
        return Judgement(likely=likely, none=none, destination=self._destination(likely, none))

    def _destination(self, likely: Sequence[Likely], none: float) -> Destination:
        top = likely[0].probability if likely else 0.0
        if none > top:
            return Destination.NONE if none >= self.thresholds.file else Destination.TRIAGE
        return Destination.COMMITTEE if top >= self.thresholds.route else Destination.TRIAGE

    def _open_to(self, role: Role, level: Level) -> NDArray[np.bool_]:
        """Per class, whether it may take what this author says: a school-level committee takes
        only what comes from its own schools (so nothing from the district office or the Board)."""
        serves = [self._serves.get(key) for key in self._classes]
        return np.array(
            [s is None or (s is level and role is not Role.BOARD) for s in serves], bool
        )

    def _logits(self, text: str) -> Floats:
        if self._features is None:
            return self._offsets
        found: Floats = self._features.transform(text) @ self._weights
        return found.ravel() + self._offsets

    def _probabilities(self, logits: Floats, role: Role, level: Level) -> dict[str, float]:
        open_to = np.flatnonzero(self._open_to(role, level))
        if not len(open_to):
            return {}
        shares = softmax(logits[open_to], self.temperature)
        return {self._classes[i]: float(p) for i, p in zip(open_to, shares, strict=True)}

    def _calibrate(self, rows: Sequence[_Row], labels: Any, examples: Sequence[Example]) -> None:
        """Choose temperature and thresholds on logits of messages that were held out."""
        if self._features is None or len(examples) < LEAST_JUDGED:
            return
        held_out = _held_out(
            self._features.rotated, rows, labels, len(examples), len(self._classes)
        )
        for at, example in enumerate(examples):  # what the author's level rules out
            held_out[at, ~self._open_to(example.role, example.level)] = -np.inf
        truths = np.array(
            [[key in (e.committees or (NONE,)) for key in self._classes] for e in examples]
        )
        self.temperature = min(
            (float(t) for t in np.geomspace(0.2, 3.0, 28)),
            key=lambda t: (
                -float(np.log(np.maximum((softmax(held_out, t) * truths).sum(1), 1e-9)).mean())
            ),
        )
        shares = softmax(held_out, self.temperature)
        first = shares.argmax(axis=1)
        right = truths[np.arange(len(examples)), first]
        files = np.array([self._classes[i] == NONE for i in first])
        judged = list(zip(shares.max(axis=1).tolist(), right.tolist(), files.tolist(), strict=True))
        self.thresholds = Thresholds(
            route=threshold([(c, hit) for c, hit, file in judged if not file], ROUTED_RIGHT),
            file=threshold([(c, hit) for c, hit, file in judged if file], FILED_RIGHT),
        )


def threshold(judged: Sequence[tuple[float, bool]], wanted: float) -> float:
    """The lowest confidence at and above which at least ``wanted`` of the judged (confidence,
    right) are right, with ``LEAST_JUDGED`` of them there; ``NEVER`` if there is none."""
    best, right = NEVER, 0
    ordered = sorted(judged, reverse=True)
    for n, (confidence, hit) in enumerate(ordered, start=1):
        right += hit
        if n >= LEAST_JUDGED and right / n >= wanted:
            best = confidence
    return best


def _of_known(examples: Sequence[Example], known: set[str]) -> list[Example]:
    """Examples with only known committees; one whose committees are all unknown says nothing."""
    kept = []
    for example in examples:
        keys = tuple(key for key in example.committees if key in known)
        if keys or not example.committees:
            kept.append(
                Example(text=example.text, role=example.role, level=example.level, committees=keys)
            )
    return kept


def _rows(committees: Sequence[Committee], examples: Sequence[Example]) -> list[_Row]:
    rows = []
    for i, example in enumerate(examples):
        for place, key in enumerate(example.committees or (NONE,)):
            weight = 1.0 if place == 0 else _SECOND_COMMITTEE
            rows.append(_Row(text=example.text, label=key, weight=weight, example=i))
    for c in committees:
        rows.append(_Row(text=f"{c.name}. {c.charter}", label=c.key, weight=1.0, example=None))
        rows += [
            _Row(text=phrase, label=c.key, weight=_CHARTER_PHRASE, example=None)
            for phrase in re.split(r"[.:;,]\s+", c.charter)
            if len(phrase) > 6
        ]
    return rows


def _row_weights(rows: Sequence[_Row]) -> Floats:
    return np.array([row.weight for row in rows])


def _held_out(rotated: Floats, rows: Sequence[_Row], labels: Any, n: int, classes: int) -> Floats:
    """Logits of each example by a model that saw neither it nor its fold (charters stay in)."""
    fold_of = np.random.default_rng(0).permutation(n) % _FOLDS
    fold = np.array([-1 if row.example is None else fold_of[row.example] for row in rows])
    first_row = np.full(n, -1)
    for at, row in enumerate(rows):
        if row.example is not None and first_row[row.example] < 0:
            first_row[row.example] = at
    weights = _row_weights(rows)
    logits = np.zeros((n, classes))
    for k in range(_FOLDS):
        train = fold != k
        model = Model.fit(rotated[train], labels[train], weights[train], classes)
        mine = fold_of == k
        logits[mine] = rotated[first_row[mine]] @ model.weights + model.offsets
    return logits
