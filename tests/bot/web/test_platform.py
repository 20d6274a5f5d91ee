"""The pump's web: being in the inbox is being delivered; and the district's colour."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.web.platform import WebPlatform
from bot.web.rendering import accent_style
from core.people import Platform
from scheduler.ports import ChatPlatform, Outgoing, Sent
from tests.bot.web import examples
from tests.bot.web.site import stand, visitor


async def test_sending_is_done_at_once_and_names_the_delivery() -> None:
    platform: ChatPlatform = WebPlatform()
    outgoing = Outgoing(
        delivery_id=examples.DELIVERY,
        message=examples.NOTICE,
        workspace="",
        conversation="",
        service_url=None,
        locale="en",
        timezone="UTC",
    )
    assert platform.name is Platform.WEB
    assert await platform.send(outgoing) == Sent(reference=str(examples.DELIVERY))


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("accent", ["#1d5fa8", "#ffff00", "#000000", "#ff7f00", "#ffffff"])
def test_a_districts_colour_is_legible_on_both_grounds(accent: str) -> None:
    light, dark = re.findall(
        r"--accent:(#[0-9a-f]{6});--on-accent:(#[0-9a-f]{6})", accent_style(accent)
    )
    assert contrast(light[0], "#f3f4f6") >= 4.5
    assert contrast(*light) >= 4.5
    assert contrast(dark[0], "#23282e") >= 4.5
    assert contrast(*dark) >= 4.5


@pytest.mark.parametrize("accent", ["red", "#12", "#1d5fa8}body{display:none", ""])
def test_a_colour_that_is_none_is_the_calm_blue(accent: str) -> None:
    assert accent_style(accent) == accent_style("#1d5fa8")


async def test_files_are_kept_by_browsers_and_their_addresses_change_with_them() -> None:
    async with visitor(stand().app) as browser:
        page = (await browser.get("/")).text
        address = re.search(r'href="(/static/style\.css\?v=[0-9a-f]{12})"', page)
        assert address
        for path in (address[1], "/accent.css"):
            response: httpx.Response = await browser.get(path)
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/css")
            assert "max-age" in response.headers["cache-control"]
            assert response.headers["x-content-type-options"] == "nosniff"
