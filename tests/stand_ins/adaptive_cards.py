"""What Adaptive Cards 1.5 and Teams ask of a card, written without a look at how ours are drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LARGEST = 28 * 1024

_ELEMENTS = {
    "TextBlock": {"text"},
    "RichTextBlock": {"inlines"},
    "Container": {"items"},
    "ColumnSet": {"columns"},
    "Column": {"items"},
    "FactSet": {"facts"},
    "Image": {"url"},
    "ActionSet": {"actions"},
    "Chart.HorizontalBar": {"data"},
    "Input.Text": {"id"},
    "Input.Number": {"id"},
    "Input.Date": {"id"},
    "Input.Time": {"id"},
    "Input.Toggle": {"id", "title"},
    "Input.ChoiceSet": {"id", "choices"},
}
_COMMON = {"type", "id", "spacing", "separator", "height", "isVisible", "fallback", "requires"}
_INPUT = _COMMON | {"label", "isRequired", "errorMessage", "value"}
_ALLOWED = {
    "TextBlock": _COMMON
    | {"text", "style", "size", "weight", "wrap", "color", "isSubtle", "maxLines", "fontType"}
    | {"horizontalAlignment"},
    "RichTextBlock": _COMMON | {"inlines", "horizontalAlignment"},
    "Container": _COMMON | {"items", "style", "bleed", "selectAction", "minHeight"},
    "ColumnSet": _COMMON | {"columns", "style"},
    "Column": _COMMON | {"items", "width", "style"},
    "FactSet": _COMMON | {"facts"},
    "Image": _COMMON | {"url", "altText", "size", "width"},
    "ActionSet": _COMMON | {"actions"},
    # Teams' own, beyond version 1.5: clients that do not know it show its fallback.
    "Chart.HorizontalBar": _COMMON
    | {"title", "showTitle", "data", "color", "colorSet", "displayMode", "xAxisTitle"},
    "Input.Text": _INPUT
    | {"isMultiline", "maxLength", "placeholder", "regex", "style", "inlineAction"},
    "Input.Number": _INPUT | {"min", "max", "placeholder"},
    "Input.Date": _INPUT | {"min", "max", "placeholder"},
    "Input.Time": _INPUT | {"min", "max", "placeholder"},
    "Input.Toggle": _INPUT | {"title", "valueOn", "valueOff", "wrap"},
    "Input.ChoiceSet": _INPUT | {"choices", "isMultiSelect", "style", "wrap", "placeholder"},
}
_RUN = {"type", "text", "color", "isSubtle", "size", "weight", "italic", "fontType"}
_RUN |= {"highlight", "strikethrough", "selectAction"}
_ACTION = {"type", "id", "title", "style", "tooltip", "isEnabled", "mode", "requires", "fallback"}
_ACTIONS = {
    "Action.Execute": _ACTION | {"verb", "data", "associatedInputs"},
    "Action.Submit": _ACTION | {"data", "associatedInputs"},
    "Action.OpenUrl": _ACTION | {"url"},
}
_CARD = {"type", "$schema", "version", "lang", "fallbackText", "speak", "body", "actions"}
_MOST_ACTIONS = 6
_WORDS = {
    "size": {"Default", "Small", "Medium", "Large", "ExtraLarge", "Stretch"},
    "weight": {"Default", "Lighter", "Bolder"},
    "color": {"Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"},
    "spacing": {"Default", "None", "Small", "Medium", "Large", "ExtraLarge", "Padding"},
}
_STYLES = {
    "TextBlock": {"default", "heading"},
    "Container": {"default", "emphasis", "good", "attention", "warning", "accent"},
    "Input.ChoiceSet": {"compact", "expanded", "filtered"},
    "Input.Text": {"text", "tel", "url", "email", "password"},
}


def faults(card: Any, *, dialog: bool = False) -> list[str]:
    """Everything that is wrong with a card, in a message or in a dialog; empty where nothing is."""
    if not isinstance(card, dict):
        return ["not an object"]
    found = list(_card(card, dialog=dialog))
    ids = [one["id"] for one in elements(card) if "id" in one]
    found += [f"id {one!r} twice" for one in sorted({i for i in ids if ids.count(i) > 1})]
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    if size >= LARGEST:
        found.append(f"{size} bytes")
    return found


def elements(card: Any) -> Iterator[dict[str, Any]]:
    """Every element of a card's body, also inside containers."""
    for one in card.get("body", []):
        yield from _within(one)


def actions(card: Any) -> Iterator[dict[str, Any]]:
    """Every button of a card."""
    yield from card.get("actions", [])
    for one in elements(card):
        if one.get("type") == "ActionSet":
            yield from one.get("actions", [])


