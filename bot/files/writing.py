"""Plain data as the YAML that people keep editing."""

from __future__ import annotations

from typing import Any

import yaml

from core.text import Text


def to_yaml(data: object) -> str:
    """Fields in the order given, letters of every language as themselves."""
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=96)
    return text


def text_data(text: Text, locale: str) -> str | dict[str, Any]:
    """A string, or one per language with the district's own first."""
    if not text.translations:
        return text.default
    return {locale: text.default, **dict(text.translations)}
