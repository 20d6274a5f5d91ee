"""Programs that run in Node, in tests only: where they are, and how they come there."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NODE = ROOT / "tests" / "node"


@cache
def modules() -> Path:
    """The folder of npm packages; what is missing is installed by the Makefile first."""
    made = subprocess.run(
        ["make", "--silent", ".tools/node/.installed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return ROOT / ".tools" / "node" / "node_modules"
