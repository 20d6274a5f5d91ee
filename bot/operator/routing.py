"""``soundingboard route``: reads a file of messages with a district's reader, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.demo.examples import example_district
from bot.files.district import LoadedDistrict, load_district
from governance.reading.examples import load_examples
from governance.reading.reader import Reader
from governance.reading.route import route_lines


def route_file(file: Path, district: Path | None) -> Iterator[str]:
    """JSON lines out for JSON lines in; ``ValueError`` names the line that cannot be read."""
    loaded = load_district(district or example_district())
    if isinstance(loaded, list):
        raise ValueError("\n".join(str(problem) for problem in loaded))
    with file.open(encoding="utf-8") as lines:  # before the training, which takes a while
        reader = train(loaded)
        for answer in route_lines(reader, lines):
            yield json.dumps(answer, ensure_ascii=False)


def train(loaded: LoadedDistrict) -> Reader:
    """The reader of a district's files."""
    examples = [example for path in loaded.examples for example in load_examples(path)]
    people = loaded.roster.people if loaded.roster else ()
    names = frozenset(f"{p.given_name} {p.family_name}" for p in people)
    return Reader.train(loaded.district.committees, examples, names)
