"""What Slack refuses in blocks and views, written from its reference and not from our drawing.

``faults(...)`` returns what is wrong in words; an empty list is what Slack would take.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Block = Mapping[str, Any]

IN_MESSAGES = {
    "actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table",
}  # fmt: skip
IN_ACTIONS = {
    "button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons",
    "static_select", "multi_static_select", "timepicker", "users_select",
}  # fmt: skip
IN_INPUTS = {
    "checkboxes", "datepicker", "datetimepicker", "multi_static_select", "number_input",
    "plain_text_input", "radio_buttons", "static_select", "timepicker", "url_text_input",
}  # fmt: skip
SIDES = ("left", "center", "right")
OPTIONS_MOST = {"radio_buttons": 10, "checkboxes": 10, "overflow": 5}


def message_faults(body: Mapping[str, Any]) -> list[str]:
    """A message's ``text`` and ``blocks``."""
    blocks = body.get("blocks") or []
    found = list(_blocks(blocks, 50))
    if sum(1 for b in blocks if b.get("type") == "table") > 1:
        found.append("only_one_table_allowed")
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        found.append("text: missing, so screen readers and notifications say nothing")
    elif len(text) > 40_000:
        found.append("text: more than 40,000 characters")
    return found


def view_faults(view: Mapping[str, Any]) -> list[str]:
    """A modal or a home tab."""
    found: list[str] = []
    kind = view.get("type")
    blocks = view.get("blocks") or []
    if kind not in ("modal", "home"):
        found.append(f"type: {kind!r}")
    if kind == "modal":
        found += _text(view.get("title"), "title", 24, plain=True)
        for name in ("submit", "close"):
            if name in view:
                found += _text(view[name], name, 24, plain=True)
        if any(b.get("type") == "input" for b in blocks) and "submit" not in view:
            found.append("submit: a modal with inputs needs one")
    if len(str(view.get("private_metadata", ""))) > 3000:
        found.append("private_metadata: more than 3,000 characters")
    if len(str(view.get("callback_id", ""))) > 255:
        found.append("callback_id: more than 255 characters")
    if len(json.dumps(view)) > 250_000:
        found.append("view: more than 250 KB")
    known = {
        "type", "title", "submit", "close", "blocks", "private_metadata", "callback_id",
        "clear_on_close", "notify_on_close", "external_id", "submit_disabled",
    }  # fmt: skip
    found += [f"{key}: no such argument" for key in view if key not in known]
    found += ["table: in messages only" for b in blocks if b.get("type") == "table"]
    return found + list(_blocks(blocks, 100))


def _blocks(blocks: Any, most: int) -> Iterator[str]:
    if not isinstance(blocks, list) or not all(isinstance(b, Mapping) for b in blocks):
        yield "blocks: not a list of objects"
        return
    if len(blocks) > most:
        yield f"blocks: {len(blocks)}, at most {most}"
    yield from _duplicates("block_id", [b.get("block_id") for b in blocks])
    yield from _duplicates(
        "action_id", [e.get("action_id") for b in blocks for e in _interactive(b)]
    )
    for number, block in enumerate(blocks):
        for fault in _block(block):
            yield f"blocks[{number}] {block.get('type')}: {fault}"


def _duplicates(what: str, ids: list[Any]) -> Iterator[str]:
    counted = Counter(one for one in ids if one is not None)
    yield from (f"{what}: {one!r} is there {n} times" for one, n in counted.items() if n > 1)
    yield from (f"{what}: more than 255 characters" for one in counted if len(str(one)) > 255)


def _interactive(block: Block) -> list[Mapping[str, Any]]:
    if block.get("type") == "actions":
        return [e for e in block.get("elements", ()) if isinstance(e, Mapping)]
    inside = block.get("element") if block.get("type") == "input" else block.get("accessory")
    return [inside] if isinstance(inside, Mapping) else []


def _block(block: Block) -> list[str]:
    match block.get("type"):
        case "header":
            return _text(block.get("text"), "text", 150, plain=True)
        case "section":
            return _section(block)
        case "context":
            return _context(block)
        case "actions":
            return _actions(block)
        case "input":
            return _input(block)
        case "rich_text":
            return _rich_text(block)
        case "image":
            return _image(block)
        case "table":
            return _table(block)
        case "divider":
            return []
        case kind:
            return [] if kind in IN_MESSAGES else ["no such block"]


