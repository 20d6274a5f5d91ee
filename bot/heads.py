"""How much of a request may arrive without being a request: the parser in C that reads them has no
limit of its own, and would hold an endless head (or an endless end of a body) in memory."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
"""Bytes of a head, and of whatever comes between two parts of a body."""


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's own protocol; answers 400 and hangs up where nothing comes of what arrives."""

    _pending = 0
    """Bytes since the last head was whole, or the last part of a body or its end arrived."""

    def data_received(self, data: bytes) -> None:
        self._pending += len(data)
        super().data_received(data)
        if self._pending > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._pending = 0

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._pending = 0

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._pending = 0
