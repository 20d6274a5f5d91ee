"""Targets in another version of their framework. A control's target follows most of its
safeguards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from governance.controls.model import Framework, Target
from governance.controls.renumbering import number_in, versions_of
from governance.ports import GovernanceStore


def targets_in(store: GovernanceStore, framework: Framework) -> list[Target]:
    """A version's targets, by its own numbers. If two come to the same control, the later one
    counts."""
    placed = targets_and_controls(store, framework)
    newest = sorted(placed, key=lambda pair: pair[0].set_at)
    return list({number: replace(one, control=number) for one, number in newest}.values())


def targets_and_controls(store: GovernanceStore, framework: Framework) -> list[tuple[Target, str]]:
    """Each target with the number of its control in this version, or "" for the whole."""
    versions = versions_of(store, framework.key)
    found = ((one, _control_in(versions, one, framework)) for one in store.targets(framework.key))
    return [(one, number) for one, number in found if number is not None]


def _control_in(versions: Sequence[Framework], target: Target, framework: Framework) -> str | None:
    """None: no safeguard of that control is in this version."""
    if target.version in ("", framework.version):
        return target.control
    pair = [one for one in versions if one.version in (target.version, framework.version)]
    if len(pair) < 2:
        return None
    newer, older = pair
    went = Counter[str]()
    before = _controls(older)
    for number, control in _controls(newer).items():
        then = before.get(number_in(versions, number, newer.version, older.version), "")
        ours, theirs = (control, then) if newer.version == framework.version else (then, control)
        if ours and theirs == target.control:
            went[ours] += 1
    return went.most_common(1)[0][0] if went else None


def _controls(framework: Framework) -> dict[str, str]:
    """The number of each safeguard's control."""
    return {each.number: one.number for one in framework.controls for each in one.safeguards}
