"""The example district's committees and its 600 labelled messages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from governance.committees import Committee
from governance.reading.evaluation import Evaluation, evaluate
from governance.reading.examples import Example, load_examples
from governance.reading.reader import Reader
from surveys.people import Level

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
    return Reader.train(committees, [*file_a, *file_b], names=["Marguerite Oyelaran"])


@pytest.fixture(scope="session")
def evaluation(
    committees: tuple[Committee, ...], file_a: tuple[Example, ...], file_b: tuple[Example, ...]
) -> Evaluation:
    return evaluate(committees, file_a, file_b)
