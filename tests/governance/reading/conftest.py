"""The example district's committees and its 600 labelled messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from core.people import Level, Role
from governance.committees.model import Committee
from governance.feedback.model import Reading
from governance.reading import embedding, personal_data
from governance.reading.embedding import Vectors
from governance.reading.evaluation import Evaluation
from governance.reading.examples import Example, load_examples
from governance.reading.labelled import Part, load_labelled
from governance.reading.measuring import measure
from governance.reading.reader import Reader
from governance.reading.router import Judgement
from governance.reading.written import VectorStore
from tests import learned_once

States = Callable[[Any, NDArray[np.int64], NDArray[np.int64]], Vectors]

DISTRICT = Path(__file__).parents[3] / "examples" / "district"


@pytest.fixture(scope="session")
def committees() -> tuple[Committee, ...]:
    listed = yaml.safe_load((DISTRICT / "committees.yaml").read_text(encoding="utf-8"))
    return tuple(
        Committee(
            key=entry["key"],
            name=entry["name"],
            charter=entry["charter"],
            chair="chair@schools.example.org",
            deputy="deputy@schools.example.org",
            serves=Level(entry["serves"]) if entry.get("serves") else None,
            themes=tuple(entry["themes"]),
        )
        for entry in listed["committees"]
    )


@pytest.fixture(scope="session")
def file_a() -> tuple[Example, ...]:
    return load_examples(DISTRICT / "feedback" / "dev_a.jsonl")


@pytest.fixture(scope="session")
def file_b() -> tuple[Example, ...]:
    return load_examples(DISTRICT / "feedback" / "dev_b.jsonl")


@pytest.fixture(scope="session")
def reader(
    committees: tuple[Committee, ...], file_a: tuple[Example, ...], file_b: tuple[Example, ...]
) -> Reader:
    """Knows every third message: names are looked for in each, and so many do."""
    return learned_once.train(committees, [*file_a, *file_b][::3], ["Marguerite Oyelaran"])


@pytest.fixture(scope="session")
def beginner(committees: tuple[Committee, ...]) -> Reader:
    """Of a district that has no labelled message."""
    return learned_once.train(committees, [])


@pytest.fixture(scope="session")
def judgements() -> list[Judgement]:
    """Of the messages of file a, then b, as ``evaluation`` had them read."""
    return []


@pytest.fixture(scope="session")
def evaluation(committees: tuple[Committee, ...], judgements: list[Judgement]) -> Evaluation:
    """Each author's file read after learning from the other's: half a minute, once. Names are
    looked for in each message to learn it, to read it, and to see what was found, and the model
    is run over it to read it and to find what else says the same; once is enough."""
    keys = [committee.key for committee in committees]
    parts = [
        Part(name=name, messages=load_labelled(DISTRICT / "feedback" / f"dev_{name}.jsonl", keys))
        for name in ("a", "b")
    ]
    read = Reader.judged

    def remembered(
        self: Reader, text: str, role: Role | None, level: Level | None
    ) -> tuple[Judgement, Reading]:
        found = read(self, text, role, level)
        judgements.append(found[0])
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(personal_data, "people", cache(personal_data.people))
        patch.setattr(embedding, "_states", _once(embedding._states))
        patch.setattr(Reader, "judged", remembered)
        return measure(committees, parts, beside=False)


def _once(states: States) -> States:
    """The same of the same batch of texts, which is run once."""
    known: dict[bytes, Vectors] = {}

    def remembered(session: Any, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        key = bytes(len(ids)) + ids.tobytes() + mask.tobytes()
        if key not in known:
            known[key] = states(session, ids, mask)
        return known[key]

    return remembered


@pytest.fixture(scope="session")
def vectors() -> Callable[[Sequence[str]], Vectors | None]:
    """Shipped vectors, and what was embedded once in this run of tests."""
    return VectorStore().of
