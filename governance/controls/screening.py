"""Screening evidence: a part of a web address is not taken for a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from governance.reading.personal_data import find
from governance.redaction.put_back import PutBack
from governance.redaction.screening import Screened, screen

ADDRESS = re.compile(r"https?://[^\s<>\"'|\\^`{}\x00-\x20\u200b-\u206f\ufeff]+")
_PLACE = re.compile(r"⟦(\d+)⟧")


def screen_with_links(texts: Sequence[str], back: PutBack, before: Iterable[str] = ()) -> Screened:
    """``screen``, but for web addresses in which nothing else than a name was found."""
    links: list[str] = []

    def held(found: re.Match[str]) -> str:
        if any(one.kind != "PERSON" for one in find(found[0])):
            return found[0]
        links.append(found[0])
        return f"⟦{len(links) - 1}⟧"

    def back_in(found: re.Match[str]) -> str:
        number = int(found[1])
        return links[number] if number < len(links) else found[0]

    plain = [ADDRESS.sub(held, _PLACE.sub("", one)) for one in texts]
    screened = screen(plain, back, before)
    return replace(screened, texts=tuple(_PLACE.sub(back_in, one) for one in screened.texts))
