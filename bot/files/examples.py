"""Labelled examples of feedback: one JSON object a line with a text and its committees."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from bot.files.problems import Problem, one_of

LARGEST = 20_000_000


def check_examples(path: Path, file: str, committees: Collection[str]) -> list[Problem]:
    """What would keep the router from learning from a file."""
    if path.stat().st_size > LARGEST:
        fix = f"Split it; keep each under {LARGEST:,} bytes."
        return [Problem(file=file, line=1, message="The file is too large.", fix=fix)]
    problems: list[Problem] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip() and (wrong := _wrong(line, committees)):
            problems.append(Problem(file=file, line=number, message=wrong[0], fix=wrong[1]))
    return problems


def _wrong(line: bytes, committees: Collection[str]) -> tuple[str, str] | None:
    try:
        example = json.loads(line)
    except (ValueError, RecursionError):
        return "This line is not JSON.", "Write one object a line, in UTF-8."
    text = example.get("text") if isinstance(example, dict) else None
    if not isinstance(text, str) or not text.strip():
        return 'This line has no "text".', 'Add "text" with the words of the message.'
    named = example.get("committees")
    if not isinstance(named, list) or not all(isinstance(key, str) for key in named):
        return '"committees" is not a list of keys.', "Write [] for none, or the most likely first."
    unknown = [key for key in named if key not in committees]
    if unknown:
        return f'There is no committee "{unknown[0]}".', one_of(unknown[0], sorted(committees))
    return None
