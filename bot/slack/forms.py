"""What was filled in: Slack's state of a view or a message, as a form's fields; and back, where
to show what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from surveys.questions import RawAnswer

Errors = dict[str, str]


def fields_of(state: object) -> dict[str, RawAnswer]:
    """``state.values`` as fields: one string, or several in order. A ranking's selects, one for
    each rank, become one field in the order of the ranks."""
    found: dict[str, list[tuple[int, RawAnswer]]] = {}
    for block_id, block in _values(state).items():
        place = field_of(block_id)
        if place is None or not isinstance(block, Mapping):
            continue
        key, rank = place
        for element in block.values():
            found.setdefault(key, []).append((rank, _handed_in(element)))
    return {key: _joined(answers) for key, answers in found.items()}


def field_of(block_id: object) -> tuple[str, int] | None:
    """The key and the rank (0: not a ranking) behind an input's block id."""
    if not isinstance(block_id, str):
        return None
    match block_id.split("|", 3):
        case ["in", _, rank, key] if key and rank.isascii() and rank.isdigit() and len(rank) < 4:
            return key, int(rank)
        case _:
            return None


def tapped(pressed: Mapping[str, Any]) -> dict[str, RawAnswer]:
    """What a button hands in by itself: the choice of a question that one tap answers."""
    action_id = pressed.get("action_id")
    match action_id.split("|", 3) if isinstance(action_id, str) else ():
        case ["tap", _, key, choice] if key and choice:
            return {key: choice}
        case _:
            return {}


def errors_beside(unfit: Mapping[str, str], blocks: object) -> Errors:
    """Each reason beside its input: block id -> why. A reason without an input of its own goes to
    the first input, so that it is never lost; empty when the view has no input at all."""
    places: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else []:
        if not (isinstance(block, Mapping) and block.get("type") == "input"):
            continue
        block_id = block.get("block_id")
        place = field_of(block_id)
        if place is not None and isinstance(block_id, str):
            places.setdefault(place[0], block_id)
    if not places:
        return {}
    first = next(iter(places.values()))
    errors: Errors = {}
    for key, why in unfit.items():
        at = places.get(key, first)
        errors[at] = f"{errors[at]} {why}" if at in errors else why
    return errors


def _values(state: object) -> Mapping[str, Any]:
    values = state.get("values") if isinstance(state, Mapping) else None
    return values if isinstance(values, Mapping) else {}


def _joined(answers: Iterable[tuple[int, RawAnswer]]) -> RawAnswer:
    ordered = sorted(answers, key=lambda answer: answer[0])
    if len(ordered) == 1 and ordered[0][0] == 0:
        return ordered[0][1]
    return tuple(answer for _, answer in ordered if isinstance(answer, str) and answer)


def _handed_in(element: object) -> RawAnswer:
    if not isinstance(element, Mapping):
        return ""
    if "selected_options" in element:
        chosen = element["selected_options"]
        return tuple(_option(one) for one in chosen) if isinstance(chosen, list) else ()
    if "selected_option" in element:
        return _option(element["selected_option"])
    if "selected_date_time" in element:
        return _moment(element["selected_date_time"])
    value = element.get("selected_date" if "selected_date" in element else "value")
    return value if isinstance(value, str) else ""


def _option(chosen: object) -> str:
    value = chosen.get("value") if isinstance(chosen, Mapping) else None
    return value if isinstance(value, str) else ""


def _moment(seconds: object) -> str:
    """Slack's seconds since 1970 as an aware ISO time; what is no such number stays unreadable."""
    if seconds is None:
        return ""
    if not isinstance(seconds, int) or not 0 < seconds < 10_000_000_000:
        return "?"
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
