"""Learns the weights of ``chat_model`` from labelled lines, and measures what it understands.

``python -m governance.reading.learning_chat`` learns from ``data/chat``, ``tests/data/chat``, the
written messages and the example district's, and writes the weights. ``--across`` leaves out each
writer in turn and measures on their lines. ``--score FILE [--show]`` measures the weights in use
on JSON lines with ``text``, ``kind`` (conversation, feedback, urgent) and maybe ``intent``.

In a ``.txt`` file of ``data/chat`` a line stands for many: of "(a|b) (c|d)" each choice is drawn.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.chat.model import Intent
from governance.reading import chat_model
from governance.reading.chat import understand
from governance.reading.chat_model import features

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OWN = HERE / "data" / "chat"
SPOKEN = ROOT / "tests" / "data" / "chat"
WEIGHTS = HERE / "data" / "chat_weights.json"

WRITERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""Who wrote ``data/chat/lines.jsonl``; none had read the others' lines, or code."""

CONVERSATION = "conversation"

_DRAWN, _URGENT_DRAWN = 14, 40
"""Lines drawn from one with choices, and from one that cannot wait."""

_DRAWN_COUNTS, _MESSAGE_COUNTS, _URGENT_COUNTS, _MISLEADING_COUNTS = 0.5, 1.0, 3.0, 3.0
"""How much a drawn line counts, a written message, a line that cannot wait, and feedback of
``SPOKEN``, which was written to sound like conversation."""

_LONGEST = 130
"""Characters of a written message that is learned from: a chat line is short."""

_FEWEST, _SMALLEST = 2, 0.1
_FEWEST_ASKED, _SMALLEST_ASKED = 3, 0.3
_LOOSENESS = 8.0
"""Inverse strength of the L2 penalty."""

_CHOICES = re.compile(r"\(([^()]*\|[^()]*)\)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line and what it is. ``intent`` None: not said to the bot itself, or nobody noted it."""

    text: str
    kind: str
    intent: Intent | None = None
    by: str = ""
    counts: float = 1.0


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--score", type=Path, metavar="FILE")
    parser.add_argument("--show", action="store_true", help="print what was misunderstood")
    asked = parser.parse_args()
    if asked.score is not None:
        score(labelled(asked.score), show=asked.show)
    elif asked.across:
        across(every_line(), show=asked.show)
    else:
        write(learn(every_line()))


def write(body: Mapping[str, Any]) -> None:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=0)
    text = re.sub(r"\[\s+(\d+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", text)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")


# -- lines -----------------------------------------------------------------------------------------


def every_line() -> list[Line]:
    return [*labelled(OWN / "lines.jsonl"), *drawn(OWN), *drawn(SPOKEN), *messages()]


def labelled(path: Path) -> list[Line]:
    rows = [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines() if one]
    return [
        Line(
            text=row["text"],
            kind=row["kind"],
            intent=_intent(row.get("intent")) if row["kind"] == CONVERSATION else None,
            by=row.get("by", ""),
            counts=_URGENT_COUNTS if row["kind"] == "urgent" else 1.0,
        )
        for row in rows
    ]


def _intent(said: str | None) -> Intent | None:
    return next((one for one in Intent if one == said), None)


