"""The app package that a Teams administrator uploads: the manifest filled in, with its icons."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HERE = Path(__file__).parent
ICONS = ("color.png", "outline.png")


def manifest(app_id: str, web_url: str) -> dict[str, Any]:
    """The manifest for a district's app id and the public https address of its pages."""
    parts = urlsplit(web_url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"Teams takes https addresses only, not {web_url!r}.")
    made: dict[str, Any] = json.loads((_HERE / "manifest.json").read_text(encoding="utf-8"))
    made["id"] = app_id
    made["bots"][0]["botId"] = app_id
    made["developer"] |= {
        "websiteUrl": web_url,
        "privacyUrl": f"{web_url}/privacy",
        "termsOfUseUrl": f"{web_url}/terms",
    }
    made["validDomains"] = [parts.hostname]
    # Graph lets an app install itself, and send notices of activity, by this alone.
    made["webApplicationInfo"] = {"id": app_id, "resource": web_url}
    return made


def app_package(app_id: str, web_url: str) -> bytes:
    """A zip to upload in the Teams admin center; the same bytes for the same arguments."""
    files = {"manifest.json": json.dumps(manifest(app_id, web_url), indent=2).encode()}
    files |= {name: (_HERE / name).read_bytes() for name in ICONS}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()
