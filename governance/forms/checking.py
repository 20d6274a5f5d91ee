"""Whether what was handed in fits what a command's form asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from core.forms import FROM_THE_LIST, Asked, Opening, asked_of
from governance.languages import others_than
from governance.typed import typed
from surveys.questions import Unfit

SOME_ARE_GONE = "Some of what you chose is no longer in this list. Check what is still chosen."
ONLY_TRANSLATED = "This is only in another language. Write it here, too."


def checked(command: Any, opening: Opening | None) -> tuple[Any, dict[str, Unfit]]:
    """The command with its texts cleaned, and why its fields do not fit, by their inputs.
    ``opening``: None where its form cannot be opened; then choices it would list are not looked
    at, since the handler refuses the rest."""
    clean: dict[str, object] = {}
    unfit: dict[str, Unfit] = {}
    for one in asked_of(type(command)):
        if opening is not None and one.name in opening.without:
            continue
        said = getattr(command, one.name)
        if one.translated:
            clean[one.name], wrong = _translated(one, said, opening)
        else:
            clean[one.name], wrong = _one(one, said, opening)
        unfit |= wrong
    return replace(command, **clean), unfit


def _one(one: Asked, said: Any, opening: Opening | None) -> tuple[object, dict[str, Unfit]]:
    chosen = one.listed or bool(one.choices)
    if isinstance(said, str) and not chosen:
        clean, too_long = typed(said, one.longest)
        if too_long:
            return said, {one.name: too_long}
        # The lines of a file keep their numbers.
        said = said if one.uploads else clean
    missing = _missing(one, opening)
    if missing and (said is None or said == "" or said == ()):
        return said, {one.name: Unfit(why=missing)}
    if chosen and not _is_offered(one, said, opening):
        several = isinstance(said, tuple)
        why = SOME_ARE_GONE if several else one.missing or FROM_THE_LIST
        return said, {one.name: Unfit(why=why)}
    return said, {}


def _missing(one: Asked, opening: Opening | None) -> str:
    """What is said where it is empty; "" where it may stay so."""
    if opening is None:
        return one.missing
    return "" if one.name in opening.optional else opening.required.get(one.name) or one.missing


def _is_offered(one: Asked, said: Any, opening: Opening | None) -> bool:
    if one.listed and opening is None:
        return True
    offered: Collection[str] = one.choices
    if one.listed and opening is not None:
        offered = {value for value, _ in opening.choices.get(one.name, ())}
    some = said if isinstance(said, tuple) else (said,)
    return all(str(each) in offered for each in some if each not in (None, ""))


def _translated(
    one: Asked, said: Mapping[str, str], opening: Opening | None
) -> tuple[dict[str, str], dict[str, Unfit]]:
    """A text in its language and in the others that were asked for: chat asks for none, and then
    they stay as they are. A translation alone is half of it, where either is not enough."""
    clean: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    language = opening.language if opening else "en"
    for tag in ("", *(one for one in others_than(language) if one in said)):
        clean[tag], too_long = typed(said.get(tag, ""), one.longest)
        if too_long:
            unfit[key_of(one.name, tag)] = too_long
    empty = not any(clean.values()) if one.either else not clean[""]
    if empty and one.name not in unfit:
        if any(clean.values()):
            unfit[one.name] = Unfit(why=ONLY_TRANSLATED)
        elif missing := _missing(one, opening):
            unfit[one.name] = Unfit(why=missing)
    return clean, unfit


def key_of(name: str, tag: str) -> str:
    """The input of a text in a language."""
    return f"{name}.{tag}" if tag else name
