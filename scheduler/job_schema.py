"""The tables of the jobs, which are procrastinate's own: whole, and in steps from older ones."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path


def whole_schema() -> str:
    """SQL that makes everything in an empty database."""
    from procrastinate.schema import SchemaManager

    return str(SchemaManager.get_schema())


def steps() -> Mapping[str, str]:
    """Every step that a database of the first version takes to this one, by name, in order."""
    return {path.name: path.read_text(encoding="utf-8") for path in _files()}


def step_names() -> frozenset[str]:
    """The names of all steps. Where the jobs' library is not loaded, it stays so."""
    return frozenset(path.name for path in _files())


def _files() -> list[Path]:
    found = find_spec("procrastinate")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("procrastinate is not installed")
    folder = Path(found.origin).parent / "sql" / "migrations"
    return sorted(folder.glob("*.sql"))