def _section(block: Block) -> list[str]:
    if "text" not in block and not block.get("fields"):
        return ["neither text nor fields"]
    found = _text(block["text"], "text", 3000) if "text" in block else []
    if len(block.get("fields", ())) > 10:
        found.append("more than 10 fields")
    for field in block.get("fields", ()):
        found += _text(field, "field", 2000)
    return found


def _context(block: Block) -> list[str]:
    elements = block.get("elements") or []
    found = [] if 1 <= len(elements) <= 10 else [f"{len(elements)} elements, 1 to 10"]
    for element in elements:
        found += (
            _image(element) if element.get("type") == "image" else _text(element, "element", 3000)
        )
    return found


def _table(block: Block) -> list[str]:
    rows, sides = block.get("rows") or [], block.get("column_settings", [])
    found = [] if 1 <= len(rows) <= 100 else [f"{len(rows)} rows, 1 to 100"]
    if len(sides) > 20:
        found.append("more than 20 column settings")
    found += [f"align: {s.get('align')!r}" for s in sides if s.get("align") not in SIDES]
    length = 0
    for row in rows:
        if not 1 <= len(row) <= 20:
            found.append(f"{len(row)} cells, 1 to 20")
        for cell in row:
            if cell.get("type") not in ("raw_text", "rich_text"):
                found.append(f"{cell.get('type')}: not in a table")
            if cell.get("type") == "raw_text" and not cell.get("text"):
                found.append("an empty cell")
            length += len(cell.get("text") or "")
    return [*found, "more than 10,000 characters"] if length > 10_000 else found


def _image(block: Block) -> list[str]:
    alt = block.get("alt_text")
    found = [] if isinstance(alt, str) and 1 <= len(alt) <= 2000 else ["alt_text: 1 to 2,000"]
    url, file = block.get("image_url"), block.get("slack_file")
    if (url is None) == (file is None):
        found.append("exactly one of image_url and slack_file")
    if url is not None and not _url(url):
        found.append("image_url: not an http address")
    if file is not None and not _file(file):
        found.append("slack_file: exactly one of id (F…) and url")
    return found + (_text(block["title"], "title", 2000, plain=True) if "title" in block else [])


def _file(file: Any) -> bool:
    if not isinstance(file, Mapping) or ("id" in file) == ("url" in file):
        return False
    return "url" in file or re.fullmatch("F[A-Z0-9]{8,}", str(file["id"])) is not None


def _actions(block: Block) -> list[str]:
    elements = block.get("elements") or []
    found = [] if 1 <= len(elements) <= 25 else [f"{len(elements)} elements, 1 to 25"]
    for element in elements:
        if element.get("type") not in IN_ACTIONS:
            found.append(f"{element.get('type')}: not in an actions block")
        found += _element(element)
    return found


def _input(block: Block) -> list[str]:
    found = _text(block.get("label"), "label", 2000, plain=True)
    if "hint" in block:
        found += _text(block["hint"], "hint", 2000, plain=True)
    element = block.get("element") or {}
    if element.get("type") not in IN_INPUTS:
        found.append(f"{element.get('type')}: not in an input block")
    known = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    found += [f"{key}: no such argument" for key in block if key not in known]
    return found + _element(element)


def _rich_text(block: Block) -> list[str]:
    elements = block.get("elements") or []
    if not elements:
        return ["no elements"]
    found: list[str] = []
    for element in elements:
        kind = element.get("type")
        if kind == "rich_text_list":
            for inner in element.get("elements") or [{}]:
                found += _rich_section(inner)
        elif kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            found += _rich_section(element)
        else:
            found.append(f"{kind}: not in rich text")
    return found


def _rich_section(section: Mapping[str, Any]) -> list[str]:
    runs = section.get("elements") or []
    found = [] if runs else ["an empty part"]
    length = 0
    for one in runs:
        if one.get("type") not in ("text", "link", "emoji"):
            found.append(f"{one.get('type')}: not expected in rich text")
        if one.get("type") == "text" and not one.get("text"):
            found.append("an empty text")
        if one.get("type") == "link" and not _url(one.get("url")):
            found.append("a link without an http address")
        length += len(one.get("text") or "")
    return [*found, "more than 3,000 characters"] if length > 3000 else found


