"""Plays one attempt again, against both gates."""

from __future__ import annotations

import argparse

from tests.attacks.privacy.attempting import attackers
from tests.attacks.privacy.gates import GATES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.privacy", description=__doc__)
    parser.add_argument("attacker", choices=sorted(attackers(0)))
    parser.add_argument("seed", type=int)
    parser.add_argument("--most", type=int, default=600)
    chosen = parser.parse_args()
    for name, gate in GATES.items():
        print(f"{name}: {attackers(chosen.most)[chosen.attacker].run(gate, chosen.seed)}")


if __name__ == "__main__":
    main()
