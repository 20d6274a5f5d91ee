"""Which committee a message is for, how sure that is, and when to leave it to a person.

Two readings of the same likenesses are put together: one says at once which committee a message
is for, the other which theme it is on, and with that who takes the theme. "None of them" is a
class of both. Where the two unlike readings agree, the message is mostly theirs. The
probabilities are calibrated and the thresholds chosen on what would have been said of known
messages had they not been known (out of sample).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.people import Level, Role
from governance.committees.model import Committee
from governance.feedback.model import Destination, Likely
from governance.reading.calibration import (
    LEAST_JUDGED,
    Calibration,
    Thresholds,
    calibrated,
    promised,
)
from governance.reading.embedding import Vectors, available, embed
from governance.reading.examples import Example
from governance.reading.learning import Learned, Likeness, Ridge, Warmth, softmax, warmth
from governance.reading.lessons import NONE, Classes, Row, Source, numbers, rows_of
from governance.reading.memory import Memory
from governance.reading.moving import STRAY, as_handled
from governance.reading.wording import Floats
from governance.reading.written import VectorStore, written

LEAST_OWN = 100
"""Fewest labelled messages of a district's own before it is measured by those alone."""

LEAST_THEME = 0.2
"""A theme that is less likely is not said of a message."""

_GUESSES = 4
"""Rounds in which the themes of labelled messages, of which only the committee is known, are
guessed from everything else; more change nothing."""

