"""Files of others that are kept here: unmodified, with a license that the notice names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """``sha256``: of the file as its authors published it."""

    path: str
    name: str
    version: str
    sha256: str
    license: str


KEPT = (
    Kept(
        path="bot/web/static/htmx.min.js",
        name="htmx",
        version="2.0.11",
        sha256="d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
        license="0BSD",
    ),
    Kept(
        path="bot/fonts/DejaVuSansCondensed.ttf",
        name="DejaVu Sans Condensed",
        version="2.37",
        sha256="9e52ed45c72aec14dcee2868bbe3c9b503b973bc55f6971e5eae3b1576cd1fa5",
        license="Bitstream Vera",
    ),
    Kept(
        path="bot/fonts/DejaVuSansCondensed-Bold.ttf",
        name="DejaVu Sans Condensed",
        version="2.37",
        sha256="49e2aa8299ccdad6d7c52f12c7321afbbf3d197cb3803392fa46ea7817dfac4b",
        license="Bitstream Vera",
    ),
)


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.path)
def test_a_kept_file_is_as_it_was_published_and_its_license_is_in_the_notice(kept: Kept) -> None:
    content = (ROOT / kept.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == kept.sha256
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    places = kept.path, Path(kept.path).parent.as_posix()
    assert any(f"{kept.name} {kept.version} ({place})" in notice for place in places)
    assert kept.license in notice


def test_every_kept_script_and_font_is_in_the_list() -> None:
    found = {*(ROOT / "bot").rglob("*.min.*"), *(ROOT / "bot").rglob("*.ttf")}
    assert {str(one.relative_to(ROOT).as_posix()) for one in found} == {one.path for one in KEPT}


def test_the_version_of_htmx_is_the_one_that_it_says() -> None:
    htmx = KEPT[0]
    assert f'version:"{htmx.version}"' in (ROOT / htmx.path).read_text(encoding="utf-8")
