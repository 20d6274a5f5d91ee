"""Keeps what an installation was told in ``soundingboard.toml``, which its owner alone can read."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from bot.app.settings import PREFIX, TOML, SettingsError


def from_environment(name: str) -> str:
    """The variable that a setting comes from; empty: from none. The file cannot change it."""
    variable = f"{PREFIX}{name.upper()}"
    return next((v for v in (variable, f"{variable}_FILE") if os.environ.get(v)), "")


def keep(values: Mapping[str, str]) -> None:
    """Write settings into the file, in the place of what it said of them; the rest of it stays.
    The file is replaced as a whole and gets mode 0600. ``SettingsError`` where that cannot be
    done without changing something else."""
    path = Path(TOML)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = [line for line in before.splitlines() if _name(line) not in values]
    added = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    text = "\n".join([*kept, *added]) + "\n"
    try:
        right = tomllib.loads(text) == {**tomllib.loads(before), **values}
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise SettingsError(
            f"{TOML} cannot be changed without harm. Write it again with one setting per line, "
            'like: web_url = "https://…"'
        )
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _name(line: str) -> str:
    return line.partition("=")[0].strip()


def _quoted(value: str) -> str:
    """A TOML string: JSON's are ones, but for the character that only JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
