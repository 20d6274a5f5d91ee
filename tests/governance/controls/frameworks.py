"""A small framework, and an assessment against it."""

from __future__ import annotations

from core.text import text
from governance.controls.model import Control, Dimension, Framework, Named, Safeguard

SMALL = Framework(
    key="small",
    version="2",
    name=text("A small checklist", es="Una lista pequeña"),
    short="SC",
    groups=(Named(key="g1", name=text("G1")), Named(key="g2", name=text("G2"))),
    functions=(
        Named(key="protect", name=text("Protect")),
        Named(key="detect", name=text("Detect")),
    ),
    controls=(
        Control(
            number="1",
            name=text("Devices"),
            safeguards=(
                Safeguard(number="1.1", name=text("List"), group="g1", function="detect"),
                Safeguard(number="1.2", name=text("Locks"), group="g1", function="protect"),
                Safeguard(number="1.10", name=text("Keys"), group="g2", function="protect"),
            ),
        ),
        Control(
            number="2",
            name=text("Accounts"),
            safeguards=(
                Safeguard(number="2.1", name=text("Leavers"), group="g1", function="protect"),
            ),
        ),
    ),
    steps={one: tuple(text(f"{one} {n}") for n in range(1, 6)) for one in Dimension},
)
