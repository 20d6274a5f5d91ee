"""Human text: what somebody wrote, with the translations they gave for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace

_PLACE = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Text:
    """Something people read, in the language it was written in and in others.

    ``translations`` maps a locale ("es", "es-MX") to the same text in it. ``language`` is the
    locale of ``default``.
    """

    default: str
    translations: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"

    def in_locale(self, locale: str | None) -> str:
        """The text for a reader: the exact locale, else its language, else the default."""
        if not locale:
            return self.default
        tag = locale.replace("_", "-")
        return (
            self.translations.get(tag)
            or self.translations.get(tag.partition("-")[0])
            or self.default
        )

    def language_for(self, locale: str | None) -> str:
        """The language of what ``in_locale`` gives that reader."""
        tag = (locale or "").replace("_", "-")
        own = next((t for t in (tag, tag.partition("-")[0]) if self.translations.get(t)), None)
        return own or self.language


def text(default: str, **translations: str) -> Text:
    """Short form: ``text("Wi-Fi", es="Red")``."""
    return Text(default=default, translations=translations)


def texts_of(thing: object, *, without: tuple[str, ...] = ()) -> Iterator[Text]:
    """Every text that is not empty inside a dataclass, a mapping or a sequence, in its order.
    ``without``: names of fields that are left out."""
    if isinstance(thing, Text):
        if thing.default:
            yield thing
    elif isinstance(thing, (tuple, list)):
        for part in thing:
            yield from texts_of(part, without=without)
    elif isinstance(thing, Mapping):
        yield from texts_of(list(thing.values()), without=without)
    elif is_dataclass(thing):
        for part in fields(thing):
            if part.name not in without:
                yield from texts_of(getattr(thing, part.name), without=without)


def places(thing: object) -> tuple[str, ...]:
    """What a template leaves to be filled in, ``[[like this]]``, in any language, each once."""
    found: dict[str, None] = {}
    for words in texts_of(thing):
        for said in (words.default, *words.translations.values()):
            found |= dict.fromkeys(place.group(0) for place in _PLACE.finditer(said))
    return tuple(found)


def places_as_words(title: Text) -> Text:
    """What a template is called where nobody fills it in: "Getting ready for the change"."""
    said = {tag: _PLACE.sub(r"\1", one) for tag, one in title.translations.items()}
    return replace(title, default=_PLACE.sub(r"\1", title.default), translations=said)
