"""How the stand-in for Teams refuses, breaks, and answers what is no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from tests.stand_ins.teams_kinds import GATEWAYS, Fault

BROKEN: Mapping[str, Sequence[str]] = {
    "broken": (
        "broken",
        "not now",
        *(f"{status} and not taken" for status in GATEWAYS),
    ),
    "broken and taken": ("broken and taken", *(f"{status} and taken" for status in GATEWAYS)),
}
"""What a fault of theirs is, in turn. Only the 412 says that nothing was taken."""


async def gone_wrong(request: web.Request, fault: Fault) -> web.StreamResponse:
    assert request.transport is not None
    if fault.cut:
        half = web.StreamResponse(status=201, headers={"Content-Type": "application/json"})
        half.content_length = 500
        await half.prepare(request)
        await half.write(b'{"id": "1')
        request.transport.abort()
        return half
    if fault.drop:
        request.transport.abort()
    if fault.garbage:
        return web.Response(status=201, text=fault.garbage, content_type="application/json")
    return refusal(fault)


def refusal(fault: Fault) -> web.Response:
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    error = {"error": {"code": fault.code, "message": fault.message or fault.code}}
    return web.json_response(error, status=fault.status or 500, headers=headers)
