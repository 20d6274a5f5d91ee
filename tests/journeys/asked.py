"""What a person sees of a survey's page on each platform, and how they fill it in: written from
what the platforms show, without a look at how ours is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from tests.stand_ins.adaptive_cards import elements
from tests.stand_ins.slack import texts
from tests.stand_ins.teams import text_of

Options = list[tuple[str, str]]
"""(value, words) of what there is to choose in one input; none where something is typed."""


@dataclass
class Seen:
    """A page: all its words, and under each name its inputs in order."""

    words: str
    inputs: dict[str, list[Options]] = field(default_factory=dict)
    hidden: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, options: Options) -> None:
        self.inputs.setdefault(name, []).append(options)


def in_slack(shown: Mapping[str, Any]) -> Seen:
    """A message or a window; of a message that one tap answers, its buttons are the options."""
    seen = Seen(texts(dict(shown)))
    for block in shown["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            name = block["block_id"].rpartition("|")[2]
            groups = element.get("option_groups") or [{"options": element.get("options", [])}]
            found = [one for group in groups for one in group["options"]]
            seen.add(name, [(one["value"], one["text"]["text"]) for one in found])
        for one in block.get("elements", ()) if block["type"] == "actions" else ():
            match str(one.get("action_id")).split("|"):
                case ["tap", _, name, choice]:
                    seen.inputs.setdefault(name, [[]])[0].append((choice, one["text"]["text"]))
    return seen


def in_teams(card: Mapping[str, Any]) -> Seen:
    seen = Seen(text_of(card))
    for element in elements(card):
        if element["type"].startswith("Input."):
            seen.words += f"\n{element['label']}"
            name = re.sub(r"^(field|many|rank\.\d+)\.", "", element["id"])
            found = element.get("choices", [])
            seen.add(name, [(one["value"], one["title"]) for one in found])
    return seen


def on_the_web(page: str, form: str = "survey") -> Seen:
    """The form of a class, "" for any."""
    reader = _Reader(form)
    reader.feed(page)
    return reader.seen


class _Reader(HTMLParser):
    """The form of a page as a browser has it: radios and boxes of one name are one input."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form
        self.seen = Seen("")
        self._options: Options | None = None
        self._within = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attributes}
        self._within = self._within or (tag == "form" and self._form in at.get("class", ""))
        if not self._within:
            return
        name = at.get("name", "")
        match tag, at.get("type"):
            case "input", "hidden":
                self.seen.hidden.append((name, at.get("value", "")))
            case "input", "radio" | "checkbox":
                group = re.sub(r"^(.*)\.(\d+)$", r"\1", name) if self._paired(name) else name
                boxes = self.seen.inputs.setdefault(group, [[]])
                if self._paired(name) and int(name.rpartition(".")[2]) > len(boxes):
                    boxes.append([])
                boxes[-1].append((at.get("value", ""), ""))
                self._options = boxes[-1]
            case (("input" | "textarea"), _) if name:
                self.seen.add(name, [])
            case "select", _:
                self._options = []
                self.seen.add(name, self._options)
            case "option", _ if at.get("value") and self._options is not None:
                self._options.append((at["value"], ""))

    def _paired(self, name: str) -> bool:
        return ("asked_in_pairs", name.rpartition(".")[0]) in self.seen.hidden

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "form"
        if tag in ("label", "select"):
            self._options = None

    def handle_data(self, data: str) -> None:
        if not self._within:
            return
        self.seen.words += data
        if self._options and data.strip():
            value, words = self._options[-1]
            self._options[-1] = (value, f"{words} {data.strip()}".strip())


def posted(seen: Seen, answers: Mapping[str, Any]) -> str:
    """The form as a browser sends it."""
    fields = list(seen.hidden)
    for name, answer in answers.items():
        paired = ("asked_in_pairs", name) in seen.hidden
        for place, one in enumerate([answer] if isinstance(answer, str) else answer, start=1):
            fields.append((f"{name}.{place}" if paired else name, one))
    return urlencode(fields)


def typed_in_teams(seen_card: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """By the ids of a card's inputs."""
    given: dict[str, Any] = {}
    for element in elements(seen_card):
        match element.get("id", "").split(".", 1):
            case ["field", name] if name in answers:
                given[element["id"]] = answers[name]
            case ["many", name] if name in answers:
                given[element["id"]] = list(answers[name])
            case ["rank", rest]:
                place, _, name = rest.partition(".")
                if name in answers and int(place) <= len(answers[name]):
                    given[element["id"]] = answers[name][int(place) - 1]
    return given
