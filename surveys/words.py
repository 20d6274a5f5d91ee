"""Human text: what somebody wrote, with the translations they gave for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
