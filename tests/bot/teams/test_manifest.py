"""The app package: its manifest against Microsoft's schema, and its icons."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from bot.teams import packaging
from bot.teams.feed import ACTIVITY
from bot.teams.packaging import app_package, manifest

APP = "6f1b9c3e-0f5d-4a58-9a3b-6c2f5d7e8a90"
PAGES = "https://sounding.district.example.org"
ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "tests" / "data" / "schemas" / "MicrosoftTeams.v1.23.schema.json"
COMMITTED = Path(packaging.__file__).parent / "manifest.json"


def _faults(made: dict[str, Any]) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{list(fault.path)}: {fault.message}" for fault in checker.iter_errors(made)]


def test_the_manifest_is_one_that_microsofts_schema_takes() -> None:
    assert _faults(json.loads(COMMITTED.read_text(encoding="utf-8"))) == []
    assert _faults(manifest(APP, PAGES)) == []


def test_the_feeds_notices_are_declared_as_they_are_sent() -> None:
    (kind,) = manifest(APP, PAGES)["activities"]["activityTypes"]
    assert kind["type"] == ACTIVITY
    assert "{title}" in kind["templateText"]


def test_the_schema_would_notice_a_fault() -> None:
    assert _faults(manifest("not-an-id", PAGES))


def test_the_bot_speaks_with_people_and_in_teams() -> None:
    (bot,) = manifest(APP, PAGES)["bots"]
    assert bot["scopes"] == ["personal", "team"]


def test_the_package_names_the_districts_app_and_pages() -> None:
    with zipfile.ZipFile(io.BytesIO(app_package(APP, PAGES))) as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        made = json.loads(package.read("manifest.json"))
    assert (made["id"], made["bots"][0]["botId"]) == (APP, APP)
    assert made["validDomains"] == ["sounding.district.example.org"]
    assert made["developer"]["websiteUrl"] == PAGES
    assert made["webApplicationInfo"] == {"id": APP, "resource": PAGES}


def test_pages_without_https_are_refused() -> None:
    with pytest.raises(ValueError, match="https"):
        app_package(APP, "http://127.0.0.1:8000")


def _pixels(name: str) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    data = (COMMITTED.parent / name).read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    start = data.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", data[start - 8 : start - 4])
    raw, stride = zlib.decompress(data[start : start + length]), width * 4 + 1
    rows = [raw[row * stride + 1 : (row + 1) * stride] for row in range(height)]
    flat = b"".join(rows)
    return width, height, [tuple(flat[i : i + 4]) for i in range(0, len(flat), 4)]  # type: ignore[misc]


def test_the_icons_have_the_sizes_and_colours_that_teams_asks_for() -> None:
    width, height, seen = _pixels("color.png")
    assert (width, height) == (192, 192)
    assert all(alpha == 255 for *_, alpha in seen)
    width, height, seen = _pixels("outline.png")
    assert (width, height) == (32, 32)
    assert {pixel[:3] for pixel in seen} == {(255, 255, 255)}
    assert {0, 255} <= {alpha for *_, alpha in seen}