def _url(url: Any) -> bool:
    return isinstance(url, str) and url.startswith(("http://", "https://")) and len(url) <= 3000


# -- elements ---------------------------------------------------------------------------------


def _element(element: Mapping[str, Any]) -> list[str]:
    match element.get("type"):
        case "button":
            return _button(element)
        case "static_select" | "multi_static_select" | "radio_buttons" | "checkboxes" | "overflow":
            return _choice(element)
        case "plain_text_input":
            return _typing(element)
        case "number_input":
            return _number(element)
        case "datetimepicker":
            at = element.get("initial_date_time", 1_700_000_000)
            ten = isinstance(at, int) and len(str(at)) == 10
            return [] if ten else ["initial_date_time: ten digits"]
        case _:
            return []


def _button(element: Mapping[str, Any]) -> list[str]:
    found = _text(element.get("text"), "button text", 75, plain=True)
    if len(element.get("value", "")) > 2000:
        found.append("value: more than 2,000 characters")
    if "style" in element and element["style"] not in ("primary", "danger"):
        found.append(f"style: {element['style']!r}")
    if "confirm" in element:
        ask = element["confirm"]
        found += _text(ask.get("title"), "confirm title", 100, plain=True)
        found += _text(ask.get("text"), "confirm text", 300)
        found += _text(ask.get("confirm"), "confirm", 30, plain=True)
        found += _text(ask.get("deny"), "deny", 30, plain=True)
    return found


def _choice(element: Mapping[str, Any]) -> list[str]:
    kind = str(element["type"])
    most = OPTIONS_MOST.get(kind, 100)
    groups = element.get("option_groups")
    lists = [g.get("options", []) for g in groups] if groups else [element.get("options", [])]
    found: list[str] = []
    if groups and kind in OPTIONS_MOST:
        found.append("option_groups: not here")
    if groups and len(groups) > 100:
        found.append("more than 100 option groups")
    for group in groups or ():
        found += _text(group.get("label"), "group label", 75, plain=True)
    for options in lists:
        if not 1 <= len(options) <= most:
            found.append(f"{len(options)} options, 1 to {most}")
    every = [option for options in lists for option in options]
    for option in every:
        found += _text(option.get("text"), "option", 75)
        if not 1 <= len(option.get("value", "")) <= 150:
            found.append("option value: 1 to 150 characters")
    values = Counter(option.get("value") for option in every)
    found += [f"option value {value!r} twice" for value, n in values.items() if n > 1]
    initial = [element["initial_option"]] if "initial_option" in element else []
    initial += element.get("initial_options", [])
    found += ["an initial option that is not an option" for one in initial if one not in every]
    if "initial_options" in element and not element["initial_options"]:
        found.append("initial_options: empty")
    if "select" in kind and "placeholder" in element:
        found += _text(element["placeholder"], "placeholder", 150, plain=True)
    return found


def _typing(element: Mapping[str, Any]) -> list[str]:
    most = element.get("max_length", 3000)
    found = [] if 1 <= most <= 3000 else ["max_length: 1 to 3,000"]
    if len(element.get("initial_value", "")) > most:
        found.append("initial_value: longer than max_length")
    return found


def _number(element: Mapping[str, Any]) -> list[str]:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        return ["is_decimal_allowed: required"]
    found: list[str] = []
    numbers: dict[str, float] = {}
    for name in ("min_value", "max_value", "initial_value"):
        if name in element:
            try:
                numbers[name] = float(element[name])
            except (TypeError, ValueError):
                found.append(f"{name}: not a number")
            if not isinstance(element[name], str):
                found.append(f"{name}: a text is expected")
    value = numbers.get("initial_value")
    if value is not None and not (
        numbers.get("min_value", value) <= value <= numbers.get("max_value", value)
    ):
        found.append("initial_value: outside of its limits")
    return found


def _text(text: Any, what: str, most: int, *, plain: bool = False) -> list[str]:
    if not isinstance(text, Mapping):
        return [f"{what}: missing"]
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    found = [] if text.get("type") in kinds else [f"{what}: {text.get('type')!r}"]
    words = text.get("text")
    if not isinstance(words, str) or not words:
        return [*found, f"{what}: empty"]
    if len(words) > most:
        found.append(f"{what}: {len(words)} characters, at most {most}")
    return found
