"""Learns the weights of ``naming`` from labelled messages, and writes them to its data file.

``python -m governance.reading.learning_names MESSAGES.jsonl ...``: lines with ``text`` and with
``personal`` or ``pii`` ([text, kind], ...). Where neither is there, no name is in the message but
those in ``NAMES``. What recall is measured on is left out (``held_out``).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from governance.reading.name_features import features, may_name, scene
from governance.reading.names import by_rules
from governance.reading.not_names import words_of
from governance.reading.other_names import Labelled, grown

DATA = Path(__file__).parent / "data"
BY_A_STRANGER, BY_US = "personal_data.jsonl", "personal_data_2.jsonl"

_FEWEST = 2
_SMALLEST = 0.02

NAMES = (
    *words_of(
        """Carol Pam Mike Denise Lindqvist Brenda Boyd Greg Harold Banerjee Brayden Marcus Gavin
        Larson Marv Dave Petersen Devon Mason Ohlsson Robert Gerald Obuya Aiden Dwayne Ng Abara
        Leo Otieno Falk Ruiz Jaxon Karen Maria Kevin Oscar Jaden halloran Pat Brandt Ito Bobby"""
    ),
    *words_of("Tyler Kline Hank Lily Jim Ray Garcia Dahl Rainwater Deja"),
    "Jen M",
    "Jaxon R",
    "Noor H",
    "Mateo R",
)
"""Names that stand in messages without labels."""

_LANGUAGE = re.compile(r"\b(?:speaks|Spanish|English|Burma)\b")


def main(paths: Sequence[str]) -> None:
    """Learn from the files and write the weights."""
    messages = [one for path in paths for one in read(Path(path))]
    rows = [more for one in messages for more in grown(one)]
    weights, bias = learn(rows)
    body = {"bias": round(bias, 4), "weights": weights}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=0)
    (DATA / "name_weights.json").write_text(text + "\n", encoding="utf-8")


def learn(rows: Iterable[Labelled]) -> tuple[dict[str, float], float]:
    """Weights by feature, and the bias."""
    seen: list[dict[str, int]] = []
    named: list[bool] = []
    counts: list[float] = []
    for text, names, count in rows:
        for feature, is_name in _words(text, names):
            seen.append(feature)
            named.append(is_name)
            counts.append(count)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(seen)
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= _FEWEST
    vectorizer.restrict(often)
    model = LogisticRegression(C=0.3, max_iter=400, solver="liblinear", random_state=1)
    model.fit(matrix[:, often], np.array(named), sample_weight=np.array(counts))
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {name: round(float(w), 3) for name, w in weights if abs(w) >= _SMALLEST}
    return kept, float(model.intercept_[0])


def _words(text: str, names: Sequence[str]) -> Iterator[tuple[dict[str, int], bool]]:
    places = [
        match.span()
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    seen, told = scene(text), by_rules(text)
    for at, word in enumerate(seen.words):
        if may_name(word):
            by_rule = any(start <= word.start < end for start, end in told)
            found = dict.fromkeys(features(text, at, seen, told=by_rule), 1)
            yield found, any(start <= word.start < end for start, end in places)


def held_out(file: str, line: int, lines: int, text: str) -> bool:
    """Whether recall is measured on a message, and so nothing is learned from it: the second half
    of a stranger's file, and of ours what a digest of the text says, fixed before any was read
    by the program."""
    if file == BY_A_STRANGER:
        return line >= lines // 2
    return file == BY_US and hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def read(path: Path) -> list[Labelled]:
    """The messages of a file that may be learned from, with the names in them."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    hard = path.name.startswith("personal_data")
    found: list[Labelled] = []
    for number, line in enumerate(lines):
        one = json.loads(line)
        if held_out(path.name, number, len(lines), one["text"]):
            continue
        pairs = one.get("personal") or one.get("pii")
        if pairs is not None or "pii" in one or "personal" in one:
            names = tuple(text for text, kind in pairs or () if kind == "PERSON")
            found.append((one["text"], names, 2.0 if hard else 1.0))
        else:
            found.append((one["text"], _unlabelled(one["text"]), 1.0))
    return found


def _unlabelled(text: str) -> tuple[str, ...]:
    """The names in a message without labels (Karen is a language, too)."""
    return tuple(
        name for name in NAMES if name in text and not (name == "Karen" and _LANGUAGE.search(text))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
