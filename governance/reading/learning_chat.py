"""Learns the weights of ``chat_model`` from labelled lines, and writes them to its data file.

``python -m governance.reading.learning_chat``: from ``data/chat``, ``tests/data/chat``, the written
messages and the example district's. In ``data/chat`` a line stands for many: of "(a|b) (c|d)" each
choice is drawn.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from governance.reading.chat_model import features

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OWN = HERE / "data" / "chat"
SPOKEN = ROOT / "tests" / "data" / "chat"

_DRAWN = 14
"""Lines drawn from one with choices."""

_WRITTEN, _URGENT = 0.5, 3.0
"""How much a written message counts, and how much a line that cannot wait."""

_LONGEST = 240
_FEWEST, _SMALLEST = 2, 0.1
_CHOICES = re.compile(r"\(([^()]*\|[^()]*)\)")

Row = tuple[str, bool, float]
"""(text, whether it is said to the bot itself, how much it counts)."""


def main() -> None:
    """Learn from everything, and write the weights."""
    rows = [*drawn(OWN), *drawn(SPOKEN), *messages()]
    text = json.dumps(learn(rows), ensure_ascii=False, sort_keys=True, indent=0)
    (HERE / "data" / "chat_weights.json").write_text(text + "\n", encoding="utf-8")


def drawn(folder: Path) -> Iterator[Row]:
    """The lines of a folder; of one with choices, a few that it stands for."""
    for name in ("conversation", "feedback", "urgent"):
        counts = _URGENT if name == "urgent" else 1.0
        for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                chance = random.Random(line)  # noqa: S311 -- the same lines each time
                found = {_draw(line, chance) for _ in range(_DRAWN)} if "|" in line else {line}
                for one in sorted(found):
                    yield one, name == "conversation", counts


def _draw(line: str, chance: random.Random) -> str:
    while "|" in line:
        said = _CHOICES.sub(lambda m: chance.choice(m[1].split("|")), line)
        if said == line:
            break
        line = said
    return " ".join(line.split())


def messages() -> Iterator[Row]:
    """The labelled and the written messages, and the sentences of them: none is said to the bot."""
    paths = [
        *sorted((HERE / "data" / "written").glob("*.jsonl")),
        *sorted((ROOT / "examples" / "district" / "feedback").glob("*.jsonl")),
    ]
    seen = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("committees") == [] and not row.get("urgent"):
                continue  # thanks and the like, which may be conversation
            text = row["text"]
            if text not in seen and len(text) <= _LONGEST:
                seen.add(text)
                yield text, False, _URGENT if row.get("urgent") else _WRITTEN


def learn(rows: list[Row]) -> dict[str, object]:
    """The model's body: the bias, and weights by feature."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features(text), 1) for text, _, _ in rows])
    often = np.asarray(matrix.sum(axis=0)).ravel() >= _FEWEST
    counts = np.asarray(matrix.sum(axis=1)).ravel()
    matrix = (diags(1 / np.sqrt(counts)) @ matrix).tocsr()[:, often]
    vectorizer.restrict(often)
    model = LogisticRegression(C=8.0, solver="liblinear", random_state=1)
    model.fit(matrix, [said for _, said, _ in rows], sample_weight=[one for _, _, one in rows])
    names = vectorizer.get_feature_names_out()
    weights = zip(names, model.coef_[0], strict=True)
    kept = {name: round(float(w), 2) for name, w in weights if abs(w) >= _SMALLEST}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": kept}


if __name__ == "__main__":
    main()
