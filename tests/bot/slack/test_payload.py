"""Escapes are undone in one pass, and mean what they always meant."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.bodies import all_readable, readable
from bot.slack.payload import text_of

ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,  # a payload is deeper, but it is the letters in it that matter
)
PAYLOADS = st.dictionaries(st.text(), ANYTHING, max_size=4)


@given(PAYLOADS, st.booleans())
def test_a_payload_is_read_as_the_standard_library_reads_it(
    found: dict[str, object], in_ascii: bool
) -> None:
    written = json.dumps(found, ensure_ascii=in_ascii).encode("utf-8", "replace").decode()
    for raw in (urlencode({"payload": written}), f"payload={quote(written, safe='')}"):
        assert text_of(raw.encode()) == parse_qs(raw)["payload"][0] == written


@pytest.mark.parametrize(
    "raw",
    [
        b'{"type": "event_callback", "a": "payload=%7B%7D"}',
        b"payload=%7B%7D&ssl_check=1",
        b"ssl_check=1&payload=%7B%7D",
        b"command=%2Fsoundingboard&text=payload%3D%7B",
        b"payload=%5B%5D",
        b"payload=",
        b"",
    ],
)
def test_anything_else_stays_as_it_is(raw: bytes) -> None:
    assert text_of(raw) == raw.decode()


def test_no_utf_8_is_told() -> None:
    with pytest.raises(UnicodeDecodeError):
        text_of(b"command=\xff")
    assert text_of(b"payload=%7B%FF%7D") == "{\ufffd}"


@given(PAYLOADS, st.booleans())
def test_what_is_called_readable_is_not_changed_by_making_it_so(
    found: dict[str, object], in_ascii: bool
) -> None:
    written = json.dumps(found, ensure_ascii=in_ascii).encode("utf-8", "replace").decode()
    again = json.loads(written)
    if all_readable(written):
        assert readable(again) == again


@pytest.mark.parametrize("strange", ["\x00", "\ud800", "a\udc00b"])
def test_what_cannot_be_stored_is_seen(strange: str) -> None:
    assert not all_readable(json.dumps({"text": strange}))
    assert readable({strange: strange}) != {strange: strange}