def drawn(folder: Path) -> Iterator[Line]:
    """The lines of a folder; of one with choices, a few that it stands for."""
    for kind in (CONVERSATION, "feedback", "urgent"):
        intent = None
        for line in (folder / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                intent = _intent(line.removeprefix("# "))
            elif line:
                counts = 1.0 if "|" not in line else _DRAWN_COUNTS
                counts = _URGENT_COUNTS if kind == "urgent" else counts
                if kind == "feedback" and folder == SPOKEN:
                    counts = _MISLEADING_COUNTS
                chance = random.Random(line)  # noqa: S311 -- the same lines each time
                draws = range(_URGENT_DRAWN if kind == "urgent" else _DRAWN)
                found = {_draw(line, chance) for _ in draws} if "|" in line else {line}
                for one in sorted(found):
                    yield Line(text=one, kind=kind, intent=intent, counts=counts)


def _draw(line: str, chance: random.Random) -> str:
    while "|" in line:
        said = _CHOICES.sub(lambda m: chance.choice(m[1].split("|")), line)
        if said == line:
            break
        line = said
    return " ".join(line.split())


def messages() -> Iterator[Line]:
    """The short ones of the labelled and the written messages: none is said to the bot."""
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
            text, urgent = row["text"], bool(row.get("urgent"))
            if text not in seen and len(text) <= _LONGEST:
                seen.add(text)
                yield Line(
                    text=text,
                    kind="urgent" if urgent else "feedback",
                    counts=_URGENT_COUNTS if urgent else _MESSAGE_COUNTS,
                )


# -- learning --------------------------------------------------------------------------------------


def learn(lines: Sequence[Line]) -> dict[str, Any]:
    """The body of the models: biases, and weights by feature."""
    return {**_talking(lines), **_asking(lines)}


def _talking(lines: Sequence[Line]) -> dict[str, Any]:
    """Whether a line is said to the bot itself."""
    names, rows = _matrix(lines, _FEWEST)
    said = [one.kind == CONVERSATION for one in lines]
    weights, bias = _fitted(rows, said, [one.counts for one in lines])
    kept = {n: round(w, 2) for n, w in zip(names, weights, strict=True) if abs(w) >= _SMALLEST}
    return {"bias": round(bias, 3), "weights": kept}


def _asking(lines: Sequence[Line]) -> dict[str, Any]:
    """What a line asks that is said to the bot itself."""
    asking = [one for one in lines if one.intent is not None]
    asked_names, asked_rows = _matrix(asking, _FEWEST_ASKED)
    intents = sorted({one.intent for one in asking if one.intent is not None})
    labels = [one.intent for one in asking]
    columns, biases = [], []
    for intent in intents:
        column, own = _fitted(asked_rows, [label is intent for label in labels], None)
        columns.append(column)
        biases.append(round(own, 2))
    asks: dict[str, list[tuple[int, float]]] = {}
    for name, row in zip(asked_names, zip(*columns, strict=True), strict=True):
        kept = [(at, round(w, 1)) for at, w in enumerate(row) if abs(w) >= _SMALLEST_ASKED]
        if kept:
            asks[name] = kept
    return {"intents": [intent.value for intent in intents], "biases": biases, "asks": asks}


def _matrix(lines: Sequence[Line], fewest: int) -> tuple[Sequence[str], Any]:
    """Names of the features that so many lines have, and a row of them for each line."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([features(one.text) for one in lines])
    often = np.asarray((rows > 0).sum(axis=0)).ravel() >= fewest
    vectorizer.restrict(often)
    return vectorizer.get_feature_names_out(), rows.tocsr()[:, often]


def _fitted(
    rows: Any, labels: Sequence[bool], counts: Sequence[float] | None
) -> tuple[list[float], float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_LOOSENESS, solver="liblinear", random_state=1, tol=1e-3)
    model.fit(rows, labels, sample_weight=counts)
    return model.coef_[0].tolist(), float(model.intercept_[0])


# -- measuring -------------------------------------------------------------------------------------


def across(lines: Sequence[Line], *, show: bool) -> None:
    """Score each writer's lines with models that have seen none of them."""
    in_use = chat_model._learned
    try:
        for writer in WRITERS:
            body = learn([one for one in lines if one.by != writer])
            chat_model._learned = _always(body)  # type: ignore[assignment]
            print(f"-- {writer}")
            score([one for one in lines if one.by == writer], show=show)
    finally:
        chat_model._learned = in_use


def _always(body: Mapping[str, Any]) -> Callable[[], Mapping[str, Any]]:
    return lambda: body


def score(lines: Iterable[Line], *, show: bool) -> None:
    """Print what becomes of labelled lines."""
    got = [(one, understand(one.text)) for one in lines]
    talk = [(one, intent) for one, intent in got if one.kind == CONVERSATION]
    known = [intent is one.intent for one, intent in talk if one.intent is not None]
    feedback = [(one, intent) for one, intent in got if one.kind == "feedback"]
    urgent = [(one, intent) for one, intent in got if one.kind == "urgent"]
    print(f"conversation recognized: {_share([i is not None for _, i in talk])}")
    print(f"  exactly what it asks:  {_share(known)}")
    print(f"  asked about:           {_share([i is Intent.UNCLEAR for _, i in talk])}")
    print(f"feedback asked or held:  {_share([i is not None for _, i in feedback])}")
    print(f"  answered, so held:     {_share([i not in _NOT_HELD for _, i in feedback])}")
    print(f"urgent asked or held:    {sum(i is not None for _, i in urgent)} of {len(urgent)}")
    if show:
        for one, intent in got:
            if (intent is None) == (one.kind == CONVERSATION):
                print(f"   {one.kind} {one.intent} -> {intent}: {one.text}")


_NOT_HELD = (None, Intent.UNCLEAR)


def _share(flags: Sequence[bool]) -> str:
    return f"{100 * sum(flags) / max(1, len(flags)):.1f}% of {len(flags)}"


if __name__ == "__main__":
    main()