def _within(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield element
    for key in ("items", "columns"):
        for one in element.get(key, []):
            yield from _within(one)


def opens_dialog(action: Any) -> bool:
    """Whether a button is one that Teams opens a dialog for."""
    data = action.get("data")
    return isinstance(data, dict) and data.get("msteams") == {"type": "task/fetch"}


def _card(card: dict[str, Any], *, dialog: bool) -> Iterator[str]:
    if card.get("type") != "AdaptiveCard":
        yield "its type is not AdaptiveCard"
    if card.get("version") != "1.5":
        yield "its version is not 1.5"
    if not str(card.get("fallbackText", "")).strip():
        yield "no fallbackText"
    if not card.get("body"):
        yield "no body"
    for key in sorted(set(card) - _CARD):
        yield f"unknown key {key!r} at the root"
    for one in elements(card):
        yield from _element(one)
    for one in actions(card):
        yield from _action(one, dialog=dialog)
    if len(list(actions(card))) > _MOST_ACTIONS:
        yield "more than six buttons"


def _element(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type", "")
    name = f"{kind} {element.get('id', '')}".strip()
    if kind not in _ELEMENTS:
        yield f"unknown element {kind!r}"
        return
    for key in sorted(set(element) - _ALLOWED[kind]):
        yield f"{name}: unknown key {key!r}"
    for key in sorted(_ELEMENTS[kind]):
        if not element.get(key):
            yield f"{name}: no {key}"
    yield from _vocabulary(name, element)
    if element.get("style") and element["style"] not in _STYLES.get(kind, {"default"}):
        yield f"{name}: unknown style {element['style']!r}"
    if kind == "RichTextBlock":
        for run in element.get("inlines", []):
            yield from _run(run)
    if kind.startswith("Input."):
        yield from _input(name, element)
    if kind == "Image":
        if not str(element.get("altText", "")).strip():
            yield f"{name}: no altText"
        if not str(element.get("url")).startswith(("http://", "https://")):
            yield f"{name}: not a picture's address"
    if kind.startswith("Chart."):
        yield from _chart(name, element)


def _chart(name: str, element: dict[str, Any]) -> Iterator[str]:
    for bar in element["data"]:
        if set(bar) != {"x", "y"} or not str(bar["x"]).strip():
            yield f"{name}: a bar without its name or its length"
        elif isinstance(bar["y"], bool) or not isinstance(bar["y"], int | float):
            yield f"{name}: {bar['y']!r} is no length"
    if not isinstance(element.get("fallback"), dict):
        yield f"{name}: nothing for clients that do not know it"
    else:
        yield from _element(element["fallback"])


def _vocabulary(name: str, element: dict[str, Any]) -> Iterator[str]:
    chart = str(element.get("type", "")).startswith("Chart.")
    for key, known in (_WORDS | ({"color": {"categoricalBlue"}} if chart else {})).items():
        if key in element and element[key] not in known:
            yield f"{name}: unknown {key} {element[key]!r}"


def _run(run: dict[str, Any]) -> Iterator[str]:
    if run.get("type") != "TextRun":
        yield f"unknown inline {run.get('type')!r}"
    if not run.get("text"):
        yield "a run without text"
    for key in sorted(set(run) - _RUN):
        yield f"a run with unknown key {key!r}"
    if "selectAction" in run:
        yield from _action(run["selectAction"])
    yield from _vocabulary("a run", run)


def _input(name: str, element: dict[str, Any]) -> Iterator[str]:
    if not str(element.get("label", "")).strip():
        yield f"{name}: no label"
    if not str(element.get("errorMessage", "")).strip():
        yield f"{name}: no errorMessage"
    if not isinstance(element.get("isRequired"), bool):
        yield f"{name}: isRequired is not said"
    if element["type"] == "Input.ChoiceSet":
        yield from _choices(name, element)
    if element["type"] == "Input.Text" and not element.get("maxLength"):
        yield f"{name}: no maxLength"
    if element["type"] == "Input.Number":
        for key in ("value", "min", "max"):
            if key in element and isinstance(element[key], bool | str):
                yield f"{name}: {key} is not a number"


def _choices(name: str, element: dict[str, Any]) -> Iterator[str]:
    values = [choice.get("value") for choice in element.get("choices", [])]
    if any(not choice.get("title") or not choice.get("value") for choice in element["choices"]):
        yield f"{name}: a choice without title or value"
    if len(set(values)) != len(values):
        yield f"{name}: a choice twice"
    several = element.get("isMultiSelect")
    if several and any("," in str(value) for value in values):
        yield f"{name}: a comma in a choice of several"
    chosen = str(element.get("value", ""))
    given = chosen.split(",") if several else [chosen]
    if any(one and one not in values for one in given):
        yield f"{name}: its value is not a choice"


def _action(action: dict[str, Any], *, inner: bool = False, dialog: bool = False) -> Iterator[str]:
    kind = action.get("type", "")
    name = f"{kind} {action.get('title', '')!r}"
    if kind not in _ACTIONS:
        yield f"unknown action {kind!r}"
        return
    for key in sorted(set(action) - _ACTIONS[kind]):
        yield f"{name}: unknown key {key!r}"
    if not str(action.get("title", "")).strip():
        yield f"{name}: no title"
    if action.get("style") not in {None, "default", "positive", "destructive"}:
        yield f"{name}: unknown style"
    if kind == "Action.OpenUrl" and not str(action.get("url")).startswith(("http://", "https://")):
        yield f"{name}: not a page's address"
    if kind == "Action.Execute" and dialog:
        yield f"{name}: a dialog knows no Execute"
    elif kind == "Action.Execute":
        if not action.get("verb"):
            yield f"{name}: no verb"
        if not isinstance(action.get("fallback"), dict):
            yield f"{name}: no fallback for old clients"
        else:
            yield from _action(action["fallback"], inner=True)
    if kind == "Action.Submit":
        if dialog and "msteams" in action.get("data", {}):
            yield f"{name}: a dialog opens no other"
        if not (inner or dialog or opens_dialog(action)):
            yield f"{name}: a bare Submit"
