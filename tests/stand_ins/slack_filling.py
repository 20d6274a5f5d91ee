"""Filling in Slack's inputs: from what a person chooses and types to ``state.values``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.stand_ins.slack_world import Json

Value = str | Sequence[str] | int


def button_of(shown: Mapping[str, Any], wanted: str) -> tuple[str, Json]:
    """The block id and the element of a button, by its words or its value; or of a menu of things
    to do with what was chosen from it, as Slack tells of it."""
    there: list[str] = []
    for block in shown.get("blocks") or ():
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            for option in element.get("options", ()):
                there.append(option["text"]["text"])
                if wanted in (option["text"]["text"], option["value"]):
                    kept = {key: element[key] for key in ("type", "action_id")}
                    return block["block_id"], {**kept, "selected_option": option}
            if "text" not in element:
                continue
            words = element["text"]["text"]
            there.append(words)
            if wanted in (words, element.get("value")):
                return block["block_id"], element
    raise AssertionError(f"no button {wanted!r}; there are {there}")


def state_of(shown: Mapping[str, Any], values: Mapping[str, Value]) -> Json:
    """``state.values``: what was filled in, else what the inputs start with."""
    inputs = [b for b in shown.get("blocks") or () if b["type"] == "input"]
    used: set[str] = set()
    state: Json = {}
    for block in inputs:
        name = next((n for n in values if _named(block, n)), None)
        value: Value | None = None
        if name is not None:
            used.add(name)
            same = [b["block_id"] for b in inputs if _named(b, name)]
            value = _share(values[name], same.index(block["block_id"]), len(same))
        element = block["element"]
        state[block["block_id"]] = {element["action_id"]: _handed_in(element, value)}
    assert used == set(values), f"no input for {set(values) - used}"
    return state


def missing(view: Mapping[str, Any], state: Mapping[str, Any]) -> list[str]:
    """Labels of required inputs that are empty."""
    empty = []
    for block in view.get("blocks") or ():
        if block["type"] == "input" and not block.get("optional"):
            (element,) = state[block["block_id"]].values()
            if not any(v for k, v in element.items() if k != "type"):
                empty.append(block["label"]["text"])
    return empty


def _named(block: Mapping[str, Any], name: str) -> bool:
    return name in (block["label"]["text"], block["block_id"].rpartition("|")[2])


def _share(value: Value, place: int, of: int) -> Value | None:
    """One input's part of a value that several inputs of one name share (ranks, in order)."""
    if of == 1:
        return value
    parts = [value] if isinstance(value, str | int) else list(value)
    return parts[place] if place < len(parts) else None


def _handed_in(element: Mapping[str, Any], value: Value | None) -> Json:
    kind = element["type"]
    match kind:
        case "static_select" | "radio_buttons":
            chosen = element.get("initial_option") if value is None else _option(element, value)
            return {"type": kind, "selected_option": chosen}
        case "checkboxes" | "multi_static_select":
            if value is None:
                return {"type": kind, "selected_options": element.get("initial_options", [])}
            several = [value] if isinstance(value, str | int) else value
            return {"type": kind, "selected_options": [_option(element, one) for one in several]}
        case "datepicker":
            day = element.get("initial_date") if value is None else value
            return {"type": kind, "selected_date": day}
        case "datetimepicker":
            at = element.get("initial_date_time") if value is None else value
            return {"type": kind, "selected_date_time": at}
        case _:
            typed = element.get("initial_value") if value is None else str(value)
            if typed is not None and "max_length" in element:
                assert len(typed) <= element["max_length"], "longer than Slack lets one type"
            return {"type": kind, "value": typed or None}


def _option(element: Mapping[str, Any], wanted: Value) -> Json | None:
    if wanted == "":
        return None
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    options = [option for group in groups for option in group["options"]]
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return dict(option)
    raise AssertionError(f"no option {wanted!r}; there are {[o['value'] for o in options]}")
