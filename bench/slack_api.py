"""A Slack that knows its members and takes every call at once: a process of its own, as small as
can be, so that it costs the measured server nothing. (``tests/stand_ins`` has one that checks.)

Started with a port and a file of user ids, which ``reload`` reads again; answers ``auth.test``,
``users.list``, ``users.info``, and everything else with ``{"ok": true}``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from urllib.parse import parse_qs

from bench.district import TEAM

_PAGE = 200


def member(user: str) -> dict[str, object]:
    """Without an e-mail address: the database knows everybody by their Slack id already."""
    return {"id": user, "team_id": TEAM, "profile": {}}


def _fields(body: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in json.loads(body).items() if isinstance(value, str)}


class Api:
    """What it knows, and how often a call of each kind came."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reload()

    def _reload(self) -> None:
        self._users = self._path.read_text(encoding="ascii").split()
        self.calls: dict[str, int] = {}

    def answer(self, method: str, fields: dict[str, list[str]]) -> dict[str, object]:
        self.calls[method] = self.calls.get(method, 0) + 1
        match method:
            case "auth.test":
                return {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "url": "http://slack/"}
            case "users.list":
                return self._page(int(fields.get("cursor", ["0"])[0] or 0))
            case "users.info":
                return {"ok": True, "user": member(fields["user"][0])}
            case "reload":
                self._reload()
                return {"ok": True}
            case "calls":
                return {"ok": True, "calls": self.calls}
            case _:
                return {"ok": True, "channel": fields.get("channel", [""])[0], "ts": "1.000001"}

    def _page(self, start: int) -> dict[str, object]:
        end = start + _PAGE
        return {
            "ok": True,
            "members": [member(user) for user in self._users[start:end]],
            "response_metadata": {"next_cursor": str(end) if end < len(self._users) else ""},
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection's requests, one after another."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = 0
                for line in head.split("\r\n"):
                    name, _, value = line.partition(":")
                    if name.lower() == "content-length":
                        length = int(value)
                body = (await reader.readexactly(length)).decode() if length else ""
                target = head.split(" ", 2)[1]
                path, _, query = target.partition("?")
                fields = _fields(body) if body.startswith("{") else parse_qs(query or body)
                said = json.dumps(self.answer(path.rpartition("/")[2], fields)).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n%b" % (len(said), said)
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def main(port: int, users: Path) -> None:
    api = Api(users)
    server = await asyncio.start_server(api.serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
