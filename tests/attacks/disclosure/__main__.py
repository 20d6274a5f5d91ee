"""All attackers against the product and a plain gate, as a Markdown table:
``python -m tests.attacks.disclosure [--attempts 300] [--seed S] [FAMILY]``."""

from __future__ import annotations

import argparse
import secrets

from surveys.disclosure import tables
from tests.attacks.disclosure.families import FAMILIES, bearable, fought


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.disclosure", description=__doc__)
    parser.add_argument("family", nargs="*", choices=[*FAMILIES, []])
    parser.add_argument("--attempts", type=int, default=300)
    parser.add_argument("--seed", default="", help='"fresh": one that nobody has tried')
    parser.add_argument("--why", action="store_true", help="each success with its reason")
    chosen = parser.parse_args()
    tables.RANKED_FROM = 0  # as in the tests: rankings of small groups are attacked, too
    seed = secrets.token_hex(8) if chosen.seed == "fresh" else chosen.seed
    print("| attackers | attempts | a plain five | here | bearable |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name in chosen.family or FAMILIES:
        family, found = FAMILIES[name], fought(name, chosen.attempts, seed)
        plain = f"{found.plain_successes} of {found.plain_attempts}"
        here = f"{len(found.successes)}" + (f", {found.surest:.0%}" if found.successes else "")
        most = family.bearable()
        allowed = f"{most:.1%}: {family.why}" if family.why else f"{most:.0%}"
        late = "" if bearable(found, most) else " **more than bearable**"
        print(f"| {name} | {found.attempts} | {plain} | {here} | {allowed}{late} |", flush=True)
        if chosen.why:
            for one in found.successes:
                print(f"  {one.sure:.3f} {one.why}")
    if seed:
        print(f"\nseed {seed}")


if __name__ == "__main__":
    main()
