"""What Microsoft's own library (npm ``adaptivecards``) says of our cards: a second opinion that
shares nothing with ``adaptive_cards``, which is ours."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from typing import Any

from tests.stand_ins.node import NODE, modules


def faults(cards: Mapping[str, Any]) -> dict[str, list[str]]:
    """Everything wrong with each card that is not wholly right: one run of Node for all."""
    told = subprocess.run(
        ["node", str(NODE / "validate_cards.js")],
        input=json.dumps(cards),
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"NODE_PATH": str(modules())},
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    found: dict[str, list[str]] = json.loads(told.stdout)
    assert found.keys() == cards.keys()
    return {name: wrong for name, wrong in found.items() if wrong}