_OFFSET = 0.05
"""Taken from every label: what is like nothing that is known is of no class."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """``likely``: the committees that may take it, likeliest first. ``none``: the probability
    that it is for none of them. ``first``: the likeliest of all, a key or ``NONE``. ``confidence``:
    that the destination (for triage: the first committee) is right, 0..1; ``sure``: that the first
    is. ``themes``: what it is on, likeliest first."""

    likely: tuple[Likely, ...]
    none: float
    destination: Destination
    confidence: float = 0.0
    sure: float = 0.0
    themes: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        top = self.likely[0] if self.likely else None
        return NONE if top is None or self.none > top.probability else top.committee


class Router:
    """A trained router. Make one with ``train``."""

    def __init__(self, classes: Classes, vectors: VectorStore) -> None:
        self.classes = classes
        self.thresholds = Thresholds()
        self.warmth = Warmth()
        self.calibration = Calibration()
        self._vectors = vectors
        self._likeness: Likeness | None = None
        self._pulls: Floats = np.zeros((0, len(classes.committees)), np.float32)
        self._moved = self._pulls
        self._theme_pulls: Floats | None = None
        self._of_themes: Floats | None = None
        self._memory: Memory | None = None

    @classmethod
    def train(
        cls,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        *,
        corrections: Sequence[Example] = (),
        lessons: Sequence[Example] | None = None,
        vectors: VectorStore | None = None,
    ) -> Router:
        """Learn from charters, from labelled examples, from what was put right, and from the
        messages that come with the reader (``lessons``, where they are others). Examples of
        unknown committees are left out. Without messages to judge itself by it leaves everything
        to triage, in order."""
        shipped = written() if lessons is None else lessons
        rows = rows_of(committees, examples, shipped, corrections)
        classes = Classes(committees, none=any(NONE in row.committees for row in rows))
        router = cls(classes, vectors or VectorStore())
        if len(classes.committees) > 1:
            router._fit(rows)
        return router

    def judge(
        self, text: str, role: Role | None, level: Level | None, vector: Vectors | None = None
    ) -> Judgement:
        """Which committee, how sure, and where to send it. ``vector``: the text's, one row (made
        here where it is not given)."""
        open_to = self.classes.open_to(role, level)
        if not open_to.any():
            return Judgement(likely=(), none=0.0, destination=Destination.TRIAGE)
        committees, themes = self._scores(text, self._vector(text, vector))
        logs = self._logs(committees, themes, open_to[None])
        shares = self.calibration.of(logs, none=self._files)[0]
        named = zip(self.classes.committees, shares.tolist(), open_to, strict=True)
        found = {key: p for key, p, may in named if may}
        none = found.pop(NONE, 0.0)
        likely = tuple(
            Likely(committee=key, probability=p)
            for key, p in sorted(found.items(), key=lambda kp: (-kp[1], kp[0]))
        )
        destination = self._destination(likely, none)
        files = destination is Destination.NONE
        top = likely[0].probability if likely else 0.0
        return Judgement(
            likely=likely,
            none=none,
            destination=destination,
            confidence=self.calibration.sure(none if files else top),
            sure=self.calibration.sure(max(none, top)),
            themes=() if files else self._themes(themes),
        )

    def _vector(self, text: str, given: Vectors | None) -> Vectors | None:
        return embed([text]) if given is None and available() else given

    def _destination(self, likely: Sequence[Likely], none: float) -> Destination:
        top = likely[0].probability if likely else 0.0
        if none > top:
            return Destination.NONE if none >= self.thresholds.file else Destination.TRIAGE
        return Destination.COMMITTEE if top >= self.thresholds.route else Destination.TRIAGE

    def _themes(self, scores: Floats | None) -> tuple[str, ...]:
        if scores is None:
            return ()
        shares = softmax(scores[0], self.warmth.themes)
        order = np.argsort(-shares, kind="stable")
        names = [self.classes.themes[at] for at in order if shares[at] >= LEAST_THEME]
        return tuple(name for name in names if name != NONE)

    # -- scores and probabilities -------------------------------------------------------------

    def _scores(self, text: str, vector: Vectors | None) -> tuple[Floats, Floats | None]:
        """Of committees, and of themes where a district says who takes them; one row each."""
        if self._likeness is None:
            return np.zeros((1, len(self.classes.committees)), np.float32), None
        alike = self._likeness.to(text, vector)
        committees = alike @ self._moved
        themes = None if self._theme_pulls is None else alike @ self._theme_pulls
        if self._memory is None or vector is None:
            return committees, themes
        more, of_themes = self._memory.of(vector)
        if themes is not None and of_themes is not None:
            themes = themes + of_themes
        return committees + more, themes

    def _logs(
        self, committees: Floats, themes: Floats | None, open_to: NDArray[np.bool_]
    ) -> Floats:
        """Logs of the probabilities of committees, a message a row, before they are calibrated:
        the geometric mean of both readings, closed classes left out."""
        shares = softmax(np.where(open_to, committees, -np.inf), self.warmth.committees)
        if themes is not None:
            theirs = softmax(themes, self.warmth.themes)
            shares = np.sqrt(shares * self.classes.of_themes(theirs, open_to))
        with np.errstate(divide="ignore"):
            found: Floats = np.log(shares)
            return found

    # -- what was put right -------------------------------------------------------------------

    def remember(self, corrections: Sequence[Example]) -> bool:
        """Go by these corrections from the next message on, and by no others but those that were
        learned. False: there is no embedding model to tell what is like them; learn anew."""
        self._memory = None
        self._move([], None)
        if not corrections or self._likeness is None:
            return True
        vectors = self._vectors.of([one.text for one in corrections])
        if vectors is None:
            return False
        alike = np.concatenate(
            [
                self._likeness.to(one.text, vector[None])
                for one, vector in zip(corrections, vectors, strict=True)
            ]
        )
        themes = None if self._theme_pulls is None else alike @ self._theme_pulls
        self._move(corrections, themes)
        right = numbers([self._put(one) for one in corrections], self.classes.committees)
        self._memory = Memory(
            vectors=vectors,
            committees=np.asarray(right - alike @ self._moved, np.float32),
            themes=None if themes is None else self._missed(right, themes),
        )
        return True

    def _move(self, corrections: Sequence[Example], themes: Floats | None) -> None:
        """Bring themes to whoever takes them as people have it. What the written messages on them
        say at once of committees goes along: it follows from whoever takes what, in one product."""
        self.classes.handled, self._moved = self.classes.takes, self._pulls
        went = [next(iter(self._put(one)), NONE) for one in corrections]
        told = np.flatnonzero([key != NONE for key in went])
        if themes is None or self._of_themes is None or not len(told):
            return
        at = np.array([self.classes.committees.index(went[one]) for one in told], np.intp)
        shares = softmax(themes[told], self.warmth.themes)
        self.classes.handled = as_handled(self.classes.takes, shares, at)
        change = self.classes.handled - self.classes.takes
        self._moved = self._pulls + self._of_themes @ change

    def _put(self, one: Example) -> dict[str, float]:
        keys = one.committees or (NONE,)
        return {key: 1.0 for key in keys if key in self.classes.committees}

    def _missed(self, right: Floats, scores: Floats) -> Floats:
        """The theme of a correction is the likeliest of the right committee's; where that takes
        none, nothing is known of it but that it was none of those that were thought of."""
        takes = self.classes.handled
        own = right @ (takes / np.maximum(takes.sum(axis=1, keepdims=True), 1e-9)).T
        shares = softmax(scores, self.warmth.themes) * own
        shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        return np.asarray(shares - scores, np.float32)

    # -- learning -----------------------------------------------------------------------------

    @property
    def _files(self) -> bool:
        """Whether "none" is known; it is the last class then."""
        return self.classes.committees[-1:] == (NONE,)

    def _fit(self, rows: Sequence[Row]) -> None:
        texts = [row.text for row in rows]
        self._likeness = Likeness(texts, self._vectors.of(texts))
        weights = np.array([row.weight for row in rows], np.float32)
        ridge = Ridge.over(self._likeness.among(), weights)
        right = numbers([row.committees for row in rows], self.classes.committees)
        labels = right - _OFFSET
        self._pulls = self._moved = ridge.pulls(labels)
        committees = Learned(
            labels=labels, pulls=self._pulls, held_out=ridge.held_out(labels, self._pulls)
        )
        themes = self._fit_themes(rows, right, ridge) if self.classes.takes[:-1].any() else None
        self._calibrate(rows, right > 0, ridge, committees, themes)

    def _fit_themes(self, rows: Sequence[Row], committees: Floats, ridge: Ridge) -> Learned:
        """Learn themes, and what the written messages on each would say if it were a committee.
        Where only the committee is known, the theme is one of its own: at first any, then what all
        say."""
        labels = numbers([row.themes or {} for row in rows], self.classes.themes)
        written = np.array([row.source is Source.WRITTEN for row in rows])
        self._of_themes = ridge.pulls(labels * written[:, None])
        guessed = np.flatnonzero([row.themes is None for row in rows])
        own = committees[guessed] @ (self.classes.takes > 0).T.astype(np.float32)
        stray = np.array([rows[int(at)].source is Source.CORRECTION for at in guessed])
        own[stray] += STRAY  # its theme may be handled elsewhere than the file says
        shares = own
        offset = _OFFSET / 4  # there are four times as many themes as committees
        for _ in range(_GUESSES):
            labels[guessed] = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
            pulls = ridge.pulls(labels - offset)
            held_out = ridge.held_out(labels - offset, pulls)
            shares = softmax(held_out[guessed], self.warmth.themes) * own
        self._theme_pulls = pulls
        return Learned(labels=labels - offset, pulls=pulls, held_out=held_out)

    def _calibrate(
        self,
        rows: Sequence[Row],
        right: NDArray[np.bool_],
        ridge: Ridge,
        committees: Learned,
        themes: Learned | None,
    ) -> None:
        """Choose temperatures and thresholds on what is said of messages by others: of the
        district's own as if it had none, where it has enough of them, else of each of all by all
        the others."""
        may = np.stack([self.classes.open_to(row.role, row.level) for row in rows])
        right = right & may
        source = np.array([row.source.value for row in rows])
        messages = (source != Source.CHARTER.value) & right.any(axis=1)
        own = messages & (source == Source.OWN.value)
        enough = own.sum() >= LEAST_OWN and right[own, -1].sum() >= LEAST_JUDGED
        judged = np.flatnonzero(own if enough else messages)
        if len(judged) < LEAST_JUDGED:
            return
        if themes is not None:
            on = messages & (source == Source.WRITTEN.value)
            labels = numbers([row.themes or {} for row in rows], self.classes.themes) > 0
            warm = warmth(themes.held_out[on], labels[on], least=0.01, most=0.5)
            self.warmth = replace(self.warmth, themes=warm)
        shut = np.where(may, committees.held_out, -np.inf)[judged]
        warm = warmth(shut, right[judged], least=0.01, most=0.5)
        self.warmth = replace(self.warmth, committees=warm)
        said = [
            None if one is None else one.apart(ridge, judged) if enough else one.held_out[judged]
            for one in (committees, themes)
        ]
        self._promise(said[0], said[1], may[judged], right[judged])

    def _promise(
        self,
        committees: Floats | None,
        themes: Floats | None,
        may: NDArray[np.bool_],
        right: NDArray[np.bool_],
    ) -> None:
        assert committees is not None  # noqa: S101  (only themes may be missing)
        logs = self._logs(committees, themes, may)
        self.calibration = calibrated(logs, right, none=self._files)
        shares = self.calibration.of(logs, none=self._files)
        self.thresholds = promised(shares, right, none=self._files)
