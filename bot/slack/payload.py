"""The JSON of a request, out of the form that it travels in.

A button's payload brings the whole message along: kilobytes in which every bracket and quote is
an escape of its own. Half of what an answer cost before its transaction went into undoing them
one by one, so the common case is undone in one pass here.
"""

from __future__ import annotations

from binascii import a2b_qp

_FIELD = b"payload="


def text_of(raw: bytes) -> str:
    """``{…}`` where the body is a form with a payload and nothing else; else the body as it is.
    ``UnicodeDecodeError`` where that is no UTF-8."""
    quoted = raw[len(_FIELD) :]
    if raw.startswith(_FIELD) and not (b"=" in quoted or b"&" in quoted):
        # With "=" for "%" these are the escapes of quoted-printable, which the standard library
        # undoes in C; what a form escapes wrongly is the only thing that it reads differently.
        plain = a2b_qp(quoted.replace(b"+", b" ").replace(b"%", b"="))
        if plain.startswith(b"{"):
            return plain.decode("utf-8", "replace")
    return raw.decode("utf-8")
